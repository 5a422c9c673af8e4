import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { SalesforceOrg } from '../../constructs';
import type { Emulator, EmulatorOptions } from '../../lib/emulator';
import { connect } from '../../lib/org/connect';
import { KEY, ME, type Pair, SECRET, seedFolder, twoKeys } from '../operations/own-login-support';
import {
  clock,
  deployAs,
  fastOrg,
  login,
  mobile,
  type Project,
  project,
  type RunOptions,
  tamper,
  TODAY,
  twoApps,
} from './support';

let own: Pair;
beforeAll(async () => {
  [own] = await twoKeys();
});

let here: Project;
let salesforce: Emulator | undefined;
let seedDir: string;
beforeEach(() => {
  here = project();
  here.synth(twoApps);
  seedDir = seedFolder(own, {});
});
afterEach(async () => {
  await salesforce?.close();
  salesforce = undefined;
  here.remove();
  rmSync(seedDir, { recursive: true });
});

const start = async (options: EmulatorOptions = {}): Promise<Emulator> =>
  (salesforce = await fastOrg({ seedDir, ...options }));
const admin = (): RunOptions => ({ environment: login(salesforce as Emulator) });
const ci = (way: Readonly<Record<string, string>>): RunOptions => ({
  environment: { SF_CLIENT_ID: KEY, SF_LOGIN_URL: salesforce?.url ?? '', ...way },
});
const byKey = (): RunOptions => ci({ SF_USERNAME: ME, SF_JWT_KEY: own.key });

interface Line {
  readonly check: string;
  readonly verdict: string;
  readonly found: string;
  readonly fix?: string;
}

/** Every file of the project with its content. */
const files = (): readonly string[] =>
  readdirSync(here.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${join(parentPath, name)}: ${readFileSync(join(parentPath, name), 'latin1')}`)
    .sort();
const READS =
  /^(versions|userinfo|token|composite|query|retrieve|checkRetrieveStatus|describeMetadata|limits|toolingQuery)$/;

/** What doctor says of one thing, as JSON and as text alike; it writes nothing meanwhile. */
async function line(check: string, options: RunOptions, name = ''): Promise<Line & { readonly code: number }> {
  const [before, calls] = [files(), salesforce?.calls().length ?? 0];
  const json = await here.run(`doctor ${name} --json`, options);
  const text = await here.run(`doctor ${name}`, options);
  expect(files()).toEqual(before);
  const made = salesforce?.calls().slice(calls) ?? [];
  expect(made.map(({ operation }) => operation).filter((operation) => !READS.test(operation))).toEqual([]);
  expect(json.code).toBe(text.code);
  const { machine, orgs } = JSON.parse(json.stdout) as {
    machine: readonly Line[];
    orgs: { checks: readonly Line[] }[];
  };
  const found = [...machine, ...(orgs[0]?.checks ?? [])].find((each) => each.check === check);
  if (!found) throw new Error(`no line ${check}: ${json.stdout}`);
  const [first = ''] = found.found.split(/[;\n]/);
  // Requests that are left, and seconds, go on between the two.
  const plain = (words: string): string => words.replace(/\s+/g, ' ').replace(/\d+/g, '#').trim();
  expect(plain(text.stdout)).toContain(plain(first).slice(0, 60));
  if (found.verdict !== 'ok') expect(text.stdout).toContain('to do: ');
  return { ...found, code: json.code };
}

const is = (verdict: string, found: RegExp): object => ({
  verdict,
  found: expect.stringMatching(found) as string,
  ...(verdict !== 'ok' && { fix: expect.stringMatching(/\w{3}/) as string }),
});

describe('doctor, of the login', () => {
  it.each<[what: string, options: () => RunOptions, expected: object]>([
    ['by a key', byKey, is('ok', /^JWT bearer as ci@acme\.example at http/)],
    ['by a secret', () => ci({ SF_CLIENT_SECRET: SECRET }), is('warning', /^client credentials/)],
    ['by a wrong secret', () => ci({ SF_CLIENT_SECRET: 'wrong-secret' }), is('failed', /invalid/)],
    [
      'by a key file that is missing',
      () => ci({ SF_USERNAME: ME, SF_JWT_KEY_FILE: '/nowhere.key' }),
      is('failed', /cannot be read: ENOENT/),
    ],
    ['by a key that is none', () => ci({ SF_USERNAME: ME, SF_JWT_KEY: 'no key' }), is('failed', /SF_JWT_KEY/)],
    [
      'of a user who may not',
      () => ci({ SF_USERNAME: 'other@acme.example', SF_JWT_KEY: own.key }),
      is('failed', /approved/),
    ],
    ['by a session', admin, is('warning', /an access token only/)],
    ['half given', () => ci({ SF_USERNAME: ME }), is('failed', /No complete set of credentials/)],
  ])('%s', async (_what, options, expected) => {
    await start();
    const found = await line('login', options());
    expect(found).toMatchObject(expected);
    expect(JSON.stringify(found)).not.toMatch(/wrong-secret|no key/);
    if (found.verdict === 'failed') expect(found.code).toBe(5);
  });

  it('to an org that is not there', async () => {
    const environment = { SF_INSTANCE_URL: 'http://127.0.0.1:9', SF_ACCESS_TOKEN: '00Dxx0000001gPL!AQ' };
    expect(await line('login', { environment })).toMatchObject({
      ...is('failed', /could not be reached|refused/i),
      code: 5,
    });
  });

  it('whose clock is minutes off', async () => {
    await start();
    const late = { ...clock, now: () => Date.now() - 200_000 };
    expect(await line('clock', { ...admin(), clock: late })).toMatchObject(is('failed', /3 minutes behind the org/));
  });

  it('whose tokens are JSON Web Tokens, which SOAP does not take', async () => {
    const emulator = await start();
    await tamper(
      emulator,
      {
        type: 'ExtlClntAppGlobalOauthSettings',
        name: 'CI_glbloauth',
        path: 'extlClntAppGlobalOauthSets/CI_glbloauth.ecaGlblOauth',
      },
      /<isNamedUserJwtEnabled>false/,
      '<isNamedUserJwtEnabled>true',
    );
    expect(await line('token', ci({ SF_CLIENT_SECRET: SECRET }))).toMatchObject({
      ...is('failed', /a JSON Web Token/),
      code: 3,
    });
  });

  it('through an app that is not in this org, and through one that lets anybody in', async () => {
    const emulator = await start();
    const environment = { ...login(emulator), SF_CLIENT_ID: '3MVG9SOMEWHEREELSE' };
    expect(await line('own-app', { environment })).toMatchObject(
      is('not evaluated', /has the consumer key of this login/),
    );
    expect(await line('own-app', byKey())).toMatchObject({ found: expect.stringContaining('External Client App CI') });
  });
});

describe('doctor, of the org', () => {
  it('another one than the program means', async () => {
    here.synth((stack) => {
      mobile(
        new SalesforceOrg(stack, 'prod', {
          contactEmail: 'iam@acme.example',
          orgId: '00D000000000002EAA',
          today: TODAY,
        }),
      );
    });
    await start();
    expect(await line('org', admin())).toMatchObject({
      ...is('failed', /the program means 00D000000000002EAA/),
      code: 3,
    });
  });

  it('whose user lacks a permission, by its name', async () => {
    const deployUser = { permissions: { PermissionsModifyMetadata: false, PermissionsModifyAllData: false } };
    here.write('seed/org.json', JSON.stringify({ deployUser }));
    await start({ seedDir: here.path('seed') });
    expect(await line('permissions', admin())).toMatchObject({ ...is('failed', /\(ModifyMetadata\)/), code: 3 });
  });

  it('which shows consumer secrets', async () => {
    const emulator = await start();
    const settings = `<ExternalClientAppSettings xmlns="http://soap.sforce.com/2006/04/metadata"><enableClientSecretInRestApiAccess>true</enableClientSecretInRestApiAccess></ExternalClientAppSettings>`;
    const members = '<types><members>ExternalClientApp</members><name>Settings</name></types><version>66.0</version>';
    await deployAs(
      emulator,
      new Map([
        ['settings/ExternalClientApp.settings', settings],
        ['package.xml', `<Package xmlns="http://soap.sforce.com/2006/04/metadata">${members}</Package>`],
      ]),
    );
    expect(await line('org-switches', admin())).toMatchObject(
      is('warning', /enableClientSecretInRestApiAccess=true: consumer secrets can be read through the REST API/),
    );
  });

  it('in which a deploy runs', async () => {
    const emulator = await start({ switches: { deployMs: 600_000, unfinishedPolls: 0 } });
    const session = await connect(
      { kind: 'access-token', accessToken: emulator.accessToken, instanceUrl: emulator.url },
      { clock },
    );
    const files = new Map([
      ['package.xml', '<Package xmlns="http://soap.sforce.com/2006/04/metadata"><version>66.0</version></Package>'],
    ]);
    const stop = new AbortController();
    let id = '';
    const sent = session.deploy(
      { files, apiVersion: 66, checkOnly: false },
      {
        signal: stop.signal,
        onAccepted: (accepted) => {
          id = accepted;
          stop.abort();
        },
      },
    );
    await expect(sent).rejects.toThrow();
    expect(id).toMatch(/^0Af/);
    expect(await line('deploy-queue', admin())).toMatchObject(is('warning', /1 deploy running|1 deploy waiting/));
  });

  it('which has almost no requests left', async () => {
    await start({ apiRequests: 90 });
    expect(await line('limits', admin())).toMatchObject({ ...is('failed', /of 90 API requests are left/), code: 3 });
  });
});

describe('doctor, of what is remembered here', () => {
  it.each([
    ['receipts', '.client-apps/receipts/identity__prod.json', '{', is('failed', /identity__prod\.json/)],
    ['unfinished', '.client-apps/receipts/identity__prod.journal.json', '{}', is('failed', /a run was interrupted/)],
    ['unfinished', '.client-apps/revocations/prod__Ticket.json', '{', is('not evaluated', /prod__Ticket\.json/)],
  ])('%s: %s with %j', async (check, path, text, expected) => {
    await start();
    here.write(path, text);
    expect(await line(check, admin())).toMatchObject(expected);
  });

  it('an app that was stopped, and not started since', async () => {
    await start();
    await here.run('apply --auto-approve', admin());
    expect((await here.run('stop Portal', admin())).code).toBe(0);
    expect(await line('unfinished', admin())).toMatchObject(is('warning', /stopped, and not started since: Portal/));
    await here.run('start Portal --auto-approve', admin());
    expect(await line('unfinished', admin())).toMatchObject(is('ok', /no interrupted run is recorded/));
  });

  it('a rotation that was cut off', async () => {
    const emulator = await start();
    await here.run('apply --auto-approve', admin());
    const fault = { kind: 'api-error', code: 'UNKNOWN_EXCEPTION', message: 'try later' } as const;
    emulator.faults.failNext({ operation: 'rotate' }, fault, 20);
    const rotation = `rotate Portal --to-file ${seedDir}/out.json --accept-unproved --auto-approve --open-secret-access`;
    expect((await here.run(rotation, admin())).code).not.toBe(0);
    expect(await line('unfinished', admin())).toMatchObject({ ...is('failed', /rotat/i), code: 3 });
  });
});

describe('doctor, of this machine', () => {
  it('without terraform on the path, and without a CDK', async () => {
    await start();
    expect(await line('terraform', { environment: { ...admin().environment, PATH: here.folder } })).toMatchObject(
      is('warning', /terraform is not on the PATH/),
    );
    here.write('terraform', '');
    expect(await line('terraform', { environment: { ...admin().environment, PATH: here.folder } })).toMatchObject(
      is('ok', /terraform/),
    );
    expect(await line('cdk', admin())).toMatchObject(is('warning', /neither cdktf nor cdktn/));
    expect(await line('node', admin())).toMatchObject(is('ok', /^\d+\.\d+/));
    expect(await line('provider', admin())).toMatchObject({ verdict: expect.stringMatching(/ok|failed/) as string });
  });
});
