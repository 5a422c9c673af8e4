import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import type { Emulator } from '../../lib/emulator';
import { eachPlace, type Place, somePlaces } from '../cli/fault-matrix';
import { arm, disarm, type Requests, requestsOf } from '../cli/fault-world';
import { fastOrg } from '../cli/support';
import { KEY, type Pair, SECRET, seedFolder, twoKeys } from '../operations/own-login-support';
import type { Core, Resources, Run } from './core';
import { componentsIn, differing, partsOf } from './org-judge';
import { UNTIL } from './typed-hcl';
import type { Config } from './wire-values';

const EXCEPTION = [
  { controls: ['SFCA-APP-SELF-AUTHORIZED'], reason: 'a portal', approved_by: 'ciso@acme.example', expires: UNTIL },
];
const WIRE = 'salesforce_external_client_app.portal';
const TYPED = 'salesforce_private_client_app.desk';
const NAMES: Readonly<Record<string, string>> = { [WIRE]: 'Portal', [TYPED]: 'Desk' };

/** An app with the metadata's names, and one with the options of its kind. */
export const twoApps = (label: string): Resources =>
  new Map<string, Config>([
    [
      WIRE,
      {
        api_name: 'Portal',
        client_type: 'private',
        app: { label, contact_email: 'iam@acme.example' },
        global_oauth: { callback_url: ['https://portal.acme.example/a'] },
        oauth: { comma_separated_oauth_scopes: ['RefreshToken', 'Api'] },
        oauth_policies: { permitted_users_policy_type: 'AllSelfAuthorized' },
        exception: EXCEPTION,
        deletion_protection: false,
      },
    ],
    [
      TYPED,
      {
        api_name: 'Desk',
        label,
        contact_email: 'iam@acme.example',
        scopes: ['RefreshToken', 'Api'],
        permitted_users: { policy: 'self_authorized' },
        callback_urls: ['https://desk.acme.example/a'],
        exception: EXCEPTION,
        deletion_protection: false,
      },
    ],
  ]) as Resources;

/** An org and what Terraform knows of it, to begin with as often as it takes. */
interface Begun {
  readonly file: string;
  readonly kept: unknown;
  /** How it came about. */
  readonly config: Resources;
}

type Parts = Readonly<Record<string, string>>;
/** Of an app that is not there. */
const NOTHING = '{}';

/** One of them, at work. */
interface Work {
  readonly emulator: Emulator;
  readonly core: Core;
  /** What the org has of each app, by address. */
  readonly parts: () => Parts;
  readonly keys: () => readonly (string | undefined)[];
  readonly file: string;
}

/** How Terraform is driven: with what environment, from which state on. */
export type Drive = (environment: Readonly<Record<string, string>>, kept?: unknown) => Core;

export interface FaultWorld {
  /** An apply that goes from one configuration to the other, with a fault: see {@link expectReachable}. */
  readonly applies: (name: string, from: Resources, to: Resources, most: number) => Promise<void>;
  /** A refresh and a plan of an org that an admin changed. */
  readonly plans: (most: number) => Promise<void>;
  readonly close: () => void;
}

export async function faultWorld(drive: Drive): Promise<FaultWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'client-apps-faults-'));
  const [pair]: readonly Pair[] = await twoKeys();
  if (!pair) throw new Error('no key');
  const seedDir = seedFolder(pair, {});
  let files = 0;

  /** The org as it was begun, while somebody works with it. */
  async function at<T>(begun: Begun | undefined, work: (work: Work) => Promise<T>): Promise<T> {
    const file = join(folder, `${(files += 1)}.json`);
    if (begun) copyFileSync(begun.file, file);
    const emulator = await fastOrg({ seedDir, stateFile: file });
    const environment = { SF_CLIENT_ID: KEY, SF_CLIENT_SECRET: SECRET, SF_LOGIN_URL: emulator.url };
    const core = drive(environment, begun?.kept);
    try {
      return await work({
        emulator,
        file,
        core,
        parts: () => {
          const components = componentsIn(file);
          return Object.fromEntries(
            Object.entries(NAMES).map(([address, name]) => [address, wordsOf(partsOf(components, name))]),
          );
        },
        keys: () => Object.values(NAMES).map((name) => emulator.consumer(name)?.key),
      });
    } finally {
      core.close();
      await emulator.close();
    }
  }

  async function begin(config: Resources): Promise<Begun> {
    return at(undefined, async ({ core, file }) => {
      const { errors } = await core.apply(config);
      expect(errors).toEqual([]);
      return { file, kept: core.kept(), config };
    });
  }

  /** A run that meets the fault. */
  async function failing({ emulator, core }: Work, place: Place, run: () => Promise<Run>): Promise<Run> {
    const { onBegin } = arm(emulator, [place]);
    onBegin?.(() => core.interrupt());
    const ended = await run();
    disarm(emulator);
    const words = [...ended.errors, ...ended.warnings].join('\n');
    expect(words).not.toMatch(/A bug of this provider|see the provider's log|\bundefined\b|\[object Object\]/);
    for (const secret of [emulator.accessToken, SECRET]) expect(words).not.toContain(secret);
    return ended;
  }

  async function measured(begun: Begun, run: (work: Work) => Promise<Run>): Promise<Measured> {
    return at(begun, async (work) => {
      const usual = await run(work);
      expect(usual.errors).toEqual([]);
      const calls = work.emulator.calls();
      const poll = calls.findIndex(({ operation }) => operation === 'checkDeployStatus') + 1;
      return { usual, requests: requestsOf(calls), poll };
    });
  }

  return {
    close: () => {
      rmSync(folder, { recursive: true });
      rmSync(seedDir, { recursive: true });
    },
    applies: async (name, from, to, most) => {
      const begun = await begin(from);
      const { usual, requests, poll } = await measured(begun, ({ core }) => core.apply(to));
      const vanished = { request: poll, name: 'a deploy that the org does not know', fault: VANISHED, times: 1 };
      const [before, goal] = await Promise.all([
        at(begun, (work) => Promise.resolve(work.parts())),
        at(begun, async (work) => {
          await work.core.apply(to);
          return work.parts();
        }),
      ]);
      expect(goal).not.toEqual(before);
      await eachPlace([...asked(requests, most), vanished], name, (place) =>
        at(begun, async (work) => {
          const prior = work.core.state();
          const ended = await failing(work, place, () => work.core.apply(to));
          await expectReachable(work, { to, usual, before, goal, prior }, ended);
        }),
      );
    },
    plans: async (most) => {
      const begun = await begin(twoApps('One'));
      const drifted = await at(begun, async ({ emulator, core, file }) => {
        // Somebody else's Terraform, which stands for an admin.
        await drive({ SF_ACCESS_TOKEN: emulator.accessToken, SF_INSTANCE_URL: emulator.url }, core.kept()).apply(
          twoApps('By an admin'),
        );
        return { ...begun, file };
      });
      const plan = ({ core }: Work): Promise<Run> => core.refresh(twoApps('One'));
      const { usual, requests } = await measured(drifted, plan);
      expect([...usual.actions.values()]).toEqual(['update', 'update']);
      await eachPlace(asked(requests, most), 'refresh and plan', (place) =>
        at(drifted, async (work) => {
          const before = componentsIn(work.file);
          const ended = await failing(work, place, () => plan(work));
          const state = work.core.state();
          if (ended.errors.length > 0) expect(state).toEqual(stateOf(drive, drifted));
          else if (place.name !== 'one interrupt') {
            expect(ended.actions).toEqual(usual.actions);
            expect(claims(work)).toEqual([]);
          }
          expect(isDeepStrictEqual(componentsIn(work.file), before)).toBe(true);
        }),
      );
    },
  };
}

interface Measured {
  readonly usual: Run;
  readonly requests: Requests;
  /** The number of the request that asks about the deploy. */
  readonly poll: number;
}

/** What Salesforce says about a deploy that it does not know. */
const VANISHED = {
  kind: 'api-error',
  code: 'INVALID_CROSS_REFERENCE_KEY',
  message: 'invalid cross reference id',
  status: 404,
} as const;

/** A second interrupt kills the process: of that there is a suite of its own. */
const asked = (requests: Requests, most: number): readonly Place[] =>
  somePlaces(requests, most).filter(({ name }) => name !== 'two interrupts');

/** Without what each org makes up for itself. */
const wordsOf = (parts: object): string =>
  JSON.stringify(parts, (name, value: unknown) =>
    /^(oauthLink|orgScopedExternalApp)$/.test(name) ? 'made up' : value,
  );

const stateOf = (drive: Drive, { kept }: Begun): Resources => drive({}, kept).state();

/** What Terraform's state says and the org has not. */
function claims({ core, file }: Work): readonly { readonly address: string }[] {
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

/** Of something done that Terraform does not know, or was told to leave. */
const DOUBT = /not certain|may go on in the org|could not be read back|stopped on request/i;

/**
 * After an apply that met a fault: each app is as it was or as it is to be, and what was done and is not in the state is
 * told; the state is that of before, or what the org has; the next plan tells the truth, and a second apply reaches the
 * goal with the keys that are there.
 */
async function expectReachable(work: Work, { to, usual, before, goal, prior }: Case, ended: Run): Promise<void> {
  const { core, parts, keys } = work;
  const [between, state, made] = [parts(), core.state(), keys()];
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
  expect(parts()).toEqual(goal);
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
