import type { ClientApp } from '../lib/declaration/client-app';
import { fieldOf } from '../lib/metadata/fields';
import { literalSince } from '../lib/metadata/fields/field';
import { pluginFlag } from '../lib/metadata/to-components';
import type { Diagnostic } from '../lib/values/diagnostic';
import { CONNECTED_APP_VERSIONS, type Row } from './connected-app-versions';

const POLICIES = 'ExtlClntAppOauthConfigurablePolicies';
const GENERAL = 'ExtlClntAppConfigurablePolicies';
const SETTINGS = 'ExtlClntAppOauthSettings';
const CONSUMER = 'ExtlClntAppGlobalOauthSettings';
const SECURITY = 'ExtlClntAppOauthSecuritySettings';

/** An option that becomes a field; `used` says whether the app has it. */
const row = (option: string, type: string, field: string, used: Row['used']): Row => ({
  option,
  since: fieldOf(type, field).since,
  used,
});

/** Options that need a newer Metadata API than the oldest one. */
export const OPTION_VERSIONS: readonly Row[] = [
  row(
    'codeAndCredentials',
    CONSUMER,
    'isCodeCredFlowEnabled',
    (app) => app.kind !== 'machine' && app.codeAndCredentials.value.enabled,
  ),
  row('accessTokens', CONSUMER, 'isNamedUserJwtEnabled', (app) => app.accessToken.value.format === 'jwt'),
  row('accessTokens', POLICIES, 'namedUserJwtSessionTimeoutType', ({ accessToken: { value } }) => {
    return value.format === 'jwt' && value.timeoutMinutes === 'user-session';
  }),
  row('customScopes', SETTINGS, 'commaSeparatedCustomScopes', (app) => app.customScopes !== undefined),
  row('assetToken', SETTINGS, 'assetTokenAudiences', (app) => app.assetToken !== undefined),
  row('firstPartyApp', SETTINGS, 'isFirstPartyAppEnabled', (app) => app.firstPartyApp !== undefined),
  row(
    'permittedUsers.profiles',
    POLICIES,
    'commaSeparatedProfile',
    ({ permittedUsers }) => 'profiles' in permittedUsers,
  ),
  row('startUrl', GENERAL, 'startPage', (app) => app.startUrl !== undefined),
  row('startPage', GENERAL, 'startPage', (app) => app.startPage !== undefined),
  row('apexHandler', POLICIES, 'apexHandler', (app) => app.apexHandler !== undefined),
  row(
    'adminPolicies.customScopes',
    POLICIES,
    'commaSeparatedCustomScopes',
    (app) => app.adminPolicies?.customScopes !== undefined,
  ),
  {
    option: 'requiredSessionLevel',
    since: literalSince(fieldOf(POLICIES, 'policyAction'), 'StepUpMFA'),
    used: (app) => app.sessionLevelAction === 'StepUpMFA',
  },
  row('limitIdleRefreshTokens', CONSUMER, 'isEnforceRefreshTokenTTL', (app) => app.limitIdleRefreshTokens === true),
  row('dpop', CONSUMER, 'isDPopEnabled', (app) => app.dpop !== undefined),
  row('mutualTls', CONSUMER, 'isMtlsEnabled', (app) => app.mutualTls !== undefined),
  row(
    'experimental.securitySettings',
    SECURITY,
    'tokenIpRanges',
    ({ securitySettings }) => securitySettings?.tokenIpRanges !== undefined,
  ),
  row(
    'experimental.securitySettings.tlsClientAuth',
    SECURITY,
    'tlsClientAuthCertParamType',
    ({ securitySettings }) => securitySettings?.tlsClientAuth !== undefined,
  ),
  // The only nested field that is younger than its record.
  {
    option: 'idToken.includeCustomPermissions',
    since: 61,
    used: (app) => app.idToken?.includeCustomPermissions !== undefined,
  },
];

/** Options that the org's Metadata API version does not know: what they declare would silently not be written. */
export function optionVersions(app: ClientApp, apiVersion: number): readonly Diagnostic[] {
  const table = app.platform === 'connected-app' ? CONNECTED_APP_VERSIONS : OPTION_VERSIONS;
  const used = table.filter((each) => each.used(app));
  const rows = [
    ...used,
    ...(app.disabledPlugins ?? []).map((plugin) => ({
      option: 'disabledPlugins',
      since: fieldOf(GENERAL, pluginFlag(plugin)).since,
    })),
  ];
  // An option counts once, with the newest thing it asks for.
  const needed = new Map<string, number>();
  for (const { option, since } of rows) {
    if (since > apiVersion) needed.set(option, Math.max(since, needed.get(option) ?? 0));
  }
  const gone = used.flatMap(({ option, until }) =>
    until === undefined || apiVersion <= until ? [] : [noLongerThere(app, option, until, apiVersion)],
  );
  const missing = [...needed].map(([option, since]): Diagnostic => ({
    code: 'needs-newer-api-version',
    severity: 'error',
    path: app.path,
    field: option,
    problem: `the option exists since Metadata API ${since}, and this org uses ${apiVersion}`,
    allowed: `apiVersion ${since} or newer`,
    remedy: `raise apiVersion of the SalesforceOrg, or remove ${option}`,
  }));
  return [...missing, ...gone];
}

const noLongerThere = ({ path }: ClientApp, option: string, until: number, apiVersion: number): Diagnostic => ({
  code: 'needs-older-api-version',
  severity: 'error',
  path,
  field: option,
  problem: `a part of the option is gone since Metadata API ${until + 1}, and this org uses ${apiVersion}`,
  allowed: `apiVersion ${until} or older`,
  remedy: `lower apiVersion of the SalesforceOrg, or remove ${option}: then it stays as it is in the org`,
});
