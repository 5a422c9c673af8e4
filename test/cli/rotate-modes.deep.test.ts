import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Emulator } from '../../lib/emulator';
import { sampled } from '../deep';
import { describeBuilt } from './built';
import { eachPlace, type Place, somePlaces, TIME } from './fault-matrix';
import { arm, disarm, type Requests, requestsOf } from './fault-world';
import { type AtRequest, type AtWrite, deathsOf, killer, nameOf } from './killed';
import { type Credentials, credentialsIn, opens, rotating, SEED, showsSecrets, STATE } from './rotation-support';
import { type Ended, fastOrg, login, type Project, project, type RunOptions } from './support';

const YES = '--auto-approve --open-secret-access';
let here: Project;
let salesforce: Emulator;
/** Outside of the project: what is handed over, and what the project and its org are put back to. */
let vault: string;
const secrets = new Set<string>();
const stored = (): Credentials => credentialsIn(here, secrets);
const file = (): string => join(vault, 'sync.json');
const handed = (): Credentials | undefined => {
  if (!existsSync(file())) return undefined;
  const { consumer_key: key, consumer_secret: secret } = JSON.parse(readFileSync(file(), 'utf8')) as Record<
    string,
    string
  >;
  return { key: key ?? '', secret: secret ?? '' };
};

/** No secret is in what it printed, also with --debug, nor in what it keeps. */
async function run(line: string, options: RunOptions = {}): Promise<Ended> {
  const ended = await here.run(`${line} --debug`, { ...options, environment: login(salesforce) });
  stored();
  for (const secret of [...secrets, salesforce.accessToken]) {
    expect([ended.stdout, ended.stderr].some((text) => text.includes(secret))).toBe(false);
  }
  return ended;
}

async function restart(): Promise<void> {
  await salesforce.close();
  salesforce = await fastOrg({ seedDir: SEED, stateFile: here.path(STATE) });
}

interface Mode {
  readonly line: () => string;
  /** What is left to go on with after a run that did not end well. Default: the same. */
  readonly again?: () => string;
  /** From a fresh app to where the command begins. */
  readonly before: () => Promise<unknown>;
  readonly expectEnd: (before: Credentials, after: Credentials) => void;
}

/** Staged and handed over on another machine: there is no record of it here. */
async function staged(): Promise<void> {
  salesforce.faults.failNext({ operation: 'rotate' }, { kind: 'http', status: 503 }, 60);
  await run(`rotate Sync --to-file ${file()} ${YES}`);
  salesforce.faults.clear();
  rmSync(here.path('.client-apps/rotations'), { recursive: true, force: true });
  expect(stored().staged).toMatchObject({ state: 'Active' });
}

const MODES: Readonly<Record<string, Mode>> = {
  '--first': {
    line: () => `rotate Sync --first --to-file ${file()} ${YES}`,
    before: () => Promise.resolve(),
    expectEnd: (before, after) => {
      expect(after).toEqual(before);
      expect(handed()).toEqual({ key: after.key, secret: after.secret });
    },
  },
  '--promote': {
    line: () => `rotate Sync --promote ${YES}`,
    before: staged,
    expectEnd: (before, after) => {
      expect([after.key, after.staged?.state]).toEqual([before.staged?.key, 'Rotated']);
    },
  },
  '--discard': {
    line: () => `rotate Sync --discard ${YES}`,
    before: staged,
    expectEnd: (before, after) => expect([after.key, after.staged]).toEqual([before.key, undefined]),
  },
  '--end-former': {
    line: () => `rotate Sync --end-former --now ${YES}`,
    before: () => run(`rotate Sync --to-file ${file()} ${YES}`),
    expectEnd: (before, after) => expect([after.key, after.staged]).toEqual([before.key, undefined]),
  },
  incident: {
    line: () => `incident Sync --auto-approve --out ${here.path('case')}`,
    again: () => `incident --resume ${here.path('case')} --auto-approve`,
    before: () => Promise.resolve(),
    expectEnd: (before, after) => expect([after.key, after.secret === before.secret]).toEqual([before.key, false]),
  },
};

interface Found {
  readonly orgs: readonly { readonly diagnostics: readonly { readonly code: string }[] }[];
}
async function said(): Promise<readonly string[]> {
  const { stdout } = await run('plan --json');
  return ((JSON.parse(stdout) as Found).orgs[0]?.diagnostics ?? []).map(({ code }) => code);
}

async function putBack(): Promise<void> {
  await salesforce.close();
  for (const name of ['.client-apps', 'case']) rmSync(here.path(name), { recursive: true, force: true });
  cpSync(join(vault, 'kept'), here.folder, { recursive: true });
  rmSync(file(), { force: true });
  salesforce = await fastOrg({ seedDir: SEED, stateFile: here.path(STATE) });
}

/** The org is before or after; or between, said, and one more run ends it. */
async function survives(mode: Mode, place: Place): Promise<void> {
  await putBack();
  const before = stored();
  const ended = await run(mode.line(), arm(salesforce, [place]));
  disarm(salesforce);
  const { code, stderr } = ended;
  expect([[0, 1, 2, 5, 6, 130].includes(code), code]).toEqual([true, code]);
  expect(ended.stdout + stderr).not.toMatch(/bug in client-apps|\bundefined\b/);
  if (code === 0) mode.expectEnd(before, stored());
  await expectEnded(mode, before, ended);
}

/** The same of a run whose process was killed: what nothing printed, the next plan has to say. */
async function survivesDeath(mode: Mode, at: AtRequest | AtWrite): Promise<void> {
  await putBack();
  const before = stored();
  const killing = killer(here, salesforce);
  const died = await killing.run([...mode.line().split(' '), '--debug'], at);
  killing.close();
  expect(died.end).toBe('SIGKILL');
  stored();
  for (const secret of [...secrets, salesforce.accessToken]) expect(died.stdout + died.stderr).not.toContain(secret);
  await expectEnded(mode, before, { code: -1, stderr: '' });
}

async function expectEnded(
  { line, again = line, expectEnd }: Mode,
  before: Credentials,
  { code, stderr }: Pick<Ended, 'code' | 'stderr'>,
): Promise<void> {
  const found = await said();
  if (showsSecrets(here) && code >= 0) {
    expect([...found, stderr].join()).toMatch(/secret-access-cut-off.*(switched|turned) o/s);
  } else if (showsSecrets(here)) expect(found).toContain('secret-access-cut-off');
  const given = handed();
  const isUseless = given && given.key !== before.key && !(await opens(salesforce, given));
  if (isUseless && code >= 0) expect(stderr).toContain('they no longer work');
  if (code !== 0) {
    // What did not begin has no folder to go on with.
    const next = again !== line && !existsSync(here.path('case/incident.json')) ? line() : again();
    const finish = await run(next);
    expect([finish.code, finish.stdout + finish.stderr]).toEqual([0, expect.any(String)]);
  }
  expectEnd(before, stored());
  expect(showsSecrets(here)).toBe(false);
  expect((await said()).filter((each) => /rotation|secret-access|former|unfinished/.test(each))).toEqual([]);
}

describeBuilt.each(Object.entries(MODES))('a fault during %s', (name, mode) => {
  let requests: Requests;
  beforeAll(async () => {
    here = project();
    vault = mkdtempSync(join(tmpdir(), 'client-apps-vault-'));
    salesforce = await fastOrg({ seedDir: SEED, stateFile: here.path(STATE) });
    here.synth(rotating);
    expect(await run('apply --auto-approve')).toMatchObject({ code: 0 });
    await mode.before();
    cpSync(here.folder, join(vault, 'kept'), { recursive: true });
    await restart();
    const { code, stderr } = await run(mode.line());
    expect([code, stderr]).toEqual([0, expect.any(String)]);
    requests = requestsOf(salesforce.calls());
  }, 240_000);
  afterAll(async () => {
    await salesforce.close();
    here.remove();
    rmSync(vault, { recursive: true });
  });

  it(
    'leaves credentials, switch and what was handed over as they were, as they are to be, or said',
    () => eachPlace(somePlaces(requests, 8), name, (place) => survives(mode, place)),
    TIME,
  );

  it('or a death of the process is said by the next plan, and one more run ends it', async () => {
    await putBack();
    const killing = killer(here, salesforce);
    const whole = await killing.run(mode.line().split(' '));
    killing.close();
    expect([whole.end, whole.stderr]).toEqual([0, expect.any(String)]);
    const failures: string[] = [];
    for (const at of sampled(deathsOf(whole), 3)) {
      await survivesDeath(mode, at).catch((error: unknown) => {
        failures.push(`${name} killed ${nameOf(at)}: ${error instanceof Error ? error.message : String(error)}`);
      });
    }
    expect(failures).toEqual([]);
  }, 3_600_000);
});
