import { error, warning } from './entry';

const PATH = 'correct the path or its permissions';

/** What to do where nothing was synthesized, or not as cdktf does it. */
const SYNTH =
  'synthesize first: npx cdktf synth, or run the program that declares the apps; or name the files with --manifest';

/** Where metadata of client apps stands. */
const SOURCE_FOLDERS = 'folders such as externalClientApps, connectedApps and settings, at any depth';
const EXISTS = 'this already exists and would be overwritten; nothing was written';

const INCIDENT =
  'name the folder that client-apps incident created; the evidence it froze is still in its subfolder "evidence"';

/** Files, arguments and programs that a command needs, and connections to an org. */
export const COMMAND_LINE = {
  // Files
  'file-missing': error('there is no such file', 'correct the path'),
  'file-missing/manifest': error('there is no such file', SYNTH),
  'file-missing/configuration': error('there is no such file', 'correct --config'),
  'file-missing/baseline': error('there is no such file', 'correct --baseline'),
  'file-missing/plan': error('there is no such file', 'save one with client-apps plan --out FILE'),
  'file-missing/receipt': error('there is no such file', 'restore the file'),
  'file-missing/stop': error('there is no such file', 'name the receipt of a stop: .client-apps/stops'),
  'file-missing/incident': error('there is no such file', INCIDENT),
  'file-unusable': error('the file cannot be read or written', PATH),
  'file-unusable/read': error('the file cannot be read: {reason}', PATH),
  'file-unusable/write': error('the file cannot be written: {reason}', PATH),
  'file-unusable/no-file': error('this is not a file', PATH),
  'file-unusable/size': error('the file has {size} bytes, more than {most}', PATH),
  'file-unusable/folder': error('the folder cannot be created: {reason}', PATH),
  'file-unusable/folder-to-fill': error('it cannot be written: {reason}', PATH),
  'file-unusable/unseen': error('it cannot be inspected: {reason}', PATH),
  'file-unusable/evidence': error('evidence cannot be saved: {reason}', PATH),
  'file-unusable/provider': error('the provider cannot be written: {reason}', PATH),
  'file-unusable/by-system': error(
    'the operating system refused it: {reason}',
    'free disk space, or correct the path or its permissions',
  ),
  'manifest-unusable': error(
    'the file is not a manifest, or was changed after synth',
    'generate it again with cdktf synth; never edit a manifest by hand',
  ),
  'saved-plan-unusable': error(
    'the file is not a saved plan, or was changed after it was written',
    'plan again and save that plan; never edit a saved plan by hand',
  ),
  'receipt-unusable': error(
    'the file is not a receipt',
    'restore the file, or delete it: an app that was deleted in the org then counts as new until the next apply',
  ),
  'receipt-unusable/stop': error(
    'the file is not the receipt of a stop',
    'restore the file; without it, restore the app in Setup, or, if it is declared, with client-apps apply --re-enable',
  ),
  'receipt-unusable/revocation': error(
    'the file is not the receipt of a revocation',
    'move the file away; client-apps revoke reads from the org what is left to revoke',
  ),
  'drift-report-unusable': error(
    'the file is not a drift report written by client-apps',
    'delete the file, or generate it again with client-apps drift',
  ),
  'terraform-runs-unusable': error(
    'the record of Terraform runs cannot be used',
    'restore the file, or delete it: changes in the org then count as not shown by Terraform',
  ),
  'no-manifest': error(
    'nothing to do: no synthesized stack declares a Salesforce org',
    `${SYNTH}; the program must end with app.synth()`,
  ),
  'cdktf-json-unusable': error(
    'this is not valid JSON: {reason}',
    'correct the file, or name the manifests with --manifest',
  ),
  'cdktf-output-unusable': error('this is not the manifest that cdktf writes: {reason}', SYNTH),
  'source-unusable': error('the source cannot be read', 'name a folder or a complete zip file'),
  'source-unusable/zip': error('{problem}', 'name a folder or a complete zip file'),
  'source-unusable/missing': error('there is no such file or folder', 'correct --source'),
  'source-unusable/refused': error('{reason}', 'correct --source'),
  'source-without-apps': error(
    'no metadata of client apps or OAuth settings was found',
    'name the project folder, or retrieve the metadata first',
    { allowed: SOURCE_FOLDERS },
  ),
  'source-without-apps/unread': error(
    'no metadata of client apps or OAuth settings was found; not read: {file}: {reason}',
    'name the project folder, or retrieve the metadata first',
    { allowed: SOURCE_FOLDERS },
  ),
  'package-folder-in-use': error(
    'the folder for the packages is not empty, and files from an earlier plan would be mixed with those from this one',
    'name a new folder, or empty this one',
  ),
  'package-path-outside': error(
    'the name of a component or of the org points outside the folder for the packages; nothing was written',
    'rename the record in Setup: a name like this may have been chosen to make this command write elsewhere',
  ),
  'baseline-exists': error(
    'the file already exists, and its content would be lost',
    'add --baseline {file} to keep its exceptions along with the new ones, or name another file',
  ),
  'init-file-exists': error(EXISTS, 'name a new folder: client-apps init DIR'),
  'init-file-exists/import': error(EXISTS, 'name another folder: client-apps import ORG --out DIR'),
  'init-file-exists/workflow': error(EXISTS, 'move it away, or copy what you need from docs/ci.md'),
  'init-file-exists/by-hand': error(EXISTS, 'add the lines to it by hand'),
  'provider-file-exists': error(
    'another file is in the place of the Terraform provider; nothing was written',
    'remove it, or name another folder. If a lock file (.terraform.lock.hcl) has the checksum of the other one, run terraform init -upgrade before using this one',
  ),
  'provider-install-option-wrong': error('{reason}', 'client-apps provider install --help lists the options'),
  'one-receipt-for-several-orgs': error(
    'one file cannot hold the receipts of {count} orgs',
    'name one org with --org, or leave the receipts in .client-apps/receipts',
  ),

  // Settings of all commands
  'setting-unusable': error('the value of {variable} cannot be used', 'correct the variable, or unset it'),
  'configuration-path-outside': error(
    'the folder for receipts must be inside the folder of the configuration, because files are written to it',
    'name a folder in it, such as client-apps/receipts',
  ),

  // Messages about drift
  'webhook-format-unknown': error(
    'this is not a known message format',
    'name a format; the address is not an argument',
  ),
  'webhook-address-missing': error(
    'a message was requested, but there is no address to send it to',
    'set CLIENT_APPS_WEBHOOK_URL, or remove --webhook',
    { also: 'warning' },
  ),
  'webhook-address-unusable': error(
    'this is not the address of a webhook (it is not shown, because it may be a secret)',
    'set it to a URL that begins with https://',
  ),
  'webhook-failed': error(
    'the message about drift was not delivered: {reason}; the exit code still reports the drift',
    'check the address and the receiver; the report is above',
  ),

  // Arguments
  'org-unknown': error('no org in this run is named {org}', 'correct the name'),
  'org-twice': error(
    'the org {org} has two manifests, so its name does not determine which code and credentials to use',
    'name one of them with --manifest, or give the orgs different construct ids',
  ),
  'which-org': error(
    'no org in this run declares {app}, and more than one may have it',
    'name the org: client-apps stop ORG/NAME',
  ),
  'app-unknown': error(
    'no org in this run declares an app named {app}',
    'correct the name; use the API name, not the label',
  ),
  'app-unknown/late': error(
    'no org in this run declares an app named {app}',
    'give {fields} a value in the test; the declared one is known only to Terraform',
  ),
  'option-with-saved-plan': error(
    'a saved plan is applied exactly as reviewed, so these options cannot be used with it',
    'pass them to client-apps plan --out FILE, or apply without a plan file',
  ),
  'option-without-effect': error(
    'this option requires --write-baseline, which was not given',
    'add --write-baseline FILE, or remove the option',
  ),
  'option-without-effect/grouping': error(
    '--format {format} lists every result separately, so nothing is grouped',
    'remove --by, or choose text, markdown or html',
  ),
  'import-answer-unusable': error(
    'this is not an answer about an app',
    'write the API name of an app, then =, then the answer',
  ),
  'import-names-unknown-app': error('there is no such app to import', 'correct the API name; it is case-sensitive'),
  'source-and-org': error(
    'files are read without an org, so options about orgs cannot be used with {option}',
    'remove {option}, or the others',
  ),
  'command-line-wrong': error('{problem}', 'client-apps COMMAND --help lists arguments and options'),
  'explain-usage': error(
    '{problem}',
    'client-apps explain SFCA-ECA-PKCE explains one control, client-apps explain --list lists all of them',
    { allowed: 'one term, or --list, with or without --json' },
  ),
  'seed-without-local': error(
    '{org} is a remote org, and only a local org can be seeded or reset',
    'add --local, or remove --seed',
  ),
  'reset-without-local': error(
    '{org} is a remote org, and only a local org can be seeded or reset',
    'add --local, or remove --reset',
  ),
  'emulator-option-unusable': error('the local org cannot start with this option', 'correct the option'),
  'emulator-state-unusable': error('the state file of the local org cannot be used', 'repair or delete the file'),
  'emulator-seed-unusable': error('the seed of the local org cannot be used', 'correct the seed directory'),
  'timeout-unusable': error('this is not a valid number of seconds', 'give a number of seconds', {
    allowed: '1 to 86400',
  }),
  'time-unusable': error('this is neither a number of days nor a date or time', 'write {option} 90d', {
    allowed: '90d, a date (YYYY-MM-DD), or a time (2026-05-01T08:00:00Z)',
  }),
  'window-empty': error('the period since then is empty', 'give an earlier date, or remove the option to use 90d', {
    allowed: '1d or more, or a date before today (YYYY-MM-DD)',
  }),
  'migration-not-finished': error(
    'the Connected App {app} was left as it is: {reason}',
    'client-apps migrate status {app} shows how far the migration has progressed, client-apps usage --app {app} shows who uses the app',
  ),
  'no-such-connected-app': error(
    'the org has no Connected App named {app}, and whether it ever had one is not known{beside}',
    'correct the API name; client-apps usage lists the apps that are in use',
  ),
  'one-org-at-a-time': error(
    'there are {count} orgs, but {command} works on one at a time',
    'name the org: client-apps {command} ORG/NAME',
  ),
  'tokens-not-evaluated': error(
    '{what} could not be read: {why}',
    'give the connected user the required permission, then run the command again',
  ),
  'no-such-tokens': error(
    'no tokens of an app named {app} were found',
    'correct the name; client-apps usage lists the apps',
  ),
  'app-not-seen': error(
    'no app named {app} was found: no record, no token and no login{gap}',
    'correct the name (a label or an API name); client-apps usage lists the apps',
  ),
  'user-not-seen': warning(
    'no token of this user was found, but one of a user with a similar name was',
    'correct the username',
  ),
  'incident-usage': error(
    '{problem}',
    'start with client-apps incident APP, continue with client-apps incident --resume DIR',
  ),
  'incident-folder-in-use': error(
    'the folder already exists, and evidence never overwrites anything',
    'name a folder that does not exist; or continue the incident in this one: --resume {folder}',
  ),
  'incident-unusable': error('the journal of the incident cannot be used', INCIDENT),
  'incident-other-org': error('this incident is for another org: {org}', 'log in to that org, or begin a new incident'),
  'incident-evidence-changed': error(
    'the evidence has changed since it was frozen: {problem}',
    'keep the folder as it is and find out who changed it; to continue, begin a new incident',
  ),
  'several-such-apps': error('{count} apps are named {app}', 'specify which one: by API name, or with --unknown'),
  'port-unusable': error('this is not a valid port', 'correct the number', { allowed: '0 (any free one) to 65535' }),
  'latency-unusable': error('this is not a valid time', 'correct the number', {
    allowed: 'milliseconds, 0 to 600000 (ten minutes)',
  }),
  'api-requests-unusable': error('this is not a valid number of API requests', 'correct the number', {
    allowed: '0 to 100000000',
  }),
  'sandbox-name-unusable': error('this is not a valid sandbox name', 'correct the name', {
    allowed: '1 to 10 letters and digits',
  }),
  'prove-option-wrong': error('{reason}', 'see client-apps prove --help'),
  'rotate-option-wrong': error('{reason}', 'see client-apps rotate --help'),
  'secret-destination-unusable': error(
    'a secret must not be written to this place: {reason}',
    'name a file in an existing folder that is outside any git work tree',
  ),
  'org-not-begun': error('{why}', 'correct what failed, and run the same command again'),

  // The author's program
  'program-failed': error(
    'the program that declares the apps {how}; no org was read',
    'correct the error shown above; the command is "app" in cdktf.json',
  ),
  'program-wrote-nothing': error(
    'the program exited without an error, but wrote nothing to {folder}',
    'call app.synth() at its end, and do not set outdir, so that cdktf chooses the folder; if a build tool kept the earlier result, pass --no-synth',
  ),
  defect: error('this is a bug in client-apps; please report it', 'report it'),

  // The connection. Where Salesforce or the network gives a code of its own, that one is shown instead.
  'org-login': error('Salesforce refused the login, or no login is configured', 'correct the credentials'),
  'org-unreachable': error('the org could not be reached', 'check the network and the URL, then try again'),
  'org-refused': error(
    'Salesforce refused the request',
    'give the connected user the permission that the message names',
  ),
  'org-answer': error('the response of the org could not be understood', 'try again; if it happens again, report it'),
  'org-aborted': error('stopped on request', 'run the command again'),
} as const;
