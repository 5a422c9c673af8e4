import { takenOver } from '../credentials-environment';
import { SYSTEM_CLOCK } from '../org/clock';
import { lazyHandlers } from './lazy-handlers';
import { logger, runPlugin } from './wire/plugin';

/** The program that Terraform starts. The only file of the provider that touches the process. */
process.on('SIGINT', () => undefined);
const logLine = (line: string): boolean => process.stderr.write(`${line}\n`);
const log = logger({ logLine, now: () => SYSTEM_CLOCK.now() });
const environment = takenOver(process.env);
const edges = { environment, clock: SYSTEM_CLOCK, log: (message: string) => log('info', message) };
void runPlugin(lazyHandlers(edges), {
  environment,
  writeLine: (line) => process.stdout.write(`${line}\n`),
  logLine,
  parentId: () => process.ppid,
  now: () => SYSTEM_CLOCK.now(),
  exit: (code) => process.exit(code),
  platform: process.platform,
});
