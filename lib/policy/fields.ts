import type { Platform } from '../declaration/client-app';
import type { AppFieldName, OrgFieldName } from './posture';

/** Who may change a setting: the developer of the app, or the admins of each org that uses it. */
export type Owner = 'developer' | 'admin';

/** Where a setting stands in Salesforce's metadata, as `Type.field`, and who decides it. */
export interface FieldPlace {
  readonly owner: Owner;
  readonly 'external-client-app'?: readonly string[];
  readonly 'connected-app'?: readonly string[];
}

const GLOBAL = 'ExtlClntAppGlobalOauthSettings';
const OAUTH = 'ExtlClntAppOauthSettings';
const SAML = 'ExtlClntAppSamlConfigurablePolicies';
const POLICIES = 'ExtlClntAppOauthConfigurablePolicies';

const developer = (eca: string | undefined, ca?: string): FieldPlace => place('developer', eca, ca);
const admin = (eca: string | undefined, ca?: string): FieldPlace => place('admin', eca, ca);

function place(owner: Owner, eca: string | undefined, ca: string | undefined): FieldPlace {
  return {
    owner,
    ...(eca !== undefined && { 'external-client-app': eca.split(' ') }),
    ...(ca !== undefined && { 'connected-app': ca.split(' ').map((name) => `ConnectedApp.${name}`) }),
  };
}

/** The one table between the names that controls use and Salesforce's. */
export const APP_FIELDS: Readonly<Record<AppFieldName, FieldPlace>> = {
  appEnabled: admin('ExtlClntAppConfigurablePolicies.isEnabled'),
  callbackUrls: developer(`${GLOBAL}.callbackUrl`, 'oauthConfig.callbackUrl'),
  certificate: developer(`${GLOBAL}.certificate`, 'oauthConfig.certificate'),
  clientAssertionCertificate: developer(`${OAUTH}.clientAssertionCertificate`),
  clientCredentials: developer(`${GLOBAL}.isClientCredentialsFlowEnabled`, 'oauthConfig.isClientCredentialEnabled'),
  clientCredentialsPolicy: admin(`${POLICIES}.isClientCredentialsFlowEnabled`, 'oauthConfig.isClientCredentialEnabled'),
  codeAndCredentials: developer(`${GLOBAL}.isCodeCredFlowEnabled`, 'oauthConfig.isCodeCredentialEnabled'),
  codeAndCredentialsPostOnly: developer(`${GLOBAL}.isCodeCredPostOnly`, 'oauthConfig.isCodeCredentialPostOnly'),
  customAttributes: developer(`${OAUTH}.customAttributes ${POLICIES}.customAttributes`, 'attributes'),
  customScopes: developer(`${OAUTH}.commaSeparatedCustomScopes`),
  deviceFlow: developer(`${GLOBAL}.isDeviceFlowEnabled`, 'oauthConfig.isDeviceFlowEnabled'),
  guestCodeAndCredentials: admin(`${POLICIES}.isGuestCodeCredFlowEnabled`),
  idleRefreshTokenLimit: developer(`${GLOBAL}.isEnforceRefreshTokenTTL`, 'oauthConfig.isEnforceRefreshTokenTTL'),
  idToken: developer(`${GLOBAL}.idTokenConfig`, 'oauthConfig.idTokenConfig'),
  introspectAllTokens: developer(`${GLOBAL}.isIntrospectAllTokens`, 'oauthConfig.isIntrospectAllTokens'),
  ipRelaxation: admin(`${POLICIES}.ipRelaxationPolicyType`, 'oauthPolicy.ipRelaxation'),
  jwtAccessTokens: developer(`${GLOBAL}.isNamedUserJwtEnabled`, 'oauthConfig.isNamedUserJwtEnabled'),
  jwtTimeoutMinutes: admin(`${POLICIES}.namedUserJwtTimeout`),
  jwtTimeoutType: admin(`${POLICIES}.namedUserJwtSessionTimeoutType`),
  permissionSets: admin(`${POLICIES}.commaSeparatedPermissionSet`, 'permissionSetName'),
  permittedUsers: admin(`${POLICIES}.permittedUsersPolicyType`, 'oauthConfig.isAdminApproved'),
  pkceRequired: developer(`${GLOBAL}.isPkceRequired`, 'oauthConfig.isPkceRequired'),
  profiles: admin(`${POLICIES}.commaSeparatedProfile`, 'profileName'),
  pushShowsContent: admin('ExtlClntAppPushConfigurablePolicies.isFullContent'),
  refreshIpRanges: developer('ExtlClntAppOauthSecuritySettings.tokenIpRanges'),
  refreshTokenPolicy: admin(
    `${POLICIES}.refreshTokenPolicyType ${POLICIES}.refreshTokenValidityPeriod ${POLICIES}.refreshTokenValidityUnit`,
    'oauthPolicy.refreshTokenPolicy',
  ),
  refreshTokenRotation: developer(
    `${GLOBAL}.isRefreshTokenRotationEnabled`,
    'oauthConfig.isRefreshTokenRotationEnabled',
  ),
  requiredSessionLevel: admin(`${POLICIES}.requiredSessionLevel`, 'sessionPolicy.sessionLevel'),
  runAsUser: admin(`${POLICIES}.clientCredentialsFlowUser`, 'oauthConfig.oauthClientCredentialUser'),
  saml: developer(`${SAML}.signingAlgorithmType ${SAML}.encryptionType ${SAML}.encryptionCertificate`, 'samlConfig'),
  scopes: developer(`${OAUTH}.commaSeparatedOauthScopes`, 'oauthConfig.scopes'),
  screenLock: developer('ExtlClntAppMobileSettings.isScreenLockEnabled'),
  screenLockTimeout: admin('ExtlClntAppMobileConfigurablePolicies.screenLockTimeout'),
  secretInRefreshFlow: developer(
    `${GLOBAL}.isSecretRequiredForRefreshToken`,
    'oauthConfig.isSecretRequiredForRefreshToken',
  ),
  secretInTokenExchange: developer(
    `${GLOBAL}.isSecretRequiredForTokenExchange`,
    'oauthConfig.isSecretRequiredForTokenExchange',
  ),
  secretInWebServerFlow: developer(`${GLOBAL}.isConsumerSecretOptional`, 'oauthConfig.isConsumerSecretOptional'),
  sessionTimeoutMinutes: admin(`${POLICIES}.sessionTimeoutInMinutes`, 'sessionPolicy.sessionTimeout'),
  singleLogoutUrl: developer(
    `${OAUTH}.singleLogoutUrl ${POLICIES}.singleLogoutUrl`,
    'oauthConfig.singleLogoutUrl oauthPolicy.singleLogoutUrl',
  ),
  startUrl: developer(undefined, 'startUrl'),
  tokenExchange: developer(`${GLOBAL}.isTokenExchangeEnabled`, 'oauthConfig.isTokenExchangeEnabled'),
  tokenExchangePolicy: admin(`${POLICIES}.isTokenExchangeFlowEnabled`, 'oauthPolicy.isTokenExchangeFlowEnabled'),
};

/** Where the org-wide settings stand. */
export const ORG_FIELDS: Readonly<Record<OrgFieldName, string>> = {
  adminApprovedAppsOnly: 'ConnectedAppSettings.enableAdminApprovedAppsOnly',
  anyApiClientHolders: 'PermissionSet.PermissionsUseAnyApiClient',
  blocksUsernamePasswordFlow: 'OauthOidcSettings.blockOAuthUnPwFlow',
  blocksUserAgentFlow: 'OauthOidcSettings.blockOAuthUsrAgtFlow',
  codeAndCredentialsAllowed: 'OauthOidcSettings.oAuthCdCrdtFlowEnable',
  pkceRequired: 'OauthOidcSettings.isPkceRequired',
  secretsViaMetadataApi: 'ExternalClientAppSettings.enableConsumerSecretApiAccess',
  secretsViaRestApi: 'ExternalClientAppSettings.enableClientSecretInRestApiAccess',
};

/** The metadata fields behind a setting on a platform, as `Type.field`. */
export const placesOf = (name: AppFieldName, platform: Platform): readonly string[] => APP_FIELDS[name][platform] ?? [];
