import { error, note, warning } from './entry';

const BOTH_PERMISSIONS = 'give the connected user View Setup and Configuration and Customize Application';

const APEX_CLASS =
  'the name of an Apex class of this org, with the namespace of its package, if it has one (ns__Class)';

const CUSTOM_SCOPES = 'names of custom scopes in this org or declared in this program';

const SERVED = 'every app that {record} serves in the org, unless it is removed in Setup first';

/** What an app needs of the org around it: switches, certificates, sites, scopes, classes. Judged before every write. */
export const PREREQUISITES = {
  // The org
  'api-version-not-offered': error(
    'the org does not offer API version {version}',
    'set apiVersion on the SalesforceOrg to one the org offers, and synthesize again',
  ),
  'reading-incomplete': error(
    'the org could not return everything: {problem}',
    'give the connected user the permissions of docs/bootstrap.md, or repair the component in Setup',
    { allowed: 'apps are created only when everything could be read', also: 'warning' },
  ),
  'fact-unread': note(
    '{reason}',
    'if a permission is missing, docs/bootstrap.md lists those that the connected user needs',
  ),
  'prerequisite-unchecked': note('a prerequisite could not be checked', 'check it in Setup'),
  'prerequisite-unchecked/certificate': note(
    'not checked: whether the org has the certificate, and whether it is still valid',
    'check Certificate and Key Management in Setup; the deploy fails without it',
  ),
  'prerequisite-unchecked/apex-class': note(
    'not checked: whether the org has the Apex class',
    'check Apex Classes in Setup; the deploy fails without it',
  ),
  'assumption-unreadable': error(
    'what the code assumes about the org could not be checked: {reason}',
    'give the connected user View Setup and Configuration, or remove the assumption',
  ),
  'assumption-wrong': error(
    'the code assumes that the org {verb} the Authorization Code and Credentials Flow, but it does not',
    'have the owners of the org settings change them, or correct the assumption',
  ),
  'org-switch-off': error(
    'the app uses the Authorization Code and Credentials Flow, which this org blocks for every app',
    {
      construct: 'declare oauthSettings({ allowCodeAndCredentialsFlow: true }) for the org',
      terraform:
        'add a salesforce_oauth_settings resource with oauth_oidc = { oauth_cd_crdt_flow_enable = true } that this app depends on',
      always: 'have the owners of the org turn it on',
    },
    { allowed: 'Setup > OAuth and OpenID Connect Settings > Allow Authorization Code and Credentials Flows: on' },
  ),
  'org-switch-unreadable': warning(
    'could not read whether the org allows the Authorization Code and Credentials Flow',
    'check Setup > OAuth and OpenID Connect Settings by hand',
  ),
  'org-switch-opens-apps': warning(
    'the setting applies to the whole org: it also opens the Authorization Code and Credentials Flow for {apps}',
    'turn the flow off in each app that must not have it, or review this plan and apply it as it is',
    { allowed: 'no other app of the org has the flow on, or a reviewer has accepted that these open' },
  ),
  'pkce-required-by-org': warning(
    'the org requires PKCE for every app, so clients of this app fail without it, whatever the app itself requires',
    'remove pkce here and have the client send a code_challenge',
    { allowed: 'PKCE required by the app, or not required by the org' },
  ),
  'settings-unreadable': error('the org’s {title} cannot be read: {reason}', BOTH_PERMISSIONS, {
    allowed: 'a settings record is written only if all of it could be read',
  }),
  'record-unreadable': error(
    'the org’s {title} {name} cannot be read: {reason}',
    `${BOTH_PERMISSIONS}, or repair it in Setup`,
    {
      allowed: 'a record is written only if all of it could be read',
    },
  ),
  'security-settings-unreadable': error(
    'the OAuth security settings of {app} cannot be read: {reason}',
    'remove the option, which leaves the record as it is in the org',
    { allowed: 'a record is written only if all of it could be read' },
  ),
  'experimental-option': warning(
    'Salesforce has not documented this record, and according to one report it cannot be deployed: if so, the apply of the app is refused as a whole, and nothing changes',
    'if it is refused, remove the option and set the values in Setup',
  ),

  // Certificates and tokens
  'certificate-undeclared': error(
    'the app has a certificate, but the code declares none: anyone with its key can still get access tokens',
    {
      cli: 'declare the certificate that the clients sign with, or pass {--allow-certificate-removal}',
      terraform: 'set the argument certificate, or remove the certificate with {--allow-certificate-removal}',
    },
    {
      allowed: 'a declared certificate, or explicit consent to its removal, which stops every client that uses it',
    },
  ),
  'certificate-would-be-lost': error(
    'the org does not report whether this app has a certificate, and this change would remove it',
    {
      cli: 'declare the certificate that the clients sign with, or pass {--allow-certificate-removal} if no client signs in with one; once is enough',
      terraform: 'set the argument certificate, or {--allow-certificate-removal} if no client signs in with one',
    },
    { allowed: 'a declared certificate, or explicit confirmation that the app has none' },
  ),
  'certificate-unknown': note(
    'it is not known whether this app has a certificate: the org does not report it, and no run has recorded it',
    'declare the certificate that the clients sign with, or pass {--allow-certificate-removal} if no client signs in with one; once is enough',
  ),
  'signing-certificate-missing': error(
    'the org has no such certificate',
    'create it in Setup > Certificate and Key Management, or set the id for this org with PerOrg',
  ),
  'signing-certificate-expired': error(
    'the certificate that signs asset tokens {end}',
    'create a new one in Setup > Certificate and Key Management, and use its id',
    { allowed: 'a certificate that is valid today' },
  ),
  'signing-certificate-expires-soon': warning(
    'the certificate that signs asset tokens {end}',
    'create a new one, use its id, and give the certificate to everyone who verifies asset tokens',
  ),
  'token-format-kept': note(
    'kept as it is: the app issues JWT access tokens, and the code does not set accessTokens',
    'set accessTokens; opaque tokens break clients of hosted MCP servers, the Agent API and the Models API',
    { allowed: 'AccessTokens.jwt(…) to keep JWTs, AccessTokens.opaque(…) to stop issuing them' },
  ),
  'jwt-tokens-refused-by-soap': warning(
    'SOAP APIs before version 68, including the Metadata API, reject JWT access tokens',
    'keep AccessTokens.opaque(…) if a client uses SOAP, as data loaders and older deployment tools do',
    { allowed: 'JWTs for clients that use REST only' },
  ),
  'jwt-tokens-refused-by-soap/live': warning(
    'SOAP APIs before version 68, including the Metadata API, reject JWT access tokens, so clients of this app that use them stop working',
    'keep AccessTokens.opaque(…) if a client uses SOAP, as data loaders and older deployment tools do',
    { allowed: 'JWTs for clients that use REST only' },
  ),
  'server-wins': warning(
    'Salesforce forces this to true in this org, although the code says false',
    'remove this value from the code: the org no longer allows it',
  ),

  // Sites, classes, scopes and handlers
  'no-live-site': warning(
    'headless login works at the address of an Experience Cloud site, and the org has no active site',
    'publish the site; until then every login through the app fails',
    { allowed: 'an active Experience Cloud site whose members are the customers or partners who log in' },
  ),
  'site-does-not-allow': warning(
    'no active Experience Cloud site of the org allows headless {what}',
    'turn it on in the workspace of the site (Login & Registration), or remove it here',
    { allowed: 'an active site with that headless API turned on' },
  ),
  'headless-settings-unchecked': note(
    'not checked, because these are settings of the site, not of the app: {what}',
    'check them in the workspace of the site (Login & Registration)',
  ),
  'start-page-without-saml': warning(
    'the start page comes from the SAML plugin, but the app has no SAML plugin in this org',
    'set SAML up for the app in Setup, or choose StartPage.NONE or StartPage.custom(…)',
    { allowed: 'StartPage.SAML for an app with single sign-on by SAML' },
  ),
  'apex-class-missing': error(
    'the org has no Apex class with this name',
    'deploy the class first, or correct the name',
    {
      allowed: APEX_CLASS,
    },
  ),
  'apex-class-missing/namespace': error(
    'the org has no Apex class with this name',
    'include its namespace; the org has {names}',
    { allowed: APEX_CLASS },
  ),
  'apex-class-deleted': error(
    'the Apex class is marked for deletion',
    'use the class that replaces it, or restore this one',
    { allowed: 'a class whose status is Active' },
  ),
  'apex-class-invalid': warning(
    'a dependency of the Apex class has changed since the class was compiled; if it no longer compiles, it fails when it is called',
    'run Setup > Apex Classes > Compile all classes, and correct what does not compile',
    { allowed: 'a class that is compiled (IsValid)' },
  ),
  'custom-scope-missing': error(
    'the org has no custom scope named {names}',
    'declare it with new OauthCustomScope(…), or correct the name',
    { allowed: CUSTOM_SCOPES },
  ),
  'custom-scopes-unread': warning(
    'it is not known whether the org has the custom scope {names}: {reason}',
    'declare it with new OauthCustomScope(…), or correct the name',
    { allowed: CUSTOM_SCOPES },
  ),
  'token-exchange-handler-missing': warning(
    'no token exchange handler of the org is enabled for {app}, so every exchange is refused',
    'declare a new OauthTokenExchangeHandler(…) with the app in enabledFor, or remove tokenExchange',
  ),
  'token-exchange-handlers-unread': warning(
    'it is not known whether a token exchange handler is enabled for {app}: {reason}',
    'declare a new OauthTokenExchangeHandler(…) with the app in enabledFor, or remove tokenExchange',
  ),
  'app-missing': error(
    'there is no {platform} {app} in the org or in the code',
    'correct the name, or declare the app',
    { allowed: 'API names of apps in this org or declared in this program', also: 'warning' },
  ),
  'would-cut-off-other-app': error(
    'in the org, {record} also serves {app}, which is not declared here and would be cut off',
    {
      construct: 'add {app} to {option}',
      terraform: 'add the app to this resource',
      always: 'remove it in Setup first',
    },
    { allowed: SERVED },
  ),
  'would-cut-off-other-app/ours': warning(
    '{record} serves {app} in the org, but will no longer do so',
    'add {app} to {option}, or remove it in Setup first',
    { allowed: SERVED },
  ),
  'value-known-to-terraform': error(
    'the values of {options} come from other Terraform resources, so they are known only to Terraform',
    'use terraform plan and terraform apply for this org',
    { allowed: '{what} with values that are all known at synth' },
  ),
  'deploying-user-lacks-permission': error(
    'the deploying user lacks the user permission {permission}; without it, {consequence}',
    'assign it, preferably through the permission set Client_Apps_Deployer (docs/bootstrap.md)',
    { also: 'warning' },
  ),
  'deploying-user-lacks-permission/connected-apps': warning(
    'the deploying user lacks the user permission {permission}; without it, {consequence}',
    'assign it, preferably through the permission set Client_Apps_Deployer_Connected_Apps (docs/bootstrap.md)',
  ),
  'deploying-user-lacks-permission/assignments': warning(
    'the deploying user lacks the user permission {permission}; without it, {consequence}',
    'have an administrator apply this plan, or assign the permission sets in Setup: no permission set of this package grants it (docs/bootstrap.md)',
  ),
  'deploying-user-permissions-unread': note(
    'could not read whether the deploying user has {permissions}{reason}',
    'compare its permissions with docs/bootstrap.md; the org refuses whatever they do not cover',
  ),
} as const;
