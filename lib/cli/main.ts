#!/usr/bin/env node
import { EXIT, worst } from './exit-code';
import { processIo } from './process-io';
import { run } from './run';

void run(process.argv.slice(2), processIo()).then((code) => {
  // Not process.exit: what was written may still be on its way into a pipe.
  // An answer that could not be written has set it already.
  process.exitCode = worst([code, process.exitCode === EXIT.error ? EXIT.error : EXIT.ok]);
});
