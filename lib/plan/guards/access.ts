import type { Diagnostic } from '../../values/diagnostic';
import { diagnose } from '../../values/diagnose';
import type { AppGuard, AppGuardInput } from './guard';

const POLICY = 'ExtlClntAppOauthConfigurablePolicies';

/** Permission sets must exist (D20), and switching to admin approval must not lock everyone out (D13). */
export const guardAccess: AppGuard = (input) => {
  const named = permissionSets(input);
  if (named === undefined) return [];
  const { permissionSets: known } = input.situation.facts;
  if (!known) {
    return [diagnose('permission-sets-unread', { path: input.app.path, field: 'permittedUsers' })];
  }
  const holders = new Map([...known].map(([name, count]) => [name.toLowerCase(), count]));
  const missing = named.filter((name) => !holders.has(name.toLowerCase()));
  if (missing.length > 0) return [missingSets(input, missing)];
  const total = named.reduce((sum, name) => sum + (holders.get(name.toLowerCase()) ?? 0), 0);
  return total > 0 || hasProfiles(input) ? [] : withoutUsers(input, named);
};

function permissionSets({ app }: AppGuardInput): readonly string[] | undefined {
  const fields = app.components.find(({ type }) => type === POLICY)?.fields;
  if (fields?.['permittedUsersPolicyType']?.value !== 'AdminApprovedPreAuthorized') return undefined;
  const value = fields['commaSeparatedPermissionSet']?.value;
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

const hasProfiles = ({ app }: AppGuardInput): boolean =>
  app.components.some(({ fields }) => Array.isArray(fields['commaSeparatedProfile']?.value));

function missingSets({ app }: AppGuardInput, missing: readonly string[]): Diagnostic {
  return diagnose(
    'permission-set-missing',
    { path: app.path, field: 'permittedUsers.permissionSets', value: missing.join(', ') },
    { names: missing.join(', ') },
  );
}

/** Only a change that takes access away is a lock-out; a new app that no one may use yet is merely worth saying. */
function withoutUsers(input: AppGuardInput, named: readonly string[]): readonly Diagnostic[] {
  const { app, live, diffs } = input;
  // A machine that only uses client credentials runs as its one user; the policy concerns no one else.
  const runsAsUser = app.components.some(({ fields }) => fields['isClientCredentialsFlowEnabled']?.value === true);
  if (named.length === 0 && runsAsUser) return [];
  const narrows = diffs.some(({ changes }) =>
    changes.some(({ field }) => field === 'permittedUsersPolicyType' || field === 'commaSeparatedPermissionSet'),
  );
  if (live && !narrows) return [];
  const groups = named.length > 0 ? named.join(' or ') : 'any permission set of the app';
  return [
    diagnose(
      live ? 'locks-everyone-out' : 'no-permitted-user',
      { path: app.path, field: 'permittedUsers' },
      { groups },
    ),
  ];
}
