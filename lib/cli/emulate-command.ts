import { type Command, Option } from 'commander';

import type { Dispatch } from './exit-code';
import type { EmulateFlags } from './flags';
import type { Io } from './io';
import { loadCommand } from './load-command';

/** The org on loopback, as a program of its own. */
export function emulateCommand(
  program: Command,
  { io, dispatch }: { readonly io: Io; readonly dispatch: Dispatch },
): void {
  program
    .command('emulate')
    .description('Run an emulated org on loopback until interrupted, and print how to log in to it.')
    .option('--port <number>', 'TCP port on 127.0.0.1 (default: any free one)')
    .option('--state <file>', 'keep the org in this file (default: in memory)')
    .option('--latency <ms>', 'delay every response by this many milliseconds (default: 0)')
    .option('--api-requests <number>', 'API requests allowed in 24 hours; any more are refused (default: no limit)')
    .option('--seed <dir>', 'initial content of a new org: a Metadata API package with org.json, or ten-years')
    .addOption(new Option('--profile <name>', 'kind of org').choices(['developer', 'production', 'mid-2026']))
    .option('--sandbox <name>', 'make it a sandbox with this name, which tracks its source (default: not a sandbox)')
    .action((flags: EmulateFlags) => dispatch(() => loadCommand.emulate()(io, flags)));
}
