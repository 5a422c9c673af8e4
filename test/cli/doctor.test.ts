import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { doctorSchema } from '../../lib/cli/doctor-schema';
import type { Emulator, EmulatorOptions } from '../../lib/emulator';
import { fastOrg, login, type Project, project, twoApps } from './support';

let here: Project;
let salesforce: Emulator;
beforeEach(() => {
  here = project();
});
afterEach(async () => {
  await salesforce.close();
  here.remove();
});

const start = async (options: EmulatorOptions = {}): Promise<void> => {
  salesforce = await fastOrg(options);
};

interface Answer {
  readonly machine: readonly { readonly check: string }[];
  readonly orgs: readonly {
    readonly org: string;
    readonly checks: readonly { readonly check: string; readonly verdict: string; readonly found: string }[];
  }[];
}

const answerOf = (stdout: string): Answer => doctorSchema.parse(JSON.parse(stdout));
const checkOf = (answer: Answer, name: string) => answer.orgs[0]?.checks.find(({ check }) => check === name);

/** Every file of the project with its content. */
const files = (): readonly string[] =>
  readdirSync(here.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${name}: ${readFileSync(join(parentPath, name), 'utf8')}`)
    .sort();

describe('client-apps doctor', () => {
  it('says of each thing whether it is right, and exits with 0', async () => {
    await start();
    here.synth(twoApps);
    const { code, stdout } = await here.run('doctor', { environment: login(salesforce) });
    expect(stdout).toContain('Org prod');
    expect(stdout).toMatch(/ok: Permissions: ApiEnabled, ModifyMetadata/);
    expect(stdout).toMatch(/warning: Login: an access token only/);
    expect(stdout).toMatch(/ok: Deploy queue: this user sees no running or waiting deploys/);
    expect(stdout).toMatch(/not evaluated: App of this login: the login does not show/);
    // What is none is not counted: without a build the provider alone has failed.
    const [, all = '', counts = ''] = /(\d+) checks: (.*)\. Nothing was written/.exec(stdout) ?? [];
    const numbers = counts.split(', ').map((each) => Number.parseInt(each, 10));
    expect(numbers.reduce((sum, each) => sum + each, 0)).toBe(Number(all));
    expect(counts).toMatch(/^[1-9]\d* ok, [1-9]\d* warning, (1 failed, )?[1-9]\d* not evaluated$/);
    expect([0, 3]).toContain(code); // The provider is there in a build only.
  });

  it('needs no program, and takes the name of the org for its credentials', async () => {
    await start();
    const { stdout } = await here.run('doctor eu --json', { environment: login(salesforce, 'eu') });
    expect(checkOf(answerOf(stdout), 'org')?.found).toContain('00D');
  });

  it('writes nothing, neither to the org nor to the disk', async () => {
    await start();
    here.synth(twoApps);
    const environment = login(salesforce);
    await here.run('apply --auto-approve', { environment });
    const [before, calls] = [files(), salesforce.calls().length];
    await here.run('doctor --json', { environment });
    expect(files()).toEqual(before);
    const made = salesforce.calls().slice(calls);
    expect(made.length).toBeGreaterThan(3);
    const reading = [
      'versions',
      'userinfo',
      'composite',
      'retrieve',
      'checkRetrieveStatus',
      'describeMetadata',
      'limits',
      'toolingQuery',
    ];
    expect(made.filter(({ operation }) => !reading.includes(operation))).toEqual([]);
  });

  it('names the permission that is missing, with where to get it: exit 3', async () => {
    here.write(
      'seed/org.json',
      '{"deployUser": {"permissions": {"PermissionsModifyMetadata": false, "PermissionsModifyAllData": false}}}',
    );
    await start({ seedDir: here.path('seed') });
    const { code, stdout } = await here.run('doctor --json', { environment: login(salesforce) });
    expect(code).toBe(3);
    expect(checkOf(answerOf(stdout), 'permissions')).toMatchObject({
      verdict: 'failed',
      found: expect.stringMatching(/has ApiEnabled.*lacks the user permission .*\(ModifyMetadata\)/) as string,
    });
  });

  it('a refused login fails that line, leaves the rest not evaluated, and ends with 5', async () => {
    await start();
    const environment = { ...login(salesforce), SF_ACCESS_TOKEN: 'not-the-token' };
    const { code, stdout } = await here.run('doctor --json', { environment });
    expect(code).toBe(5);
    const answer = answerOf(stdout);
    expect(checkOf(answer, 'login')?.verdict).toBe('failed');
    expect(checkOf(answer, 'permissions')?.verdict).toBe('not evaluated');
    expect(answer.machine).toHaveLength(5);
    expect(stdout).not.toContain('not-the-token');
  });

  it('no credentials at all are an answer, too', async () => {
    await start();
    const { code, stdout } = await here.run('doctor --json');
    expect(code).toBe(5);
    expect(checkOf(answerOf(stdout), 'login')?.found).toContain('No complete set of credentials');
  });

  it.each([
    [true, 'ok'],
    [false, 'not evaluated'],
  ])('where DeployRequest can be queried (%s) the queue is %s', async (deployRequestsQueryable, verdict) => {
    await start({ switches: { deployRequestsQueryable } });
    const { stdout } = await here.run('doctor --json', { environment: login(salesforce) });
    expect(checkOf(answerOf(stdout), 'deploy-queue')?.verdict).toBe(verdict);
  });

  it('says what the app of this login may do', async () => {
    await start();
    here.synth(twoApps);
    await here.run('apply --auto-approve', { environment: login(salesforce) });
    const outputs = JSON.parse((await here.run('outputs --json', { environment: login(salesforce) })).stdout) as {
      readonly orgs: readonly { readonly apps: readonly { readonly consumer_key: string }[] }[];
    };
    const key = outputs.orgs[0]?.apps[0]?.consumer_key ?? '';
    const environment = { ...login(salesforce), SF_CLIENT_ID: key };
    const { stdout } = await here.run('doctor --json', { environment });
    expect(checkOf(answerOf(stdout), 'own-app')).toMatchObject({
      verdict: 'warning',
      found: expect.stringMatching(/External Client App \w+; scopes .*Api/),
    });
  });

  it('a damaged receipt fails', async () => {
    await start();
    here.synth(twoApps);
    const environment = login(salesforce);
    await here.run('apply --auto-approve', { environment });
    here.write('.client-apps/receipts/identity__prod.json', '{');
    const { code, stdout } = await here.run('doctor --json', { environment });
    expect(checkOf(answerOf(stdout), 'receipts')).toMatchObject({ verdict: 'failed' });
    expect(code).toBe(3);
  });

  it('does not say that nothing was cut off where the record of a revocation is damaged', async () => {
    await start();
    here.synth(twoApps);
    here.write('.client-apps/revocations/prod__Ticket.json', '{');
    const { stdout } = await here.run('doctor --json', { environment: login(salesforce) });
    expect(checkOf(answerOf(stdout), 'unfinished')).toMatchObject({
      verdict: 'not evaluated',
      found: expect.stringContaining('prod__Ticket.json'),
    });
  });
});
