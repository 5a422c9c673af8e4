import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { synthManifests } from '../constructs/testing';
import { startEmulator } from '../lib/emulator';
import type { Manifest } from '../lib/metadata/manifest';
import { applyPlan } from '../lib/operations/apply-plan';
import { planOrg } from '../lib/operations/plan-org';
import { connect } from '../lib/org/connect';
import { NO_CONSENTS } from '../lib/plan/plan';
import { manyApps } from './programs';
import { type Row, seconds } from './table';

function manifestOf(count: number, suffix: string): Manifest {
  const outdir = mkdtempSync(join(tmpdir(), 'client-apps-bench-'));
  const [manifest] = synthManifests(manyApps(count, outdir, { suffix }));
  rmSync(outdir, { recursive: true, force: true });
  if (!manifest) throw new Error('the program declares no org');
  return manifest;
}

/** Plans and applies of many apps against the emulated org, counting the calls the org saw. */
export async function executorRows(count: number): Promise<readonly Row[]> {
  const emulator = await startEmulator();
  const org = await connect({ kind: 'access-token', accessToken: emulator.accessToken, instanceUrl: emulator.url });
  const today = new Date().toISOString().slice(0, 10);
  const rows: Row[] = [];
  const measure = async <T>(what: string, meant: string, body: () => Promise<T>): Promise<T> => {
    const before = emulator.calls().length;
    const started = performance.now();
    const result = await body();
    const calls = emulator.calls().slice(before);
    const writes = calls.filter(({ operation }) => operation === 'deploy').length;
    rows.push({
      what,
      measured: `${seconds(performance.now() - started)}, ${calls.length} calls, ${writes} deploys`,
      meant,
    });
    return result;
  };
  const plan = (manifest: Manifest) => planOrg({ org, manifest, consents: NO_CONSENTS, today });
  try {
    const first = manifestOf(count, '');
    const created = await measure(`plan of ${count} new apps`, 'one retrieve, at most 8 calls', () => plan(first));
    await measure(`apply of ${count} new apps`, 'one deploy plus polls', () =>
      applyPlan({ org, plan: created, today }),
    );
    const unchanged = await measure(`plan of ${count} apps in sync`, 'at most 8 calls', () => plan(first));
    await measure(`apply without changes (${count})`, 'no deploy', () => applyPlan({ org, plan: unchanged, today }));
    const changed = await plan(manifestOf(count, ' changed'));
    await measure(`apply of ${count} changed apps`, 'one deploy plus polls', () =>
      applyPlan({ org, plan: changed, today }),
    );
  } finally {
    await emulator.close();
  }
  return rows;
}
