import { markdownTable } from '../values/markdown-table';
import type { Queryable } from './query/table';
import { TABLES, TOOLING_TABLES } from './query/tables';
import { resolveSwitches } from './resolve-switches';
import { ROUTES } from './rest/dispatch';
import { APP_DAMAGES } from './sandbox/damage';
import { NEWEST_KNOWN_VERSION, OLDEST_KNOWN_VERSION, schemaOf } from './schema/schema';
import { METADATA_TYPES } from './schema/types';
import { SOAP_OPERATIONS } from './soap/dispatch';
import { SWITCHES } from './switches';
import { SOURCE_MEMBER } from './tracking/source-members';
import { USAGE_TOOLING_TABLES, usageTables } from './usage/tables';

/** How the org behaves where a client might not expect it. */
const QUIRKS: readonly string[] = [
  'A written record is replaced as a whole: what is left out falls back to its default, a certificate left out is gone.',
  'Retrieve and read give every boolean of the global OAuth settings that the reading version knows, elements in alphabetical order, `label` when none was stated, and never an empty element.',
  '`consumerSecret` comes back only while `enableConsumerSecretApiAccess` is on; of Connected Apps never.',
  '`consumerKey`, `oauthLink` and `orgScopedExternalApp` are made once and survive every update.',
  'Policy records appear unasked, named after the app or its OAuth settings; a policy under another name is then DUPLICATE_VALUE.',
  'Scopes come back in the platform’s order; those of Connected Apps with synonyms folded (OfflineAccess, Email …).',
  'Permission sets and profiles of a policy come back sorted.',
  'One deploy at a time; the others wait. A status call sees it unfinished at least `unfinishedPolls` times.',
  'A retrieve zip is handed out once.',
  'A member that does not exist is a message of the retrieve, not a failure; of readMetadata an empty record.',
  '`shouldRotateConsumerKey` and `…Secret` rotate at once and give a warning, which fails a deploy unless ignoreWarnings is true.',
  'Deleting what is not there gives a warning.',
  'An empty `permissionSetName` of a Connected App takes all assignments away; none at all leaves them alone.',
  'A JWT access token is INVALID_SESSION_ID for SOAP below version 68.',
  'A sandbox tracks its source (`--sandbox`, `sandbox` of org.json, or a refresh): SourceMember has a row for each component that a deploy or a call changed since, with a revision that is counted over the org. What is deleted keeps its row, and is obsolete.',
  'In profile `production`: NoTestRun, rollbackOnError=false, allowMissingFiles, autoUpdatePackage and purgeOnDelete are refused.',
  'Doubled slashes in paths are taken for one.',
  'Every call takes API Enabled; the Metadata API takes Modify Metadata or Modify All Data, the credentials resources External Client App Developer and View Client Secret, the usage resources External Client App Admin. A permission is held by profile, permission set or permission set group; what org.json says of the deploying user comes first.',
  'Writing, validating or deleting a component is INSUFFICIENT_ACCESS_OR_READONLY without External Client App Developer (apps and their settings), External Client App Admin (their policies), or for Connected Apps Customize Application with Modify All Data or Manage Connected Apps; their permission sets and profiles take Customize Application, Modify All Data, and Manage Profiles and Permission Sets.',
  'OauthToken, LoginHistory and AuthSession show a user without the permission their own rows only, SetupAuditTrail shows none, and neither says so.',
  'A query of OauthToken gives 500 rows a page and 2,500 in all; COUNT() counts every one. Its Id is null.',
  'A sandbox takes no assertion whose audience is https://login.salesforce.com.',
  'A deleted app takes its tokens along. A revoked refresh token or DeleteToken ends the access tokens that came from it; a revoked access token ends alone.',
  'The identity URL of another user answers to employees with API Enabled and the scope api or full; userinfo is always of the caller.',
];

/** What is refused although a real org might do it. */
const REFUSED: readonly string[] = [
  'Metadata types outside the table above: deploy and retrieve name them as unknown.',
  'retrieve by packageNames, specificFiles or rootTypesWithDependencies.',
  'SOQL beyond SELECT of fields, COUNT, COUNT_DISTINCT, MIN and MAX, WHERE with =, !=, <, <=, >, >=, IN and NOT IN joined by AND, GROUP BY, ORDER BY, LIMIT and OFFSET; LIKE without escapes.',
  'OAuth grants other than authorization code, refresh token, JWT bearer, client credentials, device and token exchange; response types other than code, code_credentials and device_code; a code challenge method other than S256.',
  'Asset tokens (unsupported_grant_type), hybrid tokens, headless registration and password reset.',
  'Deploy options the Metadata API does not have.',
  'Source tracking outside a sandbox: there is no SourceMember, as in a production org, and `sf project deploy preview` says so. SourceMember is only read: its records cannot be written, as a new scratch org does to them.',
];

/** Where the emulator is known to differ from an org. */
const DIFFERENT: readonly string[] = [
  `Field by field, versions ${OLDEST_KNOWN_VERSION} to ${NEWEST_KNOWN_VERSION} are known; calls with an older one see no external client app types, and the others as in ${OLDEST_KNOWN_VERSION}.`,
  'New and changed apps work at once: there is no time of propagation. Fault injection at `token` stands in for it.',
  'Error texts that public sources do not show are the emulator’s own; their status codes are Salesforce’s.',
  'Apex classes and certificates of Setup come from the seed; they are neither deployed nor retrieved, and nothing runs.',
  'No Apex tests run, whatever the test level.',
  'Deploy and retrieve jobs do not outlive the process.',
  'Files and lists name the deploying user as author of every component; a deploy names the user whose session asked for it.',
  'A login that gets a refresh token is a row of OauthToken of its own, five at most for a user and app; other logins of a user share a row.',
  'Every user’s password is `emulator`; the login and consent pages are plain forms. The header X-Emulator-Ip says where a call comes from.',
  'The Experience Cloud site answers under the org’s own address; who belongs to it, the seed says (`site` of a user). A headless login counts as consent. Credentials in a POST body are username and password; a one-time password comes in the Basic header even where user credentials must be in the body, and is always 000000.',
  'A guest’s JWT names the visitor in the claim uvid, and the guest user of the seed in the others.',
  'The identity URL and userinfo say what the seed knows of a user: no address, phone, photo or locale; members of a site are CSP_LITE_PORTAL, sharing rules hide no user, and a token in the parameter oauth_token is not read.',
  'Single logout is of the front channel, as Salesforce documents it, and its form is unverified: a GET at the end_session_endpoint (`/services/auth/idp/oidc/logout`) logs out the browser, which the login page gave a cookie, and its page calls in frames the single logout URL of each app that was logged in to from there, that of the policy before that of the settings. Parameters such as post_logout_redirect_uri are not read; whether Salesforce frames or redirects, says whose logout it is, or ends tokens is not published: none is ended.',
  'A device flow lasts ten minutes; user codes have eight characters. A secret that a device sends is compared, and none is demanded.',
  'Token exchange handlers do not run: which username the Apex class finds for a token, the seed says (`subjects` of a class). None creates a user.',
  'Login IP ranges of profiles bind at the token endpoint (JWT bearer, client credentials, refresh token), not on the login page; the refresh token allowlist binds on both. Trusted IP ranges and session levels are stored and not enforced.',
  'Login sub types are spelled as the emulator thinks fit; only logins through the token endpoint and those of the seed are in LoginHistory.',
  'Event log files and installed packages come from the seed; nothing that happens in the emulator adds to them.',
  'SetupAuditTrail gets one row for each app, settings record, scope or token exchange handler of a change; but for insertConnectedApplication and the section Connected Apps, its words are the emulator’s own. Rows older than 180 days by the org’s clock are gone.',
  'The fields of a user in the usage resources (userIdentifier, username) are inferred from those of a token.',
  'Uninstalled apps, whose record is in another org, come from the seed. API Access Control refuses them new tokens, and ends none that was given out.',
  'Record ids are counted up; prefixes other than those of orgs, users, apps, Connected Apps, consumers, permission sets and jobs are invented.',
  'The resource `limits` names the daily API requests alone. Every call of the REST and SOAP APIs counts, for 24 full hours; none is refused unless `--api-requests` or `/__emulator/limits` says how many there are.',
  'Source tracking knows every type above; which of them Salesforce tracks is not published. Settings are members by their own type (`SecuritySettings`), as the Salesforce CLI says that it finds them; a new component counts as new until it is changed.',
  'A parameter that an OAuth endpoint is given twice is invalid_request, as RFC 6749 has it; which of the two Salesforce takes is not published.',
  'Names are compared with regard to case.',
  'Tokens and secrets say EMULATOR; nothing is encrypted or hashed.',
];

/**
 * What POST /__emulator/sandbox-refresh does, with how sure that is: documented by Salesforce, reported by users of public
 * tools, or assumed.
 */
const REFRESH: readonly (readonly [what: string, confidence: 'documented' | 'reported' | 'assumed'])[] = [
  ['Another org id; Organization.IsSandbox is true; every session has ended.', 'documented'],
  ['Usernames end in `.` and the name of the sandbox, e-mail addresses in `.invalid`.', 'documented'],
  ['With `active_users`, all other users but the one that deploys are inactive (selective access).', 'documented'],
  ['Connected Apps are copied with key and secret.', 'documented'],
  ['Local external client apps: see `refreshedLocalApps`.', 'reported'],
  ['Packaged external client apps: see `refreshedPackagedApps`.', 'reported'],
  ['Tokens, authorization codes, staged credentials, logins and the setup audit trail are not copied.', 'assumed'],
  ['`orgScopedExternalApp` and `oauthLink` of a copied app name the source org until the next write.', 'assumed'],
  ['Deploys of the source are unknown to the copy.', 'assumed'],
  [
    'Key, certificate, assignments, org settings and run-as users: see the switches that begin with `refresh`.',
    'assumed',
  ],
];

const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');

/** What the emulator does, refuses and is known to do otherwise, as Markdown: the text of COVERAGE.md. */
export function coverageMarkdown(): string {
  const types = METADATA_TYPES.map(({ name, manifest, member, directory, suffix }) => [
    name,
    member === undefined ? manifest : `${manifest}: ${member}`,
    `${directory}/*.${suffix}`,
    String(Math.max(schemaOf(name)?.since ?? 0, OLDEST_KNOWN_VERSION)),
  ]);
  const routes = ROUTES.map(({ method, pattern, versioned, operation }) => [
    method,
    `\`${versioned ? '/services/data/vXX.0' : ''}${readable(pattern)}\``,
    operation,
  ]);
  const switches = Object.entries(SWITCHES).map(([name, fact]) => [
    `\`${name}\``,
    'mid2026' in fact ? `${fact.standard} (mid-2026: ${fact.mid2026})` : String(fact.standard),
    fact.about,
  ]);
  const tooling = { ...TOOLING_TABLES, ...USAGE_TOOLING_TABLES, SourceMember: SOURCE_MEMBER };
  const fieldsIn = (tables: Readonly<Record<string, Queryable>>, suffix = ''): readonly (readonly string[])[] =>
    Object.entries(tables).map(([name, { fields }]) => [`${name}${suffix}`, fields.join(', ')]);
  const objects = [
    ...fieldsIn({ ...TABLES, ...usageTables(resolveSwitches('developer'), { now: '' }) }),
    ...fieldsIn(tooling, ' (Tooling API)'),
  ];
  return (
    [
      '# What the emulator covers',
      'Written by `npm run generate` from the code.',
      '## SOAP operations of the Metadata API',
      Object.keys(SOAP_OPERATIONS).join(', '),
      '## REST resources',
      markdownTable(['method', 'path', 'operation'], routes),
      '## Metadata types',
      markdownTable(['type', 'in package.xml', 'files', 'since (or older)'], types),
      '## Objects that can be queried',
      markdownTable(['object', 'fields'], objects),
      '## Behavior worth knowing',
      list(QUIRKS),
      '## Sandbox refresh',
      'The org becomes a sandbox copied from itself. `apps` says for single apps what breaks: ' +
        `${APP_DAMAGES.join(', ')}; an empty list means none.`,
      markdownTable(['what', 'confidence'], REFRESH),
      '## Refused',
      list(REFUSED),
      '## Known to differ',
      list(DIFFERENT),
      '## Switches',
      'What public sources leave open, contradict or place in some orgs only. `npm run contract` asks an org for them: [docs/contract.md](../../docs/contract.md).',
      markdownTable(['switch', 'default', 'when on, or what it is'], switches),
      '',
    ]
      .join('\n\n')
      .trimEnd() + '\n'
  );
}

/** A route's pattern as people write paths. */
const readable = (pattern: RegExp): string =>
  pattern.source
    .replace(/^\^|\$$/g, '')
    .replaceAll('\\/?', '')
    .replaceAll('\\/', '/')
    .replace(/\((?:[^()]*)\)(-\([^()]*\))?/g, '{id}');
