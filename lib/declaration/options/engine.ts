import { brand, hasBrand } from './brand';

/** How Terraform drives the deploy. */
export class Engine {
  /**
   * This package's own Terraform provider: changes in place, field by field against the live org, drift, import, outputs.
   * Synth writes it into the stack's folder, so there is nothing to install.
   */
  static readonly PROVIDER = new Engine('provider');
  /**
   * `null_resource` and local-exec, for use where only vetted providers are allowed; needs Terraform's null provider
   * and Node.
   */
  static readonly NULL = new Engine('null');

  /** Keeps object literals of the same shape out at compile time. */
  declare protected readonly nominal: 'Engine';
  /** The word that the manifest has. */
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
