import { Engine, SalesforceOrg } from '../../constructs';
import type { Emulator } from '../../lib/emulator';
import { type Ended, fastOrg, login, mobile, portal, type Project, project, TODAY } from './support';

let here: Project;
let salesforce: Emulator;
const client = (commandLine: string): Promise<Ended> => here.run(commandLine, { environment: login(salesforce) });
const declares = (declare: (org: SalesforceOrg) => unknown): void =>
  here.synth((stack) =>
    declare(new SalesforceOrg(stack, 'prod', { contactEmail: 'iam@acme.example', engine: Engine.NULL, today: TODAY })),
  );

describe('--prune', () => {
  beforeEach(async () => {
    here = project();
    salesforce = await fastOrg();
    declares((org) => [portal(org), mobile(org)]);
    await client('apply --auto-approve');
    declares(mobile);
  });
  afterEach(async () => {
    await salesforce.close();
    here.remove();
  });

  it('unattended deletes no app that nobody named, and every one that was', async () => {
    for (const how of ['apply --auto-approve --prune', 'apply --from-terraform --prune']) {
      const { code, stderr } = await client(how);
      expect(stderr).toContain('--prune would delete Portal');
      expect(code).toBe(1);
    }
    expect((await client('apply --auto-approve --prune --allow-delete Portal')).stdout).toContain('- Portal: deleted');
  });

  it('by hand deletes after a yes, and not after anything else', async () => {
    const by = (answer: string): Promise<Ended> =>
      here.run('apply --prune', { environment: login(salesforce), answer });
    expect((await by('y')).stderr).toContain('nothing was written');
    const { code, stdout } = await by('yes');
    expect(stdout).toContain('- Portal: deleted');
    expect(code).toBe(0);
  });

  it('is shown in the plan, and a saved plan deletes what it shows', async () => {
    const { stdout } = await client('plan --prune --out plan.json');
    expect(stdout).toContain('Portal will be deleted along with its consumer key');
    expect(stdout).toContain('1 to delete');
    expect(stdout.replace(/\s+/g, ' ')).toMatch(
      /No metadata that was read names it\. Not evaluated: Apex, flows and the clients themselves/,
    );
    expect((await client('apply plan.json')).stdout).toContain('- Portal: deleted');
  });

  it('touches no app of another program and none made by hand', async () => {
    const other = project();
    other.synth((stack) =>
      portal(new SalesforceOrg(stack, 'other', { contactEmail: 'iam@acme.example', today: TODAY })),
    );
    expect((await client('apply --auto-approve --prune --allow-delete Portal')).stdout).toContain('- Portal: deleted');
    expect(await other.run('apply --auto-approve', { environment: login(salesforce) })).toMatchObject({ code: 0 });
    expect((await client('apply --auto-approve --prune --allow-delete Portal')).stdout).toContain('No changes');
    other.remove();
  });
});
