import type { Platform as PlatformName } from '../client-app';
import { brand, hasBrand } from './brand';

/** How Salesforce stores a client app. */
export class Platform<P extends PlatformName = PlatformName> {
  /** An External Client App, the platform of every new app. */
  static readonly EXTERNAL_CLIENT_APP: Platform<'external-client-app'> = new Platform('external-client-app');
  /**
   * An existing Connected App. Since Spring '26, new ones can be created only if Salesforce Support allows it; see the
   * option `creationAllowedBySupport`.
   */
  static readonly CONNECTED_APP: Platform<'connected-app'> = new Platform('connected-app');

  /** The word that the manifest has. */
  readonly platform: P;

  /** Keeps object literals of the same shape out at compile time. */
  declare protected readonly nominal: 'Platform';

  private constructor(platform: P) {
    this.platform = platform;
    brand(this, 'Platform');
  }

  /** True for a Platform, whichever copy of this package made it. */
  static is(value: unknown): value is Platform {
    return hasBrand(value, 'Platform');
  }
}
