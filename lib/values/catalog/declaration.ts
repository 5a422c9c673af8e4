import { error, warning } from './entry';

/** The one order of work: an app keeps one certificate, so that both sides change at the same moment. */
export const HOW_TO_REPLACE =
  'make a new key pair and certificate (openssl req -x509 -newkey rsa:2048 -sha256 -days 365 …), declare the certificate and apply; from that moment on the old key is refused, so let the clients sign with the new one at the same time';

/** What the program declares: shape first, then what does not fit together. All of it is found at synth. */
export const DECLARATION = {
  // Values
  'missing-option': error('a required option is missing', 'add the option'),
  'wrong-type': error('the value is of the wrong type', 'give a value of the type that is allowed'),
  'wrong-value': error('the value is not one of those that are allowed', 'choose one of them'),
  'unknown-option': error('there is no option of this name', 'correct the name, or remove the option'),
  'too-many': error('the list has too many entries', 'remove some of them'),
  'same-name-twice': error('the list has the same name twice', 'remove one of the two'),
  'same-range-twice': error('the list has the same IP range twice', 'remove one of the two'),
  'reserved-text': error(
    'a line of the description starts with "Managed as code by", which is how ownership is recorded',
    'remove the line; the apply adds it',
    { allowed: 'any other text' },
  ),
  'terraform-token': error('the value is known only to Terraform', 'give the value itself, or use Engine.PROVIDER'),
  'value-missing-for-org': error('no value is stated for this org', 'add the org to PerOrg.of'),
  'value-for-unknown-org': warning(
    'a value is stated for {orgs}, and the program has no such org',
    'remove it, or declare the org',
    { allowed: 'construct ids of the SalesforceOrgs of the program: {known}' },
  ),
  'username-missing-for-org': error('no username is stated for this org', 'add the org to Username.perOrg'),
  'invalid-api-name': error('this is not a valid API name', 'give a valid name'),
  'invalid-api-version': error('this Metadata API version is not supported', 'give one that is supported'),
  'invalid-api-version/not-modeled': error('this Metadata API version is not modeled', 'give {allowed}', {
    allowed: '{allowed}',
  }),
  'invalid-apex-class': error('this is not the name of an Apex class', 'give the name of a class'),
  'invalid-callback-url': error('this callback URL is not valid, or not safe', 'correct the URL'),
  'callback-urls-too-long': error('the callback URLs are too long together', 'remove some of them'),
  'invalid-certificate': error('the certificate cannot be read', 'give one X.509 certificate in PEM'),
  'unreadable-certificate-file': error('the certificate file cannot be read', 'correct the path'),
  'private-key-given': error(
    'a private key was given where a certificate is expected',
    'give the certificate; keep the private key with the client, and replace it if it was committed',
  ),
  'credential-given': error(
    'this text, which is stored where many can read it, holds what looks like a private key or a token',
    'remove it from the text, and replace the credential if it was committed',
  ),
  'invalid-certificate-id': error('this is not the id of a certificate', 'give the id of a certificate of the org'),
  'invalid-custom-scope': error('this is not the name of a custom scope', 'give the API name of a custom scope'),
  'invalid-duration': error('the duration is not one that Salesforce takes', 'choose one that is allowed'),
  'invalid-email': error('this is not an email address', 'give an email address'),
  'invalid-ip-range': error('this is not an IP range that Salesforce takes', 'correct the range'),
  'invalid-org-id': error('this is not the id of an org', 'give the organization id from Setup > Company Information'),
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
    'this is not the API name of a permission set',
    'give the API name from Setup, Permission Sets',
    { allowed: 'a letter first, then letters, digits and underscores; a namespace prefix if it comes from a package' },
  ),
  'invalid-profile': error('this is not the name of a profile', 'give the name of a profile'),
  'invalid-text': error('the text is too long, empty, or has characters that are not allowed', 'correct the text'),
  'invalid-url': error('this is not a URL that is allowed here', 'correct the URL'),
  'invalid-username': error('this is not a username', 'give the username, not the email address or the id'),
  'unknown-scope': error('there is no OAuth scope of this name', 'choose one of the scopes'),

  // Which option goes with which kind, platform, engine and version
  'option-not-offered': error('this kind of client has no such option', 'remove it, or declare another kind of client'),
  'option-of-another-platform': error('the option is for the other platform', 'remove it, or change platform'),
  'option-of-another-engine': error('the option is for the other engine', 'remove it, or change engine'),
  'not-on-connected-app': error(
    'a Connected App has no such option in any Metadata API version',
    'remove the option, or declare an External Client App',
    { allowed: 'the option with platform: Platform.EXTERNAL_CLIENT_APP, the default' },
  ),
  'not-a-connected-app': error(
    'the scope is enabled for an External Client App, which names its scopes itself',
    'write the scope into customScopes of the app instead',
  ),
  'engine-cannot': error('the null engine cannot do what the option says', 'remove the option', {
    allowed: 'engine provider',
  }),
  'needs-newer-api-version': error(
    '{what} exists since Metadata API {since}, and this org uses {apiVersion}',
    'raise apiVersion of the SalesforceOrg, or remove {option}',
    { allowed: 'apiVersion {since} or newer' },
  ),
  'needs-older-api-version': error(
    'a part of the option is gone since Metadata API {gone}, and this org uses {apiVersion}',
    'lower apiVersion of the SalesforceOrg, or remove {option}: then it stays as it is in the org',
    { allowed: 'apiVersion {until} or older' },
  ),
  'output-unknown': error(
    'the engine null does not know {title} in Terraform',
    'use Engine.PROVIDER, or read it from the receipt of the apply or from `client-apps outputs`',
    { allowed: 'engine provider, or a value read after the apply' },
  ),
  'cdk-missing': error(
    'neither cdktf nor cdktn (CDK Terrain) is installed, and a program that declares apps needs one of them',
    'run npm install cdktf@0.21 constructs@~10.7.2, or npm install cdktn@0.24 constructs@~10.7.2',
    { allowed: 'cdktf 0.21 or cdktn 0.24, with constructs 10' },
  ),
  'cdk-of-stack-missing': error(
    'the stack comes from {name}, and this package finds only {other} from where it is installed',
    'install {name} in the project in which cdktf-salesforce-client-apps is installed, or import the stack from {other}',
    { allowed: 'a TerraformStack of {other}' },
  ),
  'null-provider-missing': error(
    'Engine.NULL with cdktf needs the package @cdktf/provider-null, which is not installed',
    'run npm install @cdktf/provider-null@11, or use the default engine',
    { allowed: '@cdktf/provider-null 11' },
  ),
  'provider-missing': error(
    'the Terraform provider is not in the installed package',
    'install the package again, or use Engine.NULL',
    { allowed: 'a complete installation' },
  ),

  // What does not fit together
  'missing-justification': error(
    'an option that weakens the app needs a justification',
    'add a justification, or go back to the secure default by removing the option',
  ),
  'superfluous-justification': error(
    'there is a justification although the option is in its secure position',
    'remove the justification: an exception that excuses nothing misleads the reviewer',
    { allowed: 'no justification here' },
  ),
  'superfluous-option': error(
    'there is a certificate although native login is off',
    'remove it, or set enabled to true',
    { allowed: 'no certificate here' },
  ),
  'justification-incomplete': error('the justification lacks a reason, an approver or an end', 'complete it'),
  'justification-expired': error(
    'the justification ended on {expires}',
    'remove what it excuses, or have it approved again with a new date',
    { allowed: 'a justification that holds on {today}' },
  ),
  'justification-expired/app': error(
    'the justification ended on {expires}',
    'have it approved again with a new date, remove what it excuses, or go on without this app: {--except}',
    { allowed: 'a justification that holds on {today}' },
  ),
  'justification-too-long': error(
    'the justification lasts more than a year',
    'choose a date at most one year ahead, and review the exception by then',
  ),
  'justification-too-long/app': error(
    'the justification lasts more than a year',
    'correct the clock of this computer or the date in the code, or go on without this app: {--except}',
    { allowed: 'a date from {today}, which this computer takes for today, to {latest}' },
  ),
  'no-way-in': error('the machine has no way to sign in', 'add certificate: Certificate.fromFile(…)', {
    allowed: 'certificate (JWT bearer flow), clientCredentials with a justification, or both',
  }),
  'machine-needs-pre-authorization': error(
    'a machine cannot approve an app for itself',
    'name the permission set that the integration user holds',
    { allowed: 'PermittedUsers.preAuthorized({ permissionSets: […] })' },
  ),
  'no-permission-set': error(
    'the JWT bearer flow lets in holders of a listed permission set only, and none is listed',
    'name the permission set that the integration user holds',
    { allowed: 'at least one permission set' },
  ),
  'full-without-api': error(
    'Full alone does not let a machine in: the token endpoint answers that no valid scope is defined',
    'replace Scope.FULL by Scope.API',
    { allowed: 'Api, with or without others' },
  ),
  'scopes-give-no-token': warning(
    'the scope RefreshToken alone lets a machine do nothing, and Salesforce issues no token for it',
    'add what the machine calls, usually Scope.API',
  ),
  'scope-needs-jwt': error(
    'the scope {scope} is for {service} opaque access tokens',
    'state accessTokens: AccessTokens.jwt(), or remove the scope {scope}',
    { allowed: 'JWT access tokens' },
  ),
  'guest-needs-jwt': error(
    'guests get JWT access tokens, and this app issues opaque ones',
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
    'the option is about refresh tokens, and without the scope RefreshToken no one gets one',
    'add Scope.REFRESH_TOKEN, or remove {option}',
  ),
  'id-token-never-issued': warning(
    'the option is about ID tokens, and without the scope OpenID no one gets one',
    'add Scope.OPENID, or remove idToken',
  ),
  'trusts-every-address': warning(
    'the range trusts every IPv4 address there is, so no one is ever asked to verify who they are',
    'state the addresses that logins really come from, or remove the range',
  ),
  'start-page-switched-off': warning(
    'the start page is the one of the SAML plugin, which disabledPlugins switches off',
    'choose StartPage.NONE or StartPage.custom(…), or leave SAML on',
  ),
  'certificate-key-unusable': error(
    'the certificate holds a key of type {type}, and the JWT bearer flow verifies RS256 only',
    HOW_TO_REPLACE,
    { allowed: 'an RSA key' },
  ),
  'certificate-expired': warning('the certificate {end}', HOW_TO_REPLACE),
  'certificate-expires-soon': warning('the certificate {end}', HOW_TO_REPLACE),
  'certificate-shared-by-orgs': warning(
    'the app {other} of another org has the same certificate, so one key opens both orgs',
    'make a key pair for each org and write PerOrg.of({ … })',
    { allowed: 'a certificate of its own for each org' },
  ),
} as const;
