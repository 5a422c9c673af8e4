import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Emulator } from '../../lib/emulator';
import { sampled } from '../deep';
import { makeCertificate } from '../emulator/certificate';
import { ALL_IN, getIn, healed, type Pair, prepared, program, startFrom } from './heal-support';
import { type Repeated, repeated } from './killed';
import { type Act, ACTS, leaveAlone, letAdminAct } from './meanwhile';
import { writeSeed } from './messy-support';
import { credentialsIn, opens, rotating, SEED, showsSecrets } from './rotation-support';
import { deleteApp, type Ended, login, project, tamper, twoApps } from './support';
import { FILES, standingOf } from './switch-world';

const SESSION = ['ends the session', ACTS['ends the session']()] as const;
/** What a command may be ended with, however it went. */
const CODES = [0, 1, 2, 4, 5, 6];

interface Found {
  readonly orgs: readonly { readonly diagnostics: readonly { readonly code: string; readonly problem: string }[] }[];
}

/** What one command has to be true about, after an administrator has done something before one of its requests. */
interface Scene {
  readonly line: string;
  readonly acts: readonly (readonly [string, Act])[];
  /** @param isSeen It was done before the command read the app for the last time. */
  readonly expectTruth: (ended: Ended, isSeen: boolean) => Promise<void>;
}

function expectDecent(org: Emulator, { code, stdout, stderr }: Ended): void {
  expect([CODES.includes(code), stdout + stderr]).toEqual([true, stdout + stderr]);
  expect(stdout + stderr).not.toMatch(/bug in client-apps|\bundefined\b|\[object Object\]/);
  expect(stdout + stderr).not.toContain(org.accessToken);
}

/** Tries acts at requests of a command; all that failed, at once. */
async function expectAll(
  count: number,
  { line, acts, expectTruth }: Scene,
  world: { readonly begin: () => Promise<Emulator>; readonly run: (line: string) => Promise<Ended> },
): Promise<void> {
  const whole = await world.begin();
  await world.run(line);
  const operations = whole.calls().map(({ operation }) => operation);
  const last = operations.lastIndexOf('retrieve') + 1;
  const places = operations.flatMap((operation, at) => acts.map((act) => ({ act, operation, request: at + 1 })));
  const failures: string[] = [];
  let tried = 0;
  const chosen = sampled(places, count);
  // Some acts have nothing to act on at some places: one that happens is looked for beyond the sample.
  for (const place of [...chosen, ...places.filter((each) => !chosen.includes(each))]) {
    if (tried > 0 && !chosen.includes(place)) break;
    const { act, operation, request } = place;
    const org = await world.begin();
    const happened = letAdminAct(org, { request, act: act[1] });
    const ended = await world.run(line);
    leaveAlone(org);
    if (!happened()) continue;
    tried += 1;
    try {
      expectDecent(org, ended);
      await expectTruth(ended, request <= last);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      failures.push(`${line}: ${act[0]} before ${operation} (${request} of ${operations.length}): ${why}`);
    }
    if (failures.length > 20) break;
  }
  if (process.env['CLIENT_APPS_EXHAUSTIVE']) {
    process.stderr.write(`${line}: ${tried} acts of ${places.length}, ${failures.length} failed\n`);
  }
  expect(failures.join('\n\n')).toBe('');
  expect(tried).toBeGreaterThan(0);
}

const STANDARD = { type: 'ExtlClntAppConfigurablePolicies', name: 'Order_Feed_plcy' };
const switching =
  (to: boolean): Act =>
  (org) =>
    tamper(
      org,
      { ...STANDARD, path: `extlClntAppPolicies/${STANDARD.name}.ecaPlcy` },
      /(<isEnabled>)(true|false)/,
      `$1${to}`,
    );
const endsTokens: Act = (org) => {
  org.revoke();
  return Promise.resolve();
};

/** Commands about one app, with the administrator's hand in them. */
const ORDERS: Readonly<Record<string, { readonly before?: string; readonly off?: boolean; readonly tokens?: true }>> = {
  'stop Order_Feed --revoke': { off: true, tokens: true },
  'start Order_Feed --auto-approve': { before: 'stop Order_Feed', off: false },
  'revoke Order_Feed --auto-approve': { tokens: true },
};

describe.each(Object.entries(ORDERS))('during %s', (line, { before, off, tokens }) => {
  let world: Repeated;
  beforeAll(async () => {
    const here = project();
    here.synth(twoApps);
    world = await repeated(here, { seedDir: writeSeed(here, FILES) });
    expect(await world.run('apply --auto-approve')).toMatchObject({ code: 0 });
    if (before !== undefined) expect(await world.run(before)).toMatchObject({ code: 0 });
    world.keep();
  }, 240_000);
  afterAll(() => world.close());

  const isThere = (): boolean => world.state().includes('"Order_Feed_plcy"');
  const standing = () => standingOf(world.state());

  async function expectTruth({ code, stdout, stderr }: Ended, isSeen: boolean): Promise<void> {
    const between = standing();
    if (code === 0 && isSeen && isThere()) {
      if (off !== undefined) expect([between.isOff('Order_Feed'), stdout + stderr]).toEqual([off, stdout + stderr]);
      if (tokens) expect(between.tokensOf('Order_Feed')).toBe(0);
    }
    const plan = await world.run('plan --json');
    expect([plan.code, plan.stderr]).toEqual([0, plan.stderr]);
    for (const { code: each, problem } of (JSON.parse(plan.stdout) as Found).orgs[0]?.diagnostics ?? []) {
      if (each === 'switch-unfinished' && isThere()) {
        expect(problem).toContain(between.isOff('Order_Feed') ? 'is off now' : 'is on now');
      }
      const left = /the org lists (\d+) token/.exec(problem)?.[1];
      if (each === 'revocation-unfinished' && left !== undefined) {
        expect(Number(left)).toBe(between.tokensOf('Order_Feed'));
      }
    }
    const again = await world.run(line);
    const said = again.stdout + again.stderr;
    if (isThere()) {
      expect([again.code, said]).toEqual([0, said]);
      if (off !== undefined) expect(standing().isOff('Order_Feed')).toBe(off);
    } else {
      // Of one that is gone it is said, with 2, that users may let it in again.
      expect([[0, 1, 2].includes(again.code), said]).toEqual([true, said]);
    }
    if (tokens) expect(standing().tokensOf('Order_Feed')).toBe(0);
    expect((await world.run('plan')).stdout).not.toMatch(/-unfinished/);
  }

  it('an administrator acts: what is said is true of the org, and the same command ends it', async () => {
    const acts = [
      ['deletes the app', (org: Emulator) => deleteApp(org, 'Order_Feed')],
      ['switches it off', switching(false)],
      ['switches it on', switching(true)],
      ['ends all tokens', endsTokens],
      SESSION,
    ] as const;
    const begin = async (): Promise<Emulator> => {
      await world.putBack();
      return world.salesforce();
    };
    await expectAll(12, { line, acts, expectTruth }, { begin, run: world.run });
  }, 14_400_000);
});

describe('during a rotation', () => {
  let world: Repeated;
  let vault: string;
  const secrets = new Set<string>();
  beforeAll(async () => {
    vault = mkdtempSync(join(tmpdir(), 'client-apps-vault-'));
    const here = project();
    here.synth(rotating);
    world = await repeated(here, { seedDir: SEED });
    expect(await world.run('apply --auto-approve')).toMatchObject({ code: 0 });
    world.keep();
  }, 240_000);
  afterAll(async () => {
    await world.close();
    rmSync(vault, { recursive: true });
  });

  const file = (): string => join(vault, 'sync.json');
  const line = (): string => `rotate Sync --to-file ${file()} --auto-approve --open-secret-access`;
  const isThere = (): boolean => world.state().includes('"Sync_glbloauth"');
  const isOn = (): boolean => !/"externalClientApplication":\s*"Sync",\s*"isEnabled":\s*false/.test(world.state());
  const handed = () => {
    const { consumer_key: key, consumer_secret: secret } = JSON.parse(readFileSync(file(), 'utf8')) as {
      readonly consumer_key: string;
      readonly consumer_secret: string;
    };
    return { key, secret };
  };
  const said = async (): Promise<readonly string[]> => {
    const { stdout } = await world.run('plan --json');
    const { diagnostics = [] } = (JSON.parse(stdout) as Found).orgs[0] ?? {};
    return diagnostics.map(({ code }) => code).filter((code) => /rotation|secret-access/.test(code));
  };

  async function expectTruth({ code, stdout, stderr }: Ended, isSeen: boolean): Promise<void> {
    const text = stdout + stderr;
    if (code === 0 && isSeen && isThere()) {
      expect(credentialsIn(world.here, secrets)).toMatchObject(handed());
      if (isOn()) expect(await opens(world.salesforce(), handed())).toBe(true);
    }
    const found = await said();
    if (isThere() && credentialsIn(world.here, secrets).staged?.state === 'Active') {
      expect([found, text]).toEqual([expect.arrayContaining(['rotation-cut-off']), text]);
    }
    if (showsSecrets(world.here))
      expect([found.includes('secret-access-cut-off') || isByHand, text]).toEqual([true, text]);
    if (found.length > 0) {
      const way = isThere() ? `--resume --to-file ${file()}` : '--discard';
      const ended = await world.run(`rotate Sync ${way} --auto-approve --open-secret-access`);
      expect([isThere() ? ended.code : 0, ended.stdout + ended.stderr]).toEqual([0, ended.stdout + ended.stderr]);
    }
    expect(await said()).toEqual([]);
    if (!isByHand) expect(showsSecrets(world.here)).toBe(false);
    for (const secret of secrets) expect(text).not.toContain(secret);
  }

  let isByHand = false;
  const access =
    (to: boolean): Act =>
    (org) => {
      isByHand = to;
      return tamper(
        org,
        { type: 'Settings', name: 'ExternalClientApp', path: 'settings/ExternalClientApp.settings' },
        /(<enableClientSecretInRestApiAccess>)(true|false)/,
        `$1${to}`,
      );
    };

  it('an administrator acts: no secret is lost that works, none is left in the open, and one more run ends it', async () => {
    const acts = [
      ['deletes the app', (org: Emulator) => deleteApp(org, 'Sync')],
      ['switches it off', ACTS['switches it off']('Sync')],
      ['closes the REST access to secrets', access(false)],
      ['opens the REST access to secrets', access(true)],
      SESSION,
    ] as const;
    const begin = async (): Promise<Emulator> => {
      isByHand = false;
      rmSync(file(), { force: true });
      await world.putBack();
      return world.salesforce();
    };
    await expectAll(16, { line: line(), acts, expectTruth }, { begin, run: world.run });
  }, 14_400_000);
});

describe('during a heal', () => {
  let pair: Pair;
  beforeAll(async () => {
    pair = await makeCertificate();
  });

  it('an administrator acts: who is said to get in does, and one more run ends it', async () => {
    const first = project();
    const start = await prepared(first, pair);
    first.remove();
    const here = project();
    here.synth(program(pair));
    let sandbox = await startFrom(here, start);
    const begin = async (): Promise<Emulator> => {
      await sandbox.close();
      rmSync(here.path('.client-apps'), { recursive: true, force: true });
      sandbox = await startFrom(here, start);
      sandbox.refresh({ name: 'uat' });
      return sandbox;
    };
    const run = (commandLine: string): Promise<Ended> => here.run(commandLine, { environment: login(sandbox) });
    const expectTruth = async ({ code, stdout }: Ended, isSeen: boolean): Promise<void> => {
      if (code === 0 && isSeen) expect([await getIn(sandbox, pair), stdout]).toEqual([ALL_IN, stdout]);
      await run('apply --org uat --auto-approve --allow widens --re-enable Feed --allow-recreate Feed');
      const second = await healed(here, sandbox, '--allow widens');
      expect([second.code, second.stdout, await getIn(sandbox, pair)]).toEqual([0, second.stdout, ALL_IN]);
    };
    const acts = [
      ['deletes an app', (org: Emulator) => deleteApp(org, 'Feed')],
      ['switches an app off', ACTS['switches it off']('Feed')],
      ['switches PKCE off', ACTS['switches PKCE off']('Portal')],
      ['changes the org settings', ACTS['changes the org settings']()],
      SESSION,
    ] as const;
    await expectAll(14, { line: 'heal uat', acts, expectTruth }, { begin, run });
    await sandbox.close();
    here.remove();
  }, 14_400_000);
});
