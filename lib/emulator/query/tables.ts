import type { DeployJob } from '../deploy/jobs';
import { textOf } from '../fields';
import { withDefaults } from '../schema/defaults';
import { HEADER, OAUTH_POLICY } from '../schema/types';
import { componentsOf, type OrgState, type OrgUser } from '../state';
import { holds, mayUseApi } from '../usage/permissions';
import {
  assignments,
  groupComponents,
  objectPermissions,
  PERMISSION_SET_FIELDS,
  permissionSets,
  userRow,
} from './permission-tables';
import type { Queryable, Table } from './table';

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
  const bought = state.profile === 'production' || state.sandbox !== undefined;
  return [
    {
      Id: state.orgId,
      Name: `Emulator (${state.sandbox ? `sandbox ${state.sandbox.name}` : state.profile})`,
      IsSandbox: state.sandbox !== undefined,
      OrganizationType: bought ? 'Enterprise Edition' : 'Developer Edition',
      InstanceName: 'EMULATOR1',
      TrialExpirationDate: null,
      NamespacePrefix: state.namespace ?? null,
    },
  ];
};

const hasPermission = (state: OrgState, user: OrgUser, name: string): boolean =>
  name === 'PermissionsApiEnabled' ? mayUseApi(state, user) : holds(state, user, name.replace('Permissions', ''));

const access: Table = (state, caller) => [
  {
    Id: caller?.id ?? null,
    ...Object.fromEntries(
      USER_PERMISSIONS.map((name) => [name, caller !== undefined && hasPermission(state, caller, name)]),
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

const apexClasses: Table = ({ apexClasses: classes = [] }) =>
  classes.map(({ id, name, namespace = null, status, valid }) => ({
    Id: id,
    Name: name,
    NamespacePrefix: namespace,
    Status: status,
    IsValid: valid,
  }));

const APEX_CLASS: Queryable = { rows: apexClasses, fields: ['Id', 'Name', 'NamespacePrefix', 'Status', 'IsValid'] };

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
      'PermissionSetGroupId',
      'PermissionSetId',
      ...['Id', 'Username', 'IsActive', 'Name'].map((name) => `Assignee.${name}`),
      ...PERMISSION_SET_FIELDS.map((name) => `PermissionSet.${name}`),
    ],
  },
  PermissionSetGroupComponent: {
    rows: groupComponents,
    fields: ['Id', 'PermissionSetGroupId', ...PERMISSION_SET_FIELDS.map((name) => `PermissionSet.${name}`)],
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
