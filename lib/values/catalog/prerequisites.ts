import { error, note, warning } from './entry';

const BOTH_PERMISSIONS = 'give the connected user View Setup and Configuration and Customize Application';

const APEX_CLASS = 'the name of an Apex class of this org, with the namespace of its package, if any (ns__Class)';

const CUSTOM_SCOPES = 'names of custom scopes that exist in this org or are declared in this program';

const SERVED = 'every app of the org that {record} serves, or is to serve no more by a change in Setup';

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
    'where that is a missing permission: docs/bootstrap.md lists those that the connected user needs',
  ),
  'prerequisite-unchecked': note('a prerequisite could not be checked', 'check it in Setup'),
  'prerequisite-unchecked/certificate': note(
    'not checked: whether the org has the certificate, and it has not ended',
    'look at Certificate and Key Management in Setup; the deploy fails without it',
  ),
  'prerequisite-unchecked/apex-class': note(
    'not checked: whether the org has the Apex class',
    'look at Apex Classes in Setup; the deploy fails without it',
  ),
  'assumption-unreadable': error(
    'what the code assumes about the org could not be checked: {reason}',
    'give the connected user View Setup and Configuration, or drop the assumption',
  ),
  'assumption-wrong': error(
    'the code assumes that the org {verb} the Authorization Code and Credentials Flow, and it does not',
    'have the owners of the org settings change them, or correct the assumption',
  ),
  'org-switch-off': error(
    'the app uses the Authorization Code and Credentials Flow, which this org blocks for every app',
    {
      construct: 'declare oauthSettings({ allowCodeAndCredentialsFlow: true }) for the org',
      terraform:
        'add a salesforce_oauth_settings resource with oauth_oidc = { oauth_cd_crdt_flow_enable = true } that this app depends on',
      always: 'have the owners of the org switch it on',
    },
    { allowed: 'Setup > OAuth and OpenID Connect Settings > Allow Authorization Code and Credentials Flows: on' },
  ),
  'org-switch-unreadable': warning(
    'whether the org allows the Authorization Code and Credentials Flow could not be read',
    'check Setup > OAuth and OpenID Connect Settings by hand',
  ),
  'org-switch-opens-apps': warning(
    'the switch is for the whole org: it also opens the Authorization Code and Credentials Flow for {apps}',
    'switch the flow off in each app that must not have it, or review this plan and apply it as it is',
    { allowed: 'no other app of the org has the flow on, or someone reviewed that these open' },
  ),
  'pkce-required-by-org': warning(
    'the org requires PKCE of every app, so clients of this one fail without it, whatever the app says',
    'remove pkce here and let the client send a code_challenge',
    { allowed: 'PKCE required by the app, or not required by the org' },
  ),
  'settings-unreadable': error('the org’s {title} cannot be read: {reason}', BOTH_PERMISSIONS, {
    allowed: 'a settings record is written only when all of it could be read',
  }),
  'record-unreadable': error(
    'the org’s {title} {name} cannot be read: {reason}',
    `${BOTH_PERMISSIONS}, or repair it in Setup`,
    {
      allowed: 'a record is written only when all of it could be read',
    },
  ),
  'security-settings-unreadable': error(
    'the OAuth security settings of {app} cannot be read: {reason}',
    'remove the option: the record then stays as it is in the org',
    { allowed: 'a record is written only when all of it could be read' },
  ),
  'experimental-option': warning(
    'Salesforce has not documented this record, and by one report no one can deploy it: then the apply of the app is refused as a whole, and nothing changes',
    'if it is refused, remove the option and state the values in Setup',
  ),

  // Certificates and tokens
  'certificate-undeclared': error(
    'the app has a certificate and the code declares none: anyone with its key still gets access tokens',
    {
      cli: 'declare the certificate that the clients sign with, or pass {--allow-certificate-removal}',
      terraform: 'state the certificate in the argument certificate, or remove it with {--allow-certificate-removal}',
    },
    {
      allowed:
        'a declared certificate, or the stated agreement that it is removed, which stops every client that uses it',
    },
  ),
  'certificate-would-be-lost': error(
    'the org does not return whether this app has a certificate, and this change would remove it',
    {
      cli: 'declare the certificate that the clients sign with, or pass {--allow-certificate-removal} if no client signs in with one; once is enough',
      terraform:
        'state the certificate in the argument certificate, or {--allow-certificate-removal} if no client signs in with one',
    },
    { allowed: 'a declared certificate, or the stated agreement that the app has none' },
  ),
  'certificate-unknown': note(
    'whether this app has a certificate is not known: the org does not return it, and no run has recorded it',
    'declare the certificate that the clients sign with, or pass {--allow-certificate-removal} if no client signs in with one; once is enough',
  ),
  'signing-certificate-missing': error(
    'the org has no such certificate',
    'create it in Setup > Certificate and Key Management, or state the id of this org with PerOrg',
  ),
  'signing-certificate-expired': error(
    'the certificate that signs asset tokens {end}',
    'create another one in Setup > Certificate and Key Management, and state its id',
    { allowed: 'a certificate that is valid today' },
  ),
  'signing-certificate-expires-soon': warning(
    'the certificate that signs asset tokens {end}',
    'create another one, state its id, and give it to those who check asset tokens',
  ),
  'token-format-kept': note(
    'kept: the app issues JWT access tokens, and the code does not state accessTokens',
    'state accessTokens; opaque tokens break clients of hosted MCP servers, the Agent API and the Models API',
    { allowed: 'AccessTokens.jwt(…) to keep them as declared, AccessTokens.opaque(…) to end them' },
  ),
  'jwt-tokens-refused-by-soap': warning(
    'SOAP APIs before version 68, including the Metadata API, reject JWT access tokens',
    'keep AccessTokens.opaque(…) where a client uses SOAP: data loaders, older deployment tools',
    { allowed: 'JWTs for clients that use REST only' },
  ),
  'jwt-tokens-refused-by-soap/live': warning(
    'SOAP APIs before version 68, including the Metadata API, reject JWT access tokens, so clients of this app that use them stop working',
    'keep AccessTokens.opaque(…) where a client uses SOAP: data loaders, older deployment tools',
    { allowed: 'JWTs for clients that use REST only' },
  ),
  'server-wins': warning(
    'Salesforce forces this to true in this org, although the code says false',
    'remove the exception from the code: the org no longer allows it',
  ),

  // Sites, classes, scopes and handlers
  'no-live-site': warning(
    'headless login works at the address of an Experience Cloud site, and the org has no active site',
    'publish the site; until then every login of the app fails',
    { allowed: 'a live Experience Cloud site whose members are the customers or partners that log in' },
  ),
  'site-does-not-allow': warning(
    'no live Experience Cloud site of the org allows headless {what}',
    'switch it on in the workspace of the site (Login & Registration), or leave it out here',
    { allowed: 'a live site with that headless API switched on' },
  ),
  'headless-settings-unchecked': note(
    'not checked, because they belong to the site and not to the app: {what}',
    'check them in the workspace of the site (Login & Registration)',
  ),
  'start-page-without-saml': warning(
    'the start page is the one of the SAML plugin, and the app has no SAML plugin in this org',
    'set SAML up for the app in Setup, or choose StartPage.NONE or StartPage.custom(…)',
    { allowed: 'StartPage.SAML for an app with single sign-on by SAML' },
  ),
  'apex-class-missing': error('the org has no Apex class of this name', 'deploy the class first, or correct the name', {
    allowed: APEX_CLASS,
  }),
  'apex-class-missing/namespace': error(
    'the org has no Apex class of this name',
    'name it with its namespace; the org has {names}',
    { allowed: APEX_CLASS },
  ),
  'apex-class-deleted': error(
    'the Apex class is marked for deletion',
    'name the class that takes its place, or restore this one',
    { allowed: 'a class whose status is Active' },
  ),
  'apex-class-invalid': warning(
    'something that the Apex class depends on changed since it was compiled; if it no longer compiles, it fails',
    'Setup > Apex Classes > Compile all classes, and correct what does not compile',
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
    'no token exchange handler of the org is enabled for {app}, so that every exchange is refused',
    'declare a new OauthTokenExchangeHandler(…) that is enabledFor the app, or leave tokenExchange out',
  ),
  'token-exchange-handlers-unread': warning(
    'it is not known whether a token exchange handler is enabled for {app}: {reason}',
    'declare a new OauthTokenExchangeHandler(…) that is enabledFor the app, or leave tokenExchange out',
  ),
  'app-missing': error(
    'neither the org nor the code has the {platform} {app}',
    'correct the name, or declare the app',
    { allowed: 'API names of apps that exist in this org or are declared in this program', also: 'warning' },
  ),
  'would-cut-off-other-app': error(
    '{record} also serves {app} in the org, which is not declared here and would be cut off',
    {
      construct: 'add {app} to {option}',
      terraform: 'list the app in this resource',
      always: 'take it out in Setup first',
    },
    { allowed: SERVED },
  ),
  'would-cut-off-other-app/ours': warning(
    '{record} serves {app} in the org, and no longer will',
    'add {app} to {option}, or take it out in Setup first',
    { allowed: SERVED },
  ),
  'value-known-to-terraform': error(
    'the values of {options} come from other Terraform resources, so only Terraform knows them',
    'use terraform plan and terraform apply for this org',
    { allowed: '{what} whose values are all known at synth' },
  ),
  'deploying-user-lacks-permission': error(
    'the deploying user lacks the user permission {permission}; without it {consequence}',
    'assign it, best by the permission set Client_Apps_Deployer (docs/bootstrap.md)',
    { also: 'warning' },
  ),
  'deploying-user-lacks-permission/connected-apps': warning(
    'the deploying user lacks the user permission {permission}; without it {consequence}',
    'assign it, best by the permission set Client_Apps_Deployer_Connected_Apps (docs/bootstrap.md)',
  ),
  'deploying-user-lacks-permission/assignments': warning(
    'the deploying user lacks the user permission {permission}; without it {consequence}',
    'have an administrator apply this plan, or assign the permission sets in Setup: no set of ours grants it (docs/bootstrap.md)',
  ),
  'deploying-user-permissions-unread': note(
    'whether the deploying user has {permissions} could not be read{reason}',
    'compare its permissions with docs/bootstrap.md; the org refuses what is missing',
  ),
} as const;
