import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { type Manifest, TODAY_CONTEXT } from '../../constructs/testing';
import type { OrgPlan } from '../../lib/plan/plan';
import { planText } from '../../lib/reports/plan/text';
import { TODAY } from '../operations/support';

const ROOT = join(__dirname, '../..');
const EXPECTED = join(__dirname, 'expected');

/** What `node main.js` of the example writes, read back: the manifest of each org, and its Terraform files. */
export interface Synthesized {
  /** By name of the org. */
  readonly manifests: ReadonlyMap<string, Manifest>;
  /** Names of the stacks. */
  readonly stacks: readonly string[];
}

/** Runs the program of an example as its author would, on the day that the tests live in. */
export function synthesize(example: string): Synthesized {
  const outdir = mkdtempSync(join(tmpdir(), 'client-apps-example-'));
  const kept = { CDKTF_OUTDIR: process.env['CDKTF_OUTDIR'], CDKTF_CONTEXT_JSON: process.env['CDKTF_CONTEXT_JSON'] };
  process.env['CDKTF_OUTDIR'] = outdir;
  process.env['CDKTF_CONTEXT_JSON'] = JSON.stringify({ [TODAY_CONTEXT]: TODAY });
  try {
    jest.isolateModules(() => {
      jest.requireActual(join(ROOT, 'examples', example, 'main'));
    });
    return readBack(outdir);
  } finally {
    for (const [name, value] of Object.entries(kept)) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    rmSync(outdir, { recursive: true, force: true });
  }
}

function readBack(outdir: string): Synthesized {
  const parse = (path: string): unknown => JSON.parse(readFileSync(join(outdir, path), 'utf8'));
  const { stacks } = parse('manifest.json') as { readonly stacks: Readonly<Record<string, unknown>> };
  const names = Object.keys(stacks);
  const orgs = names.flatMap((stack) => {
    const index = parse(`stacks/${stack}/cdk.tf.json`) as { readonly terraform: { readonly backend: unknown } };
    if (index.terraform.backend === undefined) throw new Error(`${stack} names no backend`);
    return ['prod', 'uat', 'dev'].flatMap((org): (readonly [string, Manifest])[] => {
      const path = `stacks/${stack}/client-apps/${org}/manifest.json`;
      return existsSync(join(outdir, path)) ? [[org, parse(path) as Manifest]] : [];
    });
  });
  return { manifests: new Map(orgs), stacks: names };
}

/** The plan as people read it, without the address of the emulated org, which is another one each time. */
export const textOf = (plan: OrgPlan): string =>
  `${planText({ format_version: '1.0', orgs: [plan] })
    .replaceAll(plan.instance_url, 'https://emulated.example')
    .trimEnd()}\n`;

/** The kept text. With UPDATE_EXPECTED in the environment it is written first, for a person to look at in the diff. */
export function expectedText(name: string, actual: string): string {
  const path = join(EXPECTED, `${name}.txt`);
  if (process.env['UPDATE_EXPECTED'] !== undefined) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, actual);
  }
  return readFileSync(path, 'utf8');
}

export const seedOf = (example: string, org: string): string => {
  const folder = join(ROOT, 'examples', example, 'org-seed');
  return existsSync(join(folder, org)) ? join(folder, org) : folder;
};
