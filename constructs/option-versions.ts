import type { ClientApp } from '../lib/declaration/client-app';
import { fieldOf } from '../lib/metadata/fields';
import type { Diagnostic } from '../lib/values/diagnostic';

interface Row {
  readonly option: string;
  readonly type: string;
  readonly field: string;
  readonly used: (app: ClientApp) => boolean;
}

const POLICIES = 'ExtlClntAppOauthConfigurablePolicies';
const GLOBAL = 'ExtlClntAppGlobalOauthSettings';

/** Options that need a newer Metadata API than the oldest one, and the field that each of them becomes. */
const ROWS: readonly Row[] = [
  {
    option: 'codeAndCredentials',
    type: GLOBAL,
    field: 'isCodeCredFlowEnabled',
    used: (app) => app.kind !== 'machine' && app.codeAndCredentials.value.enabled,
  },
  {
    option: 'accessTokens',
    type: GLOBAL,
    field: 'isNamedUserJwtEnabled',
    used: (app) => app.accessToken.value.format === 'jwt',
  },
  {
    option: 'customScopes',
    type: 'ExtlClntAppOauthSettings',
    field: 'commaSeparatedCustomScopes',
    used: (app) => app.customScopes !== undefined,
  },
  {
    option: 'permittedUsers.profiles',
    type: POLICIES,
    field: 'commaSeparatedProfile',
    used: ({ permittedUsers }) => 'profiles' in permittedUsers,
  },
  {
    option: 'startUrl',
    type: 'ExtlClntAppConfigurablePolicies',
    field: 'startPage',
    used: (app) => app.startUrl !== undefined,
  },
];

/** Options that the org's Metadata API version does not know: what they declare would silently not be written. */
export function optionVersions(app: ClientApp, apiVersion: number): readonly Diagnostic[] {
  const rows = ROWS.filter(({ used }) => used(app)).map(({ option, type, field }) => ({
    option,
    since: fieldOf(type, field).since,
  }));
  // The only nested field that is younger than its record.
  if (app.idToken?.includeCustomPermissions !== undefined) {
    rows.push({ option: 'idToken.includeCustomPermissions', since: 61 });
  }
  return rows
    .filter(({ since }) => since > apiVersion)
    .map(({ option, since }) => ({
      code: 'needs-newer-api-version',
      severity: 'error',
      path: app.path,
      field: option,
      problem: `the option exists since Metadata API ${since}, and this org uses ${apiVersion}`,
      allowed: `apiVersion ${since} or newer`,
      remedy: `raise apiVersion of the SalesforceOrg, or remove ${option}`,
    }));
}
