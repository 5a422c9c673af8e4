import { createPrivateKey } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { TerraformStack } from 'cdktf';

import { Certificate, MachineApp, PermittedUsers, PublicClientApp, Scope, Username } from '../../constructs';
import type { Emulator, EmulatorOptions } from '../../lib/emulator';
import { signAssertion } from '../../lib/org/jwt-assertion';
import { makeCertificate } from '../emulator/certificate';
import { type Ended, fastOrg, login, org, type Project, project, type RunOptions, tamper } from './support';

const SEED = join(__dirname, '../../examples/quickstart/org-seed');
const USER = 'billing.sync@acme.example';

let pair: { readonly cert: string; readonly key: string };
let here: Project;
let salesforce: Emulator;
beforeAll(async () => {
  pair = await makeCertificate();
});
beforeEach(() => {
  here = project();
});
afterEach(async () => {
  await salesforce.close();
  here.remove();
});

interface Stored {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly consumer: { readonly key: string; readonly secret: string };
}

/** By the emulator's own state: no reading of ours is asked. */
function consumer(app = 'Sync'): Stored {
  const state = JSON.parse(readFileSync(here.path('org-state.json'), 'utf8')) as {
    readonly components: Readonly<Record<string, Readonly<Record<string, Stored>>>>;
  };
  const found = state.components['ExtlClntAppGlobalOauthSettings']?.[`${app}_glbloauth`];
  if (!found) throw new Error(`no consumer of ${app}`);
  return found;
}

/** Every secret that the app ever had: none of them may be found anywhere. */
const secrets = new Set<string>();
const secret = (app?: string): string => {
  const now = consumer(app).consumer.secret;
  secrets.add(now);
  return now;
};

async function run(line: string, options: RunOptions = {}): Promise<Ended> {
  const ended = await here.run(line, { ...options, environment: login(salesforce) });
  secret(line.includes('Mobile') ? 'Mobile' : 'Sync');
  const files = readdirSync(here.folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name !== 'org-state.json',
  );
  const texts = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'));
  for (const text of [ended.stdout, ended.stderr, ...texts]) {
    for (const each of secrets) expect(text).not.toContain(each);
  }
  return ended;
}

const program = (certificate: boolean) => (stack: TerraformStack) => {
  const parent = org(stack);
  const justification = { reason: 'r', approvedBy: 'a@acme.example', expires: '2027-01-01' };
  const common = {
    label: 'Sync',
    scopes: [Scope.API, Scope.REFRESH_TOKEN] as const,
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Billing_Sync_Access'] }),
    clientCredentials: { runAs: Username.of(USER), justification },
  };
  new MachineApp(parent, 'Sync', certificate ? { ...common, certificate: Certificate.fromPem(pair.cert) } : common);
  new PublicClientApp(parent, 'Mobile', {
    label: 'Mobile',
    callbackUrls: ['com.acme.mobile://callback'],
    scopes: [Scope.API],
    permittedUsers: PermittedUsers.selfAuthorized(),
  });
};

async function start(options: EmulatorOptions['switches'] = {}, certificate = false): Promise<void> {
  secrets.clear();
  salesforce = await fastOrg({ seedDir: SEED, stateFile: here.path('org-state.json'), switches: options });
  here.synth(program(certificate));
  expect(await here.run('apply --auto-approve', { environment: login(salesforce) })).toMatchObject({ code: 0 });
  // The org returns consumer secrets to this login, so that one could get into a file.
  const settings = { type: 'Settings', name: 'ExternalClientApp', path: 'settings/ExternalClientApp.settings' };
  const switched = '<enableConsumerSecretApiAccess>true</enableConsumerSecretApiAccess>';
  await tamper(salesforce, settings, /\/>\s*$/, `>${switched}</ExternalClientAppSettings>`);
}

const token = async (form: Readonly<Record<string, string>>): Promise<number> =>
  (await fetch(`${salesforce.url}/services/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) })).status;

const opens = async (client_secret: string): Promise<boolean> =>
  (await token({ grant_type: 'client_credentials', client_id: consumer().consumer.key, client_secret })) === 200;

const signsIn = async (): Promise<boolean> => {
  const assertion = signAssertion({
    clientId: consumer().consumer.key,
    username: USER,
    audience: 'https://login.salesforce.com',
    key: createPrivateKey(pair.key),
    now: Date.now(),
  });
  return (await token({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion })) === 200;
};

interface Journal {
  readonly format_version: string;
  readonly steps: Record<string, { readonly state: string; readonly notes: readonly string[] }>;
}
const journal = (): Journal => JSON.parse(here.read('case', 'incident.json')) as Journal;
const states = (): readonly string[] =>
  ['stop', 'revoke', 'rotate', 'check'].map((name) => journal().steps[name]?.state ?? '');
const why = (): string => journal().steps['rotate']?.notes.join('; ') ?? '';
const DONE = ['done', 'done', 'done', 'done'];
const BY_HAND = ['done', 'done', 'by hand', 'done'];
const AUTO = '--auto-approve --out case';
const deploys = (): number => salesforce.calls().filter(({ operation }) => operation === 'deploy').length;

describe('an incident rotates', () => {
  it.each([true, false])('the secret, also for good: certificates are returned %s', async (certificateReadable) => {
    await start({ certificateReadable });
    const former = secret();
    expect(await opens(former)).toBe(true);
    const { code, stdout } = await run(`incident Sync ${AUTO}`);
    expect([code, states()]).toEqual([0, DONE]);
    expect(stdout).toContain('Rotate its secret: done; Sync has a new consumer secret');
    expect(stdout).toContain(
      'Give its client the new consumer secret, before client-apps start: Setup > External Client App Manager > Sync > Settings > OAuth Settings > Consumer Key and Secret.',
    );
    expect(here.read('case', 'report.md')).toContain('Give its client the new consumer secret');
    expect([await opens(former), await opens(secret())]).toEqual([false, false]);
    expect(await run('start Sync --auto-approve')).toMatchObject({ code: 0 });
    expect([await opens(former), await opens(secret())]).toEqual([false, true]);
    expect(await run('drift')).toMatchObject({ code: 0 });
  });

  it.each([true, false])(
    'and leaves the certificate that the program declares: certificates are returned %s',
    async (certificateReadable) => {
      await start({ certificateReadable }, true);
      const [former, before] = [secret(), consumer().fields];
      expect(await run(`incident Sync ${AUTO}`)).toMatchObject({ code: 0 });
      // The label is Salesforce's own, and comes back with the record.
      expect(states()).toEqual(DONE);
      expect(consumer().fields).toEqual({ ...before, label: 'Sync_glbloauth' });
      await run('start Sync --auto-approve');
      expect([await opens(former), await opens(secret()), await signsIn()]).toEqual([false, true, true]);
    },
  );

  it('nothing where the certificate could get lost: it is on record, not returned, and no program declares it', async () => {
    await start({ certificateReadable: false }, true);
    rmSync(here.path('cdktf.out'), { recursive: true });
    const former = secret();
    const { code, stdout } = await run(`incident Sync ${AUTO}`);
    expect([code, states()]).toEqual([0, BY_HAND]);
    expect(why()).toMatch(
      /no manifest of this run declares the one with SHA-256 [0-9a-f]{64}: a deploy .* would remove/,
    );
    expect(stdout).toContain('Rotate its consumer secret: Setup > External Client App Manager > Sync');
    await run('start Sync --auto-approve');
    expect([secret() === former, await signsIn()]).toEqual([true, true]);
  });

  it('the secret of an app that has none demanded of it, too', async () => {
    await start();
    const former = secret('Mobile');
    expect(await run(`incident Mobile ${AUTO}`)).toMatchObject({ code: 0 });
    expect([states(), secret('Mobile') === former]).toEqual([DONE, false]);
  });

  it('nothing with --no-rotate, and makes up for it without, also in a journal from before there was such a step', async () => {
    await start();
    const former = secret();
    expect((await run('incident Sync --plan --no-rotate')).stdout).toContain('4. Rotate: left out with --no-rotate.');
    await run(`incident Sync ${AUTO} --no-rotate`);
    expect([states(), why(), secret()]).toEqual([BY_HAND, 'left out with --no-rotate', former]);
    const { steps, ...rest } = journal();
    const { rotate: _, ...others } = steps;
    writeFileSync(
      here.path('case', 'incident.json'),
      JSON.stringify({ ...rest, format_version: '1.0', steps: others }),
    );
    await run('incident --resume case --auto-approve');
    expect([states(), secret() === former]).toEqual([DONE, false]);
  });

  it('only after it was shown and asked', async () => {
    await start();
    const former = secret();
    expect((await run('incident Sync --plan')).stdout).toContain('4. Rotate: a new consumer secret');
    const asked: string[] = [];
    await run('incident Sync --out case', { answer: 'no', onQuestion: (question) => asked.push(question) });
    expect(asked.join()).toContain('Stop Sync, revoke its tokens and rotate its consumer secret?');
    expect([states()[2], secret()]).toEqual(['not begun', former]);
  });
});

describe('a rotation', () => {
  /** Stopped before, so that the next deploy is that of the rotation. */
  const stopped = async (): Promise<string> => {
    await start();
    expect(await run('stop Sync')).toMatchObject({ code: 0 });
    return secret();
  };

  it('that Salesforce refuses has failed, and is tried again', async () => {
    const former = await stopped();
    const fault = { kind: 'api-error', code: 'INSUFFICIENT_ACCESS', message: 'no' } as const;
    salesforce.faults.failNext({ operation: 'deploy' }, fault);
    const { code, stdout } = await run(`incident Sync ${AUTO}`);
    expect([code, states(), secret()]).toEqual([1, ['done', 'done', 'failed', 'done'], former]);
    expect(stdout).toContain('client-apps incident --resume tries again. By hand: Setup > External Client App Manager');
    expect(await run('incident --resume case --auto-approve')).toMatchObject({ code: 0 });
    expect([states(), secret() === former]).toEqual([DONE, false]);
  });

  it('whose answer got lost is in doubt, and is repeated: only the last secret works', async () => {
    const former = await stopped();
    salesforce.faults.failNext({ operation: 'deploy' }, { kind: 'drop-after' });
    expect(await run(`incident Sync ${AUTO}`)).toMatchObject({ code: 1 });
    const second = secret();
    expect([states()[2], second === former]).toEqual(['in doubt', false]);
    expect(await run('incident --resume case --auto-approve')).toMatchObject({ code: 0 });
    const third = secret();
    expect([states(), new Set([former, second, third]).size]).toEqual([DONE, 3]);
    await run('start Sync --auto-approve');
    expect([await opens(former), await opens(second), await opens(third)]).toEqual([false, false, true]);
  });

  it('of a process that died is repeated, and one that is done is not', async () => {
    const former = await stopped();
    const kill = (text: string): void => {
      if (text.includes('rotating the secret')) throw new Error('killed');
    };
    await expect(run(`incident Sync ${AUTO}`, { onStderr: kill })).rejects.toThrow('killed');
    expect(states()[2]).toBe('announced');
    expect(await run('incident --resume case --auto-approve')).toMatchObject({ code: 0 });
    const [second, sent] = [secret(), deploys()];
    expect([states(), second === former]).toEqual([DONE, false]);
    expect(await run('incident --resume case --auto-approve')).toMatchObject({ code: 0 });
    expect([secret(), deploys()]).toEqual([second, sent]);
  });
});
