import { type Command, Option } from 'commander';

import { withProgram, withReceipt, withSomeConsents } from './command-options';
import type { HealFlags } from './flags';

/** How heal is typed. */
export function healCommand(
  command: (name: string, description: string) => Command,
  run: (org: string | undefined, flags: HealFlags) => Promise<void>,
): void {
  withSomeConsents(
    withReceipt(
      withProgram(command('heal', 'After a sandbox refresh: find out what it broke, repair it, and list the rest.')),
    ),
  )
    .argument('[org]', 'only this org')
    .option('--dry-run', 'show what would be repaired, and write nothing')
    .option(
      '--copied-from <org>',
      'the org in the program that this sandbox is a copy of (default: taken from receipts)',
    )
    .addOption(
      new Option(
        '--applied-by <who>',
        'what applies the apps (default: taken from the last receipt, otherwise from the engine)',
      ).choices(['cli', 'terraform']),
    )
    .addOption(new Option('--allow <effect>', 'also make changes that widen access, or might').choices(['widens']))
    .option('--json', 'print the result as JSON on standard output')
    .action(run);
}
