import type { Justification } from '../../values/justification';
import type { IpRelaxationPolicy } from '../client-app';
import { brand, hasBrand } from './brand';

/** Whether the login IP ranges of profiles apply to the app (Setup: IP Relaxation). */
export class IpRelaxation {
  /** The ranges apply whenever the app is used. */
  static readonly ENFORCE = new IpRelaxation('Enforce', undefined);

  /** The word that Salesforce stores. */
  readonly policy: IpRelaxationPolicy;
  /** As given; judged at synth. */
  readonly justification: unknown;

  /** Keeps object literals of the same shape out at compile time. */
  declare protected readonly nominal: 'IpRelaxation';

  private constructor(policy: IpRelaxationPolicy, justification: unknown) {
    this.policy = policy;
    this.justification = justification;
    brand(this, 'IpRelaxation');
  }

  /** The ranges apply at the first login, but not when a token is refreshed (`Enforce_RelaxRefresh`). */
  static enforceButRelaxRefresh(justification: Justification): IpRelaxation {
    return new IpRelaxation('Enforce_RelaxRefresh', justification);
  }

  /** Users who confirm their identity, and apps with an allowlist, can bypass the ranges (`Bypass_2factor`). */
  static relaxForActivatedDevices(justification: Justification): IpRelaxation {
    return new IpRelaxation('Bypass_2factor', justification);
  }

  /** The ranges do not apply to this app (`Bypass`). */
  static relax(justification: Justification): IpRelaxation {
    return new IpRelaxation('Bypass', justification);
  }

  /** True for an IpRelaxation, whichever copy of this package made it. */
  static is(value: unknown): value is IpRelaxation {
    return hasBrand(value, 'IpRelaxation');
  }
}
