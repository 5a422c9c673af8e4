import type { Emulator } from '../../lib/emulator';
import { fastOrg, login, type Project, project, TODAY, twoApps } from './support';

describe('show', () => {
  let here: Project;
  let salesforce: Emulator;
  beforeAll(async () => {
    here = project();
    here.synth(twoApps);
    salesforce = await fastOrg({});
  });
  afterAll(async () => {
    await salesforce.close();
    here.remove();
  });

  const plan = async (): Promise<string> => {
    const ended = await here.run('plan --out plan.json --markdown plan.md', { environment: login(salesforce) });
    expect(ended.code).toBe(0);
    return ended.stdout;
  };

  it('prints a saved plan as it was printed then, and as the comment that was written then', async () => {
    const printed = await plan();
    expect(await here.run('show plan.json')).toEqual({ code: 0, stdout: printed, stderr: '' });
    expect((await here.run('show plan.json --format markdown')).stdout).toBe(here.read('plan.md'));
  });

  it('needs no org: without a login and without a program it shows the same', async () => {
    const printed = await plan();
    here.write('elsewhere/plan.json', here.read('plan.json'));
    expect((await here.run('show plan.json', { cwd: 'elsewhere' })).stdout).toBe(printed);
  });

  it('writes a page that has every field that changes, and what each does', async () => {
    await plan();
    expect(await here.run('show plan.json --format html --out plan.html')).toEqual({ code: 0, stdout: '', stderr: '' });
    const page = here.read('plan.html');
    const { orgs } = JSON.parse(here.read('plan.json')) as {
      readonly orgs: readonly {
        readonly apps: readonly { readonly changes: readonly { readonly field: string }[] }[];
      }[];
    };
    const fields = orgs.flatMap(({ apps }) => apps.flatMap(({ changes }) => changes.map(({ field }) => field)));
    expect(fields.length).toBeGreaterThan(10);
    for (const field of fields) expect(page).toContain(`<code>${field}</code>`);
    expect(page).toContain(TODAY);
  });

  it('refuses a plan that was changed after it was written', async () => {
    await plan();
    here.write('changed.json', here.read('plan.json').replace('"create"', '"none"'));
    const ended = await here.run('show changed.json');
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain('does not match its checksum');
  });
});
