import { OAUTH_SWITCHES, type OauthSwitches } from './oauth/switches';
import { SANDBOX_SWITCHES, type SandboxSwitches } from './sandbox/switches';

/** Facts about the platform that public sources leave open, contradict or place in some orgs only: each can be set. */
export interface EmulatorSwitches extends OauthSwitches, SandboxSwitches {
  readonly certificateReadable: boolean;
  readonly foldScopesOfExternalClientApps: boolean;
  readonly crlfInCallbackUrls: boolean;
  readonly orgSettingsCountInSameDeploy: boolean;
  readonly permissionSetsCountInSameDeploy: boolean;
  readonly permissionSetLabelsOnRetrieve: boolean;
  readonly connectedAppCreation: boolean;
  readonly twinNamesDeployable: boolean;
  readonly twinConnectedAppsWritable: boolean;
  readonly twinConnectedAppsIssueTokens: boolean;
  readonly headerFieldsRequired: boolean;
  readonly namesOver30Refused: boolean;
  readonly omittedBooleansReset: boolean;
  readonly omittedSettingsReset: boolean;
  readonly deleteCascades: boolean;
  readonly policiesDeletable: boolean;
  readonly referencedAppsDeletable: boolean;
  readonly renameAllowed: boolean;
  readonly firstDeployNamesPolicies: boolean;
  readonly firstDeployWritesNamedPolicies: boolean;
  readonly automaticPolicyIdle30: boolean;
  readonly secureFlagsForced: boolean;
  readonly forcedFlagsWarn: boolean;
  readonly foreignLinksRefused: boolean;
  readonly suppliedConsumerKeyAccepted: boolean;
  readonly changedConsumerKeyRefused: boolean;
  readonly securitySettingsDeployable: boolean;
  readonly apexClassesQueryable: boolean;
  readonly certificatesQueryable: boolean;
  readonly deployRequestsQueryable: boolean;
  readonly stagingAnswersOne: boolean;
  readonly apiAccessControlAvailable: boolean;
  readonly setupReferencesChecked: boolean;
  readonly crudForEveryEcaType: boolean;
  readonly automaticPoliciesListed: boolean;
  readonly automaticPoliciesRetrieved: boolean;
  readonly rollbackListsSuccesses: boolean;
  readonly rollbackOnErrorDefault: boolean;
  readonly restResultHasId: boolean;
  readonly externalClientAppTokensListed: boolean;
  readonly externalClientAppMenuItems: boolean;
  readonly oauthTokenOffsets: boolean;
  readonly oauthUsageNeedsSecretAccess: boolean;
  readonly stopEndsTokens: boolean;
  readonly approvalCheckedAtRefresh: boolean;
  readonly approvalCheckedForClientCredentials: boolean;
  readonly loginRangesBindClientCredentials: boolean;
  readonly apiAccessControlBindsExternalClientApps: boolean;
  readonly assertionLifetimeLimited: boolean;
  readonly auditTrailNamesApps: 'name' | 'label' | 'nothing';
  readonly auditTrailOfCredentials: boolean;
  readonly eventLogFilesAvailable: boolean;
  readonly eventLogFilesRefused: boolean;
  readonly finalizingStatus: 'none' | 'Finalizing' | 'FinalizingDeploy';
  readonly retiredVersionStatus: 404 | 410;
  readonly latestApiVersion: number;
  readonly deployMs: number;
  readonly unfinishedPolls: number;
}

export interface SwitchFact<T> {
  /** What the switch decides. */
  readonly about: string;
  readonly standard: T;
  /** Where the profile `mid-2026` differs. */
  readonly mid2026?: T;
}

type SwitchTable = { readonly [Name in keyof EmulatorSwitches]: SwitchFact<EmulatorSwitches[Name]> };

/** Name, meaning and default of every switch; COVERAGE.md is generated from it. */
export const SWITCHES: SwitchTable = {
  ...OAUTH_SWITCHES,
  certificateReadable: {
    about: 'The certificate of the global OAuth settings comes back on retrieve and read.',
    standard: false,
  },
  foldScopesOfExternalClientApps: {
    about: 'Synonym scopes of external client apps fold on retrieve (OfflineAccess to RefreshToken, Email to Basic …).',
    standard: false,
  },
  crlfInCallbackUrls: { about: 'Callback URLs come back separated by CR LF instead of LF.', standard: false },
  orgSettingsCountInSameDeploy: {
    about: 'An org setting deployed together with an app that needs it counts for that app.',
    standard: false,
  },
  permissionSetsCountInSameDeploy: {
    about: 'A permission set deployed together with a policy that names it counts for that policy.',
    standard: false,
  },
  permissionSetLabelsOnRetrieve: {
    about:
      'A Connected App comes back with the labels of its permission sets in permissionSetName, and takes labels too (else names).',
    standard: true,
  },
  connectedAppCreation: { about: 'Connected Apps can be created (closed since Spring ’26).', standard: false },
  twinNamesDeployable: {
    about:
      'A deploy may make an external client app under the name of a Connected App, or vice versa (else only a migration in Setup leaves both).',
    standard: false,
  },
  twinConnectedAppsWritable: {
    about:
      'A Connected App beside an external client app of its name, as a migration leaves it, can be changed by a deploy (else it is read-only).',
    standard: false,
  },
  twinConnectedAppsIssueTokens: {
    about:
      'Such a Connected App still answers to its consumer key (else only once the external client app is deleted).',
    standard: false,
  },
  headerFieldsRequired: {
    about: 'An external client app needs label, contactEmail and distributionState.',
    standard: true,
  },
  namesOver30Refused: { about: 'A new app’s name may have 30 characters at most.', standard: true },
  omittedBooleansReset: {
    about: 'A boolean left out of a written record falls back to its default (else it keeps its value).',
    standard: true,
  },
  omittedSettingsReset: {
    about: 'A field left out of a settings file falls back to its default (else it keeps its value).',
    standard: true,
  },
  deleteCascades: {
    about: 'Deleting an external client app deletes its settings and policies (else it is refused while they exist).',
    standard: true,
  },
  referencedAppsDeletable: {
    about:
      'An app that custom permissions, user provisioning or notification types name can be deleted (else DEPENDENCY_EXISTS).',
    standard: false,
  },
  policiesDeletable: { about: 'Policy records can be deleted on their own.', standard: false },
  renameAllowed: { about: 'renameMetadata works on the parts of external client apps.', standard: false },
  firstDeployNamesPolicies: {
    about: 'Policy files in an app’s first deploy give the records their names (else the platform names them first).',
    standard: true,
  },
  firstDeployWritesNamedPolicies: {
    about: 'Where the platform names them first, a policy file of that name writes the record at once (else refused).',
    standard: true,
  },
  automaticPolicyIdle30: {
    about: 'The OAuth policy the platform makes by itself expires after 30 idle days (else after 365 days).',
    standard: false,
    mid2026: true,
  },
  secureFlagsForced: {
    about: 'PKCE, refresh token rotation and the idle lifetime limit are stored as true whatever was sent.',
    standard: false,
    mid2026: true,
  },
  forcedFlagsWarn: { about: 'A deploy that sends false for a forced flag gets a warning.', standard: false },
  foreignLinksRefused: {
    about:
      'An oauthLink or orgScopedExternalApp of another org is refused on a local app (else silently resolved anew).',
    standard: true,
  },
  suppliedConsumerKeyAccepted: { about: 'A new external client app may bring its consumer key.', standard: true },
  changedConsumerKeyRefused: {
    about: 'Another consumer key for an existing consumer is refused (else silently ignored).',
    standard: true,
  },
  securitySettingsDeployable: {
    about: 'ExtlClntAppOauthSecuritySettings can be deployed (else it is only retrieved).',
    standard: false,
  },
  apexClassesQueryable: {
    about: 'The caller can query ApexClass (else INVALID_TYPE, as for users and editions without Apex).',
    standard: true,
  },
  apiAccessControlAvailable: {
    about: 'Support has made API Access Control available: PermissionSet has UseAnyApiClient (else INVALID_FIELD).',
    standard: true,
  },
  certificatesQueryable: {
    about: 'The caller can query Certificate through the Tooling API (else INVALID_TYPE).',
    standard: true,
  },
  deployRequestsQueryable: {
    about: 'DeployRequest can be queried through the Tooling API, which does not document it (else INVALID_TYPE).',
    standard: true,
  },
  stagingAnswersOne: {
    about: 'Staging credentials answers with the new set alone (else with the collection of staged sets).',
    standard: false,
  },
  setupReferencesChecked: {
    about: 'A record that names an Apex class or a signing certificate the org lacks is refused (else it is stored).',
    standard: true,
  },
  crudForEveryEcaType: {
    about: 'create/read/update/upsert/deleteMetadata take every type (else only header, OAuth settings and policies).',
    standard: true,
  },
  automaticPoliciesListed: {
    about: 'listMetadata names policy records that the platform made by itself.',
    standard: true,
  },
  automaticPoliciesRetrieved: {
    about: 'A retrieve of all members finds policies that the platform made by itself (else only one by name does).',
    standard: true,
  },
  rollbackListsSuccesses: {
    about: 'A rolled back deploy still lists the components that would have succeeded.',
    standard: true,
  },
  rollbackOnErrorDefault: { about: 'What rollbackOnError is when the caller leaves it out.', standard: false },
  externalClientAppTokensListed: {
    about: 'OauthToken has rows for tokens of external client apps (else only the usage resources know them).',
    standard: true,
  },
  externalClientAppMenuItems: {
    about: 'OauthToken rows of external client apps have an AppMenuItem, as those of installed Connected Apps do.',
    standard: false,
  },
  oauthTokenOffsets: {
    about: 'OFFSET reaches beyond 2,000 in queries of OauthToken, as the Object Reference says (else it is refused).',
    standard: true,
  },
  oauthUsageNeedsSecretAccess: {
    about: 'The OAuth usage resources want consumer secrets to be readable through the REST API.',
    standard: false,
  },
  stopEndsTokens: {
    about:
      'Switching an app off, or taking a Connected App from a user, ends the access tokens it has given out (else it only refuses new ones).',
    standard: false,
  },
  approvalCheckedAtRefresh: {
    about:
      'A refresh token is refused where an administrator has to approve users and did not approve its own (else only logins are).',
    standard: true,
  },
  approvalCheckedForClientCredentials: {
    about:
      'The client credentials flow is refused where an administrator has to approve users and did not approve the run-as user.',
    standard: false,
  },
  assertionLifetimeLimited: {
    about:
      'An assertion of the JWT bearer flow that ends more than three minutes from now is refused, as the guides say (else taken, as the Salesforce CLI relies on).',
    standard: false,
  },
  loginRangesBindClientCredentials: {
    about:
      'The client credentials flow is refused from outside the login IP ranges of the run-as user’s profile, where the app enforces them.',
    standard: true,
  },
  apiAccessControlBindsExternalClientApps: {
    about:
      'API Access Control refuses logins through external client apps, too, that no administrator approved for the user (else only through Connected Apps).',
    standard: true,
  },
  auditTrailNamesApps: {
    about:
      'Rows of SetupAuditTrail name a changed client app by its API name or its label; with nothing, there are none.',
    standard: 'name',
  },
  auditTrailOfCredentials: {
    about: 'Staging, dropping and rotating credentials by REST is recorded in SetupAuditTrail.',
    standard: true,
  },
  eventLogFilesAvailable: { about: 'The edition has EventLogFile (else INVALID_TYPE).', standard: true },
  eventLogFilesRefused: {
    about: 'EventLogFile does not exist for users without View Event Log Files (else they are shown no row).',
    standard: true,
  },
  restResultHasId: { about: 'deployResult in REST status answers repeats the id.', standard: false },
  finalizingStatus: {
    about:
      'The status reported between InProgress and the end from API version 65 on, in the spelling of WSDL or guide.',
    standard: 'none',
  },
  ...SANDBOX_SWITCHES,
  retiredVersionStatus: { about: 'HTTP status for REST calls with a retired API version.', standard: 410 },
  latestApiVersion: { about: 'Highest API version served, 60 to 68.', standard: 68 },
  deployMs: { about: 'How long a deploy runs once it is its turn, in milliseconds.', standard: 10 },
  unfinishedPolls: {
    about: 'How many status calls at least see a deploy or retrieve unfinished, however quick it was.',
    standard: 1,
  },
};
