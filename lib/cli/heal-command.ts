import { type Command, Option } from 'commander';

import { ofApps, withProgram, withReceipt } from './command-options';
import type { HealFlags } from './flags';

/** How heal is typed. */
export function healCommand(
  command: (name: string, description: string) => Command,
  run: (org: string | undefined, flags: HealFlags) => Promise<void>,
): void {
  withReceipt(
    withProgram(command('heal', 'After a sandbox refresh: find out what it broke, repair it, and list the rest.')),
  )
    .argument('[org]', 'only this org')
    .option('--dry-run', 'say what would be repaired, and write nothing')
    .option(
      '--copied-from <org>',
      'the org of the program that this sandbox is a copy of (default: taken from receipts)',
    )
    .addOption(
      new Option(
        '--applied-by <who>',
        'who applies the apps (default: the last receipt says, else the engine)',
      ).choices(['cli', 'terraform']),
    )
    .addOption(new Option('--allow <effect>', 'also make changes that widen access, or may').choices(['widens']))
    .addOption(ofApps('--except <app>', 'leave this app alone'))
    .option('--resend-certificates', 'send certificates again, also where nothing says that they were lost')
    .option('--json', 'print the result as JSON on standard output')
    .action(run);
}
