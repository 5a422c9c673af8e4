export { Certificate } from './certificate';
export { ClientApp } from './client-app';
export { Engine } from '../lib/declaration/options/engine';
export { MachineApp } from './machine-app';
export { SalesforceOrg, TODAY_CONTEXT, type SalesforceOrgProps } from './org';
export type { KnownApp } from '../lib/values/known-app';
export { OauthCustomScope } from './oauth-custom-scope';
export type {
  AppByName,
  OauthCustomScopeProps,
  OauthTokenExchangeHandlerProps,
  TokenExchangeEnablement,
} from './props/oauth-records';
export { OauthTokenExchangeHandler } from './oauth-token-exchange-handler';
export { PrivateClientApp } from './private-client-app';
export type { ClientAppProps } from './props/common';
export type { InteractiveClientAppProps } from './props/interactive';
export type {
  AdminPolicies,
  ApexHandler,
  AssetToken,
  ClientCredentials,
  CodeAndCredentials,
  CodeAndCredentialsWithGuest,
  DisabledByException,
  EnabledByException,
  FirstPartyApp,
  IdToken,
  Requirement,
  TokenExchange,
  TokenExchangeWithoutSecret,
  TrustedIpRange,
  UserAdminPolicies,
} from './props/values';
export type {
  CodeAndCredentialsProps,
  MachineAppProps,
  MachineConnectedAppProps,
  MachineExternalClientAppProps,
  MachineSignIn,
  MachineWithCertificate,
  MachineByClientCredentials,
  PkceProps,
  PrivateClientAppProps,
  PrivateConnectedAppProps,
  PrivateExternalClientAppProps,
  PublicClientAppProps,
  PublicConnectedAppProps,
  PublicExternalClientAppProps,
  PublicTokenExchangeProps,
  TokenExchangeProps,
  TokensAndCodeAndCredentials,
} from './props/by-kind';
export type {
  Experimental,
  ExperimentalWithoutTls,
  SecuritySettings,
  TlsClientAuth,
  TokenIpRanges,
} from './props/experimental';
export type {
  ByDefault,
  ConfidentialClientOptions,
  ConfidentialConnectedAppOptions,
  ConnectedAppAdminPolicies,
  ConnectedAppOptions,
  ExternalClientAppOptions,
  ExternalClientAppPolicies,
  InteractiveConnectedAppOptions,
  InteractiveConnectedAppPolicies,
  InteractiveExternalClientAppOptions,
  InteractiveExternalClientAppPolicies,
  NotOnConnectedApps,
  OnlyOnConnectedApps,
  PublicClientOptions,
  Refused,
} from './props/platform';
export { PublicClientApp } from './public-client-app';
export { AccessTokens } from '../lib/declaration/options/access-tokens';
export { IpRelaxation } from '../lib/declaration/options/ip-relaxation';
export type { NonEmpty } from '../lib/declaration/options/non-empty';
export { PerOrg } from '../lib/declaration/options/per-org';
export {
  PermittedUsers,
  type PermittedUsersKind,
  type PreAuthorizedOptions,
} from '../lib/declaration/options/permitted-users';
export { Platform } from '../lib/declaration/options/platform';
export { Plugin } from '../lib/declaration/options/plugin';
export { RefreshTokenPolicy } from '../lib/declaration/options/refresh-token-policy';
export { Scope } from '../lib/declaration/options/scope';
export { SessionLevel } from '../lib/declaration/options/session-level';
export { StartPage } from '../lib/declaration/options/start-page';
export { TlsClientAuthType } from '../lib/declaration/options/tls-client-auth-type';
export { TokenType } from '../lib/declaration/options/token-type';
export { Username } from '../lib/declaration/options/username';
export type { OrgAssumptions, OrgSettings } from '../lib/declaration/org-settings';
export {
  ClientAppsError,
  isClientAppsError,
  type ClientAppsErrorCode,
  type Diagnostic,
  type DiagnosticCode,
  type Severity,
} from '../lib/values/diagnostic';
export { Duration, type DurationUnit } from '../lib/values/duration';
export type { Justification } from '../lib/values/justification';
