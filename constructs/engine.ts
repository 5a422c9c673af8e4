import { brand, hasBrand } from '../lib/declaration/options/brand';

/** How Terraform drives the deploy. */
export class Engine {
  /** `null_resource` and local-exec: needs nothing but Terraform, its null provider and Node. */
  static readonly NULL = new Engine('null');
  /** This package's own Terraform provider. Not there yet: synth refuses it. */
  static readonly PROVIDER = new Engine('provider');

  /** Keeps object literals of the same shape out at compile time. */
  declare protected readonly nominal: 'Engine';
  readonly name: 'null' | 'provider';

  private constructor(name: 'null' | 'provider') {
    this.name = name;
    brand(this, 'Engine');
  }

  /** True for an Engine, whichever copy of this package made it. */
  static is(value: unknown): value is Engine {
    return hasBrand(value, 'Engine');
  }
}
