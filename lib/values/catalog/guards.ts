import { error, note, warning } from './entry';

const PERMISSIONS = 'give the connected user the permissions of docs/bootstrap.md';
const USER = 'create or activate the user, or state the right username for this org with Username.perOrg';
const PREPARED = 'admin-approved access for which at least one active user is prepared';
const COMPLETE = 'an app is written only when all of it could be read';

/** What a reading cannot tell about two apps of one name, and what one can. */
const MIGRATION_UNKNOWN =
  'Salesforce leaves both after a migration in Setup; whether this Connected App was migrated, and whether it still issues tokens, is not in its metadata';
const WAS_MIGRATED =
  'It was migrated to the External Client App: both have the same consumer key. Salesforce keeps it read-only';
const LOOK_AT_USAGE =
  'look at Setup > Connected Apps OAuth Usage. If the External Client App is ever deleted, a Connected App that was migrated becomes active again, with the settings that it had then';
const AFTER_MIGRATION = 'after a migration, declare the External Client App instead, without platform';
const NOT_MIGRATED =
  'a Connected App that was not migrated; one that was is read-only, and Salesforce refuses to change it';
const MADE_BY_HAND = 'apps made by hand are left alone unless their adoption is asked for by name';
const KEEP = 'to keep it, declare it again or drop --prune and --allow-delete';

/** What the org must be for an app to be written: guards judge it before every plan and apply. */
export const GUARDS = {
  // Whose app it is
  'adoption-needed': error(
    'an app named {app} exists in the org and is not managed by code',
    {
      construct: 'set adopt: true in the declaration',
      cli: 'pass {--adopt}',
      terraform: 'bring it under this address with an import block (import { to = ADDRESS, id = API_NAME })',
      always: 'choose another API name',
    },
    { allowed: MADE_BY_HAND },
  ),
  'adoption-needed/at-apply': warning(
    'the org already has an app named {app}, so that the apply will refuse to create it',
    'bring it under this address with an import block, or choose another API name',
    { allowed: MADE_BY_HAND },
  ),
  'adopts-app': note(
    '{app} exists in the org and is taken over: from now on the code decides the fields it states',
    'look at every change of the app; fields that the code does not set stay as they are',
  ),
  'adopts-app/of-own-line': warning(
    '{app} exists already and says that it is managed by {owner}: it is taken over with its consumer key',
    'if no earlier apply was interrupted, find out who made it',
  ),
  'owned-by-another-manifest': error(
    '{app} is managed as code by {owner}',
    {
      cli: 'declare it in one place only; to move it here, remove the line from its description in Setup and adopt it',
      terraform:
        'declare it in one place only. If it is yours from now on, state take_over_from = ["OWNER"] in the provider block, with the owner that the line names; managed_by says what your own line is',
    },
    { allowed: 'apps without an ownership line, or those of {manifest}' },
  ),
  'owned-by-another-manifest/in-state': error(
    '{app} is managed as code by {owner}',
    'take it out of this state with a removed block, and leave it to its owner',
  ),
  'deleted-in-org': error(
    '{app} was applied before and has been deleted in the org',
    'remove the declaration, or create it again with {--allow-recreate}',
    { allowed: 'a new app would have a new consumer key, and every client of the old one would have to change' },
  ),
  'connected-app-beside': note(
    `the org also has a Connected App named {app}, which this plan does not change. ${MIGRATION_UNKNOWN}`,
    LOOK_AT_USAGE,
  ),
  'connected-app-beside/migrated': note(
    `the org also has a Connected App named {app}, which this plan does not change. ${WAS_MIGRATED}`,
    LOOK_AT_USAGE,
  ),
  'connected-app-of-same-name': error(
    'the org has a Connected App named {app}, and no External Client App of that name',
    {
      cli: 'migrate the Connected App in Setup (App Manager > the app > Migrate to External Client App), then adopt the External Client App with {--adopt}',
      terraform:
        'migrate the Connected App in Setup (App Manager > the app > Migrate to External Client App), then bring the External Client App under this address with an import block',
      always: 'choose another API name',
    },
    {
      allowed:
        'a name that no Connected App has; Salesforce documents one way to have both, the migration of the Connected App',
    },
  ),
  'external-client-app-of-same-name': error(
    'the org has an External Client App named {app}, and no Connected App of that name',
    {
      construct:
        'choose another apiName; or, after a migration, declare the External Client App instead, without platform',
      terraform: 'after a migration, declare a salesforce_external_client_app instead',
    },
    { allowed: 'a name that no External Client App has' },
  ),
  'external-client-app-of-same-name/beside': warning(
    `the org also has an External Client App named {app}. ${MIGRATION_UNKNOWN}`,
    AFTER_MIGRATION,
    { allowed: NOT_MIGRATED },
  ),
  'external-client-app-of-same-name/migrated': warning(
    `the org also has an External Client App named {app}. ${WAS_MIGRATED}`,
    AFTER_MIGRATION,
    { allowed: NOT_MIGRATED },
  ),
  'app-unreadable': error(
    '{app} cannot be read completely: {reason}',
    `${PERMISSIONS}, or repair the record in Setup`,
    { allowed: COMPLETE },
  ),
  'app-broken': error(
    '{app} is broken in the org: {reason}',
    {
      cli: 'after a sandbox refresh: client-apps heal; where that lists it: delete the app in Setup and apply with {--allow-recreate} (a new consumer key), or reinstall its package',
      terraform:
        'after a sandbox refresh: delete the app in Setup and plan again, which creates it with a new consumer key; or reinstall its package',
    },
    { allowed: 'writing to a broken app can make its consumer permanently unreachable' },
  ),
  'app-stopped': warning('{app} was switched off in the org and stays off', {
    cli: 'to switch it on again: {--re-enable}',
    terraform: 'to switch it on again, set {--re-enable} for one apply',
  }),
  'app-excepted': note('{app} is left alone in this run', 'drop --except to include it again'),
  'app-orphaned': note(
    '{named} was applied from this code, is no longer declared, and stays in the org',
    'delete it with {--allow-delete}, or remove the ownership line from its description',
  ),
  'deletes-app': warning(
    '{app} will be deleted with its consumer key; every client of it stops and its tokens are revoked. {covered}',
    KEEP,
  ),
  'deletes-app/beside-external-client-app': warning(
    `{app} will be deleted with its consumer key; the External Client App of that name stays. ${MIGRATION_UNKNOWN}: clients that still use it stop. {covered}`,
    KEEP,
  ),
  'deletes-app/beside-connected-app': warning(
    `{app} will be deleted with its consumer key; if the Connected App of that name was migrated, it becomes active again, with the settings that it had then, and its clients may go on. ${MIGRATION_UNKNOWN}. {covered}`,
    KEEP,
  ),
  'deletion-referenced': error(
    '{app} cannot be deleted safely: other metadata of the org names it',
    'take {app} out of these first, in Setup or where they are declared; to end its use at once, stop it',
    {
      allowed:
        'an app that no other metadata names; Salesforce refuses the deletion or leaves a name that leads nowhere',
      also: 'warning',
    },
  ),
  'connected-apps-unread': error('whether the org has the Connected App {app} is not known: {reason}', PERMISSIONS, {
    allowed: COMPLETE,
    also: 'warning',
  }),
  'connected-apps-unread/beside': warning(
    'whether the org has a Connected App named {app} is not known: {reason}',
    'look at Setup > App Manager; Salesforce may refuse a new app of the name of a Connected App',
  ),
  'connected-app-creation-closed': error(
    "the org has no Connected App {app}, and since Spring '26 none can be created",
    {
      construct:
        'remove platform to declare an External Client App; correct apiName if the app exists; or, where Support has allowed it, state creationAllowedBySupport: true',
      terraform:
        'declare a salesforce_external_client_app instead; if the app exists, correct api_name and import it; where Support has allowed it, state creation_allowed_by_support = true',
    },
    { allowed: 'a Connected App that exists, or an org for which Salesforce Support has allowed the creation' },
  ),
  'connected-app-without-oauth': error(
    '{app} has no OAuth settings that can be read, so there is no OAuth client to harden',
    'enable OAuth for the app in Setup first, or remove the declaration',
    { allowed: 'a Connected App with OAuth settings of its own; those of a package stay with its vendor' },
  ),

  // Who gets in
  'permission-set-missing': error(
    'the org has no permission set named {names}',
    'create the permission set and assign it before the app asks for it, or correct the name',
    { allowed: 'API names of permission sets that exist in this org' },
  ),
  'permission-sets-unread': warning(
    'the permission sets of the org could not be read, so it is unknown whether the named ones exist',
    'give the connected user View Setup and Configuration; the deploy fails when one is missing',
  ),
  'locks-everyone-out': error('no active user holds {groups}', 'assign the permission set first, then apply', {
    allowed: PREPARED,
  }),
  'no-permitted-user': warning(
    'no active user holds {groups}',
    'assign the permission set to the users of the app; until then no one can authorize it',
    { allowed: PREPARED },
  ),
  'run-as-unread': warning(
    'the run-as user could not be looked up',
    'see the reason above; the deploy fails when the user does not exist or is not active',
  ),
  'run-as-missing': error('the org has no user with the run-as username', USER),
  'run-as-inactive': error('the run-as user is not active', USER),
  'run-as-not-api-enabled': error(
    'the run-as user may not use the API, so every request of the client would be refused',
    'give the user API Enabled, by the profile or by a permission set, or state another user',
  ),
  'run-as-access-unread': warning(
    'whether the run-as user may use the API could not be read',
    'give the connected user View Setup and Configuration, or look at the user in Setup',
  ),
  'execute-as-unread': warning(
    'the user that a handler runs as could not be looked up',
    'see the reason above; the deploy fails when the user does not exist or is not active',
  ),
  'execute-as-missing': error('the org has no user with the username that the handler runs as', USER),
  'execute-as-inactive': error('the user that the handler runs as is not active', USER),
  'self-lockout': error(
    'this connection logged in through {app} ({login}), and the change {certainty} that login off: {reason}',
    {
      cli: 'apply it with another login (SF_CLIENT_ID of another app), or leave it out: {--except}; or pass {--accept-lockout} where another way in is ready',
      terraform:
        'apply it with another login: the SF_CLIENT_ID of another app; or set {--accept-lockout} where another way in is ready (before a deletion, apply it first)',
    },
    { allowed: 'changes after which the next run can still log in the same way' },
  ),
  'self-lockout/command': error(
    'this connection logged in through {app} ({login}), and the change {certainty} that login off: {reason}',
    '{verb} with another login (SF_CLIENT_ID of another app), or pass {--accept-lockout} where another way in is ready',
    { allowed: 'changes after which the next run can still log in the same way' },
  ),
  'self-lockout-by-settings': error(
    'this connection logged in through {app} ({login}), and API Access Control can cut that login off: {reason}',
    {
      cli: 'let an administrator approve the app for its user first (admit a permission set of the user); or pass {--accept-lockout} where another way in is ready',
      terraform:
        'let an administrator approve the app for its user first (permission sets in its policies), or switch API Access Control on with another login',
    },
    {
      allowed: 'a login through an app that an administrator approved for the user, or a user with Use Any API Client',
    },
  ),
  'self-lockout-accepted': warning(
    'this connection logged in through {app} ({login}), and the change {certainty} that login off, which was accepted by name: {reason}',
    'have another way in ready: the next run with this login may be refused',
  ),
  'self-lockout-unchecked': warning(
    'not evaluated: whether {app}, through which this connection logged in ({login}), still lets it in after the change: {reason}',
    'look at what is named here before the apply; docs/recovery.md shows the way back in',
  ),
  'own-app-unknown': note(
    'logged in with an access token only, so changes that cut off the app used for this login cannot be detected',
    'log in with SF_CLIENT_ID to have it guarded',
  ),
} as const;
