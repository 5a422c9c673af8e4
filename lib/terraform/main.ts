import { SYSTEM_CLOCK } from '../org/clock';
import { lazyHandlers } from './lazy-handlers';
import { runPlugin } from './wire/plugin';

/** The program that Terraform starts. The only file of the provider that touches the process. */
process.on('SIGINT', () => undefined);
void runPlugin(lazyHandlers({ environment: process.env, clock: SYSTEM_CLOCK }), {
  environment: process.env,
  writeLine: (line) => process.stdout.write(`${line}\n`),
  logLine: (line) => process.stderr.write(`${line}\n`),
  parentId: () => process.ppid,
  now: () => SYSTEM_CLOCK.now(),
  exit: (code) => process.exit(code),
  platform: process.platform,
});
