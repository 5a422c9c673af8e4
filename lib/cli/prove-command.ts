import { type Command, Option } from 'commander';

import { withManifests } from './command-options';
import type { ProveFlags } from './flags';

/** `prove [APP [-- COMMAND…]]`: it reaches no org but that of --as-in, and takes none of the options about local orgs. */
export function proveCommand(
  command: (name: string, description: string) => Command,
  run: (app: string | undefined, client: readonly string[], flags: ProveFlags) => Promise<void>,
): void {
  withManifests(
    command(
      'prove',
      'Try every attack that the declared apps must refuse, and every use that they must allow, on the built-in org.',
    ),
  )
    .argument('[app]', 'API name of the app (default: every app of the program)')
    .argument('[command...]', 'after --: a client of that app, which is run against the built-in org instead')
    .option('--as-in <org>', 'with a command: also try it on what this org has today, and say what the plan breaks')
    .option('--timeout <seconds>', 'with a command: how long one run can take (default: 60)')
    .option('--login-pages', 'with a command: leave login and consent to the client’s own browser')
    .addOption(
      new Option('--format <name>', 'how to report').choices(['text', 'json', 'junit', 'markdown']).default('text'),
    )
    .option('--out <file>', 'write the report to this file instead of standard output')
    .option('--wire', 'show every request and response; keys, secrets, tokens and passwords are replaced by their type')
    .option('--verbose', 'show every response of the org, not only those that differ from the declaration')
    .action(run);
}
