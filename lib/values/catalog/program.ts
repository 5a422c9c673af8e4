import { error, warning } from './entry';

const ALLOW_CODE_AND_CREDENTIALS =
  'add {org}.oauthSettings({ allowCodeAndCredentialsFlow: true }), or {org}.assumes({ codeAndCredentialsFlow: true }) if another team owns the setting';
const CODE_AND_CREDENTIALS_ORG =
  'an org that allows Authorization Code and Credentials Flows; they are blocked by default';

/** What the parts of a program are to each other: apps, orgs and records that do not fit together. Found at synth. */
export const PROGRAM = {
  'no-org': error('{what} is not inside a SalesforceOrg', "write new {type}(org, '{id}', …)", {
    allowed: 'a SalesforceOrg, or a construct below one, as the first argument',
  }),
  'duplicate-api-name': error(
    '{other} has the same API name; names are not case-sensitive',
    'set apiName of one of the two',
    { allowed: 'a name that is unique among its type in the org' },
  ),
  'duplicate-api-name/app': error(
    'the app {other} has the same API name; names are not case-sensitive',
    'set apiName of one of the two',
    { allowed: 'a name that no other app of the org has' },
  ),
  'duplicate-api-name/record': error(
    '{other} has the same name; names are not case-sensitive',
    'set apiName of one of the two',
    { allowed: 'a name that no other record of its type has' },
  ),
  'duplicate-org-name': error(
    'the org {other} in the same stack has the same name; names are not case-sensitive',
    'choose another construct id for one of the two',
    { allowed: 'a construct id that no other SalesforceOrg of the stack has' },
  ),
  'duplicate-terraform-address': error(
    'the Terraform address {address} is already used by {other}',
    'set apiName, or choose another construct id for the SalesforceOrg',
    { allowed: 'an address that nothing else in the stack has' },
  ),
  'stated-twice': error('{method} is called {count} times for this org', 'merge the calls into one', {
    allowed: 'one call that states everything',
  }),
  contradiction: error('two declarations in the program contradict each other', 'remove one of the two'),
  'contradiction/pkce': error(
    'the app does not require PKCE, but the org requires it for every app, so clients that do not use it would still fail',
    'remove pkce here, or requirePkce from {org}.oauthSettings',
    { allowed: 'PKCE required by the app, or not required by the org' },
  ),
  'code-and-credentials-not-allowed': error(
    'the app uses the Authorization Code and Credentials Flow, but nothing declares that the org allows it',
    ALLOW_CODE_AND_CREDENTIALS,
    { allowed: CODE_AND_CREDENTIALS_ORG },
  ),
  'code-and-credentials-not-allowed/blocked': error(
    'the app uses the Authorization Code and Credentials Flow, but the program declares that the org blocks it',
    ALLOW_CODE_AND_CREDENTIALS,
    { allowed: CODE_AND_CREDENTIALS_ORG },
  ),
  'two-default-handlers': error(
    '{other} is already the default handler of {app}',
    'set isDefault: false for {app} in one of the two',
    { allowed: 'one default handler for each app' },
  ),
  'handler-without-token-exchange': error(
    '{app} does not use the token exchange flow, so the handler can do nothing for it',
    'add tokenExchange to {declaredAs}, or remove {app} from enabledFor',
    { allowed: 'apps with tokenExchange: { enabled: true, justification }' },
  ),
  'description-may-be-refused': warning(
    'according to Salesforce, the description of a custom scope must be alphanumeric',
    'remove the punctuation if the deploy refuses it',
    { allowed: 'letters, digits and spaces' },
  ),
  'known-app-unusable': error('{problem}', 'correct the call of knows', {
    allowed: 'app, owner, purpose and review (YYYY-MM-DD), all of them given, and each app once',
  }),
  'exemption-out-of-place': error(
    'the first argument is neither an app of this org nor the org itself',
    "pass the app's construct as the first argument",
    { allowed: 'the construct of an app in this SalesforceOrg, or the SalesforceOrg' },
  ),
  'test-subject-unusable': error(
    'the test subject is neither a construct of a program nor a manifest',
    'pass the App, a SalesforceOrg, a client app construct, or a manifest',
    { allowed: 'a construct, or a result of synthManifests' },
  ),
  'test-of-no-app': error(
    'the test subject contains no client app of this program',
    'pass the construct of a client app, or one that contains some',
    { allowed: 'a construct that is, contains or belongs to a SalesforceOrg' },
  ),
  'test-of-several-orgs': error(
    'the test expects one org, but the program declares {count}',
    'pass one SalesforceOrg, or its manifest',
    { allowed: '{orgs}' },
  ),
  'test-of-several-apps': error(
    'the test expects one client app, but the program declares {count}',
    'pass the construct of one client app, or its API name as well',
    { allowed: '{apps}' },
  ),
} as const;
