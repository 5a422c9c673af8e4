/** Preloaded into every Node process of a measurement: each leaves lines with its peak memory and CPU time when it ends. */
import { appendFileSync } from 'node:fs';

const log = process.env['CLIENT_APPS_BENCH_LOG'];
if (log !== undefined) {
  appendFileSync(log, `start ${process.pid}\n`);
  process.on('exit', () => {
    // Memory is in kilobytes, time in microseconds.
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    appendFileSync(log, `peak ${maxRSS / 1024}\ncpu ${(userCPUTime + systemCPUTime) / 1000}\n`);
  });
}
