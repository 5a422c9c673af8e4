/* eslint-disable @typescript-eslint/no-require-imports -- what a command needs is loaded when it runs: --help stays quick */

/** The commands and what weighs on the start, each loaded on first use. */
export const lazy = {
  plan: () => require('./commands/plan') as typeof import('./commands/plan'),
  apply: () => require('./commands/apply') as typeof import('./commands/apply'),
  drift: () => require('./commands/drift') as typeof import('./commands/drift'),
  outputs: () => require('./commands/outputs') as typeof import('./commands/outputs'),
  stop: () => require('./commands/stop') as typeof import('./commands/stop'),
  emulate: () => require('./commands/emulate') as typeof import('./commands/emulate'),
  emulator: () => require('../emulator') as typeof import('../emulator'),
  reportError: () => require('./report-error') as typeof import('./report-error'),
  colours: () => require('./colours') as typeof import('./colours'),
};
