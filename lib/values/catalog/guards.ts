import { error, note, warning } from './entry';

const PERMISSIONS = 'give the connected user the permissions of docs/bootstrap.md';
const USER = 'create or activate the user, or set the correct username for this org with Username.perOrg';
const PREPARED = 'admin-approved access that at least one active user is already assigned';
const COMPLETE = 'an app is written only if all of it could be read';

/** What a reading cannot tell about two apps of one name, and what one can. */
const MIGRATION_UNKNOWN =
  'Salesforce leaves both after a migration in Setup; the metadata does not show whether this Connected App was migrated, or whether it still issues tokens';
const WAS_MIGRATED =
  'It was migrated to the External Client App: both have the same consumer key. Salesforce keeps it read-only';
const LOOK_AT_USAGE =
  'check Setup > Connected Apps OAuth Usage. If the External Client App is ever deleted, a migrated Connected App becomes active again, with the settings it had then';
const AFTER_MIGRATION = 'after a migration, declare the External Client App instead, without platform';
const NOT_MIGRATED =
  'a Connected App that was not migrated; one that was is read-only, and Salesforce refuses to change it';
const MADE_BY_HAND = 'apps created by hand are left alone unless their adoption is requested by name';
const KEEP = 'to keep it, declare it again or remove --prune and --allow-delete';

/** What the org must be for an app to be written: guards judge it before every plan and apply. */
export const GUARDS = {
  // Whose app it is
  'adoption-needed': error(
    'an app named {app} exists in the org and is not managed by code',
    {
      construct: 'set adopt: true in the declaration',
      cli: 'pass {--adopt}',
      terraform: 'import it at this address with an import block (import { to = ADDRESS, id = API_NAME })',
      always: 'choose another API name',
    },
    { allowed: MADE_BY_HAND },
  ),
  'adoption-needed/at-apply': warning(
    'the org already has an app named {app}, so the apply will refuse to create it',
    'import it at this address with an import block, or choose another API name',
    { allowed: MADE_BY_HAND },
  ),
  'adopts-app': note(
    '{app} exists in the org and is being adopted: from now on the code controls the fields it declares',
    'review every change to the app; fields that the code does not set stay as they are',
  ),
  'adopts-app/of-own-line': warning(
    '{app} already exists and says that it is managed by {owner}: it is taken over with its consumer key',
    'if no earlier apply was interrupted, find out who created it',
  ),
  'owned-by-another-manifest': error(
    '{app} is managed as code by {owner}',
    {
      cli: 'declare it in one place only; to move it here, remove the line from its description in Setup and adopt it',
      terraform:
        'declare it in one place only. To take it over, set take_over_from = ["OWNER"] in the provider block, with the owner from its ownership line; managed_by shows what your own line says',
    },
    { allowed: 'apps without an ownership line, or with the one of {manifest}' },
  ),
  'owned-by-another-manifest/in-state': error(
    '{app} is managed as code by {owner}',
    'remove it from this state with a removed block, and leave it to its owner',
  ),
  'deleted-in-org': error(
    '{app} was applied before and has been deleted in the org',
    'remove the declaration, or create it again with {--allow-recreate}',
    { allowed: 'a new app would have a new consumer key, and every client of the old app would have to be updated' },
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
    'the org has a Connected App named {app}, but no External Client App with that name',
    {
      cli: 'migrate the Connected App in Setup (App Manager > the app > Migrate to External Client App), then adopt the External Client App with {--adopt}',
      terraform:
        'migrate the Connected App in Setup (App Manager > the app > Migrate to External Client App), then import the External Client App at this address with an import block',
      always: 'choose another API name',
    },
    {
      allowed: 'a name that no Connected App has; the only documented way to have both is to migrate the Connected App',
    },
  ),
  'external-client-app-of-same-name': error(
    'the org has an External Client App named {app}, but no Connected App with that name',
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
      cli: 'after a sandbox refresh, run client-apps heal; if heal lists the app, delete it in Setup and apply with {--allow-recreate} (a new consumer key), or reinstall its package',
      terraform:
        'after a sandbox refresh, delete the app in Setup and plan again, which creates it with a new consumer key; or reinstall its package',
    },
    { allowed: 'writing to a broken app can make its consumer permanently unreachable' },
  ),
  'app-stopped': warning('{app} was switched off in the org and stays off', {
    cli: 'to switch it on again: {--re-enable}',
    terraform: 'to switch it on again, set {--re-enable} for one apply',
  }),
  'app-excepted': note('{app} is left alone in this run', 'remove --except to include it again'),
  'app-orphaned': note(
    '{named} was applied from this code, is no longer declared, and remains in the org',
    'delete it with {--allow-delete}, or remove the ownership line from its description',
  ),
  'deletes-app': warning(
    '{app} will be deleted along with its consumer key; all its clients stop working and its tokens are revoked. {covered}',
    KEEP,
  ),
  'deletes-app/beside-external-client-app': warning(
    `{app} will be deleted along with its consumer key; the External Client App with that name stays. ${MIGRATION_UNKNOWN}: clients that still use it stop working. {covered}`,
    KEEP,
  ),
  'deletes-app/beside-connected-app': warning(
    `{app} will be deleted along with its consumer key; if the Connected App with that name was migrated, it becomes active again, with the settings it had then, and its clients may continue to work. ${MIGRATION_UNKNOWN}. {covered}`,
    KEEP,
  ),
  'deletion-referenced': error(
    '{app} cannot be deleted safely: other metadata in the org refers to it',
    'remove those references to {app} first, in Setup or where they are declared; to end its use immediately, stop it',
    {
      allowed:
        'an app that no other metadata refers to; Salesforce refuses the deletion or leaves a name that leads nowhere',
      also: 'warning',
    },
  ),
  'connected-apps-unread': error('whether the org has the Connected App {app} is not known: {reason}', PERMISSIONS, {
    allowed: COMPLETE,
    also: 'warning',
  }),
  'connected-apps-unread/beside': warning(
    'whether the org has a Connected App named {app} is not known: {reason}',
    'check Setup > App Manager; Salesforce may refuse a new app with the name of a Connected App',
  ),
  'connected-app-creation-closed': error(
    "the org has no Connected App {app}, and since Spring '26 none can be created",
    {
      construct:
        'remove platform to declare an External Client App; correct apiName if the app exists; or, if Support has allowed it, set creationAllowedBySupport: true',
      terraform:
        'declare a salesforce_external_client_app instead; if the app exists, correct api_name and import it; if Support has allowed it, set creation_allowed_by_support = true',
    },
    { allowed: 'an existing Connected App, or an org in which Salesforce Support has allowed creating them' },
  ),
  'connected-app-without-oauth': error(
    '{app} has no readable OAuth settings, so there is no OAuth client to harden',
    'enable OAuth for the app in Setup first, or remove the declaration',
    { allowed: 'a Connected App with its own OAuth settings; the vendor of a package manages those of its apps' },
  ),

  // Who gets in
  'permission-set-missing': error(
    'the org has no permission set named {names}',
    'create the permission set and assign it before the app requires it, or correct the name',
    { allowed: 'API names of existing permission sets of this org' },
  ),
  'permission-sets-unread': warning(
    'the permission sets of the org could not be read, so it is unknown whether the named ones exist',
    'give the connected user View Setup and Configuration; the deploy fails if one is missing',
  ),
  'locks-everyone-out': error('no active user has {groups}', 'assign the permission set first, then apply', {
    allowed: PREPARED,
  }),
  'no-permitted-user': warning(
    'no active user has {groups}',
    'assign the permission set to the users of the app; until then no one can authorize it',
    { allowed: PREPARED },
  ),
  'run-as-unread': warning(
    'the run-as user could not be looked up',
    'see the reason above; the deploy fails if the user does not exist or is not active',
  ),
  'run-as-missing': error('the org has no user with the run-as username', USER),
  'run-as-inactive': error('the run-as user is not active', USER),
  'run-as-not-api-enabled': error(
    'the run-as user does not have API access, so every request from the client would be refused',
    'give the user API Enabled, through the profile or a permission set, or choose another user',
  ),
  'run-as-access-unread': warning(
    'could not read whether the run-as user has API access',
    'give the connected user View Setup and Configuration, or check the user in Setup',
  ),
  'execute-as-unread': warning(
    'the user that a handler runs as could not be looked up',
    'see the reason above; the deploy fails if the user does not exist or is not active',
  ),
  'execute-as-missing': error('the org has no user with the username that the handler runs as', USER),
  'execute-as-inactive': error('the user that the handler runs as is not active', USER),
  'self-lockout': error(
    'this connection logged in through {app} ({login}), and the change {certainty} that login off: {reason}',
    {
      cli: 'apply it with another login (SF_CLIENT_ID of another app), or exclude it: {--except}; or pass {--accept-lockout} if another way in is ready',
      terraform:
        'apply it with another login: the SF_CLIENT_ID of another app; or set {--accept-lockout} if another way in is ready (before a deletion, apply that setting first)',
    },
    { allowed: 'changes that leave the next run able to log in the same way' },
  ),
  'self-lockout/command': error(
    'this connection logged in through {app} ({login}), and the change {certainty} that login off: {reason}',
    '{verb} with another login (SF_CLIENT_ID of another app), or pass {--accept-lockout} if another way in is ready',
    { allowed: 'changes that leave the next run able to log in the same way' },
  ),
  'self-lockout-by-settings': error(
    'this connection logged in through {app} ({login}), and API Access Control can cut that login off: {reason}',
    {
      cli: 'first have an administrator approve the app for its user (add a permission set of the user); or pass {--accept-lockout} if another way in is ready',
      terraform:
        'first have an administrator approve the app for its user (permission sets in its policies), or turn on API Access Control with another login',
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
    'not evaluated: whether {app}, the app this connection logged in through ({login}), still lets it in after the change: {reason}',
    'check this before you apply; docs/recovery.md describes how to get back in',
  ),
  'own-app-unknown': note(
    'logged in with an access token only, so changes that cut off the app used for this login cannot be detected',
    'log in with SF_CLIENT_ID to have this login checked',
  ),
} as const;
