import type { Platform } from '../../lib/declaration/client-app';
import type { NonEmpty } from '../../lib/declaration/options/non-empty';
import type { PerOrg } from '../../lib/declaration/options/per-org';
import type { PermittedUsers } from '../../lib/declaration/options/permitted-users';
import type { RefreshTokenPolicy } from '../../lib/declaration/options/refresh-token-policy';
import type { SessionLevel } from '../../lib/declaration/options/session-level';
import type { ClientAppProps } from './common';
import type { DisabledByException, EnabledByException, IdToken, TrustedIpRange } from './values';

/** Options of the kinds that users log in through, on both platforms. */
export interface InteractiveClientAppProps<P extends Platform = 'external-client-app'> extends ClientAppProps<P> {
  /**
   * URLs that the authorization code can be sent to: https, or http on a loopback host; public apps can use a custom
   * scheme. Matched exactly.
   * @unit characters
   * @limit at least one; 2,000 in all, line breaks included
   * @source Metadata API Developer Guide: ExtlClntAppGlobalOauthSettings, callbackUrl
   */
  readonly callbackUrls: NonEmpty<string> | PerOrg<NonEmpty<string>>;
  /**
   * Who can use the app. There is no default, because it is the first thing a reviewer asks.
   * @since profiles: 62
   * @source Salesforce Help: Preauthorize User App Access Through External Client App Policies
   */
  readonly permittedUsers: PermittedUsers;
  /**
   * How long a refresh token lives.
   * @default RefreshTokenPolicy.expiresIfUnusedFor(Duration.days(30)): unused access expires automatically
   * @unit hours, days or months
   * @source Salesforce Help: Manage OAuth Access Policies
   */
  readonly refreshTokens?: RefreshTokenPolicy;
  /**
   * Whether each refresh replaces the refresh token.
   * @default - on: the second use of a token reveals a theft
   * @source RFC 9700, section 4.14
   */
  readonly refreshTokenRotation?: DisabledByException;
  /**
   * Expires refresh tokens that have not been used for 30 days, whatever the policy says.
   * @default - stays as it is in the org
   * @since 67 (preview)
   * @source Salesforce Help: Limit the Idle Refresh Token TTL in External Client Apps
   */
  readonly limitIdleRefreshTokens?: true;
  /**
   * The device flow.
   * @default - off: users can be tricked into approving someone else's code
   * @source RFC 8628, section 5.4
   */
  readonly deviceFlow?: EnabledByException;
  /**
   * IP ranges that the web server flow trusts.
   * @default - stays as it is in the org
   * @limit 128 ranges
   * @source Metadata API Developer Guide: ExtlClntAppOauthSettings, trustedIpRanges
   */
  readonly trustedIpRanges?: readonly TrustedIpRange[] | PerOrg<readonly TrustedIpRange[]>;
  /**
   * What ID tokens contain and how long they are valid.
   * @default - stays as it is in the org
   * @source Metadata API Developer Guide: ExtlClntAppGlobalOauthSettings, idTokenConfig
   */
  readonly idToken?: IdToken;
  /**
   * An https URL that is called when the user logs out.
   * @default - stays as it is in the org
   * @source Metadata API Developer Guide: ExtlClntAppOauthSettings, singleLogoutUrl
   */
  readonly singleLogoutUrl?: string;
  /**
   * An https URL that opens when a user starts the app from the org.
   * @default - stays as it is in the org
   * @since 62
   * @source Metadata API Developer Guide: ExtlClntAppOauthConfigurablePolicies, startUrl
   */
  readonly startUrl?: string;
  /**
   * Lowest session security level a user needs, and what happens to users with a lower one.
   * @default - stays as it is in the org
   * @since asking for a second factor on the spot: 67 (preview)
   * @source Metadata API Developer Guide: ExtlClntAppOauthConfigurablePolicies, requiredSessionLevel
   */
  readonly requiredSessionLevel?: SessionLevel<P>;
}
