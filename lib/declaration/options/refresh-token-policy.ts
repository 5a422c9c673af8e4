import type { Duration } from '../../values/duration';
import type { Justification } from '../../values/justification';
import { brand, hasBrand } from './brand';

/** How long a refresh token lives (Setup: Refresh Token Policy). */
export class RefreshTokenPolicy {
  /** The word that Salesforce stores. */
  readonly type: 'Infinite' | 'Zero' | 'SpecificLifetime' | 'SpecificInactivity';
  /** As given; judged at synth. */
  readonly duration: unknown;
  /** As given; judged at synth. */
  readonly justification: unknown;

  /** Keeps object literals of the same shape out at compile time. */
  declare protected readonly nominal: 'RefreshTokenPolicy';

  private constructor(type: RefreshTokenPolicy['type'], duration?: unknown, justification?: unknown) {
    this.type = type;
    this.duration = duration;
    this.justification = justification;
    brand(this, 'RefreshTokenPolicy');
  }

  /** Expires if it is not used for that long. Hours, days or months. */
  static expiresIfUnusedFor(duration: Duration): RefreshTokenPolicy {
    return new RefreshTokenPolicy('SpecificInactivity', duration);
  }

  /** Expires that long after it was issued, whether it was used or not. Hours, days or months. */
  static expiresAfter(duration: Duration): RefreshTokenPolicy {
    return new RefreshTokenPolicy('SpecificLifetime', duration);
  }

  /** Invalid as soon as it is issued: users log in each time. */
  static expiresImmediately(): RefreshTokenPolicy {
    return new RefreshTokenPolicy('Zero');
  }

  /** Valid until it is revoked. */
  static neverExpires(justification: Justification): RefreshTokenPolicy {
    return new RefreshTokenPolicy('Infinite', undefined, justification);
  }

  /** True for a RefreshTokenPolicy, whichever copy of this package made it. */
  static is(value: unknown): value is RefreshTokenPolicy {
    return hasBrand(value, 'RefreshTokenPolicy');
  }
}
