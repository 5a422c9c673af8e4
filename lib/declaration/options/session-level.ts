import type { Justification } from '../../values/justification';
import type { SessionLevel as Level } from '../client-app';
import { brand, hasBrand } from './brand';

/** The lowest session security a user needs to use the app. */
export class SessionLevel {
  /** An ordinary login. */
  static readonly STANDARD = new SessionLevel('STANDARD', undefined);
  /** A login with a second factor. It needs a user at the keyboard. */
  static readonly HIGH_ASSURANCE = new SessionLevel('HIGH_ASSURANCE', undefined);

  readonly level: Level;
  /** As given; judged at synth. */
  readonly justification: unknown;

  /** Keeps object literals of the same shape out at compile time. */
  declare protected readonly nominal: 'SessionLevel';

  private constructor(level: Level, justification: unknown) {
    this.level = level;
    this.justification = justification;
    brand(this, 'SessionLevel');
  }

  /** A session below the ordinary login. */
  static low(justification: Justification): SessionLevel {
    return new SessionLevel('LOW', justification);
  }

  /** True for a SessionLevel, whichever copy of this package made it. */
  static is(value: unknown): value is SessionLevel {
    return hasBrand(value, 'SessionLevel');
  }
}
