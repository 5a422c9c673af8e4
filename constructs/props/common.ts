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
   * Name of the app as people read it, on one line.
   * @source Metadata API Developer Guide: ExternalClientApplication, label
   */
  readonly label: string;
  /**
   * API name in the org. Renaming makes another app with another consumer key.
   * @default - the construct id, word for word
   * @limit a letter first, then letters, digits and single underscores; 30 characters, more with `adopt`
   * @source Metadata API Developer Guide: ExternalClientApplication, fullName
   */
  readonly apiName?: string;
  /**
   * What the app is for. A line that tells who manages it is added at apply.
   * @default - the description in the org stays as it is
   * @source Metadata API Developer Guide: ExternalClientApplication, description
   */
  readonly description?: string;
  /**
   * Mailbox of the people who answer for the app.
   * @default - contactEmail of the SalesforceOrg; one of the two is required
   * @limit 80 characters
   * @source Metadata API Developer Guide: ExternalClientApplication, contactEmail
   */
  readonly contactEmail?: string | PerOrg<string>;
  /**
   * Phone of the people who answer for the app.
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
   * What a token may be used for; no more than the client needs. A machine app with a certificate has RefreshToken as
   * well: the JWT bearer flow needs the scope, though it issues no refresh token.
   * @limit at least one
   * @source Salesforce Help: OAuth Tokens and Scopes
   */
  readonly scopes: NonEmpty<Scope<P>>;
  /**
   * Format and lifetime of access tokens.
   * @default AccessTokens.opaque(Duration.minutes(60)): an hour bounds what a stolen token is worth
   * @unit minutes
   * @limit opaque: 1 to 1,440; JWT: 1, 5, 10, 15 or 30, from Metadata API 65 also 60, 90, 120, 240, 480 or 720
   * @since JWT: 61; lifetime of the user session: 65
   * @source Salesforce Help: Configure an External Client App to Issue JWT-Based Access Tokens
   */
  readonly accessTokens?: AccessTokens<'opaque' | 'jwt', P>;
  /**
   * Whether the login IP ranges of profiles hold for the app.
   * @default IpRelaxation.ENFORCE: an app must not be a way around them
   * @source Salesforce Help: Connected App IP Relaxation and Continuous IP Enforcement
   */
  readonly ipRelaxation?: IpRelaxation;
  /**
   * Lets the app introspect tokens of other apps.
   * @default - off: a client has no business with the tokens of others
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
   * The asset token flow: a connected device gets a JWT of its own for a token of its user.
   * @default - stays as it is in the org
   * @since 61
   * @source Metadata API Developer Guide: ExtlClntAppOauthSettings, assetTokenAudiences
   */
  readonly assetToken?: AssetToken;
  /**
   * The Apex class that takes part when users authorize the app.
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
   * Engine provider: the app loses a certificate that is no longer declared, and every client that signs with its key is
   * refused. Remove it after the apply. On the command line the flag `--allow-certificate-removal` does this.
   * @default false
   */
  readonly allowCertificateRemoval?: boolean;
  /**
   * Engine provider: a change of the app through which the provider itself logged in is applied although it refuses that
   * login afterward. Remove it after the apply. On the command line the flag `--accept-lockout` does this.
   * @default false
   */
  readonly acceptLockout?: boolean;
  /**
   * Engine provider: while true, nothing in Terraform deletes the app, since a deleted app takes its consumer key with
   * it. To delete an app, apply false first, and then remove the declaration. With engine null only true makes sense.
   * @default true
   */
  readonly deletionProtection?: boolean;
}
