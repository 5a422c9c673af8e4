#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';

import { EXIT, worst } from './exit-code';
import { processIo } from './process-io';
import { run } from './run';

// V8 lets garbage pile up to several times of what is in use; a thousand apps would take half as much memory again.
for (const flag of ['--heap-growing-percent=30', '--semi-space-growth-factor=1']) setFlagsFromString(flag);

/** Node 24's V8 takes a sixth more for the same work; a small run would pay for this with its time (docs/decisions/start-up.md). */
const onManyApps = (): void => {
  if (Number.parseInt(process.versions.node) >= 24) setFlagsFromString('--optimize-for-size');
};

void run(process.argv.slice(2), { ...processIo(), onManyApps }).then((code) => {
  // Not process.exit: what was written may still be on its way into a pipe.
  // An answer that could not be written has set it already.
  process.exitCode = worst([code, process.exitCode === EXIT.error ? EXIT.error : EXIT.ok]);
});
