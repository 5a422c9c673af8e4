import { error, warning } from './entry';

/** The one order of work: an app keeps one certificate, so that both sides change at the same moment. */
export const HOW_TO_REPLACE =
  'create a new key pair and certificate (openssl req -x509 -newkey rsa:2048 -sha256 -days 365 …), declare the certificate and apply; the old key is refused from that moment on, so switch the clients to the new one at the same time';

/** What the program declares: shape first, then what does not fit together. All of it is found at synth. */
export const DECLARATION = {
  // Values
  'missing-option': error('a required option is missing', 'add the option'),
  'wrong-type': error('the value has the wrong type', 'use a value of an allowed type'),
  'wrong-value': error('the value is not one of the allowed values', 'choose one of them'),
  'unknown-option': error('there is no option with this name', 'correct the name, or remove the option'),
  'too-many': error('the list has too many entries', 'remove some of them'),
  'same-name-twice': error('the list contains the same name twice', 'remove one of the two'),
  'same-range-twice': error('the list contains the same IP range twice', 'remove one of the two'),
  'reserved-text': error(
    'a line of the description starts with "Managed as code by", which is how ownership is recorded',
    'remove the line; the apply adds it',
    { allowed: 'any other text' },
  ),
  'terraform-token': error('the value is known only to Terraform', 'use a literal value, or use Engine.PROVIDER'),
  'value-missing-for-org': error('no value is given for this org', 'add the org to PerOrg.of'),
  'value-for-unknown-org': warning(
    'a value is given for {orgs}, but the program has no such org',
    'remove it, or declare the org',
    { allowed: 'construct ids of the SalesforceOrgs in the program: {known}' },
  ),
  'username-missing-for-org': error('no username is given for this org', 'add the org to Username.perOrg'),
  'invalid-api-name': error('this is not a valid API name', 'use a valid name'),
  'invalid-api-version': error('this Metadata API version is not supported', 'use a supported version'),
  'invalid-api-version/not-modeled': error('this package does not model this Metadata API version', 'use {allowed}', {
    allowed: '{allowed}',
  }),
  'invalid-apex-class': error('this is not a valid Apex class name', 'use the name of an Apex class'),
  'invalid-callback-url': error('this callback URL is invalid or unsafe', 'correct the URL'),
  'callback-urls-too-long': error('the combined length of the callback URLs is too long', 'remove some of them'),
  'invalid-certificate': error('the certificate cannot be read', 'provide a single X.509 certificate in PEM format'),
  'unreadable-certificate-file': error('the certificate file cannot be read', 'correct the path'),
  'private-key-given': error(
    'a private key was given where a certificate is expected',
    'provide the certificate; keep the private key with the client, and replace the key if it was committed',
  ),
  'credential-given': error(
    'this text, which is stored where many people can read it, contains what looks like a private key or a token',
    'remove it from the text, and replace the credential if it was committed',
  ),
  'invalid-certificate-id': error('this is not a valid certificate id', 'use the id of a certificate in the org'),
  'invalid-custom-scope': error('this is not a valid custom scope name', 'use the API name of a custom scope'),
  'invalid-duration': error('Salesforce does not accept this duration', 'choose an allowed duration'),
  'invalid-email': error('this is not a valid email address', 'use a valid email address'),
  'invalid-ip-range': error('Salesforce does not accept this IP range', 'correct the range'),
  'invalid-org-id': error(
    'this is not a valid organization id',
    'use the organization id from Setup > Company Information',
  ),
  'invalid-org-name': error(
    'the construct id of the org cannot be used as a folder name and a Terraform address',
    'choose another construct id for the SalesforceOrg',
    { allowed: 'a letter first, then letters, digits, hyphens and underscores, at most 63 characters' },
  ),
  'invalid-org-name/import': error(
    'the construct id of the org cannot be used as a folder name and a Terraform address',
    'choose another name; in the program it is the construct id of the org',
    { allowed: 'a letter first, then letters, digits, hyphens and underscores, at most 63 characters' },
  ),
  'invalid-permission-set': error(
    'this is not a valid permission set API name',
    'use the API name from Setup > Permission Sets',
    {
      allowed:
        'a letter first, then letters, digits and underscores; with a namespace prefix if it comes from a package',
    },
  ),
  'invalid-profile': error('this is not a valid profile name', 'use the name of a profile'),
  'invalid-text': error('the text is empty, too long, or contains characters that are not allowed', 'correct the text'),
  'invalid-url': error('this URL is not allowed here', 'correct the URL'),
  'invalid-username': error('this is not a valid username', 'use the username, not the email address or the id'),
  'unknown-scope': error('there is no OAuth scope with this name', 'choose one of the scopes'),

  // Which option goes with which kind, platform, engine and version
  'option-not-offered': error(
    'this kind of client does not have this option',
    'remove it, or declare another kind of client',
  ),
  'option-of-another-platform': error('the option is for the other platform', 'remove it, or change platform'),
  'option-of-another-engine': error('the option is for the other engine', 'remove it, or change engine'),
  'not-on-connected-app': error(
    'Connected Apps do not have this option in any Metadata API version',
    'remove the option, or declare an External Client App',
    { allowed: 'the option with platform: Platform.EXTERNAL_CLIENT_APP, the default' },
  ),
  'not-a-connected-app': error(
    'the scope is enabled for an External Client App, but an External Client App names its scopes itself',
    'list the scope in customScopes of the app instead',
  ),
  'engine-cannot': error('the null engine does not support this option', 'remove the option', {
    allowed: 'engine provider',
  }),
  'needs-newer-api-version': error(
    '{what} requires Metadata API {since} or newer, but this org uses {apiVersion}',
    'raise apiVersion of the SalesforceOrg, or remove {option}',
    { allowed: 'apiVersion {since} or newer' },
  ),
  'needs-older-api-version': error(
    'Metadata API {gone} removed a part of this option, and this org uses {apiVersion}',
    'lower apiVersion of the SalesforceOrg, or remove {option}, which leaves it as it is in the org',
    { allowed: 'apiVersion {until} or older' },
  ),
  'output-unknown': error(
    'the null engine does not know {title} in Terraform',
    'use Engine.PROVIDER, or read it from the receipt of the apply or from `client-apps outputs`',
    { allowed: 'engine provider, or a value read after the apply' },
  ),
  'cdk-missing': error(
    'neither cdktf nor cdktn (CDK Terrain) is installed, but a program that declares apps needs one of them',
    'run npm install cdktf@0.21 constructs@~10.7.2, or npm install cdktn@0.24 constructs@~10.7.2',
    { allowed: 'cdktf 0.21 or cdktn 0.24, with constructs 10' },
  ),
  'cdk-of-stack-missing': error(
    'the stack comes from {name}, but this package can find only {other} from its install location',
    'install {name} in the project where cdktf-salesforce-client-apps is installed, or import the stack from {other}',
    { allowed: 'a TerraformStack of {other}' },
  ),
  'null-provider-missing': error(
    'Engine.NULL with cdktf needs the package @cdktf/provider-null, which is not installed',
    'run npm install @cdktf/provider-null@11, or use the default engine',
    { allowed: '@cdktf/provider-null 11' },
  ),
  'provider-missing': error(
    'the Terraform provider is missing from the installed package',
    'reinstall the package, or use Engine.NULL',
    { allowed: 'a complete installation' },
  ),

  // What does not fit together
  'missing-justification': error(
    'an option that weakens the app needs a justification',
    'add a justification, or remove the option to return to the secure default',
  ),
  'superfluous-justification': error(
    'there is a justification, but the option is at its secure value',
    'remove the justification: one that excuses nothing misleads reviewers',
    { allowed: 'no justification here' },
  ),
  'superfluous-option': error('there is a certificate, but native login is off', 'remove it, or set enabled to true', {
    allowed: 'no certificate here',
  }),
  'justification-incomplete': error('the justification lacks a reason, an approver or an expiry date', 'complete it'),
  'justification-expired': error(
    'the justification expired on {expires}',
    'remove what it excuses, or have it approved again with a new expiry date',
    { allowed: 'a justification that is valid on {today}' },
  ),
  'justification-expired/app': error(
    'the justification expired on {expires}',
    'have it approved again with a new expiry date, remove what it excuses, or continue without this app: {--except}',
    { allowed: 'a justification that is valid on {today}' },
  ),
  'justification-too-long': error(
    'the justification is valid for more than a year',
    'choose an expiry date within one year, and review the exception by then',
  ),
  'justification-too-long/app': error(
    'the justification is valid for more than a year',
    'correct the clock of this computer or the date in the code, or continue without this app: {--except}',
    { allowed: 'a date from {today} (today, according to this computer) to {latest}' },
  ),
  'no-way-in': error('the machine client has no way to sign in', 'add certificate: Certificate.fromFile(…)', {
    allowed: 'certificate (JWT bearer flow), clientCredentials with a justification, or both',
  }),
  'machine-needs-pre-authorization': error(
    'a machine client cannot approve an app for itself',
    'name the permission set that the integration user holds',
    { allowed: 'PermittedUsers.preAuthorized({ permissionSets: […] })' },
  ),
  'no-permission-set': error(
    'the JWT bearer flow admits only users with a listed permission set, and none is listed',
    'name the permission set that the integration user holds',
    { allowed: 'at least one permission set' },
  ),
  'full-without-api': error(
    'Full alone does not let a machine client in: the token endpoint responds that no valid scope is defined',
    'replace Scope.FULL with Scope.API',
    { allowed: 'Api, with or without others' },
  ),
  'scopes-give-no-token': warning(
    'the scope RefreshToken alone does not let a machine client do anything, and Salesforce issues no token for it',
    'add the scope of what the client calls, usually Scope.API',
  ),
  'scope-needs-jwt': error(
    'the scope {scope} is for {service} opaque access tokens',
    'add accessTokens: AccessTokens.jwt(), or remove the scope {scope}',
    { allowed: 'JWT access tokens' },
  ),
  'guest-needs-jwt': error(
    'guests get JWT access tokens, but this app issues opaque ones',
    'add accessTokens: AccessTokens.jwt(), or remove guest',
    { allowed: 'guest together with accessTokens: AccessTokens.jwt()' },
  ),
  'headless-registration-refused': error(
    'the scope UserRegistration is for headless registration, which External Client Apps do not support',
    'remove the scope; headless registration needs an existing Connected App',
    { allowed: 'any other scope' },
  ),
  'mcp-refused': error(
    'the scope MCP is for MCP servers hosted by Salesforce, which do not support Connected Apps',
    'remove the scope, or declare an External Client App',
    { allowed: 'any other scope' },
  ),
  'refresh-token-never-issued': warning(
    'the option applies to refresh tokens, which are issued only with the scope RefreshToken',
    'add Scope.REFRESH_TOKEN, or remove {option}',
  ),
  'id-token-never-issued': warning(
    'the option applies to ID tokens, which are issued only with the scope OpenID',
    'add Scope.OPENID, or remove idToken',
  ),
  'trusts-every-address': warning(
    'the range trusts every IPv4 address, so no one is ever asked to verify their identity',
    'list the addresses that logins actually come from, or remove the range',
  ),
  'start-page-switched-off': warning(
    'the start page comes from the SAML plugin, which disabledPlugins turns off',
    'choose StartPage.NONE or StartPage.custom(…), or keep SAML on',
  ),
  'certificate-key-unusable': error(
    'the certificate holds a key of type {type}, but the JWT bearer flow verifies RS256 only',
    HOW_TO_REPLACE,
    { allowed: 'an RSA key' },
  ),
  'certificate-expired': warning('the certificate {end}', HOW_TO_REPLACE),
  'certificate-expires-soon': warning('the certificate {end}', HOW_TO_REPLACE),
  'certificate-shared-by-orgs': warning(
    'the app {other} of another org has the same certificate, so one key opens both orgs',
    'create a key pair for each org and use PerOrg.of({ … })',
    { allowed: 'a separate certificate for each org' },
  ),
} as const;
