import type { SwitchName } from './probe';

const LOGIN = 'needs a user who logs in through an app in a browser; client-apps usage shows the answer afterwards';
const MIGRATION = 'needs a Connected App that was migrated in Setup, which cannot be taken back';
const REFERENCES = 'needs a custom permission, user provisioning or notification type of the org that names the app';
const STAGED =
  'needs credentials staged by the REST API, which wants consumer secrets to be readable; run client-apps rotate';
const SECURITY = 'would change a setting or a profile that other users of the org depend on';
const PEOPLE = 'needs a second user of the org with other permissions, and a login as that user';
const EMULATOR = 'of the emulator alone: how long an org takes depends on its load';
const REFRESH = 'needs a sandbox, before and after a refresh; nothing that a probe may start';
const SETTINGS = 'would change settings of the whole org to see whether they fall back';

/** Why a switch has no probe: what somebody would have to do by hand. */
export const UNPROBED: { readonly [Name in SwitchName]?: string } = {
  twinConnectedAppsWritable: MIGRATION,
  twinConnectedAppsIssueTokens: MIGRATION,
  omittedSettingsReset: SETTINGS,
  referencedAppsDeletable: REFERENCES,
  stagingAnswersOne: STAGED,
  auditTrailOfCredentials: STAGED,
  externalClientAppTokensListed: LOGIN,
  externalClientAppMenuItems: LOGIN,
  stopEndsTokens: LOGIN,
  approvalCheckedAtRefresh: LOGIN,
  approvalCheckedForClientCredentials: PEOPLE,
  assertionReplayRefused: LOGIN,
  assertionLifetimeLimited: LOGIN,
  headlessLoginOfEmployees: PEOPLE,
  identityNeedsScope: LOGIN,
  loginRangesBindClientCredentials: SECURITY,
  apiAccessControlBindsExternalClientApps: SECURITY,
  eventLogFilesRefused: PEOPLE,
  deployMs: EMULATOR,
  unfinishedPolls: EMULATOR,
  refreshRenamesRunAsUsers: REFRESH,
  refreshedLocalApps: REFRESH,
  refreshedPackagedApps: REFRESH,
  refreshKeepsConsumerKeys: REFRESH,
  refreshKeepsAppCertificates: REFRESH,
  refreshKeepsSetupCertificates: REFRESH,
  refreshKeepsAssignments: REFRESH,
  refreshKeepsOauthSettings: REFRESH,
};
