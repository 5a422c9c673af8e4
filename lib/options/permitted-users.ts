import type { PermittedUsersPolicy } from '../declaration/client-app';
import { PermittedUsers } from '../declaration/options/permitted-users';
import { readRecord, readTexts } from '../declaration/read/values';
import type { Reading } from '../declaration/reading';
import { isTerraformToken } from '../values/text';
import { call, type Expression, members, texts } from './expression';
import { EVERY_KIND, option } from './option';
import { ifStated, NOTHING, stated } from './owned';
import { type Live, someTexts } from './recall';
import { SETTINGS } from './settings';
import { texts as textSet, variants } from './shape';

/** Who may use the app. */
export const permittedUsers = option({
  name: 'permittedUsers',
  kinds: EVERY_KIND,
  shape: variants({ PermittedUsers }, 'policy', {
    selfAuthorized: [],
    preAuthorized: {
      of: [
        { name: 'permissionSets', shape: textSet },
        { name: 'profiles', shape: textSet },
      ],
    },
  }),
  unknownAtSynth: ['permissionSets', 'profiles'],
  read: (given, reading) => ({ permittedUsers: readPermittedUsers(given, reading) }),
  fields: [
    {
      ...SETTINGS.permittedUsers,
      value: ({ permittedUsers: { policy } }) =>
        stated(policy === 'pre-authorized' ? 'AdminApprovedPreAuthorized' : 'AllSelfAuthorized'),
    },
    {
      ...SETTINGS.permissionSets,
      value: ({ permittedUsers: who }) => stated(who.policy === 'pre-authorized' ? who.permissionSets : []),
    },
    {
      ...SETTINGS.profiles,
      path: 'profiles',
      value: ({ permittedUsers: who, platform }) => {
        if (who.policy === 'pre-authorized') return ifStated(who.profiles);
        // Salesforce refuses lists of a Connected App that users approve for themselves.
        return platform === 'connected-app' ? NOTHING : undefined;
      },
    },
  ],
  recall: recallPermittedUsers,
});

function recallPermittedUsers(live: Live): Expression {
  const preAuthorized = live.value(SETTINGS.permittedUsers) === 'AdminApprovedPreAuthorized';
  if (!preAuthorized && live.kind !== 'machine') return call({ PermittedUsers }, 'selfAuthorized');
  const named = someTexts(live.value(SETTINGS.permissionSets));
  const lists = {
    // No user is there to approve a machine. By client credentials it acts as its run-as user and needs no list.
    permissionSets: named ?? (live.kind === 'machine' ? texts([]) : undefined),
    profiles: someTexts(live.value(SETTINGS.profiles)),
  };
  return call({ PermittedUsers }, 'preAuthorized', members(lists));
}

const PERMISSION_SET = 'API names of permission sets';
const PROFILE = 'names of profiles';

function readPermittedUsers(value: unknown, reading: Reading): PermittedUsersPolicy {
  const allowed = 'PermittedUsers.selfAuthorized() or PermittedUsers.preAuthorized({ permissionSets: […] })';
  if (value === undefined) reading.missing('permittedUsers', allowed);
  else if (!PermittedUsers.is(value)) reading.wrongType('permittedUsers', value, allowed);
  if (!PermittedUsers.is(value) || value.kind === 'self-authorized') return { policy: 'self-authorized' };
  const options = readRecord(value.options, 'permittedUsers', ['permissionSets', 'profiles'], reading);
  const permissionSets = readTexts(
    options?.['permissionSets'],
    'permittedUsers.permissionSets',
    reading,
    PERMISSION_SET,
  );
  permissionSets.forEach((name, index) => {
    checkPermissionSet(name, `permittedUsers.permissionSets[${index}]`, reading);
  });
  if (options?.['profiles'] === undefined)
    return { policy: 'pre-authorized', permissionSets: [...permissionSets].sort() };
  const profiles = readTexts(options['profiles'], 'permittedUsers.profiles', reading, PROFILE);
  profiles.forEach((name, index) => {
    if (!name.includes(',')) return;
    const problem = {
      problem: 'the name contains a comma',
      allowed: PROFILE,
      remedy: 'give one name per list element',
    };
    reading.report('invalid-profile', `permittedUsers.profiles[${index}]`, problem, { given: name });
  });
  return { policy: 'pre-authorized', permissionSets: [...permissionSets].sort(), profiles: [...profiles].sort() };
}

function checkPermissionSet(name: string, field: string, reading: Reading): void {
  const isId = /^0PS[A-Za-z0-9]{12}([A-Za-z0-9]{3})?$/.test(name);
  if (isTerraformToken(name) || (!isId && /^[A-Za-z]\w{0,79}$/.test(name))) return;
  reading.report(
    'invalid-permission-set',
    field,
    {
      problem: isId ? 'this is the id of a permission set' : 'this is not the API name of a permission set',
      allowed: 'a letter first, then letters, digits and underscores; a namespace prefix if it comes from a package',
      remedy: 'give the API name from Setup, Permission Sets',
    },
    { given: name },
  );
}
