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
      command('audit', 'Judge every app, managed or not, by every security control: live, or files with --source.'),
    ),
  )
    .option('--source <path>', 'judge files instead: a Salesforce DX project, a Metadata API package, or a zip')
    .option('--baseline <file>', 'violations that someone answers for, until a day (JSON)')
    .option('--write-baseline <file>', 'excuse what fails at or above the threshold; needs the next three')
    .option('--reason <text>', 'why those violations may stay')
    .option('--approved-by <who>', 'the person or team who agreed to it')
    .option('--expires <date>', 'the last day of it, YYYY-MM-DD, at most a year ahead')
    .option('--ticket <id>', 'where that is recorded')
    .addOption(
      new Option('--format <name>', 'how to report')
        .choices(['text', 'json', 'sarif', 'junit', 'markdown', 'csv', 'html'])
        .default('text'),
    )
    .addOption(
      new Option(
        '--by <what>',
        'put findings together by app, or by control with one remedy and its apps; for text, markdown and html (default: app)',
      ).choices(['app', 'control']),
    )
    .option('--out <file>', 'write the report there instead of to standard output')
    .addOption(
      new Option('--fail-on <severity>', 'exit with 3 for failures at or above it')
        .choices(['critical', 'high', 'medium', 'low'])
        .default('high'),
    )
    .addOption(
      new Option('--pack <name>', 'judge by published requirements alone, with one verdict for each app').choices(
        PACKS,
      ),
    )
    .option('--with-usage', 'also read tokens and logins, and judge them: who uses which app, known or not')
    .option('--allow-unread', 'exit by what was judged, even where files or whole apps could not be read')
    .action(run);
}
