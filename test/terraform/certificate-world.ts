import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { fastOrg, login } from '../cli/support';
import { makeCertificate } from '../emulator/certificate';
import { SEED } from '../operations/support';
import {
  allowed,
  type Certificates,
  configOf,
  FIRST_WISH,
  heldIn,
  type Kind,
  meddle,
  recordedIn,
  type Step,
  type Wish,
  wishAfter,
} from './certificate-orders';
import { coreInHand, type Resources, type Run } from './core';
import { importedInHand } from './core-import';
import { realCore } from './core-terraform';
import type { Components } from './org-judge';

/** The org, what Terraform knows, and what the configuration says: all on which the next step depends. */
export interface Situation {
  /** The org's own state. */
  readonly org: string;
  readonly kept: unknown;
  readonly wish: Wish;
  readonly steps: readonly Step[];
  /** The last step was an apply that went through. */
  readonly settled: boolean;
}
export const componentsOf = ({ org }: Situation): Components =>
  (JSON.parse(org) as { components: Components }).components;

interface Driven {
  readonly run: Run;
  readonly kept: unknown;
}
/** How Terraform is driven through a step. */
export type Drive = (
  step: Step,
  address: string,
  given: { readonly environment: Readonly<Record<string, string>>; readonly kept: unknown; readonly config: Resources },
) => Promise<Driven>;

const NOTHING: Resources = new Map();
const DESTROYS: Step = 'destroys and creates it';

export const inHand: Drive = async (step, address, { environment, kept, config }) => {
  const core = coreInHand(
    environment,
    step === 'imports it' ? await importedInHand(environment, address, 'Feed') : kept,
  );
  const destroyed = step === DESTROYS ? (await core.apply(NOTHING)).errors : [];
  if (destroyed.length > 0) return { run: { errors: destroyed, warnings: [], actions: new Map() }, kept };
  const run = await (step === 'refreshes' ? core.refresh(config) : core.apply(config));
  return { run, kept: core.kept() };
};

export const byTerraform: Drive = async (step, address, { environment, kept, config }) => {
  const core = realCore(environment, step === 'imports it' ? undefined : kept);
  const act = async (): Promise<Run> => {
    if (step === 'taints it') return core.taint(address);
    if (step === 'replaces it') return core.applyWith(config, [`-replace=${address}`]);
    if (step === 'refreshes') return core.applyWith(config, ['-refresh-only']);
    if (step === 'imports it') return core.applyWith(config, [], { [address]: 'Feed' });
    const destroyed = step === DESTROYS ? await core.apply(NOTHING) : undefined;
    return destroyed && destroyed.errors.length > 0 ? destroyed : core.apply(config);
  };
  try {
    const run = await act();
    return { run, kept: core.kept() };
  } finally {
    core.close();
  }
};

export interface World {
  readonly kind: Kind;
  /** The org returns the certificates that it has. */
  readonly readable: boolean;
  readonly certificates: Certificates;
  /** The app as it was created without a certificate. */
  readonly begun: Situation;
  readonly follow: (from: Situation, step: Step) => Promise<{ readonly next: Situation; readonly run?: Run }>;
  /** What is wrong with what a step made of a situation. */
  readonly judge: (from: Situation, next: Situation, run: Run) => string | undefined;
  readonly close: () => void;
}

export async function certificateWorld(kind: Kind, readable: boolean, drive: Drive): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'client-apps-orders-'));
  const stateFile = join(folder, 'org.json');
  const [first = '', second = '', foreign = ''] = await Promise.all(
    [1, 2, 3].map(async () => (await makeCertificate()).cert),
  );
  const certificates = { first, second, foreign };
  const switches = { certificateReadable: readable, connectedAppCreation: true };

  async function driven(from: Situation, step: Step, wish: Wish): Promise<Driven & { readonly org: string }> {
    if (from.org === '') rmSync(stateFile, { force: true });
    else writeFileSync(stateFile, from.org);
    const emulator = await fastOrg({ seedDir: SEED, stateFile, switches });
    try {
      const config = configOf(kind, wish, certificates);
      const ended = await drive(step, kind.address, { environment: login(emulator), kept: from.kept, config });
      return { ...ended, org: readFileSync(stateFile, 'utf8') };
    } finally {
      await emulator.close();
    }
  }

  const follow: World['follow'] = async (from, step) => {
    const next = { ...from, steps: [...from.steps, step], settled: false };
    if (step === 'loses the state') return { next: { ...next, kept: undefined } };
    if (/^(an admin|someone) /.test(step)) {
      const org = JSON.parse(from.org) as { components: Components };
      meddle(step, org.components, kind, certificates);
      return { next: { ...next, org: JSON.stringify(org) } };
    }
    const wish = wishAfter(step, from.wish);
    const { run, kept, org } = await driven(from, step, wish);
    const ok = run.errors.length === 0;
    const applied = ok && step !== 'refreshes' && step !== 'taints it';
    return { run, next: { ...next, org, kept, wish: ok ? wish : from.wish, settled: applied } };
  };

  const judge: World['judge'] = (from, next, run) => {
    const step = next.steps.at(-1) ?? 'refreshes';
    const [held, has] = [from, next].map((each) => heldIn(componentsOf(each), kind));
    const [type, name] = kind.header;
    const isNew = step === DESTROYS || step === 'replaces it' || String(from.kept).includes('"status": "tainted"');
    if (run.errors.length > 0 || step === 'refreshes' || step === 'taints it') {
      const isGone = isNew && componentsOf(next)[type]?.[name] === undefined;
      return has === held || isGone ? undefined : `was ${wordOf(held)}, is ${wordOf(has)}`;
    }
    const recorded = recordedIn(componentsOf(from), kind);
    const may = allowed(next.wish, { kind, held, recorded, readable, certificates, isNew });
    if (!may.includes(has)) return `has ${wordOf(has)}, may have ${may.map(wordOf).join(' or ')}`;
    const isQuiet = [...run.actions.values()].every((action) => action === 'no-op');
    return from.settled && step === 'applies again' && !isQuiet ? 'an apply after an apply does something' : undefined;
  };
  const wordOf = (body: string | undefined): string => {
    const found = Object.entries(certificates).find(([, pem]) => pem.replace(/\s/g, '').includes(body ?? 'no body'));
    return found ? `the ${found[0]}` : 'none';
  };

  const nowhere = { org: '', kept: undefined, wish: FIRST_WISH, steps: [], settled: true };
  const { run, kept, org } = await driven(nowhere, 'applies again', FIRST_WISH);
  expect(run.errors).toEqual([]);
  const begun = { ...nowhere, org, kept };
  return { kind, readable, certificates, begun, follow, judge, close: () => rmSync(folder, { recursive: true }) };
}
