import { Argument, type Command } from 'commander';

import { completion, NAMES, type Names, type Shell, SHELLS } from './completion';
import { type Dispatch, EXIT } from './exit-code';
import type { ProviderFlags } from './flags';
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
    .description('Write a CI workflow for GitHub, GitLab or Azure into this project. Overwrites nothing.')
    .addArgument(
      new Argument('<forge>', 'where the repository is hosted').choices(FORGES.filter((forge) => forge !== 'none')),
    )
    .action((forge: Exclude<Forge, 'none'>) => dispatch(() => loadCommand.ci()(io, forge)));

  program
    .command('provider')
    .description('Install the Terraform provider where Terraform can find it.')
    .command('install')
    .description(
      'Copy the provider from this package, for Linux and macOS. Overwrites nothing, and does not use the network.',
    )
    .argument(
      '[dir]',
      'a folder for all projects, which you then name in the CLI configuration of Terraform (default: below terraform.d/plugins in this project)',
    )
    .option('--global', 'for all projects of this user: ~/.terraform.d/plugins')
    .option('--dev-overrides', 'as a development override in the folder [dir]: no version, lock file or init')
    .option('--terraformrc <file>', 'also write the lines for the CLI configuration of Terraform to this new file')
    .action((dir: string | undefined, flags: ProviderFlags) =>
      dispatch(() => loadCommand.providerInstall()(io, dir, flags)),
    );

  program
    .command('completion')
    .description('Print a script that completes commands and options in a shell.')
    .addArgument(
      new Argument('<shell>', 'the shell, or the names that its script asks for').choices([...SHELLS, ...NAMES]),
    )
    .action((wanted: Shell | Names) =>
      dispatch(() => {
        const shell = SHELLS.find((each) => each === wanted);
        const names = NAMES.find((each) => each === wanted);
        if (shell !== undefined) io.stdout.write(completion(program, shell));
        if (names !== undefined) io.stdout.write(loadCommand.completionNames()(io, names));
        return Promise.resolve(EXIT.ok);
      }),
    );
}
