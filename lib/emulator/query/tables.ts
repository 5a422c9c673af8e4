import type { DeployJob } from '../deploy/jobs';
import { type Fields, recordsOf, textOf } from '../fields';
import { recordId } from '../ids';
import { grants, profileGrants, profileLists, profileStates } from '../profiles';
import { withDefaults } from '../schema/defaults';
import { HEADER, OAUTH_POLICY, PERMISSION_SET } from '../schema/types';
import { componentsOf, type OrgState, type OrgUser, permitted } from '../state';

/** A record of a queryable object; a relation is a record inside. */
export interface Row {
  readonly [field: string]: string | number | boolean | null | Row;
}

type Table = (state: OrgState, caller: OrgUser | undefined) => readonly Row[];

/** Fields of `UserPermissionAccess` the emulator knows. */
const USER_PERMISSIONS = [
  'PermissionsApiEnabled',
  'PermissionsModifyMetadata',
  'PermissionsManageRemoteAccess',
  'PermissionsManageProfilesPermissionsets',
  'PermissionsModifyAllData',
  'PermissionsViewSetup',
  'PermissionsCustomizeApplication',
  'PermissionsExternalClientAppDeveloper',
  'PermissionsExternalClientAppAdmin',
  'PermissionsExternalClientAppViewer',
  'PermissionsViewClientSecret',
  'PermissionsManageUsers',
  'PermissionsMonitorLoginHistory',
] as const;

const organization: Table = (state) => {
  const production = state.profile === 'production';
  return [
    {
      Id: state.orgId,
      Name: `Emulator (${state.profile})`,
      IsSandbox: false,
      OrganizationType: production ? 'Enterprise Edition' : 'Developer Edition',
      InstanceName: 'EMULATOR1',
      TrialExpirationDate: null,
      NamespacePrefix: state.namespace ?? null,
    },
  ];
};

/** Permission sets, and the hidden one that stands behind every profile. */
const permissionSets: Table = (state) => [
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
const objectPermissions: Table = (state) => {
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

const userRow = (user: OrgUser): Row => ({
  Id: user.id,
  Username: user.username,
  Name: user.username.split('@')[0] ?? user.username,
  Email: user.username,
  IsActive: user.active,
  Profile: { Name: user.profile },
});

const assignments: Table = (state, caller) => {
  const sets = new Map(permissionSets(state, caller).map((row) => [row['Name'], row]));
  return state.users.flatMap((user) => {
    const own = state.profiles.indexOf(user.profile);
    const rows = [
      ...user.permissionSets.map((name) => sets.get(name)),
      // Whether a seeded user may use the API is told of the user, so it is the profile's part in this user's row.
      own < 0 ? undefined : { ...profileSet(state, user.profile, own), PermissionsApiEnabled: user.apiEnabled },
    ];
    return rows.flatMap((set, index) =>
      set === undefined
        ? []
        : [
            {
              Id: recordId('0Pa', Number(user.id.slice(3, 15)) * 100 + index),
              AssigneeId: user.id,
              PermissionSetId: set['Id'] ?? null,
              Assignee: userRow(user),
              PermissionSet: set,
            },
          ],
    );
  });
};

const access: Table = (state, caller) => [
  {
    Id: caller?.id ?? null,
    ...Object.fromEntries(
      USER_PERMISSIONS.map((name) => [name, caller?.username === state.deployUser.username && permitted(state, name)]),
    ),
  },
];

const apps: Table = (state) =>
  componentsOf(state, HEADER).map(({ id, fullName, fields }) => ({
    Id: id,
    DeveloperName: fullName,
    MasterLabel: typeof fields['label'] === 'string' ? fields['label'] : fullName,
  }));

const policies: Table = (state) => {
  const ids = new Map(componentsOf(state, HEADER).map(({ fullName, id }) => [fullName, id]));
  return componentsOf(state, OAUTH_POLICY).map(({ id, fullName, fields }) => ({
    Id: id,
    DeveloperName: fullName,
    ExternalClientApplicationId: ids.get(textOf(fields, 'externalClientApplication') ?? '') ?? null,
    PermittedUsersPolicyType: textOf(withDefaults(OAUTH_POLICY, fields), 'permittedUsersPolicyType') ?? null,
  }));
};

const PERMISSION_SET_FIELDS = [
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

const apexClasses: Table = ({ apexClasses: classes = [] }) =>
  classes.map(({ id, name, namespace = null, status, valid }) => ({
    Id: id,
    Name: name,
    NamespacePrefix: namespace,
    Status: status,
    IsValid: valid,
  }));

const APEX_CLASS: Queryable = { rows: apexClasses, fields: ['Id', 'Name', 'NamespacePrefix', 'Status', 'IsValid'] };

/** An object, with the fields each record has. */
export interface Queryable {
  readonly rows: Table;
  readonly fields: readonly string[];
  /** Fields that a WHERE may not name. */
  readonly unfilterable?: readonly string[];
  /** Rows of one page and of one query in all, and whether OFFSET may go further than elsewhere. */
  readonly limits?: { readonly page: number; readonly rows: number; readonly offsets: boolean };
}

/** What the query resource of the Tooling API knows. */
export const TOOLING_TABLES: Readonly<Record<string, Queryable>> = {
  ApexClass: APEX_CLASS,
  Certificate: {
    rows: ({ certificates = [] }) =>
      certificates.map(({ id, name, expires = null }) => ({
        Id: id,
        DeveloperName: name,
        MasterLabel: name,
        ExpirationDate: expires,
      })),
    fields: ['Id', 'DeveloperName', 'MasterLabel', 'ExpirationDate'],
  },
};

/** Deploys and validations of this run, which no state file keeps. */
export const deployRequests = (
  jobs: readonly Pick<DeployJob, 'id' | 'status' | 'createdDate' | 'options'>[],
): Queryable => ({
  rows: () =>
    jobs.map(({ id, status, createdDate, options }) => ({
      Id: id,
      Status: status,
      CheckOnly: options.checkOnly,
      CreatedDate: createdDate,
    })),
  fields: ['Id', 'Status', 'CheckOnly', 'CreatedDate'],
});

/** The objects that can be queried, with the fields each record has. */
export const TABLES: Readonly<Record<string, Queryable>> = {
  ApexClass: APEX_CLASS,
  Organization: {
    rows: organization,
    fields: ['Id', 'Name', 'IsSandbox', 'OrganizationType', 'InstanceName', 'TrialExpirationDate', 'NamespacePrefix'],
  },
  ObjectPermissions: {
    rows: objectPermissions,
    fields: ['ParentId', 'SobjectType', 'PermissionsViewAllRecords', 'PermissionsModifyAllRecords'],
  },
  PermissionSet: { rows: permissionSets, fields: PERMISSION_SET_FIELDS },
  PermissionSetAssignment: {
    rows: assignments,
    fields: [
      'Id',
      'AssigneeId',
      'PermissionSetId',
      ...['Id', 'Username', 'IsActive', 'Name'].map((name) => `Assignee.${name}`),
      ...PERMISSION_SET_FIELDS.map((name) => `PermissionSet.${name}`),
    ],
  },
  User: {
    rows: (state) => state.users.map(userRow),
    fields: ['Id', 'Username', 'Name', 'Email', 'IsActive', 'Profile.Name'],
  },
  UserPermissionAccess: { rows: access, fields: ['Id', ...USER_PERMISSIONS] },
  ExternalClientApplication: { rows: apps, fields: ['Id', 'DeveloperName', 'MasterLabel'] },
  ExtlClntAppOauthPlcyCnfg: {
    rows: policies,
    fields: ['Id', 'DeveloperName', 'ExternalClientApplicationId', 'PermittedUsersPolicyType'],
  },
};
