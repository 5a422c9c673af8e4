/* eslint-disable @typescript-eslint/no-require-imports -- a command is loaded when it is run, so that help and usage errors are instant; import() would stay a native import in CommonJS output */
import type * as apply from './commands/apply';
import type * as audit from './commands/audit';
import type * as ciWorkflow from './commands/ci';
import type * as destroy from './commands/destroy';
import type * as doctor from './commands/doctor';
import type * as drift from './commands/drift';
import type * as emulate from './commands/emulate';
import type * as explain from './commands/explain';
import type * as heal from './commands/heal';
import type * as importing from './commands/import';
import type * as incident from './commands/incident';
import type * as init from './commands/init';
import type * as outputs from './commands/outputs';
import type * as plan from './commands/plan';
import type * as schema from './commands/schema';
import type * as show from './commands/show';
import type * as start from './commands/start';
import type * as migrate from './commands/migrate';
import type * as status from './commands/status';
import type * as stop from './commands/stop';
import type * as stopUnknown from './commands/stop-unknown';
import type * as revoke from './commands/revoke';
import type * as prove from './commands/prove';
import type * as rotate from './commands/rotate';
import type * as usage from './commands/usage';
import type * as synthesize from './synthesize';

/** The commands, each loaded when first asked for. */
export const loadCommand = {
  plan: () => (require('./commands/plan') as typeof plan).plan,
  apply: () => (require('./commands/apply') as typeof apply).apply,
  audit: () => (require('./commands/audit') as typeof audit).audit,
  ci: () => (require('./commands/ci') as typeof ciWorkflow).ci,
  explain: () => (require('./commands/explain') as typeof explain).explainTerm,
  schemaDiff: () => (require('./commands/schema') as typeof schema).diffSchemas,
  destroy: () => (require('./commands/destroy') as typeof destroy).destroy,
  drift: () => (require('./commands/drift') as typeof drift).drift,
  migrate: () => require('./commands/migrate') as typeof migrate,
  status: () => (require('./commands/status') as typeof status).status,
  doctor: () => (require('./commands/doctor') as typeof doctor).doctor,
  heal: () => (require('./commands/heal') as typeof heal).heal,
  prove: () => (require('./commands/prove') as typeof prove).prove,
  rotate: () => (require('./commands/rotate') as typeof rotate).rotate,
  show: () => (require('./commands/show') as typeof show).show,
  stop: () => (require('./commands/stop') as typeof stop).stop,
  stopUnknown: () => (require('./commands/stop-unknown') as typeof stopUnknown).stopUnknown,
  start: () => (require('./commands/start') as typeof start).start,
  revoke: () => (require('./commands/revoke') as typeof revoke).revoke,
  usage: () => (require('./commands/usage') as typeof usage).usage,
  incident: () => (require('./commands/incident') as typeof incident).incident,
  import: () => (require('./commands/import') as typeof importing).importApps,
  init: () => (require('./commands/init') as typeof init).init,
  outputs: () => (require('./commands/outputs') as typeof outputs).outputs,
  onDeclared: () => (require('./synthesize') as typeof synthesize).onDeclared,
  emulate: () => (require('./commands/emulate') as typeof emulate).emulate,
};
