import { type Command, Option } from 'commander';

import { repeatable, withImport } from './command-options';
import type { Dispatch } from './exit-code';
import type { ImportFlags, InitFlags } from './flags';
import { FORGES } from './init/forges';
import type { Io } from './io';
import { loadCommand } from './load-command';

/** `import` and `init`: a program from what an org has. */
export function importCommands(
  command: (name: string, description: string) => Command,
  { io, dispatch }: { readonly io: Io; readonly dispatch: Dispatch },
): void {
  withImport(command('import', 'Write a program that adopts the apps of an org, or of files. Overwrites nothing.'))
    .argument('[org]', 'name of the org: in the program, on the command line, and in SF_<ORG>_…')
    .addOption(repeatable('--org <name>', 'write one program for several orgs; repeatable'))
    .option('--out <dir>', 'the folder of the program (default: this one)')
    .addOption(
      new Option('--hcl', 'write import blocks for Terraform instead of a program').conflicts(['json', 'kind', 'cdk']),
    )
    .option('--json', 'print as JSON what was written, what changes and what is missing')
    .action((org: string | undefined, flags: ImportFlags) => dispatch(() => loadCommand.import()(io, org, flags)));

  withImport(
    command(
      'init',
      'Write a new project: a program that declares apps, its test, and a CI workflow. Overwrites nothing.',
    ),
  )
    .argument('[dir]', 'a folder that has none of these files yet', '.')
    .addOption(repeatable('--from-org <name>', 'start with the apps of this org (see client-apps import); repeatable'))
    .addOption(new Option('--ci <forge>', 'whose CI workflow to write').choices(FORGES).default('none'))
    .action((folder: string, flags: InitFlags) => dispatch(() => loadCommand.init()(io, folder, flags)));
}
