import { type Command, Option } from 'commander';

import type { ClientKind } from '../declaration/client-app';
import { withSomeConsents } from './command-options';
import type { Dispatch } from './exit-code';
import type { MigrateFlags } from './flags';
import type { Io } from './io';
import { loadCommand } from './load-command';

/** Help loads no declaration, and so not the list that there is. */
const KINDS: readonly ClientKind[] = ['private', 'public', 'machine'];

type Work = 'migrate' | 'migrateStatus' | 'migrateStop' | 'migrateDelete';

/** `migrate APP`, and the commands below it. @param withOrgs Adds the options that say which org, and how to reach it. */
export function migrateCommands(
  parent: Command,
  withOrgs: (command: Command) => Command,
  { io, dispatch }: { readonly io: Io; readonly dispatch: Dispatch },
): void {
  const of = (command: Command, work: Work): void => {
    withOrgs(command)
      .argument('<app>', 'API name of the Connected App, or ORG/NAME')
      .option('--as <name>', 'API name of a new app alongside it (default: the name with _ECA)')
      .option(
        '--window <time>',
        'the old app counts as in use if it was used since then: 90d, or a date (default: 90d)',
      )
      .action((app: string, _: unknown, self: Command) =>
        dispatch(() => loadCommand.migrate()[work](io, app, self.optsWithGlobals<MigrateFlags>())),
      );
  };
  const json = (command: Command): Command => command.option('--json', 'print the result as JSON on standard output');
  const kind = new Option('--kind <kind>', 'what kind of client it is').choices(KINDS);
  of(json(parent).addOption(kind), 'migrate');
  const below = (name: string, description: string): Command => parent.command(name).description(description);
  of(
    json(
      below(
        'status',
        'Show how far a migration has progressed, and whether the old app is still in use. Writes nothing.',
      ),
    ),
    'migrateStatus',
  );
  of(
    withSomeConsents(below('stop', 'Stop the old app; refused while it is in use, or if its use could not be read.')),
    'migrateStop',
  );
  of(
    withSomeConsents(
      below('delete', 'Delete the old app; refused while it is in use, or if its use could not be read.'),
    ),
    'migrateDelete',
  );
}
