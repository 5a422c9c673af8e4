import type { Platform as PlatformName } from '../../lib/declaration/client-app';
import type { AccessTokens } from '../../lib/declaration/options/access-tokens';
import type { IpRelaxation } from '../../lib/declaration/options/ip-relaxation';
import type { NonEmpty } from '../../lib/declaration/options/non-empty';
import type { PerOrg } from '../../lib/declaration/options/per-org';
import type { Scope } from '../../lib/declaration/options/scope';
import type { ApexHandler, AssetToken, EnabledByException } from './values';

/** Options of every kind of client app. `P` is what the app is stored as; some values exist for one of the two only. */
export interface ClientAppProps<P extends PlatformName = 'external-client-app'> {
  /**
   * Display name of the app, on one line.
   * @source Metadata API Developer Guide: ExternalClientApplication, label
   */
  readonly label: string;
  /**
   * API name in the org. Changing it creates a new app with a new consumer key.
   * @default - the construct id, unchanged
   * @limit a letter first, then letters, digits and single underscores; 30 characters, more with `adopt`
   * @source Metadata API Developer Guide: ExternalClientApplication, fullName
   */
  readonly apiName?: string;
  /**
   * What the app is for. Apply adds a line that says who manages it.
   * @default - the description in the org stays as it is
   * @source Metadata API Developer Guide: ExternalClientApplication, description
   */
  readonly description?: string;
  /**
   * Email address of the team responsible for the app.
   * @default - contactEmail of the SalesforceOrg; one of the two is required
   * @limit 80 characters
   * @source Metadata API Developer Guide: ExternalClientApplication, contactEmail
   */
  readonly contactEmail?: string | PerOrg<string>;
  /**
   * Phone number of the team responsible for the app.
   * @default - stays as it is in the org
   * @source Metadata API Developer Guide: ExternalClientApplication, contactPhone
   */
  readonly contactPhone?: string;
  /**
   * An https URL with more about the app.
   * @default - stays as it is in the org
   * @source Metadata API Developer Guide: ExternalClientApplication, infoUrl
   */
  readonly infoUrl?: string;
  /**
   * An https URL of the logo.
   * @default - stays as it is in the org
   * @source Metadata API Developer Guide: ExternalClientApplication, logoUrl
   */
  readonly logoUrl?: string;
  /**
   * An https URL of the icon.
   * @default - stays as it is in the org
   * @source Metadata API Developer Guide: ExternalClientApplication, iconUrl
   */
  readonly iconUrl?: string;
  /**
   * What a token can be used for; grant no more than the client needs. A machine app with a certificate also gets
   * RefreshToken: the JWT bearer flow requires the scope, although it issues no refresh token.
   * @limit at least one
   * @source Salesforce Help: OAuth Tokens and Scopes
   */
  readonly scopes: NonEmpty<Scope<P>>;
  /**
   * Format and lifetime of access tokens.
   * @default AccessTokens.opaque(Duration.minutes(60)): one hour limits the value of a stolen token
   * @unit minutes
   * @limit opaque: 1 to 1,440; JWT: 1, 5, 10, 15 or 30, from Metadata API 65 also 60, 90, 120, 240, 480 or 720
   * @since JWT: 61; lifetime of the user session: 65
   * @source Salesforce Help: Configure an External Client App to Issue JWT-Based Access Tokens
   */
  readonly accessTokens?: AccessTokens<'opaque' | 'jwt', P>;
  /**
   * Whether the login IP ranges of profiles apply to the app.
   * @default IpRelaxation.ENFORCE: an app must not be a way to bypass them
   * @source Salesforce Help: Connected App IP Relaxation and Continuous IP Enforcement
   */
  readonly ipRelaxation?: IpRelaxation;
  /**
   * Lets the app introspect tokens of other apps.
   * @default - off: a client has no need to see the tokens of other apps
   * @source RFC 7662, section 4
   */
  readonly introspectAllTokens?: EnabledByException;
  /**
   * Formulas by key, such as `{ country: 'Organization.Country' }`.
   * @default - stays as it is in the org
   * @limit 128 attributes
   * @source Metadata API Developer Guide: ExtlClntAppOauthSettings, customAttributes
   */
  readonly customAttributes?: Readonly<Record<string, string>>;
  /**
   * The asset token flow: a connected device exchanges a token of its user for its own JWT.
   * @default - stays as it is in the org
   * @since 61
   * @source Metadata API Developer Guide: ExtlClntAppOauthSettings, assetTokenAudiences
   */
  readonly assetToken?: AssetToken;
  /**
   * The Apex class that is called when users authorize the app.
   * @default - stays as it is in the org
   * @since 61
   * @source Metadata API Developer Guide: ExtlClntAppOauthConfigurablePolicies, apexHandler
   */
  readonly apexHandler?: ApexHandler;
  /**
   * Binds tokens to a key of the client (DPoP). Salesforce has not documented the field yet.
   * @default - stays as it is in the org
   * @since 68 (preview)
   * @source RFC 9449; Metadata API types: ExtlClntAppGlobalOauthSettings, isDPopEnabled
   */
  readonly dpop?: boolean;
  /**
   * Takes over an app that already exists under this API name. Without it, such an app is not touched.
   * @default false
   */
  readonly adopt?: boolean;
  /**
   * Engine provider: removes a certificate that is no longer declared from the app, so every client that signs with its
   * key is refused. Remove this option after the apply. On the command line, the flag `--allow-certificate-removal`
   * does this.
   * @default false
   */
  readonly allowCertificateRemoval?: boolean;
  /**
   * Engine provider: applies a change to the app that the provider itself logged in through, even if the app refuses
   * that login afterward. Remove this option after the apply. On the command line, the flag `--accept-lockout` does
   * this.
   * @default false
   */
  readonly acceptLockout?: boolean;
  /**
   * Engine provider: while true, Terraform never deletes the app, because deleting it also deletes its consumer key. To
   * delete an app, first apply false, then remove the declaration. With the null engine, only true makes sense.
   * @default true
   */
  readonly deletionProtection?: boolean;
}
