/** Runs one measurement in a process of its own and prints it as JSON: time, peak memory, child processes. */
import childProcess from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Engine } from '../constructs';
import { bareResources, manyApps } from './programs';

let children = 0;
for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'] as const) {
  const original = childProcess[name] as (...given: unknown[]) => unknown;
  Object.assign(childProcess, {
    [name]: (...given: unknown[]) => {
      children++;
      return original(...given);
    },
  });
}

const [what = '', count = '1000'] = process.argv.slice(2);
const outdir = mkdtempSync(join(tmpdir(), 'client-apps-bench-'));
const started = performance.now();
const app =
  what === 'bare'
    ? bareResources(Number(count), outdir)
    : manyApps(Number(count), outdir, {
        writePackage: what === 'with-package',
        engine: what === 'provider' ? Engine.PROVIDER : Engine.NULL,
      });
app.synth();
const milliseconds = performance.now() - started;
rmSync(outdir, { recursive: true, force: true });
// maxRSS is in kilobytes.
process.stdout.write(JSON.stringify({ milliseconds, megabytes: process.resourceUsage().maxRSS / 1024, children }));
