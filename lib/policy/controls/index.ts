import type { AppControl, Control, OrgControl } from '../control';
import { control as appCallbackUrls } from './sfca-app-callback-urls';
import { control as appCertificateExpiry } from './sfca-app-certificate-expiry';
import { control as appCertificateLifetime } from './sfca-app-certificate-lifetime';
import { control as appCertificateStrength } from './sfca-app-certificate-strength';
import { control as appCodeCredentialsPostBody } from './sfca-app-code-credentials-post-body';
import { control as appCodeCredentialsReady } from './sfca-app-code-credentials-ready';
import { control as appIntrospection } from './sfca-app-introspection';
import { control as appPublicSecret } from './sfca-app-public-secret';
import { control as appRefreshIdle } from './sfca-app-refresh-idle';
import { control as appRefreshLifetime } from './sfca-app-refresh-lifetime';
import { control as appScopesByKind } from './sfca-app-scopes-by-kind';
import { control as appSelfAuthorized } from './sfca-app-self-authorized';
import { control as appSingleLogout } from './sfca-app-single-logout';
import { control as appTokenExchange } from './sfca-app-token-exchange';
import { control as appTokenExchangeHandler } from './sfca-app-token-exchange-handler';
import { control as appTokenFormat } from './sfca-app-token-format';
import { control as caClientCredentials } from './sfca-ca-client-credentials';
import { control as caCodeCredentials } from './sfca-ca-code-credentials';
import { control as caDeviceFlow } from './sfca-ca-device-flow';
import { control as caDigitalSignatures } from './sfca-ca-digital-signatures';
import { control as caIdToken } from './sfca-ca-id-token';
import { control as caIpRelaxation } from './sfca-ca-ip-relaxation';
import { control as caMigrated } from './sfca-ca-migrated';
import { control as caOauthSettings } from './sfca-ca-oauth-settings';
import { control as caPkce } from './sfca-ca-pkce';
import { control as caProfiles } from './sfca-ca-profiles';
import { control as caRotation } from './sfca-ca-rotation';
import { control as caSaml } from './sfca-ca-saml';
import { control as caScopes } from './sfca-ca-scopes';
import { control as caSecretRefresh } from './sfca-ca-secret-refresh';
import { control as caSecretWebServer } from './sfca-ca-secret-web-server';
import { control as caSessionTimeout } from './sfca-ca-session-timeout';
import { control as ecaClientCredentials } from './sfca-eca-client-credentials';
import { control as ecaCodeCredentials } from './sfca-eca-code-credentials';
import { control as ecaCustomAttributes } from './sfca-eca-custom-attributes';
import { control as ecaDeviceFlow } from './sfca-eca-device-flow';
import { control as ecaIdToken } from './sfca-eca-id-token';
import { control as ecaIpRelaxation } from './sfca-eca-ip-relaxation';
import { control as ecaJwtAccessTokens } from './sfca-eca-jwt-access-tokens';
import { control as ecaJwtBearer } from './sfca-eca-jwt-bearer';
import { control as ecaMobile } from './sfca-eca-mobile';
import { control as ecaPermittedUsers } from './sfca-eca-permitted-users';
import { control as ecaPkce } from './sfca-eca-pkce';
import { control as ecaPush } from './sfca-eca-push';
import { control as ecaRefreshIpAllowlist } from './sfca-eca-refresh-ip-allowlist';
import { control as ecaRotation } from './sfca-eca-rotation';
import { control as ecaRunAsUser } from './sfca-eca-run-as-user';
import { control as ecaSaml } from './sfca-eca-saml';
import { control as ecaScopes } from './sfca-eca-scopes';
import { control as ecaSecretRefresh } from './sfca-eca-secret-refresh';
import { control as ecaSecretWebServer } from './sfca-eca-secret-web-server';
import { control as ecaSessionLevel } from './sfca-eca-session-level';
import { control as ecaSessionTimeout } from './sfca-eca-session-timeout';
import { control as orgAnyApiClient } from './sfca-org-any-api-client';
import { control as orgApiAccess } from './sfca-org-api-access';
import { control as orgMetadataSecrets } from './sfca-org-metadata-secrets';
import { control as orgOauthFlows } from './sfca-org-oauth-flows';
import { control as orgRestSecrets } from './sfca-org-rest-secrets';

/** Every control that judges an app, by id. */
export const APP_CONTROLS: readonly AppControl[] = [
  appCallbackUrls,
  appCertificateExpiry,
  appCertificateLifetime,
  appCertificateStrength,
  appCodeCredentialsPostBody,
  appCodeCredentialsReady,
  appIntrospection,
  appPublicSecret,
  appRefreshIdle,
  appRefreshLifetime,
  appScopesByKind,
  appSelfAuthorized,
  appSingleLogout,
  appTokenExchange,
  appTokenExchangeHandler,
  appTokenFormat,
  caClientCredentials,
  caCodeCredentials,
  caDeviceFlow,
  caDigitalSignatures,
  caIdToken,
  caIpRelaxation,
  caMigrated,
  caOauthSettings,
  caPkce,
  caProfiles,
  caRotation,
  caSaml,
  caScopes,
  caSecretRefresh,
  caSecretWebServer,
  caSessionTimeout,
  ecaClientCredentials,
  ecaCodeCredentials,
  ecaCustomAttributes,
  ecaDeviceFlow,
  ecaIdToken,
  ecaIpRelaxation,
  ecaJwtAccessTokens,
  ecaJwtBearer,
  ecaMobile,
  ecaPermittedUsers,
  ecaPkce,
  ecaPush,
  ecaRefreshIpAllowlist,
  ecaRotation,
  ecaRunAsUser,
  ecaSaml,
  ecaScopes,
  ecaSecretRefresh,
  ecaSecretWebServer,
  ecaSessionLevel,
  ecaSessionTimeout,
];

/** Every control that judges the org-wide settings, by id. */
export const ORG_CONTROLS: readonly OrgControl[] = [
  orgAnyApiClient,
  orgApiAccess,
  orgMetadataSecrets,
  orgOauthFlows,
  orgRestSecrets,
];

/** All of them. */
export const CONTROLS: readonly Control[] = [...APP_CONTROLS, ...ORG_CONTROLS];

const BY_ID: ReadonlyMap<string, Control> = new Map(CONTROLS.map((control) => [control.id, control] as const));

/** The control of that id, or undefined. */
export const controlById = (id: string): Control | undefined => BY_ID.get(id);
