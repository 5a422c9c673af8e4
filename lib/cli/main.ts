#!/usr/bin/env node
import { processIo } from './process-io';
import { run } from './run';

void run(process.argv.slice(2), processIo()).then((code) => {
  // Not process.exit: what was written may still be on its way into a pipe.
  process.exitCode = code;
});
