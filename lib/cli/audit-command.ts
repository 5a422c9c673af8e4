import { type Command, Option } from 'commander';

import { PACKS } from '../policy/packs';
import { withOrgs, withParallel } from './command-options';
import type { AuditFlags } from './flags';

/** How audit is typed. */
export function auditCommand(
  command: (name: string, description: string) => Command,
  run: (flags: AuditFlags) => Promise<void>,
): void {
  withParallel(
    withOrgs(
      command(
        'audit',
        'Check every app, managed or not, against every security control: live, or in files with --source.',
      ),
    ),
  )
    .option('--source <path>', 'judge read files instead: a Salesforce DX project, a Metadata API package, or a zip')
    .option('--baseline <file>', 'accepted violations, each with an owner and an expiry date (JSON)')
    .option('--write-baseline <file>', 'accept what fails at or above the threshold; requires the next three options')
    .option('--reason <text>', 'why those violations are accepted')
    .option('--approved-by <who>', 'the person or team that approved it')
    .option('--expires <date>', 'the last day it is valid, YYYY-MM-DD, at most a year ahead')
    .option('--ticket <id>', 'where the approval is recorded')
    .addOption(
      new Option('--format <name>', 'how to report')
        .choices(['text', 'json', 'sarif', 'junit', 'markdown', 'csv', 'html'])
        .default('text'),
    )
    .addOption(
      new Option(
        '--by <what>',
        'group findings by app, or by control with one remedy and its apps; for text, markdown and html (default: app)',
      ).choices(['app', 'control']),
    )
    .option('--out <file>', 'write the report to this file instead of standard output')
    .addOption(
      new Option('--fail-on <severity>', 'exit with 3 for failures at or above this severity')
        .choices(['critical', 'high', 'medium', 'low'])
        .default('high'),
    )
    .addOption(
      new Option('--pack <name>', 'check only published requirements, with one verdict for each app').choices(PACKS),
    )
    .option('--with-usage', 'also read and check tokens and logins: who uses which app, known or not')
    .option('--allow-unread', 'base the exit code on what was checked, even if files or whole apps could not be read')
    .action(run);
}
