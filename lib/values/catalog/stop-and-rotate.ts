import { error, warning } from './entry';

/** Taking an app away at once and giving it back, and new credentials for one. */
export const STOP_AND_ROTATE = {
  // Stop and start
  'no-such-app': error(
    'the org has no External Client App and no Connected App named {app}',
    'correct the name (the API name, or a label that only one app has). An uninstalled app has no record: stop --revoke revokes its tokens',
  ),
  'several-apps-to-stop': error('{count} apps have the label {app}', 'specify one of them by its API name'),
  'stop-unread': error(
    'it is not known whether the org has an app named {app}, because Connected Apps could not be read: {reason}',
    'give the connected user the permission that the message names; or block the app in Setup > Connected Apps OAuth Usage',
  ),
  'stop-unreadable': error(
    'the record of {app} cannot be read, so it cannot be written back in full: {reason}',
    'switch it off by hand: an External Client App in Setup > External Client App Manager > Policies, a Connected App with Block in Setup > Connected Apps OAuth Usage',
  ),
  'stop-package-app': error(
    '{app} was installed with the package {package}: its record belongs to the publisher, and a deploy cannot change it here',
    'block it in Setup > Connected Apps OAuth Usage; revoke its tokens with client-apps stop {app} --revoke',
  ),
  'stop-without-oauth': error(
    '{app} is a Connected App without OAuth settings (SAML or canvas only), so there is no OAuth client to lock out',
    'remove its permission sets and profiles in Setup > Manage Connected Apps',
  ),
  'stop-failed': error(
    'Salesforce refused to switch {app} off: {reason}',
    'switch it off by hand, now: an External Client App in Setup > External Client App Manager > Policies, a Connected App with Block in Setup > Connected Apps OAuth Usage',
  ),
  'rotate-failed': error(
    'Salesforce refused to give {app} a new consumer secret: {reason}',
    'correct the cause and run client-apps incident --resume; or rotate the secret by hand in Setup',
  ),
  'rotate-refused': error(
    'the credentials of {app} were not changed: {reason}',
    'correct the cause, then run the command again',
  ),
  'rotate-refused/overlap': error(
    'the credentials of {app} were not changed: its former credentials are to stay valid until {until}',
    'wait until then, or pass --now',
  ),
  'rotate-refused/cut-off': error(
    'the credentials of {app} were not changed: a rotation of it that began {begun} was interrupted at the step "{state}"',
    'client-apps rotate {argument} --resume continues it; --discard undoes it',
  ),
  'rotate-refused/nothing-to-resume': error(
    'the credentials of {app} were not changed: no interrupted rotation of it is on record here',
    'start one with client-apps rotate {argument}',
  ),
  'rotate-refused/no-receiver': error(
    'the credentials of {app} were not changed: it is not known whether its new secret was delivered, so it is delivered again',
    'specify where to deliver it: --to-command, --to-file, --to-env-file or --to-github-output',
  ),
  'rotate-refused/own-login': error(
    'the credentials of {app} were not changed: this login came through it',
    'rotate it with a login through another app',
  ),
  'rotate-refused/connected-app': error(
    'the credentials of {app} were not changed: it is a Connected App, and no API can rotate its secret',
    'rotate it by hand in Setup',
  ),
  'rotate-refused/staged': error(
    'the credentials of {app} were not changed: someone has already staged credentials for it, or a rotation running elsewhere has',
    'find out who did; then run client-apps rotate {argument} --discard, or --promote if its clients have them',
  ),
  'rotate-refused/former': error(
    'the credentials of {app} were not changed: its former credentials are still valid beside the current ones{until}',
    'once every client has the current ones, run client-apps rotate {argument} --end-former',
  ),
  'rotate-refused/other-state': error(
    'the credentials of {app} were not changed: the credentials beside those in use are {state}, not {wanted}',
    'client-apps rotate {argument} {option} deletes these',
  ),
  'rotate-refused/unrecorded': error(
    'the credentials of {app} were not changed: new ones are already in use: that run activated them but could not record it, or someone else has rotated it since',
    'if the clients have the new ones, client-apps rotate {argument} --end-former deletes the former ones and this record',
  ),
  'rotate-refused/foreign': error(
    'the credentials of {app} were not changed: its credentials are not those of the interrupted rotation: someone has rotated it since',
    'check the app in Setup; --promote and --discard work with what the org has',
  ),
  'rotate-refused/not-staged': error(
    'the credentials of {app} were not changed: no credentials with the consumer key {key} are staged',
    'stage credentials first, then promote those: consumer_key of salesforce_staged_credentials',
  ),
  'rotate-refused/no-secret': error(
    'the credentials of {app} were not changed: it has no credentials with the consumer key {key}, or the org does not show their secret',
    'stage new ones by changing rotation',
  ),
  'rotate-rolled-back': error(
    'the new credentials of {app} were deleted again, and the current ones are unchanged: {reason}',
    'correct the cause, then run the command again; if the new credentials were delivered anywhere, they no longer work',
  ),
  'rotate-unfinished': error(
    'the rotation of {app} is not finished: {reason}',
    'finish it with client-apps rotate {argument} --resume; or, if no client uses the new credentials, undo it with client-apps rotate {argument} --discard',
  ),
  'rotate-unfinished/discard': error(
    'the rotation of {app} is not finished: {reason}',
    'delete the new credentials: client-apps rotate {argument} --discard',
  ),
  'rotate-unfinished/ending': error('the rotation of {app} is not finished: {reason}', 'run the command again'),
  'rotation-cut-off': warning(
    'a rotation of {app} that began {begun} was interrupted at the step "{state}": new credentials may exist beside those in use',
    'client-apps rotate {argument} --resume continues it, and delivers the secret again if it may not have arrived; client-apps rotate {argument} --discard deletes the new credentials',
  ),
  'former-credentials-due': warning(
    'the former credentials of {app} were due to be revoked by {until}, but no record here shows that they were',
    'once every client has the new credentials, run client-apps rotate {argument} --end-former',
  ),
  'secret-access-cut-off': warning(
    'a rotation of {app} that began {begun} was interrupted, and {setting}, which it turns on for the whole org, may still be on',
    'client-apps rotate {argument} --resume finishes the rotation, --discard undoes it, and both turn the setting off; client-apps doctor shows whether it is on',
  ),
  'rotation-running': error(
    'a rotation in this org is running on this machine: process {pid}, since {since}',
    'wait until it has finished',
  ),
  'rotation-elsewhere': error(
    'a rotation in this org began on the machine {host} at {since} (process {pid}); whether it is still running cannot be determined from this machine',
    'if you are certain that it has ended: client-apps rotate {org}/APP --resume, or --discard',
  ),
  'rotation-unusable': error(
    'the record of a rotation cannot be used',
    'nothing was changed; check the app in Setup, check that access to consumer secrets via REST API is off, then move the file away',
  ),
  'rotation-of-another': error(
    'this is the record of a rotation of {app} in the org {org}, but its file is named for another rotation',
    'restore the original name of the file, or move it away',
  ),
  'rotation-meanwhile': error(
    'the credentials of {app} were rotated again after this rotation was approved',
    'check with client-apps doctor, then run the command again',
  ),
  'rotate-own-login-unknown': warning(
    'it is not known which app this login used, so it may be {app} itself',
    'make sure that it is a different app, or log in with SF_CLIENT_ID, which can be checked',
  ),
  'rotation-not-recorded': error(
    'the step "{state}" of the rotation was completed, but it could not be recorded: {reason}',
    'free disk space, or correct the permissions of the folder; client-apps rotate reads from the org what is staged',
  ),
  'secret-access-consent': error('{app} needs the org-wide setting {setting} to be on briefly, and it is off', {
    cli: 'pass --open-secret-access: the setting is turned on, and turned off again at the end, even if something fails',
    terraform:
      'set open_secret_access = true: the setting is turned on, and turned off again at the end, even if something fails',
  }),
  'secret-access-left-open': error(
    'the org-wide setting {setting} could not be turned off again: {reason}',
    'turn it off now, in Setup > External Client App Settings: Allow access to External Client App consumer secrets via REST API',
  ),
  'start-changed': error(
    'this was changed after {app} was stopped; restoring the former value would undo that change',
    'find out who changed it and why, then restore the app by hand or, if it is declared, with client-apps apply {--re-enable}',
  ),
  'start-other-app': error(
    'the {sort} {app} that was stopped is not the one the org has under this name now',
    'restore the app by hand; the receipt lists its former values',
  ),
  'start-permission-set-unclear': error(
    'no permission set of the org has this API name, so it is not certain who would get {app} back',
    'add the permission sets to the app in Setup > Manage Connected Apps; the receipt lists them',
  ),
  'start-failed': error(
    'Salesforce refused to switch {app} on: {reason}',
    'correct the cause, then run the command again',
  ),
  'start-what': error(
    'neither an app nor a receipt was named',
    'run client-apps start APP, or client-apps start --from FILE',
  ),
  'start-without-receipt': error(
    'there is no receipt for a stop of {app} in this org, so its former values are not known',
    'pass the receipt with --from FILE; or, for a declared app, client-apps apply {--re-enable}; or turn it on in Setup',
  ),
  'start-several-receipts': error('there are receipts for two apps named {app}', 'choose one with --from FILE'),
  'start-receipt-of-other-app': error('the receipt is not for {app}', 'name the receipt of its stop'),
  'start-receipt-of-other-org': error('the receipt is for another org', 'log in to that org, or name another receipt'),
  'stop-what': error('no app was named', 'run client-apps stop APP, or client-apps stop --everything-unknown'),
  'stop-option-useless': error(
    'this cannot be used with client-apps stop {app}',
    'use --everything-unknown without an app, and --unknown only with --revoke, because an uninstalled app has only tokens',
  ),
} as const;
