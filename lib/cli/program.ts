import { Command, Option } from 'commander';

import { packageVersion } from '../package-version';
import { auditCommand } from './audit-command';
import {
  EXIT_CODES,
  LOGIN,
  ofApps,
  webhook,
  withConsents,
  withOrgs,
  withParallel,
  withProgram,
  withReceipt,
  withRotation,
  withSomeConsents,
} from './command-options';
import { emulateCommand } from './emulate-command';
import type { Dispatch, ExitCode } from './exit-code';
import type {
  ApplyFlags,
  DestroyFlags,
  DoctorFlags,
  DriftFlags,
  ExplainFlags,
  IncidentFlags,
  OrgFlags,
  OutputsFlags,
  PlanFlags,
  RevokeFlags,
  RotateFlags,
  SchemaDiffFlags,
  ShowFlags,
  StartFlags,
  StatusFlags,
  StopFlags,
  UsageFlags,
} from './flags';
import { healCommand } from './heal-command';
import { importCommands } from './import-commands';
import type { Io } from './io';
import { loadCommand } from './load-command';
import { withMeantChoice } from './meant-choice';
import { migrateCommands } from './migrate-commands';
import { projectCommands } from './project-commands';
import { proveCommand } from './prove-command';
import { fitted } from './style';

const INCIDENT =
  'When an app is compromised: freeze the evidence, stop the app, revoke its tokens, rotate its secret, write a report.';
const VERBOSE = 'also list the secure defaults of new apps, which are otherwise only counted';
const WHO = 'also read the setup audit trail: who may have changed the apps that differ, and how certain that is';
/** Of help, when there is no terminal. */
const HELP_WIDTH = 100;
/** Below that a description goes on below its option. */
const NARROWEST_COLUMN = 24;

/** The command line: names, options and help. What a command does is loaded when it runs. */
export function buildProgram(io: Io, dispatch: Dispatch): Command {
  const program = new Command('client-apps')
    .description('Salesforce client apps as code: plan, apply and keep an org from drifting.')
    .version(packageVersion(), '-V, --version')
    .option('--no-color', 'never color the output; NO_COLOR does the same')
    .option('--quiet', 'do not show progress; errors, warnings and questions are still shown')
    .option('--debug', 'log each request to Salesforce on standard error, without its content')
    .configureOutput({
      writeOut: (text) => io.stdout.write(fitted(text, io.stdout.columns ?? HELP_WIDTH)),
      writeErr: (text) => io.stderr.write(fitted(text, io.stderr.columns)),
      outputError: (text, write) => write(withMeantChoice(text)),
      getOutHelpWidth: () => io.stdout.columns ?? HELP_WIDTH,
      getErrHelpWidth: () => io.stderr.columns ?? HELP_WIDTH,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .configureHelp({ showGlobalOptions: true, minWidthToWrap: NARROWEST_COLUMN })
    // What stands behind -- belongs to the client of prove.
    .enablePositionalOptions()
    .exitOverride()
    .addHelpText('after', `${LOGIN}\n${EXIT_CODES}`);
  const command = (name: string, description: string): Command => program.command(name).description(description);

  const onDeclared = (flags: OrgFlags, work: () => Promise<ExitCode>): Promise<ExitCode> =>
    loadCommand.onDeclared()(io, flags, work);

  importCommands(command, { io, dispatch });

  withReceipt(
    withConsents(withProgram(command('plan', 'Show what apply would change, and what that does to security.'))),
  )
    .option('--out <file>', 'save the plan for client-apps apply FILE')
    .option('--json', 'print the plan as JSON on standard output')
    .option('--verbose', VERBOSE)
    .option('--markdown <file>', 'write the plan as Markdown, for a pull request')
    .option('--detailed-exitcode', 'exit with 2 if there are changes')
    .addOption(ofApps('--target <org/app>', 'plan only this app, and leave the others alone'))
    .option('--validate', 'have Salesforce validate the exact packages that apply would deploy')
    .addOption(
      new Option('--deny <effect>', 'exit with 3 if the plan widens existing access, or might').choices(['widens']),
    )
    .option('--package <dir>', 'write the Metadata API packages that apply would deploy')
    .option('--with-usage', 'also read tokens and logins: how many clients each change breaks')
    .action((flags: PlanFlags) => dispatch(() => onDeclared(flags, () => loadCommand.plan()(io, flags))));

  command('show', 'Show a saved plan as it was reviewed. Reads only that file, not an org or a program.')
    .argument('<planfile>', 'the file that client-apps plan --out wrote')
    .addOption(new Option('--format <name>', 'how to show it').choices(['text', 'markdown', 'html']).default('text'))
    .option('--out <file>', 'write it to this file instead of standard output')
    .option('--verbose', VERBOSE)
    .action((file: string, flags: ShowFlags) => dispatch(() => loadCommand.show()(io, file, flags)));

  withReceipt(withConsents(withProgram(command('apply', 'Change the org to match the code.'))))
    .argument('[planfile]', 'apply exactly this saved plan')
    .option('--auto-approve', 'do not ask; refuses changes that widen access to an existing app')
    .addOption(
      new Option('--allow <effect>', 'with --auto-approve: also apply changes that widen access, or might').choices([
        'widens',
      ]),
    )
    .option('--resume', 'finish an interrupted apply, even one that began on another machine')
    .option('--from-terraform', 'run by Terraform: apply what its plan showed, refuse what it did not show')
    .option(
      '--reapply-on-drift',
      'with --from-terraform: also revert changes made in the org, unless that widens access',
    )
    .option('--json', 'print the receipts as JSON on standard output')
    .option('--verbose', VERBOSE)
    .action((file: string | undefined, flags: ApplyFlags) => {
      const apply = (): Promise<ExitCode> => loadCommand.apply()(io, file, flags);
      // A saved plan and a plan of Terraform were made from a program; another run of it has no part in them.
      const reviewed = file !== undefined || flags.fromTerraform === true;
      return dispatch(() => (reviewed ? apply() : onDeclared(flags, apply)));
    });

  withSomeConsents(
    withReceipt(withProgram(command('destroy', 'Permanently delete from its org every app that the code declares.'))),
  )
    .option('--dry-run', 'show what would be deleted, and delete nothing')
    .option('--auto-approve', 'do not ask for the name of the org; name each app, or pass --all')
    .option('--all', 'with --auto-approve: every External Client App that the code manages')
    .option('--json', 'print the receipts as JSON on standard output; with --dry-run, the plans')
    .action((flags: DestroyFlags) => dispatch(() => onDeclared(flags, () => loadCommand.destroy()(io, flags))));

  withSomeConsents(
    withParallel(
      withReceipt(withProgram(command('drift', 'Compare the org with the code: exit 0 if in sync, 2 if not.'))),
    ),
  )
    .addOption(webhook())
    .option(
      '--unknown-apps',
      'also look for apps that use the org and are neither declared nor known; exit 2 if there are any',
    )
    .option('--who', WHO)
    .option('--json', 'print the result as JSON on standard output')
    .action((flags: DriftFlags) => dispatch(() => onDeclared(flags, () => loadCommand.drift()(io, flags))));

  withParallel(withReceipt(withProgram(command('status', 'Show the state of every app in every org in one table.'))))
    .addOption(
      new Option('--format <name>', 'how to report').choices(['text', 'json', 'markdown', 'html']).default('text'),
    )
    .option('--out <file>', 'write the report to this file instead of standard output')
    .option('--who', WHO)
    .action((flags: StatusFlags) => dispatch(() => onDeclared(flags, () => loadCommand.status()(io, flags))));

  proveCommand(command, (app, client, flags) =>
    dispatch(() => onDeclared(flags, () => loadCommand.prove()(io, { app, client }, flags))),
  );

  auditCommand(command, (flags) => dispatch(() => loadCommand.audit()(io, flags)));

  command('explain', 'Explain a control, a metadata field, an option, or an error code.')
    .argument('[term]', 'control id, field name, option, or error code')
    .option('--list', 'list every control with its severity and title instead')
    .option('--json', 'print that list as JSON')
    .action((term: string | undefined, flags: ExplainFlags) => dispatch(() => loadCommand.explain()(io, term, flags)));

  command('schema', 'Show which metadata this program models.')
    .command('diff')
    .description('List what another Metadata API version adds and removes.')
    .argument('<from>', 'version, 60 to 68')
    .argument('<to>', 'version, 60 to 68')
    .option('--json', 'print the result as JSON on standard output')
    .action((from: string, to: string, flags: SchemaDiffFlags) =>
      dispatch(() => loadCommand.schemaDiff()(io, from, to, flags)),
    );

  withOrgs(
    command(
      'usage',
      'List every app that reached the org: declared, unmanaged, from a package, or unknown. Writes nothing.',
    ),
  )
    .option('--app <name>', 'only this app, by its label or API name')
    .option('--user <username>', 'only the apps that this user authorized')
    .option('--unused-for <time>', 'only apps that have not been used for this long (90d) or since this date')
    .option(
      '--rehearse-api-access-control',
      'also list what would stop working if API Access Control were turned on today',
    )
    .option('--since <time>', 'count logins since then: 90d, or a date (default: 90d)')
    .addOption(
      new Option('--format <name>', 'how to report')
        .choices(['text', 'json', 'csv', 'markdown', 'html'])
        .default('text'),
    )
    .option('--out <file>', 'write the report to this file instead of standard output')
    .action((flags: UsageFlags) => dispatch(() => loadCommand.usage()(io, flags)));

  withSomeConsents(withOrgs(command('revoke', 'Revoke OAuth tokens of an app, declared or not, installed or not.')))
    .argument('<app>', 'label or API name of the app, or ORG/NAME')
    .option('--user <username>', 'only tokens of this user')
    .option('--unused-for <time>', 'only tokens that have not been used for this long (90d) or since this date')
    .option('--granted-before <time>', 'only tokens granted before this date or time, or more than this long ago (90d)')
    .option('--inactive-users', 'only tokens of users who are no longer active')
    .option('--unknown', 'the uninstalled app, if an app in the org has the same label')
    .option('--dry-run', 'show what would be revoked, and revoke nothing')
    .option('--auto-approve', 'do not ask')
    .action((app: string, flags: RevokeFlags) => dispatch(() => loadCommand.revoke()(io, app, flags)));

  withRotation(
    withOrgs(command('rotate', 'Give an External Client App new credentials; the former ones stay valid for a while.')),
  )
    .argument('<app>', 'API name or label of the app, or ORG/NAME')
    .action((app: string, flags: RotateFlags) => dispatch(() => loadCommand.rotate()(io, app, flags)));

  withSomeConsents(
    withOrgs(command('stop', 'Emergency stop: disable an app for everyone, immediately, declared or not.')),
  )
    .argument('[app]', 'API name or label of the app, or ORG/NAME')
    .option('--revoke', 'then also revoke its OAuth tokens; works for uninstalled apps, too')
    .option('--unknown', 'with --revoke: the uninstalled app, if an app in the org has the same name')
    .option(
      '--everything-unknown',
      'instead of one app: all apps that are neither declared nor known, with all their tokens',
    )
    .option('--dry-run', 'show what would be done, and change nothing')
    .option('--auto-approve', 'with --everything-unknown: do not ask')
    .option('--timeout <seconds>', 'give up after this long (default: 120; 3600 with --revoke)')
    .action((app: string | undefined, flags: StopFlags) =>
      dispatch(() => (app === undefined ? loadCommand.stopUnknown()(io, flags) : loadCommand.stop()(io, app, flags))),
    );

  withOrgs(command('start', 'Undo a stop: restore exactly what it replaced, from its receipt.'))
    .argument('[app]', 'API name of the app, or ORG/NAME')
    .option('--from <file>', 'the receipt of the stop (default: the one in .client-apps/stops)')
    .option('--dry-run', 'show what would be restored, and change nothing')
    .option('--auto-approve', 'do not ask')
    .action((app: string | undefined, flags: StartFlags) => dispatch(() => loadCommand.start()(io, app, flags)));

  withSomeConsents(withOrgs(command('incident', INCIDENT)))
    .argument('[app]', 'label or API name of the app, or ORG/NAME')
    .option('--plan', 'show every step, do nothing, and write no files')
    .option('--evidence-only', 'freeze the evidence, and change nothing in the org')
    .option('--since <time>', 'keep logins and changes in Setup since then: 90d, or a date (default: 90d)')
    .option('--unknown', 'the uninstalled app, if an app in the org has the same label')
    .option('--out <dir>', 'a folder that does not exist yet (default: in .client-apps/incidents)')
    .option('--resume <dir>', 'continue the incident in this folder; completed steps are not repeated')
    .option('--no-rotate', 'leave the consumer secret as it is')
    .option('--auto-approve', 'do not ask')
    .action((app: string | undefined, flags: IncidentFlags) => dispatch(() => loadCommand.incident()(io, app, flags)));

  withOrgs(
    command(
      'doctor',
      'Check login, permissions, org and machine: each line is ok or has the fix. Writes nothing to an org.',
    ),
  )
    .argument('[org]', 'only this org')
    .option('--json', 'print the result as JSON on standard output')
    .action((org: string | undefined, flags: DoctorFlags) => dispatch(() => loadCommand.doctor()(io, org, flags)));

  healCommand(command, (org, flags) => dispatch(() => onDeclared(flags, () => loadCommand.heal()(io, org, flags))));

  migrateCommands(
    command('migrate', 'Plan the migration of a Connected App to an External Client App. Writes nothing.'),
    withOrgs,
    { io, dispatch },
  );

  withProgram(command('outputs', 'Print the consumer keys and other public values of the declared apps.'))
    .option('--json', 'print them as JSON on standard output')
    .action((flags: OutputsFlags) => dispatch(() => onDeclared(flags, () => loadCommand.outputs()(io, flags))));

  emulateCommand(program, { io, dispatch });
  projectCommands(program, { io, dispatch });
  return program;
}
