import { brand, hasBrand } from './brand';

/**
 * A value that differs between the orgs that use one declaration. Each org's value is listed under the construct id of
 * its SalesforceOrg; no value is ever derived from another.
 */
export class PerOrg<T> {
  /** As given; judged at synth, when the org is known. */
  readonly byOrg: unknown;

  /** Keeps object literals of the same shape out at compile time. */
  declare protected readonly nominal: readonly ['PerOrg', T];

  private constructor(byOrg: unknown) {
    this.byOrg = byOrg;
    brand(this, 'PerOrg');
  }

  /**
   * The value in each org: `PerOrg.of({ prod: ['https://a.example/cb'], uat: ['https://uat.a.example/cb'] })`. An org
   * that is not listed is an error at synth.
   */
  static of<T>(byOrg: Readonly<Record<string, T>>): PerOrg<T> {
    return new PerOrg<T>(byOrg);
  }

  /** True for a PerOrg, whichever copy of this package made it. */
  static is(value: unknown): value is PerOrg<unknown> {
    return hasBrand(value, 'PerOrg');
  }
}
