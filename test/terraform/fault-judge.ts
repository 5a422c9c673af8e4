import { isDeepStrictEqual } from 'node:util';

import type { Emulator } from '../../lib/emulator';
import type { Core, Resources, Run } from './core';
import { NAMES } from './fault-apps';
import { componentsIn, differing, partsOf } from './org-judge';
import type { Config } from './wire-values';

/** An org at work, and Terraform. */
export interface Work {
  readonly emulator: Emulator;
  readonly core: Core;
  /** Where the org keeps its state. */
  readonly file: string;
}

/** What the org has of each app, by address. */
type Parts = Readonly<Record<string, string>>;
/** Of an app that is not there. */
const NOTHING = '{}';

export function partsIn(file: string): Parts {
  const components = componentsIn(file);
  return Object.fromEntries(
    Object.entries(NAMES).map(([address, name]) => [address, wordsOf(partsOf(components, name))]),
  );
}

/** Without what each org makes up for itself. */
const wordsOf = (parts: object): string =>
  JSON.stringify(parts, (name, value: unknown) =>
    /^(oauthLink|orgScopedExternalApp)$/.test(name) ? 'made up' : value,
  );

/** What Terraform's state says and the org has not. */
export function claims({ core, file }: Work): readonly { readonly address: string }[] {
  const components = componentsIn(file);
  return [...core.state()].flatMap(([address, state]) => {
    const name = NAMES[address] ?? '';
    const blocks = (state['metadata'] ?? state) as Config;
    return differing(components, 'salesforce_external_client_app', name, blocks).map((each) => ({ address, ...each }));
  });
}

interface Case {
  readonly to: Resources;
  /** The run without a fault. */
  readonly usual: Run;
  /** What the org had of each app, what it is to have, and what Terraform knew. */
  readonly before: Parts;
  readonly goal: Parts;
  readonly prior: Resources;
}

/** Of something done that Terraform does not know, or was told to leave; the last two where a process was killed. */
const DOUBT =
  /not certain|not known|might still be running in the org|could not be read back|stopped on request|plugin did not respond|^killed$/i;

/**
 * After an apply that met a fault: each app is as it was or as it is to be, and what was done and is not in the state is
 * told; the state is that of before, or what the org has; the next plan tells the truth, and a second apply reaches the
 * goal with the keys that are there.
 */
export async function expectReachable(work: Work, { to, usual, before, goal, prior }: Case, ended: Run): Promise<void> {
  const { core, emulator, file } = work;
  const keys = (): readonly (string | undefined)[] => Object.values(NAMES).map((name) => emulator.consumer(name)?.key);
  const [between, state, made] = [partsIn(file), core.state(), keys()];
  const wrong = claims(work);
  const actions = new Map<string, string>();
  for (const address of Object.keys(NAMES)) {
    const [was, is, shall] = [before[address], between[address], goal[address]];
    if (is !== was) expect([address, is]).toEqual([address, shall]);
    const [knew, knows] = [prior.get(address), state.get(address)];
    const isRecorded = !isDeepStrictEqual(knew, knows);
    if (ended.errors.length === 0) expect([address, is === shall]).toEqual([address, true]);
    if (is !== was && !isRecorded) expect(ended.errors.join('\n')).toMatch(DOUBT);
    if (isRecorded && knows === undefined) expect([address, is]).toEqual([address, NOTHING]);
    if (isRecorded) expect(wrong.filter((each) => each.address === address)).toEqual([]);
    const action = is !== shall ? usual.actions.get(address) : knows && is !== NOTHING ? 'no-op' : 'create';
    if (is !== shall || is !== NOTHING) actions.set(address, action ?? '');
  }
  const plan = await core.plan(to);
  expect([plan.errors, sorted(plan.actions)]).toEqual([[], sorted(actions)]);
  const again = await core.apply(to);
  expect(again.errors).toEqual([]);
  expect(partsIn(file)).toEqual(goal);
  for (const [index, key] of made.entries()) {
    if (key !== undefined && keys()[index] !== undefined) expect(keys()[index]).toBe(key);
  }
  const settled = await core.plan(to);
  expect([settled.errors, [...settled.actions.values()].filter((each) => each !== 'no-op'), claims(work)]).toEqual([
    [],
    [],
    [],
  ]);
}

const sorted = (actions: ReadonlyMap<string, string>): readonly unknown[] => [...actions].sort();
