import { runPlugin } from '../../../lib/terraform/wire/plugin';
import type { Handlers } from '../../../lib/terraform/wire/server';

/** Serves a stand-in as the process that Terraform has started. */
export function serveStandIn(handlers: Handlers): void {
  void runPlugin(handlers, {
    environment: process.env,
    writeLine: (line) => process.stdout.write(`${line}\n`),
    logLine: (line) => process.stderr.write(`${line}\n`),
    parentId: () => process.ppid,
    now: () => Date.now(),
    exit: (code) => process.exit(code),
    platform: process.platform,
  });
  process.on('SIGINT', () => undefined);
}
