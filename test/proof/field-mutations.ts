import {
  AccessTokens,
  Certificate,
  Duration,
  MachineApp,
  PermittedUsers,
  Platform,
  PrivateClientApp,
  PublicClientApp,
  RefreshTokenPolicy,
  type SalesforceOrg,
  Scope,
  Username,
} from '../../constructs';
import type { FieldValue } from '../../lib/metadata/component';
import { OF_OUTSIDERS } from '../../lib/proof/needs';
import { CERTIFICATE, exchanges, rareFlows, rareSettings, threeKinds } from './support';

const justification = { reason: 'The client needs it', approvedBy: 'security@acme.example', expires: '2027-06-30' };

/** Apps that declare, between them, everything that an attack or a use can show. */
export function watched(org: SalesforceOrg): void {
  threeKinds(org);
  rareFlows(org);
  rareSettings(org);
  new PublicClientApp(org, 'Kiosk', {
    label: 'Kiosk',
    callbackUrls: ['kiosk://oauth'],
    scopes: [Scope.API, Scope.REFRESH_TOKEN],
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Kiosk_Users'] }),
    refreshTokens: RefreshTokenPolicy.neverExpires(justification),
    limitIdleRefreshTokens: true,
    adminPolicies: { singleLogoutUrl: 'https://kiosk.acme.example/logout' },
  });
  new PrivateClientApp(org, 'Gateway', {
    label: 'Gateway',
    callbackUrls: ['https://gateway.acme.example/oauth/callback'],
    scopes: [Scope.API, Scope.REFRESH_TOKEN],
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Gateway_Users'] }),
    accessTokens: AccessTokens.jwt(Duration.minutes(15)),
  });
  new PrivateClientApp(org, 'Desk', {
    platform: Platform.CONNECTED_APP,
    label: 'Desk',
    callbackUrls: ['https://desk.acme.example/oauth/callback'],
    singleLogoutUrl: 'https://desk.acme.example/logout',
    scopes: [Scope.API, Scope.REFRESH_TOKEN],
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Desk_Users'] }),
  });
  // The flows that a Connected App has to ask for, too; it never ends a refresh token but for lying unused.
  const counter = new PrivateClientApp(org, 'Counter', {
    platform: Platform.CONNECTED_APP,
    label: 'Counter',
    callbackUrls: ['https://counter.acme.example/oauth/callback'],
    scopes: [Scope.API, Scope.REFRESH_TOKEN],
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Counter_Users'] }),
    codeAndCredentials: {},
    adminPolicies: { singleLogoutUrl: 'https://counter.acme.example/logout' },
    tokenExchange: { enabled: true, justification },
    refreshTokens: RefreshTokenPolicy.neverExpires(justification),
    limitIdleRefreshTokens: true,
  });
  exchanges(org, counter, 'Counter');
  new MachineApp(org, 'Drone', {
    platform: Platform.CONNECTED_APP,
    label: 'Drone',
    scopes: [Scope.API],
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Drones'] }),
    clientCredentials: { runAs: Username.of('drone@acme.example'), justification },
  });
  new MachineApp(org, 'Robot', {
    platform: Platform.CONNECTED_APP,
    label: 'Robot',
    scopes: [Scope.API],
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Robots'] }),
    certificate: Certificate.fromFile(CERTIFICATE),
  });
}

/** A field as an attacker would want it in the org, and the cases of the app that notice it. */
export interface Mutation {
  readonly app: string;
  readonly value: FieldValue;
  /** What the platform wants beside it, by `Type.field`; `undefined`: not stated. */
  readonly also?: Readonly<Record<string, FieldValue | undefined>>;
  readonly seen: readonly string[];
}

const of =
  (app: string) =>
  (value: FieldValue, ...seen: readonly string[]): Mutation => ({ app, value, seen });
const portal = of('Portal');
const desk = of('Desk');
const gateway = of('Gateway');
const shop = of('Shop');
const broker = of('Broker');
const counter = of('Counter');

const RUN_AS = 'admin@emulator.example';
const UNDOCUMENTED = 'Salesforce does not say what it enforces, so the built-in org stores it and no more';
const FOR_THE_CLIENT = 'for the client that validates the ID token: the org refuses nothing by it';
const ASSET = 'the built-in org issues no asset tokens';
const RESOURCE = 'scopes of one’s own are for the resource server that reads them: the org refuses nothing by them';
const APEX = 'decides by Apex code, which the built-in org does not run';
const NOBODY = 'https://elsewhere.example/logout';
const NOT_ENFORCED = 'the built-in org does not enforce it, and prove lists it as not evaluated where it is declared';
const PLUGIN = 'no request of an OAuth client shows another plugin of the app';
const NO_OLD_FLOW =
  'the built-in org refuses the flow whatever the setting says, as orgs do by default: implicit and password try it';
const SETUP = 'who may read consumer secrets by the API: no request of an OAuth client shows it';
const RANGES = 'the users of a proof have no login IP ranges that could be relaxed';
const OTHER_KEY =
  'the key of a certificate stays with its team, so the proof signs with one of its own; assertion-other-key tries another';

/**
 * Every row of the field table that has a security direction, members of records included: which cases of which app notice
 * that it is looser in the org than declared, or why no client can.
 */
export const FIELD_MUTATIONS: Readonly<Record<string, Mutation | string>> = {
  'ExternalClientApplication.distributionState': 'who may install the app elsewhere: no OAuth request shows it',

  'ExtlClntAppGlobalOauthSettings.callbackUrl': portal(
    'https://portal.acme.example/oauth/callback\nhttps://attacker.example/callback',
    'callback-unregistered',
  ),
  'ExtlClntAppGlobalOauthSettings.certificate': OTHER_KEY,
  'ExtlClntAppGlobalOauthSettings.idTokenConfig.idTokenAudience': FOR_THE_CLIENT,
  'ExtlClntAppGlobalOauthSettings.idTokenConfig.idTokenIncludeAttributes': FOR_THE_CLIENT,
  'ExtlClntAppGlobalOauthSettings.idTokenConfig.idTokenIncludeCustomPermissions': FOR_THE_CLIENT,
  'ExtlClntAppGlobalOauthSettings.idTokenConfig.idTokenIncludeStandardClaims': FOR_THE_CLIENT,
  'ExtlClntAppGlobalOauthSettings.idTokenConfig.idTokenValidityInMinutes': FOR_THE_CLIENT,
  'ExtlClntAppGlobalOauthSettings.isClientCredentialsFlowEnabled': {
    ...of('Billing')(true, 'client-credentials-undeclared'),
    also: {
      'ExtlClntAppOauthConfigurablePolicies.isClientCredentialsFlowEnabled': true,
      'ExtlClntAppOauthConfigurablePolicies.clientCredentialsFlowUser': RUN_AS,
    },
  },
  'ExtlClntAppGlobalOauthSettings.isCodeCredFlowEnabled': broker(true, 'headless-undeclared'),
  'ExtlClntAppGlobalOauthSettings.isCodeCredPostOnly': shop(
    false,
    'headless-by-get',
    'headless-in-address',
    'headless-in-header',
  ),
  'ExtlClntAppGlobalOauthSettings.isConsumerSecretOptional': portal(true, 'code-without-secret'),
  'ExtlClntAppGlobalOauthSettings.isDPopEnabled': UNDOCUMENTED,
  'ExtlClntAppGlobalOauthSettings.isDeviceFlowEnabled': broker(true, 'device-undeclared'),
  'ExtlClntAppGlobalOauthSettings.isEnforceRefreshTokenTTL': of('Kiosk')(false, 'refresh-after-idle'),
  'ExtlClntAppGlobalOauthSettings.isIntrospectAllTokens': portal(true, 'introspect-of-another-client'),
  'ExtlClntAppGlobalOauthSettings.isMtlsEnabled': UNDOCUMENTED,
  'ExtlClntAppGlobalOauthSettings.isPkceRequired': portal(false, 'login-without-challenge'),
  'ExtlClntAppGlobalOauthSettings.isRefreshTokenRotationEnabled': portal(
    false,
    'refresh-reused',
    'refresh-after-reuse',
  ),
  'ExtlClntAppGlobalOauthSettings.isSecretRequiredForRefreshToken': portal(false, 'refresh-without-secret'),
  'ExtlClntAppGlobalOauthSettings.isSecretRequiredForTokenExchange': broker(false, 'exchange-without-secret'),
  'ExtlClntAppGlobalOauthSettings.isTokenExchangeEnabled': broker(false, 'exchange'),

  'ExtlClntAppOauthSettings.areAttributesIncludedInAssetToken': ASSET,
  'ExtlClntAppOauthSettings.areCustomPermsIncludedInAssetToken': ASSET,
  'ExtlClntAppOauthSettings.assetTokenAudiences': ASSET,
  'ExtlClntAppOauthSettings.assetTokenSigningCertificate': ASSET,
  'ExtlClntAppOauthSettings.assetTokenValidity': ASSET,
  'ExtlClntAppOauthSettings.clientAssertionCertificate': 'the built-in org takes no client assertions',
  'ExtlClntAppOauthSettings.commaSeparatedCustomScopes': RESOURCE,
  'ExtlClntAppOauthSettings.commaSeparatedOauthScopes': portal('Api, Full, RefreshToken, Web', 'scope-beyond'),
  'ExtlClntAppOauthSettings.customAttributes': FOR_THE_CLIENT,
  'ExtlClntAppOauthSettings.customAttributes.formula': FOR_THE_CLIENT,
  'ExtlClntAppOauthSettings.isFirstPartyAppEnabled': UNDOCUMENTED,
  'ExtlClntAppOauthSettings.singleLogoutUrl': of('Vault')(NOBODY, 'single-logout'),
  'ExtlClntAppOauthSettings.trustedIpRanges': RANGES,

  'ExtlClntAppOauthConfigurablePolicies.apexHandler': APEX,
  'ExtlClntAppOauthConfigurablePolicies.clientCredentialsFlowUser': of('Feed')(
    RUN_AS,
    'client-credentials-as-another-user',
  ),
  'ExtlClntAppOauthConfigurablePolicies.commaSeparatedCustomScopes': RESOURCE,
  'ExtlClntAppOauthConfigurablePolicies.commaSeparatedPermissionSet': portal(
    ['Portal_Users', OF_OUTSIDERS],
    'user-not-admitted',
  ),
  'ExtlClntAppOauthConfigurablePolicies.commaSeparatedProfile': portal(['Standard User'], 'user-not-admitted'),
  'ExtlClntAppOauthConfigurablePolicies.customAttributes': FOR_THE_CLIENT,
  'ExtlClntAppOauthConfigurablePolicies.customAttributes.formula': FOR_THE_CLIENT,
  'ExtlClntAppOauthConfigurablePolicies.executeHandlerAs': APEX,
  'ExtlClntAppOauthConfigurablePolicies.guestJwtSessionTimeoutType': {
    ...shop('UserSession', 'guest-session-over'),
    also: { 'ExtlClntAppOauthConfigurablePolicies.guestJwtTimeout': undefined },
  },
  'ExtlClntAppOauthConfigurablePolicies.guestJwtTimeout': shop(60, 'guest-session-over'),
  'ExtlClntAppOauthConfigurablePolicies.ipRelaxationPolicyType': RANGES,
  'ExtlClntAppOauthConfigurablePolicies.isClientCredentialsFlowEnabled': {
    ...of('Billing')(true, 'client-credentials-undeclared'),
    also: {
      'ExtlClntAppGlobalOauthSettings.isClientCredentialsFlowEnabled': true,
      'ExtlClntAppOauthConfigurablePolicies.clientCredentialsFlowUser': RUN_AS,
    },
  },
  'ExtlClntAppOauthConfigurablePolicies.isGuestCodeCredFlowEnabled': shop(false, 'guest'),
  'ExtlClntAppOauthConfigurablePolicies.isTokenExchangeFlowEnabled': broker(false, 'exchange'),
  'ExtlClntAppOauthConfigurablePolicies.namedUserJwtSessionTimeoutType': {
    ...gateway('UserSession', 'session-over'),
    also: { 'ExtlClntAppOauthConfigurablePolicies.namedUserJwtTimeout': undefined },
  },
  'ExtlClntAppOauthConfigurablePolicies.namedUserJwtTimeout': gateway(60, 'session-over'),
  'ExtlClntAppOauthConfigurablePolicies.permittedUsersPolicyType': portal('AllSelfAuthorized', 'user-not-admitted'),
  'ExtlClntAppOauthConfigurablePolicies.policyAction': NOT_ENFORCED,
  'ExtlClntAppOauthConfigurablePolicies.refreshTokenPolicyType': portal('Infinite', 'refresh-after-idle'),
  'ExtlClntAppOauthConfigurablePolicies.refreshTokenValidityPeriod': portal(300, 'refresh-after-idle'),
  'ExtlClntAppOauthConfigurablePolicies.refreshTokenValidityUnit': portal('Months', 'refresh-after-idle'),
  'ExtlClntAppOauthConfigurablePolicies.requiredSessionLevel': NOT_ENFORCED,
  'ExtlClntAppOauthConfigurablePolicies.sessionTimeoutInMinutes': portal(720, 'session-over'),
  'ExtlClntAppOauthConfigurablePolicies.singleLogoutUrl': of('Kiosk')(NOBODY, 'single-logout'),

  'ExtlClntAppConfigurablePolicies.isAttestPluginEnabled': PLUGIN,
  'ExtlClntAppConfigurablePolicies.isCanvasPluginEnabled': PLUGIN,
  // Declared apps are on: of these two the other position is the one that clients feel.
  'ExtlClntAppConfigurablePolicies.isEnabled': portal(false, 'login', 'refresh'),
  'ExtlClntAppConfigurablePolicies.isMobilePluginEnabled': PLUGIN,
  'ExtlClntAppConfigurablePolicies.isNotificationPluginEnabled': PLUGIN,
  'ExtlClntAppConfigurablePolicies.isOauthPluginEnabled': portal(false, 'login', 'refresh'),
  'ExtlClntAppConfigurablePolicies.isPushPluginEnabled': PLUGIN,
  'ExtlClntAppConfigurablePolicies.isSamlPluginEnabled': PLUGIN,

  'ExtlClntAppOauthSecuritySettings.tokenIpRanges': of('Vault')(
    [{ startIpAddress: '0.0.0.0', endIpAddress: '255.255.255.255' }],
    'refresh-from-elsewhere',
  ),
  'ExtlClntAppOauthSecuritySettings.tlsClientAuthCertParamType': UNDOCUMENTED,
  'ExtlClntAppOauthSecuritySettings.tlsClientAuthCertParamValue': UNDOCUMENTED,

  'OauthCustomScope.assignedTo': RESOURCE,
  'OauthTokenExchangeHandler.enablements': APEX,
  'OauthTokenExchangeHandler.enablements.apexExecutionUser': APEX,
  'OauthTokenExchangeHandler.isAccessTokenSupported': broker(true, 'exchange-other-type'),
  'OauthTokenExchangeHandler.isContactCreationAllowed': APEX,
  'OauthTokenExchangeHandler.isEnabled': broker(false, 'exchange'),
  'OauthTokenExchangeHandler.isIdTokenSupported': broker(true, 'exchange-other-type'),
  'OauthTokenExchangeHandler.isJwtSupported': broker(false, 'exchange'),
  'OauthTokenExchangeHandler.isRefreshTokenSupported': broker(true, 'exchange-other-type'),
  'OauthTokenExchangeHandler.isSaml2Supported': broker(true, 'exchange-other-type'),
  'OauthTokenExchangeHandler.isUserCreationAllowed': APEX,
  'OauthTokenExchangeHandler.tokenHandlerApex': APEX,

  'ConnectedApp.attributes': FOR_THE_CLIENT,
  'ConnectedApp.attributes.formula': FOR_THE_CLIENT,
  'ConnectedApp.ipRanges': RANGES,
  'ConnectedApp.oauthConfig.assetTokenConfig.assetAudiences': ASSET,
  'ConnectedApp.oauthConfig.assetTokenConfig.assetIncludeAttributes': ASSET,
  'ConnectedApp.oauthConfig.assetTokenConfig.assetIncludeCustomPerms': ASSET,
  'ConnectedApp.oauthConfig.assetTokenConfig.assetSigningCertId': ASSET,
  'ConnectedApp.oauthConfig.assetTokenConfig.assetValidityPeriod': ASSET,
  'ConnectedApp.oauthConfig.callbackUrl': desk(
    'https://desk.acme.example/oauth/callback\nhttps://attacker.example/callback',
    'callback-unregistered',
  ),
  'ConnectedApp.oauthConfig.certificate': OTHER_KEY,
  'ConnectedApp.oauthConfig.idTokenConfig.idTokenAudience': FOR_THE_CLIENT,
  'ConnectedApp.oauthConfig.idTokenConfig.idTokenIncludeAttributes': FOR_THE_CLIENT,
  'ConnectedApp.oauthConfig.idTokenConfig.idTokenIncludeCustomPerms': FOR_THE_CLIENT,
  'ConnectedApp.oauthConfig.idTokenConfig.idTokenIncludeStandardClaims': FOR_THE_CLIENT,
  'ConnectedApp.oauthConfig.idTokenConfig.idTokenValidity': FOR_THE_CLIENT,
  'ConnectedApp.oauthConfig.isAdminApproved': {
    ...desk(false, 'user-not-admitted'),
    also: { 'ConnectedApp.permissionSetName': [], 'ConnectedApp.profileName': [] },
  },
  'ConnectedApp.oauthConfig.isClientCredentialEnabled': {
    ...of('Robot')(true, 'client-credentials-undeclared'),
    also: { 'ConnectedApp.oauthConfig.oauthClientCredentialUser': RUN_AS },
  },
  'ConnectedApp.oauthConfig.isCodeCredentialEnabled': desk(true, 'headless-undeclared'),
  'ConnectedApp.oauthConfig.isCodeCredentialPostOnly': counter(
    false,
    'headless-by-get',
    'headless-in-address',
    'headless-in-header',
  ),
  'ConnectedApp.oauthConfig.isConsumerSecretOptional': desk(true, 'code-without-secret'),
  'ConnectedApp.oauthConfig.isDPopEnabled': UNDOCUMENTED,
  'ConnectedApp.oauthConfig.isDeviceFlowEnabled': desk(true, 'device-undeclared'),
  'ConnectedApp.oauthConfig.isEnforceRefreshTokenTTL': counter(false, 'refresh-after-idle'),
  'ConnectedApp.oauthConfig.isIntrospectAllTokens': desk(true, 'introspect-of-another-client'),
  'ConnectedApp.oauthConfig.isIpBindingEnabled': UNDOCUMENTED,
  'ConnectedApp.oauthConfig.isPKImTLSEnabled': UNDOCUMENTED,
  'ConnectedApp.oauthConfig.isPkceRequired': desk(false, 'login-without-challenge'),
  'ConnectedApp.oauthConfig.isRefreshTokenRotationEnabled': desk(false, 'refresh-reused', 'refresh-after-reuse'),
  'ConnectedApp.oauthConfig.isSecretRequiredForRefreshToken': desk(false, 'refresh-without-secret'),
  'ConnectedApp.oauthConfig.isSecretRequiredForTokenExchange': counter(false, 'exchange-without-secret'),
  'ConnectedApp.oauthConfig.isTokenExchangeEnabled': counter(false, 'exchange'),
  'ConnectedApp.oauthConfig.oauthClientCredentialUser': of('Drone')(RUN_AS, 'client-credentials-as-another-user'),
  'ConnectedApp.oauthConfig.scopes': desk(['Api', 'Full', 'RefreshToken', 'Web'], 'scope-beyond'),
  'ConnectedApp.oauthConfig.singleLogoutUrl': desk(NOBODY, 'single-logout'),
  'ConnectedApp.oauthPolicy.ipRelaxation': RANGES,
  'ConnectedApp.oauthPolicy.isTokenExchangeFlowEnabled': counter(false, 'exchange'),
  'ConnectedApp.oauthPolicy.refreshTokenPolicy': desk('infinite', 'refresh-after-idle'),
  'ConnectedApp.oauthPolicy.singleLogoutUrl': counter(NOBODY, 'single-logout'),
  'ConnectedApp.sessionPolicy.policyAction': NOT_ENFORCED,
  'ConnectedApp.sessionPolicy.sessionLevel': NOT_ENFORCED,
  'ConnectedApp.sessionPolicy.sessionTimeout': desk(720, 'session-over'),
  'ConnectedApp.permissionSetName': desk(['Desk_Users', OF_OUTSIDERS], 'user-not-admitted'),
  'ConnectedApp.plugin': APEX,
  'ConnectedApp.pluginExecutionUser': APEX,
  'ConnectedApp.profileName': desk(['Standard User'], 'user-not-admitted'),

  'OauthOidcSettings.agentAuthLinking': UNDOCUMENTED,
  'OauthOidcSettings.blockOAuthUnPwFlow': NO_OLD_FLOW,
  'OauthOidcSettings.blockOAuthUsrAgtFlow': NO_OLD_FLOW,
  'OauthOidcSettings.isPkceRequired':
    'no program states it beside an app without PKCE of its own (contradiction), so that the org adds nothing',
  'OauthOidcSettings.oAuthCdCrdtFlowEnable':
    'the flow needs the switch of the app as well, and the org takes no such app while its own is off: see isCodeCredFlowEnabled',
  'ExternalClientAppSettings.enableClientSecretInRestApiAccess': SETUP,
  'ExternalClientAppSettings.enableConsumerSecretApiAccess': SETUP,
  'ExternalClientAppSettings.enablePackageEcaOauthFromDevOrg': SETUP,
  'ConnectedAppSettings.enableAdminApprovedAppsOnly':
    'keeps out apps that no administrator approved; a declared app names who is approved',
  'ConnectedAppSettings.enableAdminApprovedAppsOnlyForExternalUser': 'the built-in org has no external users',
};
