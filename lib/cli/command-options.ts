import { type Command, InvalidArgumentError, Option } from 'commander';

import { type ConsentName, consentRows, flagOf } from '../options/consents';
import { FAIL_ON_VALUES } from '../policy/severity';
import { CDKS } from '../values/cdk';
import { CONFIG_FILE, MOST_AT_ONCE, WEBHOOKS } from './config/settings';

/** Beside every command that talks to an org. */
export const EXIT_CODES =
  '\nExit codes: 0 ok, 1 error, 2 changes or drift, 3 findings, 4 stale plan, 5 login refused or org unreachable, ' +
  '6 a deploy or a rotation was sent and its outcome is not known, 130 interrupted.';

export const LOGIN =
  '\nLogin, from the environment; the first complete set is used: SF_ACCESS_TOKEN and SF_INSTANCE_URL; SF_CLIENT_ID, SF_USERNAME ' +
  'and SF_JWT_KEY_FILE or SF_JWT_KEY; SF_CLIENT_ID, SF_CLIENT_SECRET and SF_LOGIN_URL; SF_TARGET_ORG (an alias of the ' +
  'Salesforce CLI). With more than one org, or to keep orgs apart: SF_<ORG>_ACCESS_TOKEN and so on.';

const collect = (value: string, previous: readonly string[] | undefined): readonly string[] => [
  ...(previous ?? []),
  value,
];
export const repeatable = (flags: string, description: string): Option =>
  new Option(flags, description).argParser(collect);

/** An API name holds no comma, so that several may stand in one word, which twenty apps that lose a certificate need. */
const collectNames = (value: string, previous: readonly string[] | undefined): readonly string[] => [
  ...(previous ?? []),
  ...value.split(',').map((name) => name.trim()),
];

/** An option that names apps: `--adopt A,B --adopt C`. A name is refused or corrected by itself. */
export const ofApps = (option: string, description: string): Option =>
  new Option(option, `${description}; several: A,B`).argParser(collectNames);

/** Of commands that log in to an org. */
function withCredentials(command: Command): Command {
  return command
    .addHelpText('after', EXIT_CODES)
    .option('--local', 'use the built-in local org, kept in .client-apps/local')
    .option('--seed <dir>', 'initial content of a new local org: a Metadata API package with org.json, or ten-years')
    .option(
      '--reset',
      'with --local: first delete the local org and everything recorded about it, then start a new one',
    );
}

/** Of commands that write what an org has as a program. */
export const withImport = (command: Command): Command =>
  withCredentials(command)
    .option('--from <path>', 'read files instead: a Salesforce DX project, a Metadata API package, or a zip')
    .addOption(repeatable('--kind <app=kind>', 'what kind of client an app is: private, public or machine; repeatable'))
    .addOption(
      repeatable('--keep-as-is <app=reason>', 'leave this app out of the program, for this reason; repeatable'),
    )
    .addOption(
      new Option(
        '--cdk <name>',
        'the CDK that the program imports (default: the one in package.json, otherwise cdktf)',
      ).choices(CDKS),
    );

const withTargets = (command: Command): Command =>
  command
    .option('--manifest <file...>', 'manifests to work on (default: those of the last synth)')
    .addOption(repeatable('--org <name>', 'only this org; repeatable'))
    .option('--config <file>', `settings and known facts about the apps (default: the nearest ${CONFIG_FILE})`);

/** Its value is checked by who sends: the parser would repeat a wrong one, which may be the address. */
export function webhook(): Option {
  const option = new Option(
    '--webhook <format>',
    'if something is not in sync, send a message to the address in CLIENT_APPS_WEBHOOK_URL',
  );
  option.argChoices = [...WEBHOOKS];
  return option;
}

/** Of commands that read several orgs at a time. */
export const withParallel = (command: Command): Command =>
  command.addOption(
    new Option('--parallel <number>', `orgs to read at a time, 1 to ${MOST_AT_ONCE} (default: 4)`).argParser(atOnce),
  );

function atOnce(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= MOST_AT_ONCE) return number;
  throw new InvalidArgumentError(`Use a number from 1 to ${MOST_AT_ONCE}.`);
}

/** Of commands that work on the orgs of a program. */
export const withOrgs = (command: Command): Command => withCredentials(withTargets(command));

const withSynth = (command: Command): Command =>
  command.option('--no-synth', 'do not run the "app" command of cdktf.json first; use its last output');

/** Of commands that first run the program that declares the apps. */
export const withProgram = (command: Command): Command =>
  withSynth(withOrgs(command)).option('--fail-fast', 'do not start on another org after one has failed');

/** Of commands that run the program, and reach no org. */
export const withManifests = (command: Command): Command =>
  withSynth(withTargets(command)).addHelpText('after', EXIT_CODES);

export function withReceipt(command: Command): Command {
  return command
    .option('--receipt <file>', 'the receipt of the last apply (default: .client-apps/receipts)')
    .option('--no-receipt', 'neither read nor write a receipt');
}

/** Of commands other than plan and apply: what their names in the table of consents say. */
export function withSomeConsents(command: Command): Command {
  for (const [name, { says, takes, also = {} }] of consentRows()) {
    const shown = also[command.name()] ?? says;
    if (command.name() in also) command.addOption(consentOption(name, takes === 'nothing' ? '' : ' <app>', shown));
  }
  return command;
}

export function withConsents(command: Command): Command {
  for (const [name, { says, takes }] of consentRows()) {
    command.addOption(consentOption(name, takes === 'nothing' ? '' : ' <app...>', says));
  }
  return command.addOption(
    new Option(
      '--fail-on <severity>',
      'refuse, with exit code 3, a change that introduces or worsens a violation at or above it (default: high)',
    ).choices(FAIL_ON_VALUES),
  );
}

const consentOption = (consent: ConsentName, names: '' | ' <app>' | ' <app...>', says: string): Option =>
  names === '' ? new Option(flagOf(consent), says) : ofApps(`${flagOf(consent)}${names}`, says);

/** Of rotate: where credentials go, and which step is done. */
export const withRotation = (command: Command): Command =>
  command
    .option('--to-command <command>', 'pass key and secret to this command, as JSON on its standard input')
    .option(
      '--to-file <file>',
      'write them as JSON to this file, readable only by its owner; must be outside git work trees',
    )
    .option('--to-env-file <file>', 'the same, as SF_CLIENT_ID and SF_CLIENT_SECRET')
    .option('--to-github-output', 'set the outputs consumer_key and consumer_secret of a GitHub step, masked')
    .option('--first', 'deliver the credentials that the app already has, and change nothing in the app')
    .option('--overlap <time>', 'how long the former credentials stay valid: 0, 30m, 12h, up to 30d (default: 1d)')
    .option('--end-former', 'delete the former credentials once the overlap is over')
    .option('--now', 'with --end-former: even before the overlap is over')
    .option('--resume', 'continue an interrupted rotation; the secret is delivered again if it may have been lost')
    .option('--promote', 'finish a rotation: activate staged credentials that clients already have')
    .option('--discard', 'delete staged credentials that are not in use')
    .option('--accept-unproved', 'continue even if no login can prove the credentials')
    .option('--open-secret-access', 'with --auto-approve: temporarily turn on access to secrets')
    .option('--auto-approve', 'do not ask');
