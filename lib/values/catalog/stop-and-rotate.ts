import { error, warning } from './entry';

/** Taking an app away at once and giving it back, and new credentials for one. */
export const STOP_AND_ROTATE = {
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
  'rotate-refused/overlap': error(
    'the credentials of {app} were not changed: its former credentials are to stay until {until}',
    'wait until then, or pass --now',
  ),
  'rotate-refused/cut-off': error(
    'the credentials of {app} were not changed: a rotation of it that began {begun} was cut off at the step "{state}"',
    'client-apps rotate {argument} --resume goes on with it; --discard undoes it',
  ),
  'rotate-refused/nothing-to-resume': error(
    'the credentials of {app} were not changed: no rotation of it is on record here that was cut off',
    'client-apps rotate {argument} begins one',
  ),
  'rotate-refused/no-receiver': error(
    'the credentials of {app} were not changed: whether its new secret arrived is not known, so that it is handed over again',
    'say where it goes: --to-command, --to-file, --to-env-file or --to-github-output',
  ),
  'rotate-refused/own-login': error(
    'the credentials of {app} were not changed: this very login came through it',
    'rotate it with a login through another app',
  ),
  'rotate-refused/connected-app': error(
    'the credentials of {app} were not changed: it is a Connected App, and no API rotates its secret',
    'rotate it by hand in Setup',
  ),
  'rotate-refused/staged': error(
    'the credentials of {app} were not changed: someone has staged credentials for it already, or a rotation that runs elsewhere does',
    'ask who did; then client-apps rotate {argument} --discard, or --promote where its clients have them',
  ),
  'rotate-refused/former': error(
    'the credentials of {app} were not changed: its former credentials still stand beside the present ones{until}',
    'once every client has the present ones: client-apps rotate {argument} --end-former',
  ),
  'rotate-refused/other-state': error(
    'the credentials of {app} were not changed: the credentials beside those in use are {state}, not {wanted}',
    'client-apps rotate {argument} {option} ends these',
  ),
  'rotate-refused/unrecorded': error(
    'the credentials of {app} were not changed: new ones are in use already: that run put them in use and could not record it, or someone else has rotated it since',
    'where the clients have the new ones: client-apps rotate {argument} --end-former ends the former ones, and this record',
  ),
  'rotate-refused/foreign': error(
    'the credentials of {app} were not changed: it has other credentials than those of the rotation that was cut off: someone has rotated it since',
    'look at the app in Setup; --promote and --discard go by what the org has',
  ),
  'rotate-refused/not-staged': error(
    'the credentials of {app} were not changed: no credentials with the consumer key {key} are staged beside those in use',
    'stage credentials, and promote those: consumer_key of salesforce_staged_credentials',
  ),
  'rotate-refused/no-secret': error(
    'the credentials of {app} were not changed: it has no credentials with the consumer key {key}, or the org does not show their secret',
    'stage new ones: another text in rotation',
  ),
  'rotate-rolled-back': error(
    'the new credentials of {app} were deleted again, and the present ones stay as they were: {reason}',
    'correct what it says, then run it again; where something received the new ones, they open nothing',
  ),
  'rotate-unfinished': error(
    'the rotation of {app} is not finished: {reason}',
    'finish it: client-apps rotate {argument} --resume; or, where its clients do not use the new ones: client-apps rotate {argument} --discard',
  ),
  'rotate-unfinished/discard': error(
    'the rotation of {app} is not finished: {reason}',
    'delete them: client-apps rotate {argument} --discard',
  ),
  'rotate-unfinished/ending': error('the rotation of {app} is not finished: {reason}', 'run it again'),
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
    'see who and why, then set the app right: by hand, or for a declared app with client-apps apply {--re-enable}',
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
    'pass the receipt with --from FILE; or, for a declared app, client-apps apply {--re-enable}; or switch it on in Setup',
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
