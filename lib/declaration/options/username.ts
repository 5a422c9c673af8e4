import { brand, hasBrand } from './brand';

/**
 * A Salesforce username. Usernames differ between orgs (sandboxes append a suffix), so each one is set explicitly and
 * none is derived.
 */
export class Username {
  /** As given; judged at synth. One name for every org, or names by org. */
  readonly name: unknown;
  /** Given instead of one name: a name for each org. Judged at synth. */
  readonly byOrg: unknown;

  /** Keeps object literals of the same shape out at compile time. */
  declare protected readonly nominal: 'Username';

  private constructor(name: unknown, byOrg: unknown) {
    this.name = name;
    this.byOrg = byOrg;
    brand(this, 'Username');
  }

  /** The same username in every org that uses the declaration. */
  static of(username: string): Username {
    return new Username(username, undefined);
  }

  /**
   * The username in each org, by the construct id of its SalesforceOrg: `{ prod: 'a@b.example', uat: 'a@b.example.uat' }`.
   * An org that is not listed is an error at synth: a suffix is never guessed.
   */
  static perOrg(byOrg: Readonly<Record<string, string>>): Username {
    return new Username(undefined, byOrg);
  }

  /** True for a Username, whichever copy of this package made it. */
  static is(value: unknown): value is Username {
    return hasBrand(value, 'Username');
  }
}
