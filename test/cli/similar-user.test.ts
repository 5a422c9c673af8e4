import { MachineApp, PermittedUsers, Scope, Username } from '../../constructs';
import type { Emulator } from '../../lib/emulator';
import { writeSeed } from './messy-support';
import { fastOrg, login, org, type Project, project } from './support';

const USER = "sean.o'hara@acme.example";

describe('a username that the org does not have', () => {
  let here: Project;
  let salesforce: Emulator;
  beforeAll(async () => {
    here = project();
    const seed = {
      users: [{ username: USER, profile: 'Minimum Access - API Only Integrations' }, { username: 'ann@acme.example' }],
      permissionSets: [{ name: 'Access', holders: 1 }],
      usage: {
        uninstalledApps: [{ label: 'Data Loader' }],
        tokens: [{ app: 'Data Loader', user: USER, created: '2026-11-01T00:00:00Z' }],
      },
    };
    salesforce = await fastOrg({ seedDir: writeSeed(here, new Map([['org.json', JSON.stringify(seed)]])) });
  });
  afterAll(async () => {
    await salesforce.close();
    here.remove();
  });

  const said = async (line: string): Promise<string> => {
    const { stdout, stderr } = await here.run(line, { environment: login(salesforce) });
    return `${stdout}${stderr}`.replace(/\s+/g, ' ');
  };
  const declare = (username: string): void =>
    here.synth((stack) => {
      new MachineApp(org(stack), 'Sync', {
        label: 'Sync',
        scopes: [Scope.API],
        permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Access'] }),
        clientCredentials: {
          runAs: Username.of(username),
          justification: { reason: 'r', approvedBy: 'a@acme.example', expires: '2027-01-01' },
        },
      });
    });

  it.each(["saen.o'hara@acme.example", "esan.o'hara@acme.example", "sean.o'hara@acme.exmaple"])(
    'as run-as user %s is answered with the one that it has',
    async (username) => {
      declare(username);
      expect(await said('plan')).toMatch(
        new RegExp(
          `\\[run-as-missing\\].* did you mean ${USER.replaceAll('.', '\\.')}\\? Otherwise, create or activate`,
        ),
      );
    },
  );

  it('is answered with nothing where no name is near', async () => {
    declare('carol@acme.example');
    const plan = await said('plan');
    expect(plan).toContain('[run-as-missing]');
    expect(plan).not.toContain('did you mean');
  });

  it.each(['usage --user', 'revoke "Data Loader" --dry-run --user'])('%s names the user with tokens', async (line) => {
    expect(await said(`${line} saen.o'hara@acme.example`)).toContain(`did you mean ${USER}?`);
    expect(await said(`${line} ${USER}`)).not.toContain('did you mean');
    expect(await said(`${line} ann@acme.example`)).not.toContain('did you mean');
  });
});
