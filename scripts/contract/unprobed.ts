import type { SwitchName } from './probe';

const BROWSER =
  'needs a refresh token, which only a person gets who logs in at a page; log in through an app, take the approval away, refresh';
const MIGRATION = 'needs a Connected App that was migrated in Setup, which cannot be taken back';
const SECURITY = 'would change a setting or a profile that other users of the org depend on';
const PASSWORD =
  'needs the password of an employee, and an Experience Cloud site that is published; a session of an administrator opens neither';
const PEOPLE = 'needs a login of a user without the permission View Event Log Files';
const EMULATOR = 'of the emulator alone: how long an org takes depends on its load';
const REFRESH =
  'needs a sandbox before and after a refresh, which no probe may start; client-apps heal says afterward what came through';
const SETTINGS = 'would change settings of the whole org to see whether they fall back';

/** Why a switch has no probe: what someone would have to do by hand. */
export const UNPROBED: { readonly [Name in SwitchName]?: string } = {
  twinConnectedAppsWritable: MIGRATION,
  twinConnectedAppsIssueTokens: MIGRATION,
  omittedSettingsReset: SETTINGS,
  approvalCheckedAtRefresh: BROWSER,
  headlessLoginOfEmployees: PASSWORD,
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
