/** Where one metadata type lives in packages and what it is called in which call. */
export interface MetadataType {
  /** Root element of a file, and the type's name in CRUD calls. */
  readonly name: string;
  /** `<name>` in package.xml and listMetadata: the same, but `Settings` for all settings. */
  readonly manifest: string;
  readonly directory: string;
  readonly suffix: string;
  /** First three characters of record ids; only those of apps and permission sets are Salesforce's own. */
  readonly idPrefix: string;
  /** The one full name a settings type has. */
  readonly member?: string;
  /** True for the parts of an external client app: they name it in `externalClientApplication`. */
  readonly satellite: boolean;
}

const part = (name: string, directory: string, suffix: string, idPrefix: string): MetadataType => ({
  name,
  manifest: name,
  directory,
  suffix,
  idPrefix,
  satellite: true,
});
const alone = (name: string, directory: string, suffix: string, idPrefix: string): MetadataType => ({
  ...part(name, directory, suffix, idPrefix),
  satellite: false,
});
const settings = (member: string, idPrefix: string): MetadataType => ({
  name: `${member}Settings`,
  manifest: 'Settings',
  directory: 'settings',
  suffix: 'settings',
  idPrefix,
  member,
  satellite: false,
});

/** Every type the emulator knows, in the order in which a deploy applies them. */
export const METADATA_TYPES: readonly MetadataType[] = [
  settings('OauthOidc', '0eA'),
  settings('ExternalClientApp', '0eB'),
  settings('ConnectedApp', '0eC'),
  settings('Security', '0eD'),
  alone('Network', 'networks', 'network', '0DB'),
  alone('PermissionSet', 'permissionsets', 'permissionset', '0PS'),
  alone('Profile', 'profiles', 'profile', '00e'),
  alone('ConnectedApp', 'connectedApps', 'connectedApp', '0H4'),
  alone('ExternalClientApplication', 'externalClientApps', 'eca', '0xI'),
  part('ExtlClntAppOauthSettings', 'extlClntAppOauthSettings', 'ecaOauth', '0eE'),
  part('ExtlClntAppGlobalOauthSettings', 'extlClntAppGlobalOauthSets', 'ecaGlblOauth', '0eF'),
  part('ExtlClntAppOauthSecuritySettings', 'extlClntAppOauthSecuritySettings', 'ecaOauthSecurity', '0eG'),
  part('ExtlClntAppConfigurablePolicies', 'extlClntAppPolicies', 'ecaPlcy', '0eH'),
  part('ExtlClntAppOauthConfigurablePolicies', 'extlClntAppOauthPolicies', 'ecaOauthPlcy', '0eI'),
  part('ExtlClntAppSamlConfigurablePolicies', 'extlClntAppSamlConfigurablePolicies', 'ecaSamlPlcy', '0eJ'),
  part('ExtlClntAppMobileSettings', 'extlClntAppMobileSettings', 'ecaMobile', '0eK'),
  part('ExtlClntAppMobileConfigurablePolicies', 'extlClntAppMobilePolicies', 'ecaMobilePlcy', '0eL'),
  part('ExtlClntAppNotificationSettings', 'extlClntAppNotifSettings', 'ecaNotifications', '0eM'),
  part('ExtlClntAppPushSettings', 'extlClntAppPushSettings', 'ecaPush', '1Dh'),
  part('ExtlClntAppPushConfigurablePolicies', 'extlClntAppPushPolicies', 'ecaPushPlcy', '0eN'),
  part('ExtlClntAppCanvasSettings', 'extlClntAppCanvasSettings', 'ecaCanvas', '0eO'),
  alone('OauthCustomScope', 'oauthcustomscopes', 'oauthcustomscope', '0eP'),
  alone('OauthTokenExchangeHandler', 'oauthtokenexchangehandlers', 'oauthtokenexchangehandler', '0eQ'),
  alone('AuthProvider', 'authproviders', 'authprovider', '0SO'),
  alone('CustomPermission', 'customPermissions', 'customPermission', '0CP'),
  alone('NotificationTypeConfig', 'notificationTypeConfig', 'config', '0eR'),
  alone('UserProvisioningConfig', 'userProvisioningConfigs', 'userProvisioningConfig', '0eS'),
];

export const HEADER = 'ExternalClientApplication';
export const GLOBAL = 'ExtlClntAppGlobalOauthSettings';
export const OAUTH = 'ExtlClntAppOauthSettings';
export const OAUTH_POLICY = 'ExtlClntAppOauthConfigurablePolicies';
export const POLICY = 'ExtlClntAppConfigurablePolicies';
export const SECURITY = 'ExtlClntAppOauthSecuritySettings';
export const CONNECTED_APP = 'ConnectedApp';
export const PERMISSION_SET = 'PermissionSet';
export const PROFILE = 'Profile';
