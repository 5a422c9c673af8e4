import { declaredList, declaredValue, offersClientCredentials } from '../../metadata/declared-setting';
import { diagnose } from '../../values/diagnose';
import type { Diagnostic } from '../../values/diagnostic';
import { nearest } from '../../values/nearest';
import { visible } from '../../values/visible';
import { changesAny } from './declared';
import type { AppGuard, AppGuardInput } from './guard';

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
  if (missing.length > 0) return [missingSets(input, missing, [...known.keys()])];
  const total = named.reduce((sum, name) => sum + (holders.get(name.toLowerCase()) ?? 0), 0);
  return total > 0 || declaredList(input.app, 'profiles') ? [] : withoutUsers(input, named);
};

const permissionSets = ({ app }: AppGuardInput): readonly string[] | undefined =>
  declaredValue(app, 'permittedUsers') === 'AdminApprovedPreAuthorized'
    ? (declaredList(app, 'permissionSets') ?? [])
    : undefined;

function missingSets({ app }: AppGuardInput, missing: readonly string[], known: readonly string[]): Diagnostic {
  const found = diagnose(
    'permission-set-missing',
    { path: app.path, field: 'permittedUsers.permissionSets', value: missing.join(', ') },
    { names: missing.join(', ') },
  );
  const meant = missing.flatMap((name) => nearest(name, known) ?? []);
  return meant.length === 0
    ? found
    : { ...found, remedy: `did you mean ${visible(meant.join(', '))}? Otherwise, ${found.remedy}` };
}

/** Only a change that takes access away is a lock-out; a new app that no one may use yet is merely worth saying. */
function withoutUsers(input: AppGuardInput, named: readonly string[]): readonly Diagnostic[] {
  const { app, live } = input;
  // A machine that only uses client credentials runs as its one user; the policy concerns no one else.
  if (named.length === 0 && offersClientCredentials(app)) return [];
  if (live && !changesAny(input, 'permittedUsers', 'permissionSets')) return [];
  const groups = named.length > 0 ? named.join(' or ') : 'any permission set of the app';
  return [
    diagnose(
      live ? 'locks-everyone-out' : 'no-permitted-user',
      { path: app.path, field: 'permittedUsers' },
      { groups },
    ),
  ];
}
