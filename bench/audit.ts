import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { synthManifests } from '../constructs/testing';
import { observe } from '../lib/metadata/observe';
import { installPackages } from '../lib/metadata/package/install-packages';
import type { Files } from '../lib/metadata/package/zip';
import { checkAll } from '../lib/policy/check';
import { postureOf } from '../lib/policy/posture/of-app';
import { manyApps } from './programs';
import { median, type Row, seconds } from './table';

interface Measured {
  readonly milliseconds: number;
  readonly megabytes: number;
  readonly kept: number;
  readonly results: number;
}

export function filesOf(count: number): Files {
  const outdir = mkdtempSync(join(tmpdir(), 'client-apps-bench-'));
  const [manifest] = synthManifests(manyApps(count, outdir));
  rmSync(outdir, { recursive: true, force: true });
  if (!manifest) throw new Error('the program declares no org');
  return new Map(installPackages(manifest).flatMap(({ files }) => [...files]));
}

/** Judging alone: everything is read and in memory. */
function judging(files: Files, count: number): Row {
  const observed = observe({ files, problems: [], types: new Set() });
  const postures = [...observed.apps.values()].map((app) => postureOf(app, { origin: 'read' }));
  let results = 0;
  const times = Array.from({ length: 5 }, () => {
    const started = performance.now();
    results = checkAll(postures, { today: '2026-07-01' }).reports.reduce(
      (sum, report) => sum + report.results.length,
      0,
    );
    return performance.now() - started;
  });
  return {
    what: `judging ${count} apps by every control`,
    measured: `${seconds(median(times))}, ${results} results`,
    meant: 'under a second for 1,000',
  };
}

/** A folder from disk to reports, in a process of its own. */
function folder(files: Files, count: number): Row {
  const root = mkdtempSync(join(tmpdir(), 'client-apps-bench-'));
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const given = ['--expose-gc', '--max-semi-space-size=2', join(__dirname, 'audit-one.js'), root];
    const { milliseconds, megabytes, kept } = JSON.parse(
      execFileSync(process.execPath, given, { encoding: 'utf8' }),
    ) as Measured;
    return {
      what: `audit --source of ${count} apps, ${files.size} files`,
      measured: `${seconds(milliseconds)}, peak ${megabytes.toFixed(0)} MB, ${kept.toFixed(0)} MB kept`,
      meant: 'memory flat: one app at a time',
    };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** The policy engine: how fast it judges, and what a folder of many apps costs in memory. */
export function auditRows(counts: readonly number[]): readonly Row[] {
  return counts.flatMap((count) => {
    const files = filesOf(count);
    return [judging(files, count), folder(files, count)];
  });
}
