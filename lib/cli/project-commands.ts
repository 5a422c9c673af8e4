import { type Command, Argument } from 'commander';

import { completion, type Shell, SHELLS } from './completion';
import { type Dispatch, EXIT } from './exit-code';
import { type Forge, FORGES } from './init/forges';
import type { Io } from './io';
import { loadCommand } from './load-command';

/** What serves the project and its people, and reaches no org: the CI workflow, and completion in a shell. */
export function projectCommands(
  program: Command,
  { io, dispatch }: { readonly io: Io; readonly dispatch: Dispatch },
): void {
  program
    .command('ci')
    .description('Write the CI workflow of a forge into this project. Overwrites nothing.')
    .addArgument(new Argument('<forge>', 'where the repository is').choices(FORGES.filter((forge) => forge !== 'none')))
    .action((forge: Exclude<Forge, 'none'>) => dispatch(() => loadCommand.ci()(io, forge)));

  program
    .command('completion')
    .description('Print a script that completes commands and options in a shell.')
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
    .action((shell: Shell) =>
      dispatch(() => {
        io.stdout.write(completion(program, shell));
        return Promise.resolve(EXIT.ok);
      }),
    );
}
