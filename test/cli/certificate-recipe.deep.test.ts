import { execFileSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Certificate, MachineApp, PermittedUsers, type SalesforceOrg, Scope } from '../../constructs';
import type { Emulator } from '../../lib/emulator';
import { signAssertion } from '../../lib/org/jwt-assertion';
import { describeBuilt, MAIN, start } from './built';
import { type Ended, fastOrg, login, org, type Project, project } from './support';

const PAGE = readFileSync(join(__dirname, '../../docs/rotate.md'), 'utf8');
const SEED = join(__dirname, '../../examples/quickstart/org-seed');
const USER = 'billing.sync@acme.example';

let here: Project;
let salesforce: Emulator;
beforeEach(async () => {
  here = project();
  salesforce = await fastOrg({ seedDir: SEED });
});
afterEach(async () => {
  await salesforce.close();
  here.remove();
});

/** The command of the runbook that makes a key and its certificate, as it stands there. */
function command(): string {
  const [, found = ''] = /^1\. `(openssl [^`]+)`$/m.exec(PAGE) ?? [];
  expect(found).toContain('-keyout new.key -out new.crt');
  return found;
}

/** A pair by that command; of another length where the test needs one. */
function makePair(name: string, days?: number): string {
  const text = days === undefined ? command() : command().replace('-days 365', `-days ${days}`);
  execFileSync('sh', ['-c', text.replaceAll('new.', `${name}.`)], { cwd: here.folder, stdio: 'ignore' });
  return here.read(`${name}.crt`);
}

const machine = (parent: SalesforceOrg, name: string, pair: string): MachineApp =>
  new MachineApp(parent, name, {
    label: name,
    scopes: [Scope.API, Scope.REFRESH_TOKEN] as const,
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Billing_Sync_Access'] }),
    certificate: Certificate.fromPem(here.read(`${pair}.crt`)),
  });
const synth = (apps: Readonly<Record<string, string>>): void =>
  here.synth((stack) => {
    const parent = org(stack);
    for (const [name, pair] of Object.entries(apps)) machine(parent, name, pair);
  });

const run = (line: string, options: { readonly today?: string } = {}): Promise<Ended> =>
  here.run(line, { environment: login(salesforce), ...options });

/** The proof of the runbook: a token, or `invalid_grant`. */
async function proof(app: string, pair: string): Promise<string> {
  const { stdout } = await run('outputs --json');
  const { orgs } = JSON.parse(stdout) as { orgs: { apps: { api_name: string; consumer_key: string }[] }[] };
  const clientId = orgs[0]?.apps.find(({ api_name: name }) => name === app)?.consumer_key ?? former.get(app) ?? '';
  former.set(app, clientId);
  const key = createPrivateKey(here.read(`${pair}.key`));
  const audience = 'https://login.salesforce.com';
  const assertion = signAssertion({ clientId, username: USER, audience, key, now: Date.now() });
  const body = new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
  const answer = await fetch(`${salesforce.url}/services/oauth2/token`, { method: 'POST', body });
  const { access_token: token, error = '' } = (await answer.json()) as Record<string, string>;
  return token === undefined ? error : 'a token';
}
/** Consumer keys, also of apps that are gone. */
const former = new Map<string, string>();

describe('the runbook of a certificate, step by step', () => {
  it('with an overlap: by a second app', async () => {
    makePair('old');
    synth({ OLD: 'old' });
    expect(await run('apply --auto-approve')).toMatchObject({ code: 0 });
    expect(await proof('OLD', 'old')).toBe('a token');
    // 1 and 2
    makePair('new');
    synth({ OLD: 'old', NEW: 'new' });
    expect(await run('apply --auto-approve')).toMatchObject({ code: 0 });
    // 3
    expect([await proof('NEW', 'new'), await proof('NEW', 'old')]).toEqual(['a token', 'invalid_grant']);
    expect(await proof('OLD', 'old')).toBe('a token');
    // 4
    const usage = await run('usage --app OLD --format json');
    expect([usage.code, usage.stdout]).toEqual([0, expect.stringContaining('OLD')]);
    // 5
    synth({ NEW: 'new' });
    const plan = await run('plan');
    expect([plan.code, plan.stdout + plan.stderr]).toEqual([0, expect.stringContaining('--allow-delete OLD')]);
    expect(await proof('OLD', 'old')).toBe('a token');
    expect(await run('apply --auto-approve --allow-delete OLD')).toMatchObject({ code: 0 });
    expect([await proof('NEW', 'new'), await proof('OLD', 'old')]).toEqual([
      'a token',
      expect.stringContaining('invalid'),
    ]);
    expect(await run('plan --detailed-exitcode')).toMatchObject({ code: 0 });
  });

  it('without: in one apply, which has to be reviewed', async () => {
    makePair('old');
    makePair('new');
    synth({ APP: 'old' });
    await run('apply --auto-approve');
    synth({ APP: 'new' });
    const unreviewed = await run('apply --auto-approve');
    expect([unreviewed.code, await proof('APP', 'old')]).toEqual([1, 'a token']);
    expect(await run('plan --out plan.json')).toMatchObject({ code: 0 });
    expect(await run('apply plan.json')).toMatchObject({ code: 0 });
    expect([await proof('APP', 'old'), await proof('APP', 'new')]).toEqual(['invalid_grant', 'a token']);
  });
});

const DAY = 86_400_000;
const before = (end: Date, days: number): string => new Date(end.getTime() - days * DAY).toISOString().slice(0, 10);
const WARNS = /certificate-expires-soon|the certificate expires in \d+ days/;

describe('the end of a certificate', () => {
  it.each([
    [31, false],
    [30, true],
    [29, true],
  ])('%i days before it a plan warns: %s', async (days, warns) => {
    const end = new Date(new X509Certificate(makePair('own')).validTo);
    synth({ Sync: 'own' });
    const { code, stdout, stderr } = await run('plan', { today: before(end, days) });
    expect([code, WARNS.test(stdout + stderr)]).toEqual([0, warns]);
  });

  it('is in the calendar of the whole fleet, nearest first, also of an org that cannot be reached', async () => {
    const other = await fastOrg({ seedDir: SEED });
    const ends = [200, 20, 60].map((days) => new Date(new X509Certificate(makePair(`d${days}`, days)).validTo));
    here.synth((stack) => {
      machine(org(stack, 'eu'), 'Far', 'd200');
      machine(org(stack, 'us'), 'Soon', 'd20');
      machine(org(stack, 'gone'), 'Later', 'd60');
    });
    const environment = {
      ...login(salesforce, 'eu'),
      ...login(other, 'us'),
      SF_GONE_INSTANCE_URL: 'http://127.0.0.1:9',
      SF_GONE_ACCESS_TOKEN: salesforce.accessToken,
    };
    const today = new Date().toISOString().slice(0, 10);
    const { code, stdout } = await here.run('status', { environment, today });
    await other.close();
    expect(code).toBe(5);
    const lines = stdout.slice(stdout.indexOf('Expires within 90 days')).split('\n');
    expect(lines[0]).toContain('1 later');
    const on = (index: number): string => ends[index]?.toISOString().slice(0, 10) ?? '';
    expect(lines.slice(1, 3).map((line) => line.trim())).toEqual([
      expect.stringMatching(new RegExp(`^${on(1)}, in (19|20) days: us/Soon: certificate`)),
      expect.stringMatching(new RegExp(`^${on(2)}, in (59|60) days: gone/Later: certificate`)),
    ]);
  });
});

describeBuilt('the end of a certificate, wherever the machine stands', () => {
  it.each(['Pacific/Kiritimati', 'Pacific/Niue'])('is the same day in %s', async (TZ) => {
    makePair('in30', 30);
    makePair('in32', 32);
    synth({ Near: 'in30', Far: 'in32' });
    const child = start('sh', ['-c', 'cd "$0" && exec "$@"', here.folder, process.execPath, MAIN, 'plan'], {
      ...login(salesforce),
      TZ,
    });
    expect([await child.ended, child.stderr()]).toEqual([0, expect.any(String)]);
    const said = (child.stdout() + child.stderr()).split('\n').filter((line) => WARNS.test(line));
    expect([said.some((line) => line.includes('Near')), said.some((line) => line.includes('Far'))]).toEqual([
      true,
      false,
    ]);
  });
});
