import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

import Ajv2020 from 'ajv/dist/2020';

import { releaseLock, takeLock } from '../../lib/cli/apply-lock';
import type { Emulator } from '../../lib/emulator';
import { until } from './built';
import { type Credentials, credentialsIn, opens, rotating, SEED, showsSecrets, STATE } from './rotation-support';
import {
  type Ended,
  fastOrg,
  login,
  type Project,
  project,
  runCommand,
  type RunOptions,
  switchPkceOff,
} from './support';

const YES = '--auto-approve --open-secret-access';
const ROTATIONS = '.client-apps/rotations';

let here: Project;
let vault: string;
let salesforce: Emulator;
const secrets = new Set<string>();
beforeEach(async () => {
  here = project();
  vault = mkdtempSync(join(tmpdir(), 'client-apps-vault-'));
  salesforce = await fastOrg({ seedDir: SEED, stateFile: here.path(STATE) });
  here.synth(rotating);
  expect(await run('apply --auto-approve')).toMatchObject({ code: 0 });
});
afterEach(async () => {
  await salesforce.close();
  here.remove();
  rmSync(vault, { recursive: true });
});

const environment = () => ({ ...login(salesforce), PATH: process.env['PATH'] ?? '' });
const run = (line: string, options: RunOptions = {}): Promise<Ended> =>
  here.run(line, { ...options, environment: environment() });
const stored = (app?: string): Credentials => credentialsIn(here, secrets, app);
const file = (): string => join(vault, 'sync.json');
const orgId = (): string => salesforce.orgId.slice(0, 15);
const nameOf = (app = 'Sync'): string => `${ROTATIONS}/${orgId()}__${app}.json`;
const record = (): Record<string, unknown> => JSON.parse(here.read(nameOf())) as Record<string, unknown>;
const edit = (change: object): void => here.write(nameOf(), JSON.stringify({ ...record(), ...change }));

interface Held {
  /** The rotation that waits at its hand-over. */
  readonly ended: Promise<Ended>;
  readonly goOn: () => void;
}

/** A rotation that holds its lock until it is let go on. */
async function held(): Promise<Held> {
  const [script, there, go] = ['hold.js', 'there', 'go'].map((name) => join(vault, name)) as [string, string, string];
  writeFileSync(
    script,
    `const fs = require('fs'); fs.writeFileSync(${JSON.stringify(file())}, fs.readFileSync(0));
     fs.writeFileSync(${JSON.stringify(there)}, '');
     // Ends by itself, too, where a test has failed and its folder is gone.
     const look = () => fs.existsSync(${JSON.stringify(go)}) || !fs.existsSync(${JSON.stringify(there)}) || setTimeout(look, 20);
     look();`,
  );
  const ended = run(`rotate Sync --to-command "node ${script}" ${YES}`);
  await until(() => readdirSync(vault).includes('there'));
  return { ended, goOn: () => writeFileSync(go, '') };
}

describe('two at once', () => {
  it('one rotation in a project goes, another one and an apply refuse, and a plan says it', async () => {
    await switchPkceOff(salesforce);
    const { ended, goOn } = await held();
    const between = stored();
    for (const app of ['Sync', 'Mobile']) {
      const second = await run(`rotate ${app} --to-file ${join(vault, 'second')} ${YES}`);
      expect([second.code, second.stderr]).toEqual([1, expect.stringMatching(/interrupted|\[rotation-running\]/)]);
    }
    const apply = await run('apply --auto-approve');
    expect([apply.code, apply.stderr]).toEqual([1, expect.stringContaining('[rotation-running]')]);
    const plan = await run('plan');
    expect([plan.code, plan.stdout]).toEqual([0, expect.stringContaining('a rotation in this org is running')]);
    expect(plan.stdout).not.toContain('was interrupted');
    expect(stored()).toEqual(between);
    goOn();
    expect(await ended).toMatchObject({ code: 0 });
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({ consumer_secret: stored().secret });
    expect(await run('apply --auto-approve')).toMatchObject({ code: 0 });
    expect(showsSecrets(here)).toBe(false);
  });

  it('none begins beside an apply, and both go on when it is over', async () => {
    const lock = here.path('.client-apps/receipts/identity__prod.lock');
    takeLock(lock, { since: '2026-11-21T08:00:00.000Z' }, false);
    const ended = await run(`rotate Sync --to-file ${file()} ${YES}`);
    expect([ended.code, ended.stderr]).toEqual([1, expect.stringContaining('[apply-running]')]);
    expect(stored().staged).toBeUndefined();
    releaseLock(lock);
    expect(await run(`rotate Sync --to-file ${file()} ${YES}`)).toMatchObject({ code: 0 });
  });

  it('an apply that meets the lock of a rotation on another machine says so, and does not take it over', async () => {
    await switchPkceOff(salesforce);
    const lock = '.client-apps/receipts/identity__prod.lock';
    const owner = { pid: 1, host: 'ci-runner-7', since: '2026-11-21T08:00:00.000Z', what: 'rotate' };
    here.write(lock, JSON.stringify(owner));
    for (const words of ['', '--resume']) {
      const ended = await run(`apply --auto-approve ${words}`);
      expect([ended.code, ended.stderr]).toEqual([1, expect.stringContaining('[rotation-elsewhere]')]);
      expect(ended.stderr).not.toContain('another apply');
    }
    expect(JSON.parse(here.read(lock))).toEqual(owner);
    // Its remedy: a rotation that goes on, or is undone, on this machine takes the lock, and gives it back.
    await run(`rotate Sync --discard ${YES}`);
    expect(await run('apply --auto-approve')).toMatchObject({ code: 0 });
  });

  it('from two machines: the org has the staged credentials of the one, and the other refuses', async () => {
    const { ended, goOn } = await held();
    const between = stored();
    const elsewhere = mkdtempSync(join(tmpdir(), 'client-apps-elsewhere-'));
    const second = await runCommand(`rotate Sync --to-file ${join(vault, 'second')} ${YES}`, elsewhere, {
      environment: environment(),
    });
    rmSync(elsewhere, { recursive: true });
    expect([second.code, second.stderr]).toEqual([1, expect.stringContaining('a rotation running elsewhere')]);
    expect([stored(), showsSecrets(here)]).toEqual([between, true]);
    goOn();
    expect(await ended).toMatchObject({ code: 0 });
    expect(await opens(salesforce, stored())).toBe(true);
    expect(showsSecrets(here)).toBe(false);
  });

  it('the limit of staged credentials, reached between looking and asking, is a refusal that leaves nothing', async () => {
    const before = stored();
    const fault = { kind: 'api-error', code: 'LIMIT_EXCEEDED', message: 'only one set of staged credentials' } as const;
    salesforce.faults.failNext({ operation: 'stage' }, fault);
    const ended = await run(`rotate Sync --to-file ${file()} ${YES}`);
    expect([ended.code, ended.stderr]).toEqual([1, expect.stringContaining('only one set of staged credentials')]);
    expect([stored(), record()['state'], showsSecrets(here)]).toEqual([before, 'rolled back', false]);
    expect((await run('plan')).stdout).not.toContain('rotation');
  });

  it('the lock of a dead process holds nobody up; that of another machine does, until it is taken over', async () => {
    const lock = here.path(`${ROTATIONS}/${orgId()}.lock`);
    mkdirSync(here.path(ROTATIONS), { recursive: true });
    const owner = { pid: 999_999_999, host: 'ci-runner-7', since: '2026-11-21T08:00:00.000Z', what: 'rotate' };
    writeFileSync(lock, JSON.stringify(owner));
    // It held the lock of applies as well.
    here.write('.client-apps/receipts/identity__prod.lock', JSON.stringify(owner));
    const ended = await run(`rotate Sync --to-file ${file()} ${YES}`);
    expect([ended.code, ended.stderr]).toEqual([1, expect.stringContaining('on the machine ci-runner-7')]);
    await run(`rotate Sync --discard ${YES}`);
    expect(await run(`rotate Sync --to-file ${file()} --overlap 0 ${YES}`)).toMatchObject({ code: 0 });
    writeFileSync(lock, JSON.stringify({ ...owner, host: hostname() }));
    expect(await run(`rotate Sync --to-file ${file()} ${YES}`)).toMatchObject({ code: 0 });
  });
});

describe('what is kept of a rotation', () => {
  const rotated = (options = ''): Promise<Ended> => run(`rotate Sync --to-file ${file()} ${options} ${YES}`);
  const fits = (name: string, document: object): boolean => {
    const schema = JSON.parse(readFileSync(join(__dirname, `../../schemas/${name}.schema.json`), 'utf8')) as object;
    return new Ajv2020({ strict: false, validateFormats: false }).compile(schema)(document);
  };

  it('fits its published schema at every step, also while the access to secrets is open', async () => {
    const { ended, goOn } = await held();
    const access = JSON.parse(here.read(`${ROTATIONS}/${orgId()}.access.json`)) as object;
    expect([fits('secret-access', access), fits('rotation', access)]).toEqual([true, false]);
    expect([record()['state'], fits('rotation', record())]).toEqual(['staged', true]);
    goOn();
    await ended;
    expect([record()['state'], fits('rotation', record())]).toEqual(['rotated', true]);
    expect(readdirSync(here.path(ROTATIONS))).toEqual([`${orgId()}__Sync.json`]);
  });

  it('says when former credentials are past their overlap: plan, status and doctor, until they are ended', async () => {
    await rotated('--overlap 7d');
    const until = String(record()['keep_former_until']).slice(0, 10);
    expect((await run('status')).stdout).toContain(
      `prod/Sync: former credentials stay valid until then: ${String(record()['former_key'])}`,
    );
    expect((await run('status')).stdout).toContain(until);
    expect((await run('plan')).stdout).not.toContain('[former-credentials-due]');
    edit({ keep_former_until: '2026-11-01T00:00:00.000Z' });
    expect((await run('plan')).stdout).toContain('[former-credentials-due]');
    expect((await run('status')).stdout).toContain('the former credentials of Sync were due to be revoked by');
    const doctor = await run('doctor');
    expect([doctor.code, doctor.stdout]).toEqual([3, expect.stringContaining('--end-former')]);
    expect(await run(`rotate Sync --end-former ${YES}`)).toMatchObject({ code: 0 });
    expect((await run('plan')).stdout).not.toContain('[former-credentials-due]');
  });

  it('former credentials that are gone already are noted as ended, by the command that ends them', async () => {
    await rotated();
    await run(`rotate Sync --end-former --now ${YES}`);
    edit({ state: 'rotated', keep_former_until: '2026-11-01T00:00:00.000Z' });
    const ended = await run(`rotate Sync --end-former ${YES}`);
    expect([ended.code, ended.stdout, record()['state']]).toEqual([
      0,
      expect.stringContaining('already gone'),
      'ended',
    ]);
  });

  it.each([
    ['cut', '{"format_version": "1.1", "org'],
    ['empty', ''],
    ['of another major version', '{"format_version": "2.0"}'],
    ['a list', '[]'],
  ])('a record that is %s is not gone by: rotate refuses, plan and doctor say it', async (_, text) => {
    await rotated();
    const before = stored();
    here.write(nameOf(), text);
    for (const mode of ['', '--end-former --now', '--resume', '--promote', '--discard']) {
      const ended = await run(`rotate Sync ${mode} --to-file ${file()} ${YES}`);
      expect([mode, ended.code, ended.stderr]).toEqual([mode, 1, expect.stringContaining('[rotation-unusable]')]);
    }
    expect([stored(), here.read(nameOf())]).toEqual([before, text]);
    expect((await run('plan')).stdout).toContain('[rotation-unusable]');
    expect(await run('doctor')).toMatchObject({ code: 3 });
    expect(await run('status')).toMatchObject({ code: 0 });
  });

  it('nor is one of another app or another org, nor a note about the access that cannot be read', async () => {
    await rotated();
    const before = stored();
    for (const change of [{ app: 'Mobile' }, { org_id: '00D000000000001AAA' }]) {
      const kept = record();
      edit(change);
      const ended = await run(`rotate Sync --end-former --now ${YES}`);
      expect([ended.code, ended.stderr]).toEqual([1, expect.stringContaining('[rotation-of-another]')]);
      here.write(nameOf(), JSON.stringify(kept));
    }
    here.write(`${ROTATIONS}/${orgId()}.access.json`, '{}');
    const ended = await run(`rotate Sync --end-former --now ${YES}`);
    expect([ended.code, ended.stderr]).toEqual([1, expect.stringContaining('[rotation-unusable]')]);
    expect(stored()).toEqual(before);
  });

  it('a record from before this version, without its beginning, is read', async () => {
    await rotated();
    const { begun: _, overlap_seconds: __, ...rest } = record();
    here.write(nameOf(), JSON.stringify({ ...rest, format_version: '1.0' }));
    expect(await run(`rotate Sync --end-former --now ${YES}`)).toMatchObject({ code: 0 });
  });

  it('--resume where nothing was cut off, or without a place for the secret, is refused', async () => {
    const nothing = await run(`rotate Sync --resume ${YES}`);
    expect([nothing.code, nothing.stderr]).toEqual([
      1,
      expect.stringContaining('no interrupted rotation of it is on record here'),
    ]);
    await rotated();
    const over = await run(`rotate Sync --resume ${YES}`);
    expect([over.code, over.stdout]).toEqual([0, expect.stringContaining('Nothing to resume')]);
    edit({ state: 'staged' });
    const ended = await run(`rotate Sync --resume ${YES}`);
    expect([ended.code, ended.stderr]).toEqual([1, expect.stringContaining('specify where to deliver it')]);
  });

  it('--resume says where the org has other credentials, and where the staged ones were deleted', async () => {
    await rotated('--overlap 0');
    edit({ state: 'handed over', former_key: 'another', new_key: 'third' });
    const foreign = await run(`rotate Sync --resume ${YES}`);
    expect([foreign.code, foreign.stderr]).toEqual([1, expect.stringContaining('someone has rotated it since')]);
    edit({ former_key: stored().key });
    const gone = await run(`rotate Sync --resume ${YES}`);
    expect([gone.code, gone.stderr]).toEqual([1, expect.stringContaining('someone has deleted them')]);
    expect(record()['state']).toBe('rolled back');
  });
});
