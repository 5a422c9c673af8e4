import { error, note, NOTHING_TO_DO, warning } from './entry';

const NEW_PLAN = 'make a new plan and review it';
const PLANNED_AND_NOW = 'planned {planned}, now {now}';
const PUT_BACK =
  'apply again; or, if you no longer want the apps, restore the settings in Setup > OAuth and OpenID Connect Settings';
const AFTER_FAILURE = 'correct what failed above and apply again';

const NO_TERMINAL = 'cannot ask for approval: not a terminal';
const REVIEW = 'review it: plan --out FILE, then apply FILE; or answer yes on a terminal; or pass --allow widens';

/** What an apply needs before it writes, and what became of what it wrote. */
export const APPLY = {
  // Consent and stale plans
  'widening-not-reviewed': error('{effect}, and it was not reviewed: {change}', REVIEW),
  'widening-not-reviewed/of-app': error(
    '{effect}, and it was not reviewed: {change}',
    `${REVIEW}; or leave the app out of this run with {--except}`,
  ),
  'approval-needed': error(NO_TERMINAL, 'pass --auto-approve, or apply a saved plan: plan --out FILE, then apply FILE'),
  'approval-needed/destroy': error(
    NO_TERMINAL,
    'run it on a terminal; or pass --auto-approve with --allow-delete for each app, or with --all',
  ),
  'approval-needed/incident': error(
    NO_TERMINAL,
    'see what would be done with --plan, then pass --auto-approve; or pass --evidence-only',
  ),
  'approval-needed/revoke': error(NO_TERMINAL, 'see what would be revoked with --dry-run, then pass --auto-approve'),
  'approval-needed/rotate': error(NO_TERMINAL, 'pass --auto-approve, and --open-secret-access if it is required'),
  'approval-needed/start': error(NO_TERMINAL, 'see what would be restored with --dry-run, then pass --auto-approve'),
  'approval-needed/stop': error(NO_TERMINAL, 'see what would be cut off with --dry-run, then pass --auto-approve'),
  'deletion-not-named': error(
    '--prune would delete {app} with its consumer key, and the deletion was not confirmed',
    'pass {--allow-delete}; or plan --prune --out FILE, then apply FILE',
    { allowed: 'a reviewed saved plan, a "yes" on a terminal, or the name of each app to delete' },
  ),
  'consent-names-unknown-app': error(
    'the command line names {app}, which the code does not declare for this org',
    'correct the name',
  ),
  'plan-stale': error('the org changed after the plan was made', NEW_PLAN),
  'plan-stale/org': error(`the plan was made for another org: ${PLANNED_AND_NOW}`, NEW_PLAN),
  'plan-stale/value': error(`the org changed after the plan was made: ${PLANNED_AND_NOW}`, NEW_PLAN),
  'plan-stale/deletes': error(`the plan did not delete this app: ${PLANNED_AND_NOW}`, NEW_PLAN),
  'plan-stale/opens': error(
    `the org-wide switch of the plan would open the flow for apps that it did not name: ${PLANNED_AND_NOW}`,
    NEW_PLAN,
  ),
  'plan-stale/blocked': error(`the plan can no longer be applied; see the error below: ${PLANNED_AND_NOW}`, NEW_PLAN),
  'plan-stale/app-created': error(
    `the app was created in the org after the plan was made: ${PLANNED_AND_NOW}`,
    NEW_PLAN,
  ),
  'plan-stale/app-deleted': error(
    `the app was deleted in the org after the plan was made: ${PLANNED_AND_NOW}`,
    NEW_PLAN,
  ),
  'plan-stale/other-state': error(`the app is in another state than reviewed: ${PLANNED_AND_NOW}`, NEW_PLAN),
  'plan-stale/not-reviewed': error('the reviewed plan did not have this: {what}', NEW_PLAN),
  'plan-stale/unfinished-apply': error('another apply began after the plan was made, and was not finished', NEW_PLAN),
  'plan-stale/certificate': error('the certificate in the org has changed since the plan was made', NEW_PLAN),
  'plan-stale/deleted': error(
    '{app} was deleted in the org after the plan was made',
    'make a new plan: it creates the app again, with another consumer key',
  ),
  'plan-stale/record-by-another-name': error(
    'the org has this record of {app} under the name {name}, which was not known when the plan was made: the plan puts {planned} in a new record, but the org has {live}',
    'make a new plan as the user who runs the apply, and review it: it reads this record',
  ),
  'wrong-org': error('connected to the wrong org', {
    construct: 'log in to {org}, or correct orgId on the SalesforceOrg',
    terraform: 'log in to the org that org_id of the provider names, or correct org_id',
  }),
  'policy-unreadable': error(
    'the org has this record of {app} under the name {name}, and it could not be read',
    'open the app once in Setup > External Client App Manager and save its policies, then plan again',
  ),

  // Deploys
  'deploy-failed': error(
    'the deploy {id} failed: {reason}',
    'see Setup > Deployment Status; this deploy left no changes',
  ),
  'deploy-failed/component': error(
    'Salesforce refused {file}: {reason}',
    'correct the declaration or the org as the message says; this deploy left no changes',
  ),
  'deploy-failed/name-taken': error(
    'Salesforce refused {file}: {reason}',
    'the org already has this record under the name {taken}: plan again; if it still is not found, open the app once in Setup so that the org lists it',
  ),
  'journal-not-kept': error(
    'the journal cannot be written, so this deploy was not sent: {reason}',
    'free disk space, or correct the permissions of the folder, and apply again',
  ),
  'journal-unusable': error(
    'the journal of an unfinished apply cannot be used',
    'nothing was changed; check in Setup > Deployment Status that no deploy is running, move the file away, then plan again',
  ),
  'journal-of-another': error(
    'this is {this}, but there is a journal of an unfinished apply of {other}',
    'log in to that org to finish it; if that org is gone (a refreshed sandbox), client-apps heal sets the file aside',
  ),
  'apply-unfinished': warning(
    'an apply that began {begun} was not finished: {deploys}',
    'run client-apps apply to continue: it first asks the org about its deploys; the plan shows what is left to do',
  ),
  'apply-unfinished/deletion': warning(
    'an apply that began {begun} was not finished: {deploys}',
    'it was to delete {names}: run the same command again to finish that; an apply without the deletion creates apps that are gone and still declared again, with new consumer keys',
  ),
  'apply-finished': note('this run finished an apply that began {begun}', NOTHING_TO_DO),
  'clock-off': warning(
    'the clock of this machine is {skew} the org, and every check of a date relies on it: {what}',
    'set the clock of this machine (NTP), then run the command again',
    { also: 'error' },
  ),
  'deploy-running': error(
    'a deploy from an interrupted run is still in progress in the org, so what was read may change: {deploys}',
    'plan again when it has finished; client-apps apply, stop and start wait for it',
  ),
  'switch-unfinished': warning(
    'a {verb} of {app}{since} was interrupted: {deploy}; {standing}',
    'run client-apps {command}: it asks the org about the deploy and finishes it',
  ),
  'revocation-unfinished': warning(
    'a revocation of {tokens} of {app}{since} was interrupted: {standing}',
    'run client-apps {command} to revoke what is left',
  ),
  'incident-unfinished': warning(
    'an incident of {app} that began {begun} is not finished; its journal says: {steps}',
    'if it is no longer running, run client-apps incident --resume {folder}: it does what is left and checks again',
  ),
  'apply-running': error(
    'another apply of this org is running on this machine: process {pid}, since {since}',
    'wait until it has finished, then plan again',
  ),
  'apply-elsewhere': error(
    'another apply of this org began on the machine {host} at {since} (process {pid}); whether it is still running cannot be seen from here',
    'if you are certain that it has ended, continue with client-apps apply --resume',
  ),
  'a-deploy-for-ten-apps': warning(
    'Terraform changes ten resources at a time, so this apply runs one deploy for every ten apps',
    'for a single deploy next time, run terraform apply -parallelism=100, or set TF_CLI_ARGS_apply=-parallelism=100',
  ),
  'stopped-on-request': error('stopped on request before this app was deployed', 'apply again to finish'),
  'stopped-on-request/phases': error('stopped on request before: {phases}', 'apply again to finish'),
  'stopped-on-request/stop': error(
    'stopped on request before {app} was turned off; nothing was written',
    'run client-apps stop {app} again to turn it off',
  ),
  'stopped-on-request/rotation': error(
    'stopped on request before {app} was given a new secret; nothing was written',
    'continue with client-apps incident --resume',
  ),
  'settled-by-reading': warning(
    'the org did not report how the deploy of {phase} ended, but it has everything that the deploy was to write',
    'plan again to be sure',
  ),
  'phase-not-validated': note(
    'Salesforce can validate this phase only after an earlier one has been applied; apply runs them in order',
    NOTHING_TO_DO,
  ),
  'phase-not-validated/apps': note(
    'Salesforce can validate the apps only once the org settings and custom scopes they need exist; if the apps are refused at apply, the settings are restored',
    NOTHING_TO_DO,
  ),
  'phase-not-validated/handlers': note(
    'Salesforce can validate token exchange handlers only once the apps they serve exist; if they are refused at apply, the apps remain, and the receipt says so',
    NOTHING_TO_DO,
  ),
  'policies-not-validated': note(
    'Salesforce can validate the policies of new apps only once the apps exist: {apps}; apply creates the apps locked down, opens them with their policies, and removes them if that is refused',
    NOTHING_TO_DO,
  ),
  'new-app-removed': warning(
    'created locked down, without policies, then removed because the rest was refused: {apps}',
    'correct what failed and apply again',
  ),
  'new-app-remains': error(
    'left in the org, closed to every client and without the declared policies: {apps}; not removed: {reason}',
    'correct what failed and plan again: the app is shown as an update to review, which opens it; or delete it in Setup',
  ),
  'opened-settings-stay': error(
    'settings that were opened for the apps stay open, because it is not known whether the apps were written',
    PUT_BACK,
  ),
  'opened-settings-stay/perhaps': error(
    'the apps were not deployed, and it is not known whether this was opened for them',
    PUT_BACK,
  ),
  'settings-put-back': warning('settings that were opened for the apps were restored: {names}', AFTER_FAILURE),
  'settings-not-put-back': error(
    'settings that were opened for the apps could not be restored: {reason}',
    'restore them in Setup > OAuth and OpenID Connect Settings, or correct what failed and apply again',
  ),
  'record-remains': warning(
    '{name} was created before the deploy of the apps failed, and remains; without an app it opens nothing',
    `${AFTER_FAILURE}; or delete it in Setup > OAuth Custom Scopes`,
  ),

  // Reading back
  'not-read-back': error(
    'the org could not be read after the deploys: {reason}',
    '{remedy}; then plan again to see what is left, and get the consumer keys with client-apps outputs',
    {
      also: 'warning',
    },
  ),
  'read-back-differs': error(
    'Salesforce accepted the deploy of {name}, but the field does not have the declared value',
    'plan again to see the value; if it has not changed, the org enforces it',
    { also: 'warning' },
  ),
  'read-back-differs/still-there': error(
    'Salesforce accepted the deploy, but the org still has the app {app}',
    'check Setup > Deployment Status, then plan again',
  ),
  'read-back-differs/not-there': error(
    'Salesforce accepted the deploy, but the org has no app {app}',
    'check Setup > Deployment Status, then plan again',
  ),
  'consumer-key-changed': error(
    'the consumer key of {app} is not the one it had before this apply',
    'give the new key to every client of the app, and find out who replaced the app',
    { also: 'warning' },
  ),

  // Terraform
  'two-addresses': error(
    'this run writes {app} under one address and deletes it under another',
    'tell Terraform that it is the same app: moved { from = OLD_ADDRESS, to = NEW_ADDRESS }',
  ),
  'declared-twice': error(
    'another resource in this configuration also declares the app {app}',
    'declare each app once, with its own api_name',
  ),
  'another-app': error(
    'the app named {app} in the org is not the one in the Terraform state: its consumer key is different',
    'find out who replaced it; terraform state rm removes the old one from the state',
  ),
  'app-exists': error(
    'the org already has an app named {app}',
    'import it at this address: terraform import ADDRESS {app}. In a replacement with create_before_destroy, remove that setting: an org cannot have two apps with the same name',
  ),
  'not-in-terraform-plan': error(
    '{why}',
    'run client-apps drift before terraform plan, so that the plan shows it; or apply it with client-apps apply; or set reapplyOnDrift on the SalesforceOrg',
  ),
  'not-in-terraform-plan/widening': error(
    '{why}',
    'run client-apps drift before terraform plan, so that the plan shows it; or apply it with client-apps apply',
  ),
  'missing-not-in-terraform-plan': error(
    'the app was applied before and is no longer in the org; a new one would have another consumer key',
    'apply it by hand: client-apps apply {--allow-recreate}',
  ),
} as const;
