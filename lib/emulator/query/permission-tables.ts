import { type Fields, recordsOf, textOf } from '../fields';
import { id18, recordId } from '../ids';
import { grants, profileGrants, profileLists, profileStates } from '../profiles';
import { PERMISSION_SET } from '../schema/types';
import { componentOf, componentsOf, type OrgState, type OrgUser, type PermissionSetGroup } from '../state';
import type { Row, Table } from './table';

/** Permission sets, and the hidden one that stands behind every profile. */
export const permissionSets: Table = (state) => [
  ...componentsOf(state, PERMISSION_SET).map(({ id, fullName, fields }) => ({
    Id: id,
    Name: fullName,
    Label: typeof fields['label'] === 'string' ? fields['label'] : fullName,
    NamespacePrefix: null,
    IsOwnedByProfile: false,
    PermissionsApiEnabled: grants(fields, 'ApiEnabled'),
    PermissionsApiUserOnly: grants(fields, 'ApiUserOnly'),
    Profile: null,
    ...administering((permission) => grants(fields, permission)),
  })),
  ...state.profiles.map((profile, index) => profileSet(state, profile, index)),
];

/** The set that Salesforce makes of a group: what its members grant together. */
const groupSet = (state: OrgState, { id, name, permissionSets: members }: PermissionSetGroup): Row => {
  const has = (permission: string): boolean =>
    members.some((member) => grants(componentOf(state, PERMISSION_SET, member)?.fields ?? {}, permission));
  return {
    Id: id18(`0PS${id.slice(3, 15)}`),
    Name: name,
    Label: name,
    NamespacePrefix: null,
    IsOwnedByProfile: false,
    PermissionsApiEnabled: has('ApiEnabled'),
    PermissionsApiUserOnly: has('ApiUserOnly'),
    Profile: null,
    ...administering(has),
  };
};

const profileSetId = (index: number): string => recordId('0PS', 900_000 + index);

const profileSet = (state: OrgState, profile: string, index: number): Row => ({
  Id: profileSetId(index),
  Name: `X00e${String(index).padStart(12, '0')}`,
  Label: profile,
  NamespacePrefix: null,
  IsOwnedByProfile: true,
  PermissionsApiEnabled: true,
  PermissionsApiUserOnly: API_ONLY_PROFILES.has(profile),
  Profile: { Name: profile },
  ...administering((permission) => profileGrants(state, profile, permission)),
  // Administrators have it only where their profile says so.
  PermissionsUseAnyApiClient: profileStates(state, profile, 'UseAnyApiClient'),
});

/** User permissions that reach beyond what was shared with a user. */
const ADMINISTERING = [
  'ModifyAllData',
  'ViewAllData',
  'CustomizeApplication',
  'ManageUsers',
  'AuthorApex',
  'ManageProfilesPermissionsets',
  // What lets an app in.
  'CanApproveUninstalledApps',
  'UseAnyApiClient',
  'UseAnyApiAuth',
  'ManageRemoteAccess',
] as const;

const administering = (has: (permission: string) => boolean): Row =>
  Object.fromEntries(ADMINISTERING.map((name) => [`Permissions${name}`, has(name)]));

/** Standard profiles whose users can do nothing but call APIs. */
const API_ONLY_PROFILES: ReadonlySet<string> = new Set([
  'Minimum Access - API Only Integrations',
  'Salesforce API Only System Integrations',
]);

/** Rights to objects as permission sets and profiles state them; an administrator's profile lists none here. */
export const objectPermissions: Table = (state) => {
  const rows = (parent: string, list: readonly Fields[]): readonly Row[] =>
    list.map((fields) => ({
      ParentId: parent,
      SobjectType: textOf(fields, 'object') ?? null,
      PermissionsViewAllRecords: fields['viewAllRecords'] === true,
      PermissionsModifyAllRecords: fields['modifyAllRecords'] === true,
    }));
  return [
    ...componentsOf(state, PERMISSION_SET).flatMap(({ id, fields }) =>
      rows(id, recordsOf(fields, 'objectPermissions')),
    ),
    ...state.profiles.flatMap((profile, index) =>
      rows(profileSetId(index), profileLists(state, profile, 'objectPermissions')),
    ),
  ];
};

export const userRow = (user: OrgUser): Row => ({
  Id: user.id,
  Username: user.username,
  Name: user.username.split('@')[0] ?? user.username,
  Email: user.email ?? user.username,
  IsActive: user.active,
  Profile: { Name: user.profile },
});

export const assignments: Table = (state, caller) => {
  const sets = new Map(permissionSets(state, caller).map((row) => [row['Name'], row]));
  return state.users.flatMap((user) => {
    const own = state.profiles.indexOf(user.profile);
    const rows = [
      ...user.permissionSets.map((name) => sets.get(name)),
      // Whether a seeded user may use the API is stated for the user, so it is the profile's part in this user's row.
      own < 0 ? undefined : { ...profileSet(state, user.profile, own), PermissionsApiEnabled: user.apiEnabled },
    ];
    const grouped = (user.groups ?? []).map((group, index): Row => ({
      Id: recordId('0Pa', Number(user.id.slice(3, 15)) * 100 + 50 + index),
      AssigneeId: user.id,
      PermissionSetGroupId: group.id,
      PermissionSetId: groupSet(state, group)['Id'] ?? null,
      Assignee: userRow(user),
      PermissionSet: groupSet(state, group),
    }));
    return [
      ...grouped,
      ...rows.flatMap((set, index) =>
        set === undefined
          ? []
          : [
              {
                Id: recordId('0Pa', Number(user.id.slice(3, 15)) * 100 + index),
                AssigneeId: user.id,
                PermissionSetGroupId: null,
                PermissionSetId: set['Id'] ?? null,
                Assignee: userRow(user),
                PermissionSet: set,
              },
            ],
      ),
    ];
  });
};

/** Which sets a group holds. */
export const groupComponents: Table = (state, caller) => {
  const sets = new Map(permissionSets(state, caller).map((row) => [row['Name'], row]));
  const groups = new Map(state.users.flatMap((user) => (user.groups ?? []).map((group) => [group.id, group] as const)));
  return [...groups.values()].flatMap(({ id, permissionSets: names }) =>
    names.flatMap((name, index) => {
      const set = sets.get(name);
      return set === undefined
        ? []
        : [{ Id: recordId('0PM', index + 1), PermissionSetGroupId: id, PermissionSet: set }];
    }),
  );
};

export const PERMISSION_SET_FIELDS = [
  'Id',
  'Name',
  'Label',
  'NamespacePrefix',
  'IsOwnedByProfile',
  'PermissionsApiEnabled',
  'PermissionsApiUserOnly',
  'Profile.Name',
  ...ADMINISTERING.map((name) => `Permissions${name}`),
];
