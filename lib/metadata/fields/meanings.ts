/** Whatever a permission set or profile is listed for. */
const LISTED =
  'The list is complete: anyone who is not on it loses access at the next apply. It counts only while admins pre-authorize users.';
const CLAIMS = 'Puts the custom attributes of the app into';
const PERMISSIONS = "Puts the user's custom permissions into";
const PLUGIN = 'While false, this part of the app is turned off in the org, and the rest of the app keeps working:';
const EXCHANGES = 'Whether a client can exchange';
const RANGE = { first: 'First address of the range, IPv4 or IPv6', last: 'Last address of the range' } as const;

/**
 * What a field is, where neither its title nor the docstring of an option says it: by its name, or by type and name where
 * the same name is something else. Complete sentences.
 */
export const MEANINGS: Readonly<Record<string, string>> = {
  label: "The component's own label, which neither users nor clients see.",
  masterLabel: 'The display name in Setup.',
  isProtected:
    'True hides the component from subscribers of a managed package. An app that is not packaged does not need it.',
  mobileStartUrl: 'An https URL that opens instead of the start URL when a user starts the app on a mobile device.',
  startUrl: 'An https URL that opens when a user starts the app from the org.',
  'ExtlClntAppConfigurablePolicies.startUrl': 'The https URL that opens if the start page is Custom.',

  // ID and asset tokens.
  idTokenAudience: 'Audiences of the ID token besides the client, separated by commas.',
  idTokenIncludeAttributes: `${CLAIMS} ID tokens.`,
  idTokenIncludeCustomPermissions: `${PERMISSIONS} ID tokens.`,
  idTokenIncludeCustomPerms: `${PERMISSIONS} ID tokens.`,
  idTokenIncludeStandardClaims:
    'Puts the standard claims about the user, such as name and email address, into ID tokens.',
  idTokenValidityInMinutes: 'How long an ID token is valid, in minutes: 1 to 720.',
  idTokenValidity: 'How long an ID token is valid, in minutes: 1 to 720.',
  areAttributesIncludedInAssetToken: `${CLAIMS} asset tokens.`,
  areCustomPermsIncludedInAssetToken: `${PERMISSIONS} asset tokens.`,
  assetIncludeAttributes: `${CLAIMS} asset tokens.`,
  assetIncludeCustomPerms: `${PERMISSIONS} asset tokens.`,
  assetTokenAudiences: 'Audiences of asset tokens; required by the asset token flow.',
  assetAudiences: 'Audiences of asset tokens; required by the asset token flow.',
  assetTokenSigningCertificate: 'The certificate of the org (Certificate and Key Management) that signs asset tokens.',
  assetSigningCertId: 'The certificate of the org (Certificate and Key Management) that signs asset tokens.',
  assetTokenValidity: 'How long an asset token is valid, in seconds.',
  assetValidityPeriod: 'How long an asset token is valid, in seconds.',

  // Rows.
  key: 'Name under which clients get the value; each name must be unique.',
  formula: 'Formula that Salesforce evaluates for each user, such as `$User.Email`.',
  startIpAddress: `${RANGE.first}.`,
  endIpAddress: `${RANGE.last}, of the same kind as the first; repeat the first address for a single one.`,
  start: `${RANGE.first}.`,
  end: `${RANGE.last}, of the same kind as the first; repeat the first address for a single one.`,
  description: 'What it is for, for future readers.',
  'ExternalClientApplication.description': 'What the app is for. Apply adds a last line that says who manages it.',
  'ConnectedApp.description': 'What the app is for. Apply adds a last line that says who manages it.',

  // What an app may do, and who may use it.
  clientAssertionCertificate: 'The certificate of the org whose key signs the assertions of native logins.',
  isFirstPartyAppEnabled: 'Native login without a browser, for an app with the same owner as the org.',
  apexHandler: 'Name of the Apex class that is called when users authorize the app, with the namespace of its package.',
  plugin: 'Name of the Apex class that is called when users authorize the app, with the namespace of its package.',
  executeHandlerAs: 'Username of the user that the Apex plugin class runs as.',
  pluginExecutionUser: 'Username of the user that the Apex plugin class runs as.',
  commaSeparatedCustomScopes: 'Names of custom scopes of the org that tokens of the app can carry.',
  commaSeparatedPermissionSet: `API names of permission sets whose holders can use the app. ${LISTED}`,
  permissionSetName: `API names of permission sets whose holders can use the app. ${LISTED}`,
  commaSeparatedProfile: `Names of profiles whose users can use the app. ${LISTED}`,
  profileName: `Names of profiles whose users can use the app. ${LISTED}`,
  customAttributes: 'Formulas whose values clients get with the identity of the user.',
  singleLogoutUrl: 'An https URL that Salesforce calls when the user logs out of the org.',
  tokenIpRanges: 'IP ranges from which refresh tokens can be used; if empty, from anywhere.',
  tlsClientAuthCertParamType:
    'The part of a client certificate that identifies the client, such as `tls_client_auth_san_dns`.',
  tlsClientAuthCertParamValue: 'What that part of the certificate must be.',

  // What is switched on.
  isAttestPluginEnabled: `${PLUGIN} attestation of devices.`,
  isCanvasPluginEnabled: `${PLUGIN} Canvas, the app inside pages of Salesforce.`,
  isEnabled: 'Whether it is on. While it is off, none of it works, but its settings are kept.',
  'ExtlClntAppConfigurablePolicies.isEnabled':
    'While false, the whole app is stopped: no client gets a token through it. Only re_enable restarts an app that someone stopped.',
  isMobilePluginEnabled: `${PLUGIN} its mobile settings.`,
  isNotificationPluginEnabled: `${PLUGIN} notifications.`,
  isOauthPluginEnabled: `${PLUGIN} OAuth, without which no client gets a token.`,
  isPushPluginEnabled: `${PLUGIN} push notifications.`,
  isSamlPluginEnabled: `${PLUGIN} single sign-on by SAML.`,

  // Settings of the org.
  agentAuthLinking: 'An org setting that Salesforce lists but does not describe. Left as it is unless you set it.',
  blockOAuthUnPwFlow: 'Blocks the flow in which a client sends the password of a user, for every app of the org.',
  blockOAuthUsrAgtFlow: 'Blocks the flow that hands tokens to a browser in a URL, for every app of the org.',
  'OauthOidcSettings.isPkceRequired': 'Requires PKCE from the clients of every app of the org, whatever the app says.',
  oAuthCdCrdtFlowEnable:
    'Without it, no app of the org can log users in headlessly (authorization code and credentials).',
  enableClientSecretInRestApiAccess:
    'Lets users with the permission read and stage consumer secrets over REST. A rotation opens it only briefly.',
  enableConsumerSecretApiAccess: 'Lets a retrieve of metadata contain consumer secrets. Nothing here needs it.',
  enableExternalClientApps: 'Whether the org has External Client Apps at all; newer orgs always have them.',
  enablePackageEcaOauthFromDevOrg:
    'Lets OAuth settings of an app, with its consumer, go into a package of a developer org.',
  enableAdminApprovedAppsOnly:
    'API Access Control: users reach the APIs only through apps that an admin installed and approved. Salesforce Support must make it available.',
  enableAdminApprovedAppsOnlyForExternalUser:
    'API Access Control for customers and partners: they reach the APIs only through installed apps.',
  enableSkipUserProvisioningWizardWelcomePage: 'Affects only Setup: the wizard begins without its welcome page.',

  // Records beside the apps.
  assignedTo: 'The Connected Apps whose tokens can carry the scope; External Client Apps list it themselves.',
  connectedApp: 'API name of the Connected App that this entry is for.',
  externalClientApp: 'API name of the External Client App that this entry is for.',
  isPublic: 'Lists the scope in the discovery document of the org, which anyone can read.',
  enablements: 'The apps that can exchange tokens through the handler, and the user that its class runs as for each.',
  apexExecutionUser: 'Username of the user that the Apex class runs as when this app exchanges a token.',
  isDefault: 'Whether the app uses this handler if a client names none; an app has at most one such handler.',
  isAccessTokenSupported: `${EXCHANGES} an access token of the other issuer.`,
  isIdTokenSupported: `${EXCHANGES} an ID token of the other issuer.`,
  isJwtSupported: `${EXCHANGES} a JSON Web Token of the other issuer.`,
  isRefreshTokenSupported: `${EXCHANGES} a refresh token of the other issuer.`,
  isSaml2Supported: `${EXCHANGES} a SAML 2.0 assertion of the other issuer.`,
  isContactCreationAllowed: 'Whether the Apex class can create a contact for someone who has none in the org.',
  isUserCreationAllowed: 'Whether the Apex class can create a user for someone who has none in the org.',
  tokenHandlerApex:
    'Name of the Apex class (extends Auth.Oauth2TokenExchangeHandler) that checks the token and determines which user it stands for.',
};

/** Of a field of that type, or of a member of a record. */
export const meaningOf = (field: string, type = ''): string | undefined =>
  MEANINGS[`${type}.${field}`] ?? MEANINGS[field];
