import { Command, InvalidArgumentError, Option } from 'commander';

import type { ExitCode } from './exit-codes';
import type { ApplyOptions, DriftOptions, EmulateOptions, OutputsOptions, PlanOptions, StopOptions } from './options';

/** What each command does; the command line only finds out which one, and with what. */
export interface Actions {
  plan(options: PlanOptions): Promise<ExitCode>;
  apply(planFile: string | undefined, options: ApplyOptions): Promise<ExitCode>;
  drift(options: DriftOptions): Promise<ExitCode>;
  outputs(options: OutputsOptions): Promise<ExitCode>;
  stop(app: string, options: StopOptions): Promise<ExitCode>;
  emulate(options: EmulateOptions): Promise<ExitCode>;
}

export interface Streams {
  readonly writeOut: (text: string) => void;
  readonly writeErr: (text: string) => void;
}

const EXIT_CODES = `
Exit codes: 0 ok, 1 error, 2 changes or drift, 3 findings, 4 stale plan, 5 login refused or org unreachable.
Login, by environment: SF_ACCESS_TOKEN + SF_INSTANCE_URL; SF_CLIENT_ID + SF_USERNAME + SF_JWT_KEY_FILE or SF_JWT_KEY;
SF_CLIENT_ID + SF_CLIENT_SECRET + SF_LOGIN_URL; SF_TARGET_ORG. With several orgs, or one by one: SF_<ORG>_...`;

/** The command line's grammar. `done` gets the exit code of the command that ran. */
export function buildProgram(actions: Actions, streams: Streams, done: (code: ExitCode) => void): Command {
  const program = new Command('client-apps')
    .description('Salesforce OAuth client apps as code: plan, apply, drift')
    .option('-V, --version', 'print the version')
    .addHelpText('after', EXIT_CODES)
    .showHelpAfterError('(client-apps --help lists commands and options)')
    .exitOverride()
    .configureOutput(streams);
  const command = (usage: string, description: string): Command =>
    program.command(usage).description(description).allowExcessArguments(false);

  consents(orgs(command('plan', 'show what apply would do, field by field; writes nothing to the org')))
    .option('--out <file>', 'save the plan, to be reviewed and applied exactly so')
    .option('--json', 'print the plan as JSON to stdout')
    .option('--markdown <file>', 'write the plan as a comment for a pull request')
    .option('--detailed-exitcode', 'exit 2 when there are changes')
    .option('--target <org/app>', 'only this app (and the org settings); repeatable', collect, [])
    .option('--validate', 'have Salesforce check the very packages that would be deployed')
    .addOption(new Option('--deny <effect>', 'exit 3 when a change widens existing access').choices(['widens']))
    .option('--package <dir>', 'write the packages that would be deployed')
    .action(async (options: PlanOptions) => done(await actions.plan(options)));

  consents(orgs(command('apply', 'do exactly what a plan says, and print a receipt')))
    .argument('[planfile]', 'a plan saved by plan --out; without it: plan, show, ask')
    .option('--auto-approve', 'apply new apps and what narrows or is neutral without asking')
    .addOption(new Option('--allow <effect>', 'with --auto-approve: also what widens existing access').choices(['widens']))
    .option('--json', 'print the receipts as JSON to stdout')
    .action(async (file: string | undefined, options: ApplyOptions) => done(await actions.apply(file, options)));

  receipts(orgs(command('drift', 'exit 0 when the orgs have what the code declares, 2 when not')))
    .option('--except <app>', 'leave this app out; repeatable', collect, [])
    .option('--json', 'print the drift as JSON to stdout')
    .action(async (options: DriftOptions) => done(await actions.drift(options)));

  orgs(command('outputs', 'print consumer keys and other public facts of the declared apps'))
    .option('--json', 'print them as JSON to stdout')
    .action(async (options: OutputsOptions) => done(await actions.outputs(options)));

  local(command('stop', 'break-glass: switch an app off in the org, declared or not'))
    .argument('<app>', 'API name of the app, or ORG/NAME')
    .option('--manifest <file>', 'manifest that names the org; repeatable', collect)
    .option('--org <name>', 'the org', collect)
    .action(async (app: string, options: StopOptions) => done(await actions.stop(app, options)));

  command('emulate', 'run a local org; prints SF_INSTANCE_URL and SF_ACCESS_TOKEN, ends with its parent')
    .option('--port <number>', 'TCP port on 127.0.0.1 (default: any free one)', port, 0)
    .option('--state <file>', 'keep the org in this file (default: in memory)')
    .option('--seed <dir>', 'what a new org starts with: a Metadata API package and org.json')
    .addOption(new Option('--profile <name>', 'kind of org').choices(['developer', 'production', 'mid-2026']))
    .action(async (options: EmulateOptions) => done(await actions.emulate(options)));

  return program;
}

function orgs(command: Command): Command {
  return local(
    command
      .option('--manifest <file...>', 'manifests written by synth (default: those that cdktf.out names)')
      .option('--org <name>', 'only this org; repeatable', collect),
  );
}

function local(command: Command): Command {
  return command
    .option('--local', 'use the built-in local org, kept in .client-apps/local (also: SF_TARGET_ORG=local)')
    .option('--seed <dir>', 'what a new local org starts with');
}

function receipts(command: Command): Command {
  return command
    .option('--receipt <file>', 'memory of earlier applies (default: .client-apps/receipts/...)')
    .option('--no-receipt', 'neither read nor write it');
}

/** What never happens unless it is asked for by name. */
function consents(command: Command): Command {
  return receipts(command)
    .option('--adopt <app>', 'take over an app that exists in the org; repeatable', collect, [])
    .option('--re-enable <app>', 'switch an app on again that was stopped in the org; repeatable', collect, [])
    .option('--allow-delete <app>', 'delete an app of ours that is no longer declared; repeatable', collect, [])
    .option('--allow-recreate <app>', 'create an app anew that was deleted in the org; repeatable', collect, [])
    .option('--allow-certificate-removal <app>', 'remove an unreadable certificate; repeatable', collect, [])
    .option('--except <app>', 'leave this app alone, whatever the code says; repeatable', collect, [])
    .option('--prune', 'delete all apps of ours that are no longer declared')
    .option('--resend-certificates', 'send certificates again although they seem to be in place');
}

const collect = (value: string, previous: readonly string[] = []): readonly string[] => [...previous, value];

function port(value: string): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return number;
}
