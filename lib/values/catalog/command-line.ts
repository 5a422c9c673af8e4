import { error, warning } from './entry';

const PATH = 'correct the path or its permissions';

/** What to do where nothing was synthesized, or not as cdktf does it. */
const SYNTH =
  'synthesize first: npx cdktf synth, or run the program that declares the apps; or name the files with --manifest';

/** Where metadata of client apps stands. */
const SOURCE_FOLDERS = 'folders such as externalClientApps, connectedApps and settings, at any depth';
const EXISTS = 'this exists already and would be overwritten; nothing was written';

const INCIDENT =
  'name the folder that client-apps incident made; what it froze is in its folder "evidence" all the same';

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
  'file-unusable/folder': error('the folder cannot be made: {reason}', PATH),
  'file-unusable/folder-to-fill': error('it cannot be written: {reason}', PATH),
  'file-unusable/unseen': error('it cannot be looked at: {reason}', PATH),
  'file-unusable/evidence': error('evidence cannot be kept: {reason}', PATH),
  'file-unusable/provider': error('the provider cannot be written: {reason}', PATH),
  'file-unusable/by-system': error(
    'the system refuses it: {reason}',
    'make room, or correct the path or its permissions',
  ),
  'manifest-unusable': error(
    'the file is not a manifest, or was changed after synth',
    'write it anew with cdktf synth; a manifest is never edited by hand',
  ),
  'saved-plan-unusable': error(
    'the file is not a saved plan, or was changed after it was written',
    'plan again and save that plan; a saved plan is never edited by hand',
  ),
  'receipt-unusable': error(
    'the file is not a receipt',
    'restore the file, or delete it: an app that was deleted in the org then counts as new until the next apply',
  ),
  'receipt-unusable/stop': error(
    'the file is not the receipt of a stop',
    'restore the file; without it, set the app right in Setup, or a declared one with client-apps apply --re-enable',
  ),
  'receipt-unusable/revocation': error(
    'the file is not the receipt of a revocation',
    'move the file away; client-apps revoke reads from the org what is left',
  ),
  'drift-report-unusable': error(
    'the file is not a drift report of this program',
    'delete the file, or write it anew with client-apps drift',
  ),
  'terraform-runs-unusable': error(
    'the record of Terraform runs cannot be used',
    'restore the file, or delete it: changes of the org then count as not shown by Terraform',
  ),
  'no-manifest': error(
    'nothing to do: no synthesized stack declares a Salesforce org',
    `${SYNTH}; a program that has run has to end with app.synth()`,
  ),
  'cdktf-json-unusable': error(
    'this is not valid JSON: {reason}',
    'correct the file, or name the manifests with --manifest',
  ),
  'cdktf-output-unusable': error('this is not the manifest that cdktf writes: {reason}', SYNTH),
  'source-unusable': error('the source cannot be read', 'name a folder or a whole zip'),
  'source-unusable/zip': error('{problem}', 'name a folder or a whole zip'),
  'source-unusable/missing': error('there is no such file or folder', 'correct --source'),
  'source-unusable/refused': error('{reason}', 'correct --source'),
  'source-without-apps': error(
    'there is no metadata of client apps or OAuth settings',
    'name the folder of the project, or retrieve the metadata first',
    { allowed: SOURCE_FOLDERS },
  ),
  'source-without-apps/unread': error(
    'there is no metadata of client apps or OAuth settings; not read: {file}: {reason}',
    'name the folder of the project, or retrieve the metadata first',
    { allowed: SOURCE_FOLDERS },
  ),
  'package-folder-in-use': error(
    'the folder for the packages is not empty, and files of an earlier plan would mix with those of this one',
    'name a new folder, or empty this one',
  ),
  'package-path-outside': error(
    'the name of a component or of the org leads out of the folder for the packages; nothing was written',
    'rename the record in Setup: a name like this may have been chosen to write elsewhere',
  ),
  'baseline-exists': error(
    'the file exists already, and its content would be lost',
    'add --baseline {file} to keep its exceptions beside the new ones, or name another file',
  ),
  'init-file-exists': error(EXISTS, 'name a new folder: client-apps init DIR'),
  'init-file-exists/import': error(EXISTS, 'name another folder: client-apps import ORG --out DIR'),
  'init-file-exists/workflow': error(EXISTS, 'move it away, or copy what you need from docs/ci.md'),
  'init-file-exists/by-hand': error(EXISTS, 'add the lines to it by hand'),
  'provider-file-exists': error(
    'another file stands where the Terraform provider would be; nothing was written',
    'remove it, or name another folder. A lock file (.terraform.lock.hcl) that knows the other one refuses this one until terraform init -upgrade',
  ),
  'provider-install-option-wrong': error('{reason}', 'client-apps provider install --help lists the options'),
  'one-receipt-for-several-orgs': error(
    'one file cannot hold what happened in {count} orgs',
    'name one org with --org, or leave the receipts in .client-apps/receipts',
  ),

  // Settings of all commands
  'setting-unusable': error('the value of {variable} cannot be used', 'correct the variable, or unset it'),
  'configuration-path-outside': error(
    'receipts are written, so their folder has to be inside that of the configuration',
    'name a folder in it, such as client-apps/receipts',
  ),

  // Messages about drift
  'webhook-format-unknown': error('there is no such format of messages', 'name one; the address is no argument'),
  'webhook-address-missing': error(
    'a message was asked for, and there is no address to send it to',
    'set CLIENT_APPS_WEBHOOK_URL, or leave --webhook out',
    { also: 'warning' },
  ),
  'webhook-address-unusable': error(
    'this is not the address of a webhook (it is not shown, because it may be a secret)',
    'set it to a URL that begins with https://',
  ),
  'webhook-failed': error(
    'the message about drift did not arrive: {reason}; the exit code is that of drift all the same',
    'look at the address and at the receiving side; the report is above',
  ),

  // Arguments
  'org-unknown': error('no org of this run is named {org}', 'correct the name'),
  'org-twice': error(
    'the org {org} has two manifests, so its name says neither which code nor which credentials',
    'name one of the two with --manifest, or give the orgs different construct ids',
  ),
  'which-org': error(
    'no org of this run declares {app}, and there are several that may have it',
    'name the org: client-apps stop ORG/NAME',
  ),
  'app-unknown': error(
    'no org of this run declares an app named {app}',
    'correct the name; it is the API name, not the label',
  ),
  'app-unknown/late': error(
    'no org of this run declares an app named {app}',
    'give {fields} a value in the test; only Terraform knows the declared one',
  ),
  'option-with-saved-plan': error(
    'a saved plan is applied as it was reviewed, so these options cannot be used with it',
    'pass them to client-apps plan --out FILE, or apply without a plan file',
  ),
  'option-without-effect': error(
    'this belongs to --write-baseline, which was not given',
    'add --write-baseline FILE, or leave it out',
  ),
  'option-without-effect/grouping': error(
    '--format {format} lists every result separately, so nothing is grouped',
    'drop --by, or choose text, markdown or html',
  ),
  'import-answer-unusable': error(
    'this is not an answer about an app',
    'write the API name of an app, =, and the rest',
  ),
  'import-names-unknown-app': error(
    'there is no such app to import',
    'correct the API name; upper and lower case make a difference',
  ),
  'source-and-org': error(
    'files are read by themselves, so options about orgs cannot be used with {option}',
    'drop {option}, or the others',
  ),
  'command-line-wrong': error('{problem}', 'client-apps COMMAND --help lists arguments and options'),
  'explain-usage': error(
    '{problem}',
    'client-apps explain SFCA-ECA-PKCE explains one control, client-apps explain --list lists all of them',
    { allowed: 'one term; or --list, with or without --json' },
  ),
  'seed-without-local': error(
    '{org} is an org on the network, which is neither seeded nor started over',
    'add --local, or drop --seed',
  ),
  'reset-without-local': error(
    '{org} is an org on the network, which is neither seeded nor started over',
    'add --local, or drop --reset',
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
  'window-empty': error('nothing can have been used since then yet', 'give an earlier date, or leave it out for 90d', {
    allowed: '1d or more, or a date before today (YYYY-MM-DD)',
  }),
  'migration-not-finished': error(
    'the Connected App {app} stays as it is: {reason}',
    'client-apps migrate status {app} says how far the migration came, client-apps usage --app {app} who uses the app',
  ),
  'no-such-connected-app': error(
    'the org has no Connected App named {app}, and whether it ever had one is not known{beside}',
    'correct the API name; client-apps usage lists the apps that are in use',
  ),
  'one-org-at-a-time': error(
    'there are {count} orgs, and {command} works on one at a time',
    'name the org: client-apps {command} ORG/NAME',
  ),
  'tokens-not-evaluated': error(
    '{what} could not be read: {why}',
    'give the connected user the permission that it takes, then run it again',
  ),
  'no-such-tokens': error(
    'no token of an app named {app} is listed',
    'correct the name; client-apps usage lists the apps',
  ),
  'app-not-seen': error(
    'no app named {app} was seen: no record, no token and no login{gap}',
    'correct the name: a label or an API name; client-apps usage lists the apps',
  ),
  'user-not-seen': warning(
    'no token of this user was seen, and one of a user with a similar name was',
    'correct the username',
  ),
  'incident-usage': error('{problem}', 'client-apps incident APP begins, client-apps incident --resume DIR goes on'),
  'incident-folder-in-use': error(
    'the folder exists already, and evidence overwrites nothing',
    'name a folder that does not exist; or go on with the incident in it: --resume {folder}',
  ),
  'incident-unusable': error('the journal of the incident cannot be used', INCIDENT),
  'incident-other-org': error(
    'this incident is about another org: {org}',
    'log in to that org, or begin a new incident',
  ),
  'incident-evidence-changed': error(
    'the evidence is not what was frozen: {problem}',
    'keep the folder as it is and find out who changed it; to go on, begin a new incident',
  ),
  'several-such-apps': error('{count} apps are called {app}', 'say which: by API name, or with --unknown'),
  'port-unusable': error('this is not a valid port', 'correct the number', { allowed: '0 (any free one) to 65535' }),
  'latency-unusable': error('this is not a valid time', 'correct the number', {
    allowed: 'milliseconds, 0 to 600000 (ten minutes)',
  }),
  'api-requests-unusable': error('this is not a valid number of API requests', 'correct the number', {
    allowed: '0 to 100000000',
  }),
  'sandbox-name-unusable': error('this is not a valid name of a sandbox', 'correct the name', {
    allowed: '1 to 10 letters and digits',
  }),
  'prove-option-wrong': error('{reason}', 'see client-apps prove --help'),
  'rotate-option-wrong': error('{reason}', 'see client-apps rotate --help'),
  'secret-destination-unusable': error(
    'a secret must not be written there: {reason}',
    'name a file outside of every git work tree, in a folder that exists',
  ),
  'org-not-begun': error('{why}', 'correct what failed, and run the same command again'),

  // The author's program
  'program-failed': error(
    'the program that declares the apps {how}; no org was read',
    'correct what it says above; the command is "app" in cdktf.json',
  ),
  'program-wrote-nothing': error(
    'the program ended without an error, but wrote nothing to {folder}',
    'end it with app.synth(), and leave the folder to cdktf (no outdir of its own); where a build tool kept the earlier result, pass --no-synth',
  ),
  defect: error('this is a defect of client-apps, please report it', 'report it'),

  // The connection. Where Salesforce or the network gives a code of its own, that one is shown instead.
  'org-login': error('Salesforce refused the login, or there is none', 'correct the credentials'),
  'org-unreachable': error('the org could not be reached', 'check the network and the URL, then try again'),
  'org-refused': error(
    'Salesforce refused the request',
    'give the connected user the permission that the message names',
  ),
  'org-answer': error('the answer of the org could not be understood', 'try again; if it happens again, report it'),
  'org-aborted': error('stopped on request', 'run the command again'),
} as const;
