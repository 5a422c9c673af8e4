import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import type { Emulator } from '../../lib/emulator';
import { eachPlace, type Place, somePlaces } from '../cli/fault-matrix';
import { arm, disarm, type Requests, requestsOf } from '../cli/fault-world';
import { fastOrg } from '../cli/support';
import { sampled } from '../deep';
import { KEY, type Pair, SECRET, seedFolder, twoKeys } from '../operations/own-login-support';
import type { Core, Resources, Run } from './core';
import { twoApps } from './fault-apps';
import { claims, expectReachable, partsIn, type Work } from './fault-judge';
import { componentsIn } from './org-judge';

/** An org and what Terraform knows of it, to begin with as often as it takes. */
interface Begun {
  readonly file: string;
  readonly kept: unknown;
}

/** How Terraform is driven: with what environment, from which state on. */
export type Drive = (environment: Readonly<Record<string, string>>, kept?: unknown) => Core;

export interface FaultWorld {
  /** An apply that goes from one configuration to the other, with a fault: see {@link expectReachable}. */
  readonly applies: (name: string, from: Resources, to: Resources, places: Places) => Promise<void>;
  /** A refresh and a plan of an org that an admin changed. */
  readonly plans: (places: Places) => Promise<void>;
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
      return { file, kept: core.kept() };
    });
  }

  /** A run that meets the fault. */
  async function failing({ emulator, core }: Work, place: Place, run: () => Promise<Run>): Promise<Run> {
    const { fault, request } = place;
    if (fault.kind === 'interrupt') {
      interruptAt(emulator, request, () => {
        // Whoever is dead asks the org for nothing more.
        if (fault.count > 1) emulator.faults.failNext({ operation: '*' }, { kind: 'drop' }, 1_000);
        return core.interrupt(fault.count);
      });
    } else arm(emulator, [place]);
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
      return { usual, ...requestsOf(calls), poll };
    });
  }

  return {
    close: () => {
      rmSync(folder, { recursive: true });
      rmSync(seedDir, { recursive: true });
    },
    applies: async (name, from, to, places) => {
      const begun = await begin(from);
      const { usual, ...requests } = await measured(begun, ({ core }) => core.apply(to));
      const [before, goal] = await Promise.all([
        at(begun, (work) => Promise.resolve(partsIn(work.file))),
        at(begun, async (work) => {
          await work.core.apply(to);
          return partsIn(work.file);
        }),
      ]);
      expect(goal).not.toEqual(before);
      await eachPlace(places(requests), name, (place) =>
        at(begun, async (work) => {
          const prior = work.core.state();
          const ended = await failing(work, place, () => work.core.apply(to));
          await expectReachable(work, { to, usual, before, goal, prior }, ended);
        }),
      );
    },
    plans: async (places) => {
      const begun = await begin(twoApps('One'));
      const drifted = await at(begun, async ({ emulator, core, file }) => {
        // Somebody else's Terraform, which stands for an admin.
        await drive({ SF_ACCESS_TOKEN: emulator.accessToken, SF_INSTANCE_URL: emulator.url }, core.kept()).apply(
          twoApps('By an admin'),
        );
        return { ...begun, file };
      });
      const plan = ({ core }: Work): Promise<Run> => core.refresh(twoApps('One'));
      const { usual, ...requests } = await measured(drifted, plan);
      expect([...usual.actions.values()]).toEqual(['update', 'update']);
      await eachPlace(places(requests), 'refresh and plan', (place) =>
        at(drifted, async (work) => {
          const before = componentsIn(work.file);
          const ended = await failing(work, place, () => plan(work));
          const state = work.core.state();
          if (ended.errors.length > 0) expect(state).toEqual(stateOf(drive, drifted));
          else if (place.fault.kind !== 'interrupt') {
            expect(ended.actions).toEqual(usual.actions);
            expect(claims(work)).toEqual([]);
          }
          expect(isDeepStrictEqual(componentsIn(work.file), before)).toBe(true);
        }),
      );
    },
  };
}

interface Measured extends Polled {
  readonly usual: Run;
}

interface Polled extends Requests {
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

/** Where something goes wrong in a run that makes so many requests. */
export type Places = (requests: Polled) => readonly Place[];

/** So many of the faults of the table. */
export const faults =
  (most: number): Places =>
  ({ poll, ...requests }) => [
    // The provider is a process of its own, whose time does not pass at once.
    ...somePlaces(requests, most).filter(({ fault }) => fault.kind !== 'line'),
    ...(poll > 0 ? [{ request: poll, name: 'a deploy that the org does not know', fault: VANISHED, times: 1 }] : []),
  ];

/** So many of the requests, before each of which something befalls the run, as {@link Drive} has it. */
export const signals =
  (most: number): Places =>
  ({ all }) =>
    sampled(
      Array.from({ length: all }, (_, index) => ({
        request: index + 1,
        name: 'interrupted',
        fault: { kind: 'interrupt', count: 1 },
        times: 1,
      })),
      most,
    );

/** Before that request, which waits for it. */
function interruptAt(emulator: Emulator, request: number, interrupt: () => Promise<void> | void): void {
  let count = 0;
  emulator.watch({
    before: async () => {
      count += 1;
      if (count === request) await interrupt();
    },
  });
}

const stateOf = (drive: Drive, { kept }: Begun): Resources => drive({}, kept).state();
