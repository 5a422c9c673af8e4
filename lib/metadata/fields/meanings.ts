/** Whatever a permission set or profile is listed for. */
const LISTED =
  'The list is complete: who is not on it loses access at the next apply, and it counts only while admins pre-authorize users.';
const CLAIMS = 'Puts the custom attributes of the app into';
const PERMISSIONS = "Puts the user's custom permissions into";
const PLUGIN = 'While false, this part of the app is switched off in the org, and the rest of it goes on:';
const EXCHANGES = 'Whether a client may hand in';
const RANGE = { first: 'First address of the range, IPv4 or IPv6', last: 'Last address of the range' } as const;

/**
 * What a field is, where neither its title nor the docstring of an option says it: by its name, or by type and name where
 * the same name is something else. Complete sentences.
 */
export const MEANINGS: Readonly<Record<string, string>> = {
  label: "The component's own label, which neither users nor clients see.",
  masterLabel: 'The name as people read it in Setup.',
  isProtected:
    'True hides the component from subscribers of a managed package. An app that is not packaged needs it not.',
  mobileStartUrl: 'An https URL that opens instead of the start URL when a user starts the app on a mobile device.',
  startUrl: 'An https URL that opens when a user starts the app from the org.',
  'ExtlClntAppConfigurablePolicies.startUrl': 'The https URL that opens where the start page is Custom.',

  // ID and asset tokens.
  idTokenAudience: 'Who the ID token is meant for besides the client, separated by commas.',
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
  assetTokenAudiences: 'Who asset tokens are meant for; the asset token flow needs it.',
  assetAudiences: 'Who asset tokens are meant for; the asset token flow needs it.',
  assetTokenSigningCertificate: 'The certificate of the org (Certificate and Key Management) that signs asset tokens.',
  assetSigningCertId: 'The certificate of the org (Certificate and Key Management) that signs asset tokens.',
  assetTokenValidity: 'How long an asset token is valid, in seconds.',
  assetValidityPeriod: 'How long an asset token is valid, in seconds.',

  // Rows.
  key: 'Name under which clients get the value; every name once.',
  formula: 'Formula that Salesforce evaluates for each user, such as `$User.Email`.',
  startIpAddress: `${RANGE.first}.`,
  endIpAddress: `${RANGE.last}, of the same kind as the first; the same again for one address.`,
  start: `${RANGE.first}.`,
  end: `${RANGE.last}, of the same kind as the first; the same again for one address.`,
  description: 'What it is for, for the next person who reads it.',
  'ExternalClientApplication.description': 'What the app is for. The apply adds a last line that says who manages it.',
  'ConnectedApp.description': 'What the app is for. The apply adds a last line that says who manages it.',

  // What an app may do, and who may use it.
  clientAssertionCertificate: 'The certificate of the org whose key signs the assertions of native logins.',
  isFirstPartyAppEnabled: 'Native login without a browser, for an app of the same owner as the org.',
  apexHandler:
    'Name of the Apex class that takes part when users authorize the app, with the namespace of its package.',
  plugin: 'Name of the Apex class that takes part when users authorize the app, with the namespace of its package.',
  executeHandlerAs: 'Username of the user that the Apex plugin class runs as.',
  pluginExecutionUser: 'Username of the user that the Apex plugin class runs as.',
  commaSeparatedCustomScopes: 'Names of custom scopes of the org that tokens of the app may carry.',
  commaSeparatedPermissionSet: `API names of permission sets whose holders may use the app. ${LISTED}`,
  permissionSetName: `API names of permission sets whose holders may use the app. ${LISTED}`,
  commaSeparatedProfile: `Names of profiles whose users may use the app. ${LISTED}`,
  profileName: `Names of profiles whose users may use the app. ${LISTED}`,
  customAttributes: 'Formulas whose values clients get with the identity of the user.',
  singleLogoutUrl: 'An https URL that Salesforce calls when the user logs out of the org.',
  tokenIpRanges: 'IP ranges from which refresh tokens may be used; none: from everywhere.',
  tlsClientAuthCertParamType:
    'Which part of the certificate that a client presents names it, such as `tls_client_auth_san_dns`.',
  tlsClientAuthCertParamValue: 'What that part of the certificate must be.',

  // What is switched on.
  isAttestPluginEnabled: `${PLUGIN} attestation of devices.`,
  isCanvasPluginEnabled: `${PLUGIN} Canvas, the app inside pages of Salesforce.`,
  isEnabled: 'Whether it is on. Off, nothing of it works; what it is set to is kept.',
  'ExtlClntAppConfigurablePolicies.isEnabled':
    'While false, the whole app is stopped: no client gets a token through it. Only re_enable starts an app that someone stopped.',
  isMobilePluginEnabled: `${PLUGIN} its mobile settings.`,
  isNotificationPluginEnabled: `${PLUGIN} notifications.`,
  isOauthPluginEnabled: `${PLUGIN} OAuth, without which no client gets a token.`,
  isPushPluginEnabled: `${PLUGIN} push notifications.`,
  isSamlPluginEnabled: `${PLUGIN} single sign-on by SAML.`,

  // Settings of the org.
  agentAuthLinking:
    'A switch of the org that Salesforce lists and does not describe. Left as it is unless you state it.',
  blockOAuthUnPwFlow: 'Blocks the flow in which a client sends the password of a user, for every app of the org.',
  blockOAuthUsrAgtFlow: 'Blocks the flow that hands tokens to a browser in a URL, for every app of the org.',
  'OauthOidcSettings.isPkceRequired': 'Demands PKCE of the clients of every app of the org, whatever the app says.',
  oAuthCdCrdtFlowEnable:
    'Without it, no app of the org can log users in headlessly (authorization code and credentials).',
  enableClientSecretInRestApiAccess:
    'Lets users with the permission read and stage consumer secrets over REST. A rotation opens it for the moment it needs.',
  enableConsumerSecretApiAccess: 'Lets a retrieve of metadata contain consumer secrets. Nothing here needs it.',
  enableExternalClientApps: 'Whether the org has External Client Apps at all; newer orgs have them always.',
  enablePackageEcaOauthFromDevOrg:
    'Lets OAuth settings of an app, with its consumer, go into a package of a developer org.',
  enableAdminApprovedAppsOnly:
    'API Access Control: users reach the APIs only through apps that an admin installed and approved. Salesforce Support has to make it available.',
  enableAdminApprovedAppsOnlyForExternalUser:
    'API Access Control for customers and partners: they reach the APIs only through installed apps.',
  enableSkipUserProvisioningWizardWelcomePage:
    'Only what Setup shows: the wizard begins without its page of greetings.',

  // Records beside the apps.
  assignedTo: 'The Connected Apps whose tokens may carry the scope; External Client Apps name it themselves.',
  connectedApp: 'API name of the Connected App that the row is about.',
  externalClientApp: 'API name of the External Client App that the row is about.',
  isPublic: 'Lists the scope in the discovery document of the org, which anyone can read.',
  enablements: 'The apps that may exchange tokens through the handler, and the user that its class runs as for each.',
  apexExecutionUser: 'Username of the user that the Apex class runs as when this app exchanges a token.',
  isDefault: 'Whether the app uses this handler where a client names none; an app has at most one.',
  isAccessTokenSupported: `${EXCHANGES} an access token of the other issuer.`,
  isIdTokenSupported: `${EXCHANGES} an ID token of the other issuer.`,
  isJwtSupported: `${EXCHANGES} a JSON Web Token of the other issuer.`,
  isRefreshTokenSupported: `${EXCHANGES} a refresh token of the other issuer.`,
  isSaml2Supported: `${EXCHANGES} a SAML 2.0 assertion of the other issuer.`,
  isContactCreationAllowed: 'Whether the Apex class may make a contact for someone who has none in the org.',
  isUserCreationAllowed: 'Whether the Apex class may make a user for someone who has none in the org.',
  tokenHandlerApex:
    'Name of the Apex class (extends Auth.Oauth2TokenExchangeHandler) that checks the token and says which user it stands for.',
};

/** Of a field of that type, or of a member of a record. */
export const meaningOf = (field: string, type = ''): string | undefined =>
  MEANINGS[`${type}.${field}`] ?? MEANINGS[field];
