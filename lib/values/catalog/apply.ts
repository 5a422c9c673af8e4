import { error, note, NOTHING_TO_DO, warning } from './entry';

const NEW_PLAN = 'make a new plan and review it';
const AFTER_FAILURE = 'correct what failed above and apply again';

/** What an apply needs before it writes, and what became of what it wrote. */
export const APPLY = {
  // Consent and stale plans
  'widening-not-reviewed': error(
    'this change widens existing access and has not been reviewed',
    'review it: plan --out FILE, then apply FILE; or answer yes on a terminal; or pass --allow widens',
  ),
  'deletion-not-named': error(
    '--prune would delete {app} with its consumer key, and the deletion was not confirmed',
    'pass --allow-delete {app}; or plan --prune --out FILE, then apply FILE',
    { allowed: 'a saved plan that was reviewed, a yes on a terminal, or the name of each app to delete' },
  ),
  'consent-names-unknown-app': error(
    'the command line names an app that the code of this org does not have',
    'correct the name',
  ),
  'plan-stale': error('the org changed after the plan was made', NEW_PLAN),
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
    'Salesforce refused the deploy',
    'correct what the message names; this deploy left no changes',
  ),
  'journal-not-kept': error(
    'the journal cannot be written, so this deploy was not sent: {reason}',
    'make room, or correct the permissions of the folder, and apply again',
  ),
  'journal-unusable': error(
    'the journal of an unfinished apply cannot be used',
    'nothing was changed; look in Setup > Deployment Status that no deploy runs, move the file away, then plan again',
  ),
  'journal-of-another': error(
    'this is {this}, and there is a journal of an unfinished apply of {other}',
    'log in to that org to finish it; where that org is gone (a refreshed sandbox), client-apps heal sets the file aside',
  ),
  'apply-unfinished': warning(
    'an apply that began {begun} was not finished: {deploys}',
    'client-apps apply goes on from here and asks the org about its deploys first; the plan shows what is left to do',
  ),
  'apply-finished': note('this finished an apply that began {begun}', NOTHING_TO_DO),
  'clock-off': warning(
    'the clock of this machine is {skew} the org, and what is judged by a date is judged by it: {what}',
    'set the clock of this machine (NTP), then run it again',
    { also: 'error' },
  ),
  'deploy-running': error(
    'a deploy of a run that was cut off is still running in the org, so what was read may change: {deploys}',
    'plan again when it is over; client-apps apply, stop and start wait for it',
  ),
  'switch-unfinished': warning(
    'a {verb} of {app}{since} was cut off: {deploy}; {standing}',
    'client-apps {command} asks the org about its deploy, and finishes it',
  ),
  'revocation-unfinished': warning(
    'a revocation of {tokens} of {app}{since} was cut off: {standing}',
    'client-apps {command} ends what is left',
  ),
  'incident-unfinished': warning(
    'an incident of {app} that began {begun} is not finished; its journal says: {steps}',
    'if it is no longer running: client-apps incident --resume {folder} does what is left, and looks again',
  ),
  'apply-running': error(
    'another apply of this org is running on this machine: process {pid}, since {since}',
    'wait until it is over, then plan again',
  ),
  'apply-elsewhere': error(
    'another apply of this org began on the machine {host} at {since} (process {pid}); whether it still runs cannot be seen from here',
    'if it is certain to be over, continue with client-apps apply --resume',
  ),
  'a-deploy-for-ten-apps': warning(
    'Terraform changes ten resources at a time, so that this apply makes a deploy for every ten apps',
    'one deploy for all, next time: terraform apply -parallelism=100, or TF_CLI_ARGS_apply=-parallelism=100',
  ),
  'stopped-on-request': error('stopped on request before this was deployed', 'apply again to finish'),
  'settled-by-reading': warning(
    'the org did not say how the deploy of {phase} ended; it has everything that the deploy was to write',
    'plan again to be sure',
  ),
  'phase-not-validated': note(
    'Salesforce can validate this phase only once an earlier one was applied; apply does it in order',
    NOTHING_TO_DO,
  ),
  'policies-not-validated': note(
    'Salesforce can validate the policies of new apps only once the apps exist: {apps}; apply creates the apps locked down, opens them with their policies, and removes them if that is refused',
    NOTHING_TO_DO,
  ),
  'new-app-removed': warning(
    'created locked down, without policies, and removed again because the rest was refused: {apps}',
    'correct what failed and apply again',
  ),
  'new-app-remains': error(
    'in the org, closed to every client, without the declared policies: {apps}; not removed: {reason}',
    'correct what failed and plan again: the app is shown as an update to review, which opens it; or delete it in Setup',
  ),
  'opened-settings-stay': error(
    'what was opened for the apps may stay open, because it is not known whether the apps were written',
    'apply again; if the apps are given up, put it back in Setup > OAuth and OpenID Connect Settings',
  ),
  'settings-put-back': warning('what was opened for the apps was put back: {names}', AFTER_FAILURE),
  'settings-not-put-back': error(
    'what was opened for the apps could not be put back: {reason}',
    'put it back in Setup > OAuth and OpenID Connect Settings, or correct what failed and apply again',
  ),
  'record-remains': warning(
    '{name} was created before the deploy of the apps failed, and stays: without an app it opens nothing',
    `${AFTER_FAILURE}; or delete it in Setup > OAuth Custom Scopes`,
  ),

  // Reading back
  'not-read-back': error(
    'the deploy succeeded, but the org could not be read afterward',
    'plan again, which shows what is left',
    {
      also: 'warning',
    },
  ),
  'read-back-differs': error(
    'Salesforce accepted the deploy, yet the org does not have what was written',
    'plan again to see the value; if it stays so, the org forces it',
    { also: 'warning' },
  ),
  'consumer-key-changed': error(
    'the consumer key of {app} is another one than before this apply',
    'give the new key to every client of the app, and find out who replaced the app',
    { also: 'warning' },
  ),

  // Terraform
  'two-addresses': error(
    'this run writes {app} under one address and deletes it under another',
    'tell Terraform that it is the same app: moved { from = OLD_ADDRESS, to = NEW_ADDRESS }',
  ),
  'declared-twice': error(
    'another resource of this configuration is the app {app}, too',
    'declare each app once, with an api_name of its own',
  ),
  'another-app': error(
    'the app named {app} in the org is not the one that Terraform knows: its consumer key is another',
    'find out who replaced it; terraform state rm forgets the old one',
  ),
  'app-exists': error(
    'the org already has an app named {app}',
    'import it under this address: terraform import ADDRESS {app}. In a replacement with create_before_destroy, take that out: an org has no two apps of one name',
  ),
  'not-in-terraform-plan': error(
    'the org differs from the code in a way that the plan of Terraform did not show',
    'run client-apps drift before terraform plan, which then shows it; or settle it with client-apps apply; or set reapplyOnDrift on the SalesforceOrg',
  ),
  'missing-not-in-terraform-plan': error(
    'the app is missing in the org, and the plan of Terraform did not show its creation',
    'apply it by hand: client-apps apply --allow-recreate NAME',
  ),

  // Stop and start
  'no-such-app': error(
    'the org has no External Client App and no Connected App named {app}',
    'correct the name: the API name, or a label that only one app has. An uninstalled app has no record: stop --revoke ends its tokens',
  ),
  'several-apps-to-stop': error('{count} apps have the label {app}', 'name one of them by its API name'),
  'stop-unread': error(
    'whether the org has an app named {app} is not known: Connected Apps could not be read: {reason}',
    'give the connected user what the message names; or block the app in Setup > Connected Apps OAuth Usage',
  ),
  'stop-unreadable': error(
    'the record of {app} cannot be read, so that it cannot be written back whole: {reason}',
    'switch it off by hand: an External Client App in Setup > External Client App Manager > Policies, a Connected App with Block in Setup > Connected Apps OAuth Usage',
  ),
  'stop-package-app': error(
    '{app} came with the package {package}: its record belongs to the publisher, and no deploy changes it here',
    'block it in Setup > Connected Apps OAuth Usage; end its tokens with client-apps stop {app} --revoke',
  ),
  'stop-without-oauth': error(
    '{app} is a Connected App without OAuth settings (SAML or canvas alone): there is no client to lock out',
    'take its permission sets and profiles away in Setup > Manage Connected Apps',
  ),
  'stop-failed': error(
    'Salesforce refused to switch {app} off: {reason}',
    'switch it off by hand, now: an External Client App in Setup > External Client App Manager > Policies, a Connected App with Block in Setup > Connected Apps OAuth Usage',
  ),
  'rotate-failed': error(
    'Salesforce refused to give {app} a new consumer secret: {reason}',
    'correct what the message says and run client-apps incident --resume; or rotate the secret by hand in Setup',
  ),
  'rotate-refused': error(
    'the credentials of {app} were not changed: {reason}',
    'correct what the message says, then run the command again',
  ),
  'rotate-rolled-back': error(
    'the new credentials of {app} were deleted again, and the present ones stay as they were: {reason}',
    'correct what it says, then run it again; where something received the new ones, they open nothing',
  ),
  'rotate-unfinished': error(
    'the rotation of {app} is not finished: {reason}',
    'finish it: client-apps rotate {argument} --resume; or, where its clients do not use the new ones: client-apps rotate {argument} --discard',
  ),
  'rotation-cut-off': warning(
    'a rotation of {app} that began {begun} was cut off at the step "{state}": new credentials may stand beside those in use',
    'client-apps rotate {argument} --resume goes on, and hands the secret over again where it may not have arrived; client-apps rotate {argument} --discard deletes the new ones',
  ),
  'former-credentials-due': warning(
    'the former credentials of {app} were due to end on {until}, and no record here says that they did',
    'once every client has the new ones: client-apps rotate {argument} --end-former',
  ),
  'secret-access-cut-off': warning(
    'a rotation of {app} that began {begun} was cut off, and {setting}, which it switches on for the whole org, may still be on',
    'client-apps rotate {argument} --resume finishes the rotation, --discard undoes it, and both switch it off; client-apps doctor says whether it is on',
  ),
  'rotation-running': error(
    'a rotation in this org is running on this machine: process {pid}, since {since}',
    'wait until it is over',
  ),
  'rotation-elsewhere': error(
    'a rotation in this org began on the machine {host} at {since} (process {pid}); whether it still runs cannot be seen from here',
    'if it is certain to be over: client-apps rotate {org}/APP --resume, or --discard',
  ),
  'rotation-unusable': error(
    'the record of a rotation cannot be used',
    'nothing was changed; look at the app in Setup, and that access to consumer secrets via REST API is off, then move the file away',
  ),
  'rotation-of-another': error(
    'this is the record of a rotation of {app} in the org {org}, and its file has the name of another one',
    'give the file its own name back, or move it away',
  ),
  'rotation-meanwhile': error(
    'the credentials of {app} were rotated again after this rotation was approved',
    'check with client-apps doctor, then run the command again',
  ),
  'rotate-own-login-unknown': warning(
    'which app this login came through is not known, so nothing keeps it from being {app} itself',
    'make sure that it is another app, or log in with SF_CLIENT_ID, which is checked',
  ),
  'rotation-not-recorded': error(
    'the step "{state}" of the rotation was done, and no record of it could be kept: {reason}',
    'make room, or correct the permissions of the folder; client-apps rotate reads from the org what is staged',
  ),
  'secret-access-consent': error(
    'for {app} the switch {setting} of the whole org has to be on for a moment, and it is off',
    {
      cli: 'pass --open-secret-access: it is switched on, and off again at the end, also where something fails',
      terraform:
        'set open_secret_access = true: it is switched on, and off again at the end, also where something fails',
    },
  ),
  'secret-access-left-open': error(
    'the switch {setting} could not be switched off again: {reason}',
    'switch it off now, in Setup > External Client App Settings: Allow access to External Client App consumer secrets via REST API',
  ),
  'start-changed': error(
    'since {app} was stopped, someone has changed this; putting the former value back would undo that',
    'see who and why, then set the app right: by hand, or for a declared app with client-apps apply --re-enable {app}',
  ),
  'start-other-app': error(
    'the {sort} {app} that was stopped is not the record that the org has under this name',
    'set the app right by hand; the receipt says what it had',
  ),
  'start-permission-set-unclear': error(
    'no permission set of the org has this API name, so that who gets {app} back is not certain',
    'give the app its permission sets in Setup > Manage Connected Apps; the receipt lists them',
  ),
  'start-failed': error(
    'Salesforce refused to switch {app} on: {reason}',
    'correct what the message says, then run the command again',
  ),
  'start-what': error('no app and no receipt was named', 'client-apps start APP, or client-apps start --from FILE'),
  'start-without-receipt': error(
    'there is no receipt of a stop of {app} in this org, so what it replaced is not known',
    'pass the receipt with --from FILE; or, for a declared app, client-apps apply --re-enable {app}; or switch it on in Setup',
  ),
  'start-several-receipts': error('there are receipts of two apps named {app}', 'say which with --from FILE'),
  'start-receipt-of-other-app': error('the receipt is not of {app}', 'name the receipt of its stop'),
  'start-receipt-of-other-org': error('the receipt is of another org', 'log in to that org, or name another receipt'),
  'stop-what': error('no app was named', 'client-apps stop APP, or client-apps stop --everything-unknown'),
  'stop-option-useless': error(
    'this cannot be used with client-apps stop {app}',
    '--everything-unknown is for no app by name, and --unknown for --revoke: an uninstalled app has nothing but tokens',
  ),
} as const;
