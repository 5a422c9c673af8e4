#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';

import { EXIT, worst } from './exit-code';
import { processIo } from './process-io';
import { run } from './run';

// V8 lets garbage pile up to several times of what is in use; a thousand apps would take half as much memory again.
const sparing = ['--heap-growing-percent=30', '--semi-space-growth-factor=1'];
// Node 24's V8 takes a quarter more for the same work.
if (Number.parseInt(process.versions.node) >= 24) sparing.push('--max-semi-space-size=8', '--optimize-for-size');
for (const flag of sparing) setFlagsFromString(flag);

void run(process.argv.slice(2), processIo()).then((code) => {
  // Not process.exit: what was written may still be on its way into a pipe.
  // An answer that could not be written has set it already.
  process.exitCode = worst([code, process.exitCode === EXIT.error ? EXIT.error : EXIT.ok]);
});
