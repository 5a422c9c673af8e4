// Generated from the files of this folder: npm run generate.
import type { AppControl, Control, OrgControl } from '../control';
import { controls as clientCredentials } from './client-credentials';
import { controls as deviceFlow } from './device-flow';
import { controls as idToken } from './id-token';
import { controls as ipRelaxation } from './ip-relaxation';
import { controls as jwtBearer } from './jwt-bearer';
import { controls as permittedUsers } from './permitted-users';
import { controls as pkce } from './pkce';
import { controls as rotation } from './rotation';
import { controls as saml } from './saml';
import { controls as scopes } from './scopes';
import { controls as secrets } from './secrets';
import { controls as sessionTimeout } from './session-timeout';
import { control as appCallbackUrls } from './sfca-app-callback-urls';
import { control as appCertificateExpiry } from './sfca-app-certificate-expiry';
import { control as appCertificateLifetime } from './sfca-app-certificate-lifetime';
import { control as appCertificateStrength } from './sfca-app-certificate-strength';
import { control as appCodeCredentialsPostBody } from './sfca-app-code-credentials-post-body';
import { control as appCodeCredentialsReady } from './sfca-app-code-credentials-ready';
import { control as appDormant } from './sfca-app-dormant';
import { control as appDormantTokens } from './sfca-app-dormant-tokens';
import { control as appInactiveUsers } from './sfca-app-inactive-users';
import { control as appIntrospection } from './sfca-app-introspection';
import { control as appOldGrants } from './sfca-app-old-grants';
import { control as appPublicSecret } from './sfca-app-public-secret';
import { control as appRefreshIdle } from './sfca-app-refresh-idle';
import { control as appRefreshLifetime } from './sfca-app-refresh-lifetime';
import { control as appRunAsShared } from './sfca-app-run-as-shared';
import { control as appScopesByKind } from './sfca-app-scopes-by-kind';
import { control as appSelfAuthorized } from './sfca-app-self-authorized';
import { control as appSingleLogout } from './sfca-app-single-logout';
import { control as appTokenExchange } from './sfca-app-token-exchange';
import { control as appTokenExchangeHandler } from './sfca-app-token-exchange-handler';
import { control as appTokenFormat } from './sfca-app-token-format';
import { control as caCodeCredentials } from './sfca-ca-code-credentials';
import { control as caMigrated } from './sfca-ca-migrated';
import { control as caOauthSettings } from './sfca-ca-oauth-settings';
import { control as ecaCodeCredentials } from './sfca-eca-code-credentials';
import { control as ecaCustomAttributes } from './sfca-eca-custom-attributes';
import { control as ecaJwtAccessTokens } from './sfca-eca-jwt-access-tokens';
import { control as ecaMobile } from './sfca-eca-mobile';
import { control as ecaPush } from './sfca-eca-push';
import { control as ecaRefreshIpAllowlist } from './sfca-eca-refresh-ip-allowlist';
import { control as ecaRunAsUser } from './sfca-eca-run-as-user';
import { control as ecaSessionLevel } from './sfca-eca-session-level';
import { control as orgAnyApiClient } from './sfca-org-any-api-client';
import { control as orgApiAccess } from './sfca-org-api-access';
import { control as orgDoorHolders } from './sfca-org-door-holders';
import { control as orgMetadataSecrets } from './sfca-org-metadata-secrets';
import { control as orgOauthFlows } from './sfca-org-oauth-flows';
import { control as orgRestSecrets } from './sfca-org-rest-secrets';
import { control as orgUnknownApps } from './sfca-org-unknown-apps';

const byId = (a: Control, b: Control): number => (a.id < b.id ? -1 : 1);

/** Every control that judges an app, by id. */
export const APP_CONTROLS: readonly AppControl[] = [
  ...clientCredentials,
  ...deviceFlow,
  ...idToken,
  ...ipRelaxation,
  ...jwtBearer,
  ...permittedUsers,
  ...pkce,
  ...rotation,
  ...saml,
  ...scopes,
  ...secrets,
  ...sessionTimeout,
  appCallbackUrls,
  appCertificateExpiry,
  appCertificateLifetime,
  appCertificateStrength,
  appCodeCredentialsPostBody,
  appCodeCredentialsReady,
  appDormant,
  appDormantTokens,
  appInactiveUsers,
  appIntrospection,
  appOldGrants,
  appPublicSecret,
  appRefreshIdle,
  appRefreshLifetime,
  appRunAsShared,
  appScopesByKind,
  appSelfAuthorized,
  appSingleLogout,
  appTokenExchange,
  appTokenExchangeHandler,
  appTokenFormat,
  caCodeCredentials,
  caMigrated,
  caOauthSettings,
  ecaCodeCredentials,
  ecaCustomAttributes,
  ecaJwtAccessTokens,
  ecaMobile,
  ecaPush,
  ecaRefreshIpAllowlist,
  ecaRunAsUser,
  ecaSessionLevel,
].sort(byId);

/** Every control that judges the org-wide settings, by id. */
export const ORG_CONTROLS: readonly OrgControl[] = [
  orgAnyApiClient,
  orgApiAccess,
  orgDoorHolders,
  orgMetadataSecrets,
  orgOauthFlows,
  orgRestSecrets,
  orgUnknownApps,
].sort(byId);

/** All of them. */
export const CONTROLS: readonly Control[] = [...APP_CONTROLS, ...ORG_CONTROLS];

const BY_ID: ReadonlyMap<string, Control> = new Map(CONTROLS.map((control) => [control.id, control] as const));

/** The control of that id, or undefined. */
export const controlById = (id: string): Control | undefined => BY_ID.get(id);
