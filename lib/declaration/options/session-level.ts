import type { Justification } from '../../values/justification';
import type { Platform, SessionLevel as Level, SessionLevelAction } from '../client-app';
import { brand, hasBrand } from './brand';

/** The lowest session security level a user needs to use the app. `P` is what an app with the level can be stored as. */
export class SessionLevel<P extends Platform = Platform> {
  /** An ordinary login. */
  static readonly STANDARD = new SessionLevel('STANDARD', undefined, undefined);
  /** A login with a second factor. It needs a user at the keyboard. */
  static readonly HIGH_ASSURANCE = new SessionLevel('HIGH_ASSURANCE', undefined, undefined);

  /** The word that Salesforce stores. */
  readonly level: Level;
  /** As given; judged at synth. */
  readonly justification: unknown;
  /** What happens to a user with a lower session; undefined leaves it to the org. */
  readonly action: SessionLevelAction | undefined;

  /** Keeps object literals of the same shape out at compile time. */
  declare protected readonly nominal: 'SessionLevel';
  /** Only the compiler knows it: an app of the platform may have the level. */
  declare protected readonly on: (platform: P) => void;

  private constructor(level: Level, justification: unknown, action: SessionLevelAction | undefined) {
    this.level = level;
    this.justification = justification;
    this.action = action;
    brand(this, 'SessionLevel');
  }

  /** A login with a second factor; users without one are turned away. */
  static highAssuranceOrBlock(): SessionLevel {
    return new SessionLevel('HIGH_ASSURANCE', undefined, 'Block');
  }

  /** A login with a second factor; users without one are asked to raise the level of the session. */
  static highAssuranceOrRaise(): SessionLevel {
    return new SessionLevel('HIGH_ASSURANCE', undefined, 'RaiseSessionLevel');
  }

  /**
   * A login with a second factor; users without one are asked for it. Metadata API 67 or newer (preview), and External
   * Client Apps only.
   */
  static highAssuranceOrStepUp(): SessionLevel<'external-client-app'> {
    return new SessionLevel('HIGH_ASSURANCE', undefined, 'StepUpMFA');
  }

  /** A session below the ordinary login. External Client Apps only. */
  static low(justification: Justification): SessionLevel<'external-client-app'> {
    return new SessionLevel('LOW', justification, undefined);
  }

  /** True for a SessionLevel, whichever copy of this package made it. */
  static is(value: unknown): value is SessionLevel {
    return hasBrand(value, 'SessionLevel');
  }
}
