import { type Bench, bench } from '../operations/support';
import { describeTerraformDeep } from './deep';
import { app, countOf, credentials, type Project, project, SELF_AUTHORIZED } from './provider-support';

const NAMES = ['App1', 'App2', 'App3'];
const apps = NAMES.map((name) => app(name, SELF_AUTHORIZED)).join('\n');
const OWN = { firstDeployNamesPolicies: false } as const;
const LATE = { ...OWN, firstDeployWritesNamedPolicies: false } as const;

describeTerraformDeep('an org that names the policies of new apps itself, driven by the real terraform', () => {
  let org: Bench;
  let work: Project;
  const apply = () => work.run('apply', '-input=false', '-auto-approve');
  const start = async (switches: typeof OWN | typeof LATE): Promise<void> => {
    org = await bench({ switches });
    work = project(credentials(org.emulator));
    work.write(apps);
    expect((await work.run('init', '-input=false')).status).toBe(0);
  };
  const refuse = (count: number): void => {
    const { faults } = org.emulator;
    if (count > 1) faults.failNext({ operation: 'deploy' }, { kind: 'deploy-fails', fullName: 'Nobody' }, count - 1);
    faults.failNext(
      { operation: 'deploy' },
      { kind: 'deploy-fails', type: 'ExtlClntAppOauthSettings', fullName: 'App2_oauth', problem: 'not today' },
    );
  };
  afterEach(async () => {
    await org.close();
    work.remove();
  });

  it.each([
    ['takes files under those names', OWN, 2],
    ['takes no policy file with a new app', LATE, 4],
  ])('and %s: a create succeeds, and the second plan is empty', async (_name, switches, deploys) => {
    await start(switches);
    const { status, output } = await apply();
    expect(output).not.toContain('Error:');
    expect(status).toBe(0);
    expect(countOf(org.emulator, 'deploy')).toBe(deploys);
    expect((await work.run('plan', '-input=false', '-detailed-exitcode')).status).toBe(0);
  });

  it('one app that is refused when it is opened leaves nothing, and does not fail the others', async () => {
    await start(LATE);
    refuse(4);
    const { status, output } = await apply();
    expect(status).toBe(1);
    expect(output).toMatch(/not\s+today/);
    expect(output).not.toContain('DUPLICATE_VALUE');
    expect(work.state()).toContain('"App1"');
    expect(work.state()).not.toContain('"App2"');
    expect(work.state()).toContain('"App3"');
    const list = new Map([['ExternalClientApplication', ['*']]]);
    const { files } = await org.org.retrieve({ apiVersion: 66, types: list });
    expect([...files.keys()].filter((path) => path.endsWith('.eca')).sort()).toEqual([
      'externalClientApps/App1.eca',
      'externalClientApps/App3.eca',
    ]);
    expect((await apply()).status).toBe(0);
    expect((await work.run('plan', '-input=false', '-detailed-exitcode')).status).toBe(0);
  });
});
