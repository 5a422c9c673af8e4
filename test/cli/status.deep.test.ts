import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import Ajv2020 from 'ajv/dist/2020';

import { MachineApp, PermittedUsers, PrivateClientApp, SalesforceOrg, Scope, Username } from '../../constructs';
import type { Emulator } from '../../lib/emulator';
import { readManifest } from '../../lib/metadata/manifest-file';
import type { OrgStatus } from '../../lib/plan/status';
import { installFiles } from '../metadata/install-files';
import { writeSeed } from './messy-support';
import { deleteApp, fastOrg, login, mobile, org, portal, type Project, project, switchPkceOff, TODAY } from './support';

let here: Project;
const started: Emulator[] = [];
beforeEach(() => {
  here = project();
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((each) => each.close()));
  here.remove();
});

/** One org for each name, and the variables that lead to all of them. */
async function orgs(
  names: readonly string[],
  options: (name: string) => Parameters<typeof fastOrg>[0] = () => ({}),
): Promise<{ readonly at: (name: string) => Emulator; readonly environment: Readonly<Record<string, string>> }> {
  const all = new Map<string, Emulator>();
  for (const name of names) all.set(name, await fastOrg(options(name)));
  started.push(...all.values());
  const at = (name: string): Emulator => {
    const found = all.get(name);
    if (!found) throw new Error(name);
    return found;
  };
  return { at, environment: Object.assign({}, ...[...all].map(([name, each]) => login(each, name))) };
}

const statuses = (stdout: string): ReadonlyMap<string, OrgStatus> =>
  new Map((JSON.parse(stdout) as { orgs: OrgStatus[] }).orgs.map((each) => [each.org, each]));
const stateOf = (of: OrgStatus | undefined, app: string): string | undefined =>
  of?.apps.find(({ api_name: name }) => name === app)?.state;

describe('status', () => {
  const NAMES = ['dev', 'test', 'prod'] as const;
  const declare = (): void =>
    here.synth((stack) => {
      for (const name of NAMES) {
        const parent = org(stack, name);
        portal(parent);
        mobile(parent);
      }
    });

  it('says of each app in each org how it stands, and ends with 2 where one is not as declared', async () => {
    declare();
    const { at, environment } = await orgs(NAMES);
    await here.run('apply --auto-approve', { environment });
    expect((await here.run('status', { environment })).code).toBe(0);
    await switchPkceOff(at('test'));
    await deleteApp(at('prod'), 'Portal');
    await here.run('stop prod/Mobile', { environment });

    const { code, stdout } = await here.run('status', { environment });
    expect(code).toBe(2);
    expect(stdout).toMatch(/^app +dev +prod +test$/m);
    expect(stdout).toMatch(/^Mobile +in sync +stopped +drifted 1$/m);
    expect(stdout).toMatch(/^Portal +in sync +missing +in sync$/m);
    expect(stdout).toContain('Mobile: drifted: ExtlClntAppGlobalOauthSettings.isPkceRequired');
    expect(stdout).toContain('1 of 3 orgs matches the code in what was compared.');
  });

  it('an org that cannot be reached is a column that says so, keeps no other from being read, and is never in sync', async () => {
    declare();
    const { at, environment } = await orgs(NAMES);
    await here.run('apply --auto-approve', { environment });
    await at('test').close();
    const { code, stdout, stderr } = await here.run('status', { environment });
    expect(code).toBe(5);
    expect(stdout).toMatch(/^Mobile +in sync +in sync +not reachable$/m);
    expect(stdout).toContain('2 of 3 orgs match the code in what was compared; 1 was not read.');
    expect(stderr).toContain('error: identity/test');
    const json = await here.run('status --format json', { environment });
    const test = statuses(json.stdout).get('test');
    expect(test).toMatchObject({
      state: 'not-reachable',
      apps: [{ state: 'not-evaluated' }, { state: 'not-evaluated' }],
    });
    expect(test).not.toHaveProperty('in_sync');
  });

  it('an org that refuses to be read is not evaluated, which is not the same as not reachable', async () => {
    declare();
    const { at, environment } = await orgs(NAMES);
    const fault = { kind: 'api-error', code: 'INSUFFICIENT_ACCESS', message: 'no', status: 500 } as const;
    at('dev').faults.failNext({ operation: 'retrieve' }, fault);
    const { code, stdout } = await here.run('status', { environment });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Mobile +not evaluated +missing +missing$/m);
  });

  it('an org without the API version of the program is not evaluated, although the versions are not asked for', async () => {
    here.synth((stack) => {
      mobile(new SalesforceOrg(stack, 'dev', { contactEmail: 'iam@acme.example', today: TODAY, apiVersion: 68 }));
    });
    const { environment } = await orgs(['dev'], () => ({ switches: { latestApiVersion: 66 } }));
    const { code, stdout } = await here.run('status', { environment });
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^Mobile +not evaluated$/m)]);
  });

  it('lists what nobody declares, and does not call it drift', async () => {
    declare();
    const { environment } = await orgs(NAMES);
    await here.run('apply --auto-approve', { environment });
    here.synth((stack) => {
      portal(org(stack, 'dev'));
      org(stack, 'test');
      portal(org(stack, 'prod'));
    });
    // The line in their description says that they are ours: no longer declared is not the same as unmanaged.
    const { code, stdout } = await here.run('status --format json', { environment });
    expect(code).toBe(2);
    expect(stateOf(statuses(stdout).get('test'), 'Portal')).toBe('removed');
    const foreign = await orgs(['dev'], () => ({
      seedDir: join(__dirname, '../../examples/hardened-connected-app/org-seed'),
    }));
    here.synth((stack) => {
      org(stack, 'dev');
    });
    const alone = await here.run('status', { environment: foreign.environment });
    expect(alone.code).toBe(0);
    expect(alone.stdout).toMatch(/unmanaged$/m);
  });

  it('prints JSON of its schema, Markdown, and a page without a word that is not escaped', async () => {
    declare();
    const { environment } = await orgs(NAMES);
    const { stdout } = await here.run('status --format json', { environment });
    const schema = JSON.parse(readFileSync(join(__dirname, '../../schemas/status.schema.json'), 'utf8')) as object;
    expect(new Ajv2020({ strict: false }).compile(schema)(JSON.parse(stdout))).toBe(true);
    const markdown = await here.run('status --format markdown', { environment });
    expect(markdown.stdout).toMatch(/^\| `Mobile` +\| missing +\| missing +\| missing +\|$/m);
    await here.run('status --format html --out fleet.html', { environment });
    const page = here.read('fleet.html');
    expect(page).toContain('<th role="rowheader" scope="row">Mobile</th>');
    expect(page).toContain('default-src &#39;none&#39;');
    expect(page).not.toMatch(/(?:src|href)="http/);
  });

  /** So many of private and machine clients in each org, which has them; and the calls that the command made of each. */
  async function calls(
    command: Command,
    names: readonly string[],
    pairs: number,
  ): Promise<readonly (readonly string[])[]> {
    const permittedUsers = PermittedUsers.preAuthorized({ permissionSets: ['Access'] });
    const justification = { reason: 'r', approvedBy: 'a@acme.example', expires: '2027-01-01' };
    const user = (n: number): string => `integration.user.number.${n}@acme.example`;
    here.synth((stack) => {
      for (const name of names) {
        const parent = org(stack, name);
        for (let n = 0; n < pairs; n++) {
          new PrivateClientApp(parent, `Portal${n}`, {
            label: `Portal ${n}`,
            callbackUrls: ['https://acme.example/cb'],
            scopes: [Scope.API, Scope.REFRESH_TOKEN],
            permittedUsers,
          });
          new MachineApp(parent, `Feed${n}`, {
            label: `Feed ${n}`,
            scopes: [Scope.API],
            permittedUsers,
            clientCredentials: { runAs: Username.of(user(n)), justification },
          });
        }
      }
    });
    const files = (name: string): ReadonlyMap<string, string> => {
      const file = `cdktf.out/stacks/identity/client-apps/${name}/manifest.json`;
      const read = readManifest(here.read(file), file);
      if (!read.ok) throw new Error(JSON.stringify(read.error));
      const users = Array.from({ length: pairs }, (_, n) => ({ username: user(n), apiEnabled: true }));
      const rest = { users, permissionSets: [{ name: 'Access', holders: 1 }] };
      return new Map([...installFiles(read.value), ['org.json', JSON.stringify(rest)]]);
    };
    const { at, environment } = await orgs(names, (name) => ({
      seedDir: writeSeed(here, files(name), `seed-${name}`),
    }));
    const { code, stdout } = await here.run(command, { environment });
    const read =
      command === 'drift --json'
        ? (JSON.parse(stdout) as { orgs: { plan: { apps: unknown[] } }[] }).orgs.map(({ plan }) => plan.apps)
        : [...statuses(stdout).values()].map(({ apps }) => apps);
    expect(read.map((apps) => apps.length)).toEqual(names.map(() => 2 * pairs));
    expect(code).toBe(0);
    return names.map((name) =>
      at(name)
        .calls()
        .map(({ operation }) => operation),
    );
  }

  const COMMANDS = ['status --format json', 'drift --json'] as const;
  type Command = (typeof COMMANDS)[number];

  it.each(COMMANDS)(
    '%s reads ten orgs with a hundred apps each by at most sixty calls',
    async (command) => {
      const names = Array.from({ length: 10 }, (_, n) => `org${n}`);
      expect((await calls(command, names, 50)).flat().length).toBeLessThanOrEqual(60);
    },
    180_000,
  );

  it.each(COMMANDS)('%s makes no more for an org with a hundred apps', async (command) => {
    const [made = []] = await calls(command, ['prod'], 50);
    expect(made.filter((operation) => operation === 'retrieve')).toHaveLength(1);
    expect(made.length).toBeLessThanOrEqual(6);
  });
});
