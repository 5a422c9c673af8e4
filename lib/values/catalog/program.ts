import { error, warning } from './entry';

const ALLOW_CODE_AND_CREDENTIALS =
  'add {org}.oauthSettings({ allowCodeAndCredentialsFlow: true }), or {org}.assumes({ codeAndCredentialsFlow: true }) where another team owns the setting';
const CODE_AND_CREDENTIALS_ORG =
  'an org that allows Authorization Code and Credentials Flows; they are blocked by default';

/** What the parts of a program are to each other: apps, orgs and records that do not fit together. Found at synth. */
export const PROGRAM = {
  'no-org': error('{what} is not inside a SalesforceOrg', "write new {type}(org, '{id}', …)", {
    allowed: 'a SalesforceOrg, or a construct below one, as first argument',
  }),
  'duplicate-api-name': error(
    '{other} has the same API name; upper and lower case make no difference',
    'set apiName of one of the two',
    { allowed: 'a name that nothing else of its type in the org has' },
  ),
  'duplicate-api-name/app': error(
    'the app {other} has the same API name; upper and lower case make no difference',
    'set apiName of one of the two',
    { allowed: 'a name that no other app of the org has' },
  ),
  'duplicate-api-name/record': error(
    '{other} has the same name; upper and lower case make no difference',
    'set apiName of one of the two',
    { allowed: 'a name that no other record of its type has' },
  ),
  'duplicate-org-name': error(
    'the org {other} of the same stack has the same name; upper and lower case make no difference',
    'choose another construct id for one of the two',
    { allowed: 'a construct id that no other SalesforceOrg of the stack has' },
  ),
  'duplicate-terraform-address': error(
    'the Terraform address {address} is taken by {other}',
    'set apiName, or choose another construct id for the SalesforceOrg',
    { allowed: 'an address that nothing else in the stack has' },
  ),
  'stated-twice': error('{method} is called {count} times for this org', 'merge the calls into one', {
    allowed: 'one call that states everything',
  }),
  contradiction: error('two statements of the program contradict each other', 'remove one of the two'),
  'contradiction/pkce': error(
    'the app does without PKCE while the org requires it of every app, so its clients would fail all the same',
    'remove pkce here, or requirePkce from {org}.oauthSettings',
    { allowed: 'PKCE required by the app, or not required by the org' },
  ),
  'code-and-credentials-not-allowed': error(
    'the app uses the Authorization Code and Credentials Flow, and nothing says that the org allows it',
    ALLOW_CODE_AND_CREDENTIALS,
    { allowed: CODE_AND_CREDENTIALS_ORG },
  ),
  'code-and-credentials-not-allowed/blocked': error(
    'the app uses the Authorization Code and Credentials Flow, which the program says the org blocks',
    ALLOW_CODE_AND_CREDENTIALS,
    { allowed: CODE_AND_CREDENTIALS_ORG },
  ),
  'two-default-handlers': error(
    '{other} is the default handler of {app} already',
    'state isDefault: false for {app} in one of the two',
    { allowed: 'one default handler for each app' },
  ),
  'handler-without-token-exchange': error(
    '{app} does not use the token exchange flow, so the handler could serve it nothing',
    'add tokenExchange to {declaredAs}, or take {app} out of enabledFor',
    { allowed: 'apps with tokenExchange: { enabled: true, justification }' },
  ),
  'description-may-be-refused': warning(
    'Salesforce documents that the description of a custom scope is alphanumeric',
    'write it without punctuation, if the deploy refuses it',
    { allowed: 'letters, digits and blanks' },
  ),
  'known-app-unusable': error('{problem}', 'correct the call of knows', {
    allowed: 'app, owner, purpose and review (YYYY-MM-DD), each stated, and each app once',
  }),
  'exemption-out-of-place': error(
    'what is to be exempt is neither an app of this org nor the org itself',
    "pass the app's construct as first argument",
    { allowed: 'the construct of an app that this SalesforceOrg holds, or the SalesforceOrg' },
  ),
  'test-subject-unusable': error(
    'a test asks about something that is neither a construct of a program nor a manifest',
    'pass the App, a SalesforceOrg, the construct of a client app, or a manifest',
    { allowed: 'a construct, or what synthManifests returns' },
  ),
  'test-of-no-app': error(
    'there is no client app of this program in it',
    'pass the construct of a client app, or one that holds some',
    { allowed: 'a construct that is, holds or belongs to a SalesforceOrg' },
  ),
  'test-of-several-orgs': error(
    'a test asks for one org, and the program declares {count}',
    'pass one SalesforceOrg, or its manifest',
    { allowed: '{orgs}' },
  ),
  'test-of-several-apps': error(
    'a test asks for one client app, and the program declares {count}',
    'pass the construct of one client app, or its API name as well',
    { allowed: '{apps}' },
  ),
} as const;
