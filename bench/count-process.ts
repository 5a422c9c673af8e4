/** Preloaded into every Node process of a measurement: each leaves a line with its peak memory when it ends. */
import { appendFileSync } from 'node:fs';

const log = process.env['CLIENT_APPS_BENCH_LOG'];
if (log !== undefined) {
  appendFileSync(log, `start ${process.pid}\n`);
  // maxRSS is in kilobytes.
  process.on('exit', () => appendFileSync(log, `peak ${process.resourceUsage().maxRSS / 1024}\n`));
}
