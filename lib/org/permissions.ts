/** A user permission, by its API name (as in permission set files) and the words of Setup. */
export interface UserPermission {
  readonly name: string;
  readonly label: string;
}

export const API_ENABLED: UserPermission = { name: 'ApiEnabled', label: 'API Enabled' };
export const MODIFY_METADATA: UserPermission = {
  name: 'ModifyMetadata',
  label: 'Modify Metadata Through Metadata API Functions',
};
export const MODIFY_ALL_DATA: UserPermission = { name: 'ModifyAllData', label: 'Modify All Data' };
const VIEW_ALL_DATA: UserPermission = { name: 'ViewAllData', label: 'View All Data' };
export const VIEW_SETUP: UserPermission = { name: 'ViewSetup', label: 'View Setup and Configuration' };

/**
 * Which of the labels belongs to which API name is inferred from the names: Salesforce documents the labels, and the
 * API names are known from permission set files only.
 */
export const EXTERNAL_CLIENT_APP_DEVELOPER: UserPermission = {
  name: 'ExternalClientAppDeveloper',
  label: 'Create, edit, and delete External Client Apps',
};
export const EXTERNAL_CLIENT_APP_ADMIN: UserPermission = {
  name: 'ExternalClientAppAdmin',
  label: 'View all External Client Apps, view their settings, and edit their policies',
};

export const MANAGE_USERS: UserPermission = { name: 'ManageUsers', label: 'Manage Users' };
/** Either of them shows the logins of all users. */
export const SEES_LOGINS = {
  names: [MANAGE_USERS.name, 'MonitorLoginHistory'],
  words: 'Manage Users, or Monitor Login History',
} as const;
export const VIEW_EVENT_LOG_FILES = 'View Event Log Files';

export const CUSTOMIZE_APPLICATION: UserPermission = { name: 'CustomizeApplication', label: 'Customize Application' };
/** The label is documented; the API name is that of permission set files. */
export const MANAGE_CONNECTED_APPS: UserPermission = { name: 'ManageRemoteAccess', label: 'Manage Connected Apps' };
export const MANAGE_PERMISSION_SETS: UserPermission = {
  name: 'ManageProfilesPermissionsets',
  label: 'Manage Profiles and Permission Sets',
};

/** What changing a Connected App takes beside what every deploy takes. */
export const CONNECTED_APP_PERMISSIONS: readonly string[] = [
  CUSTOMIZE_APPLICATION,
  MANAGE_CONNECTED_APPS,
  MANAGE_PERMISSION_SETS,
].map(({ name }) => name);

/** Known to every org. */
export const CORE_PERMISSIONS: readonly string[] = [API_ENABLED, MODIFY_METADATA, MODIFY_ALL_DATA, VIEW_SETUP].map(
  ({ name }) => name,
);

/** What the preflight looks at. */
export const OWN_PERMISSIONS: readonly string[] = [
  ...CORE_PERMISSIONS,
  EXTERNAL_CLIENT_APP_DEVELOPER.name,
  EXTERNAL_CLIENT_APP_ADMIN.name,
];

/**
 * What lets an app in, or lets what came in reach every record. The API names of the first three are as
 * permission set files spell them, not verified; where an org has no such field, their holders are not evaluated.
 */
export const DOOR_OPENING: readonly UserPermission[] = [
  { name: 'CanApproveUninstalledApps', label: 'Approve Uninstalled Connected Apps' },
  { name: 'UseAnyApiClient', label: 'Use Any API Client' },
  { name: 'UseAnyApiAuth', label: 'Use Any API Auth' },
  MANAGE_CONNECTED_APPS,
  CUSTOMIZE_APPLICATION,
  MODIFY_ALL_DATA,
  VIEW_ALL_DATA,
];
