import type { Duration } from '../../values/duration';
import type { Platform } from '../client-app';
import { brand, hasBrand } from './brand';

/** Stands in the place of a lifetime. */
export const USER_SESSION = 'user-session';

/**
 * The format of access tokens, together with the lifetime that goes with it: the platform refuses a session timeout on
 * JWTs and a token timeout on opaque tokens. `P` is what an app with such tokens can be stored as.
 */
export class AccessTokens<F extends 'opaque' | 'jwt' = 'opaque' | 'jwt', P extends Platform = Platform> {
  /** Opaque tokens, or JWTs. */
  readonly format: F;
  /** As given; judged at synth. */
  readonly lifetime: unknown;

  /** Keeps object literals of the same shape out at compile time. */
  declare protected readonly nominal: 'AccessTokens';
  /** Only the compiler knows it: an app of the platform may have such tokens. */
  declare protected readonly on: (platform: P) => void;

  private constructor(format: F, lifetime: unknown) {
    this.format = format;
    this.lifetime = lifetime;
    brand(this, 'AccessTokens');
  }

  /**
   * Opaque tokens, which are session ids.
   * @param sessionTimeout Idle time before the session ends, 1 minute to 24 hours.
   */
  static opaque(sessionTimeout: Duration): AccessTokens<'opaque'> {
    return new AccessTokens('opaque', sessionTimeout);
  }

  /**
   * JSON Web Tokens. They work with REST, not with SOAP APIs before version 68. Metadata API 61 or newer.
   * @param timeout 1, 5, 10, 15 or 30 minutes; from Metadata API 65 also 60, 90, 120, 240, 480 or 720. The default is
   * 60 minutes, and 30 before Metadata API 65. The timeout of a Connected App is set in Setup.
   */
  static jwt(timeout?: undefined): AccessTokens<'jwt'>;
  static jwt(timeout: Duration | undefined): AccessTokens<'jwt', 'external-client-app'>;
  static jwt(timeout?: Duration): AccessTokens<'jwt'> {
    return new AccessTokens('jwt', timeout);
  }

  /**
   * JSON Web Tokens that are valid for as long as the user's session can be, according to the session settings of the
   * user's profile or the org. Metadata API 65 or newer, and External Client Apps only.
   */
  static jwtForUserSession(): AccessTokens<'jwt', 'external-client-app'> {
    return new AccessTokens('jwt', USER_SESSION);
  }

  /** True for an AccessTokens, whichever copy of this package made it. */
  static is(value: unknown): value is AccessTokens {
    return hasBrand(value, 'AccessTokens');
  }
}
