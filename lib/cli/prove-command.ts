import { type Command, Option } from 'commander';

import { withManifests } from './command-options';
import type { ProveFlags } from './flags';

/** `prove [APP]`: it reaches no org, and takes none of the options about logins. */
export function proveCommand(
  command: (name: string, description: string) => Command,
  run: (app: string | undefined, flags: ProveFlags) => Promise<void>,
): void {
  withManifests(
    command(
      'prove',
      'Try every attack that the declared apps must refuse, and every use that they must grant, on the built-in org.',
    ),
  )
    .argument('[app]', 'API name of the app (default: every app of the program)')
    .addOption(
      new Option('--format <name>', 'how to report').choices(['text', 'json', 'junit', 'markdown']).default('text'),
    )
    .option('--out <file>', 'write the report there instead of to standard output')
    .option('--wire', 'show every request and answer; keys, secrets, tokens and passwords are marked by what they are')
    .option('--verbose', 'show every answer of the org, not only those that are not as declared')
    .action(run);
}
