export { Certificate } from './certificate';
export { ClientApp } from './client-app';
export { Engine } from './engine';
export { MachineApp } from './machine-app';
export { SalesforceOrg, TODAY_CONTEXT, type SalesforceOrgProps } from './org';
export { PrivateClientApp } from './private-client-app';
export type {
  ClientCredentials,
  CodeAndCredentials,
  CodeAndCredentialsWithGuest,
  DisabledByException,
  EnabledByException,
  IdToken,
  Requirement,
  TokenExchange,
  TrustedIpRange,
} from './prop-values';
export type {
  ClientAppProps,
  InteractiveClientAppProps,
  MachineAppProps,
  MachineWithCertificate,
  MachineWithClientCredentials,
  PrivateClientAppProps,
  PublicClientAppProps,
  TokensAndCodeAndCredentials,
} from './props';
export { PublicClientApp } from './public-client-app';
export { AccessTokens } from '../lib/declaration/options/access-tokens';
export { IpRelaxation } from '../lib/declaration/options/ip-relaxation';
export type { NonEmpty } from '../lib/declaration/options/non-empty';
export {
  PermittedUsers,
  type PermittedUsersKind,
  type PreAuthorizedOptions,
} from '../lib/declaration/options/permitted-users';
export { RefreshTokenPolicy } from '../lib/declaration/options/refresh-token-policy';
export { Scope } from '../lib/declaration/options/scope';
export { SessionLevel } from '../lib/declaration/options/session-level';
export { Username } from '../lib/declaration/options/username';
export type { OrgAssumptions, OrgSettings } from '../lib/declaration/org-settings';
export {
  ClientAppsError,
  isClientAppsError,
  type ClientAppsErrorCode,
  type Diagnostic,
  type Severity,
} from '../lib/values/diagnostic';
export { Duration, type DurationUnit } from '../lib/values/duration';
export type { Justification } from '../lib/values/justification';
