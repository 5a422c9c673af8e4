import { type Bench, bench } from '../operations/support';
import { describeTerraformDeep } from './deep';
import { app, countOf, credentials, type Project, project, SELF_AUTHORIZED } from './provider-support';

const HEADER = ['ExternalClientApplication', 'Portal', 'externalClientApps/Portal.eca'] as const;
const IMPORT = 'import {\n  to = salesforce_external_client_app.portal\n  id = "Portal"\n}';
const FREE = 'deletion_protection = false';
const labeled = (label: string, more = ''): string =>
  app('Portal', `${SELF_AUTHORIZED}\n${more}`).replace('label = "Portal"', `label = "${label}"`);

/** Neither states managed_by, so that both write the same line. */
describeTerraformDeep('two configurations that are both called terraform', () => {
  let org: Bench;
  let one: Project;
  let two: Project;
  const apply = (work: Project) => work.run('apply', '-input=false', '-auto-approve');
  const plan = (work: Project, ...given: string[]) => work.run('plan', '-input=false', ...given);

  beforeAll(async () => {
    org = await bench();
    [one, two] = [project(credentials(org.emulator)), project(credentials(org.emulator))];
    one.write(labeled('One'));
    two.write(labeled('Two'));
    for (const work of [one, two]) expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
    expect(await apply(one)).toMatchObject({ status: 0 });
  });
  afterAll(async () => {
    await org.close();
    one.remove();
    two.remove();
  });

  it('do not take an app from each other by declaring it', async () => {
    const deploys = countOf(org.emulator, 'deploy');
    const { status, output } = await apply(two);
    expect([status, output]).toEqual([1, expect.stringMatching(/Error: .*Portal: adoption needed/)]);
    expect(countOf(org.emulator, 'deploy')).toBe(deploys);
  });

  it('are told by the import that another configuration may have the app, and what tells the two apart', async () => {
    two.write(labeled('Two', FREE), IMPORT);
    const { status, output } = await plan(two);
    expect(status).toBe(0);
    const words = output.replace(/[\s│]+/g, ' ');
    expect(words).toMatch(/Warning: salesforce_external_client_app Portal: another configuration may manage it/);
    expect(words).toMatch(/managed as code by terraform.*managed_by/i);
    // It is no news after the apply.
    expect(await apply(two)).toMatchObject({ status: 0 });
    expect((await plan(two, '-detailed-exitcode')).output).not.toMatch(/another configuration/);
  });

  it('show each other’s changes as drift, and never undo them unsaid', async () => {
    expect(await org.file(...HEADER)).toContain('<label>Two</label>');
    const { output } = await plan(one, '-out=plan.bin');
    expect(output).toMatch(/label += "Two" -> "One"/);
    two.write(labeled('Three', FREE));
    expect(await apply(two)).toMatchObject({ status: 0 });
    const stale = await one.run('apply', '-input=false', 'plan.bin');
    expect([stale.status, stale.output]).toEqual([1, expect.stringMatching(/plan stale/)]);
    expect(await org.file(...HEADER)).toContain('<label>Three</label>');
  });

  it('are kept apart once one of them has a name', async () => {
    const named = 'provider "salesforce" {\n  managed_by = "identity/prod"\n}';
    one.write(named, labeled('One'));
    expect(await apply(one)).toMatchObject({ status: 0 });
    expect(await org.file(...HEADER)).toContain('Managed as code by identity/prod');
    const { output } = await plan(two);
    // The other one sees whose it is before it takes it back.
    expect(output).toMatch(/managed_by += "identity\/prod" -> "terraform"/);
    expect(output).toMatch(/changes hands/);
    // And never deletes it: already the plan says so.
    const gone = await plan(two, '-destroy');
    expect([gone.status, gone.output]).toEqual([1, expect.stringMatching(/Error: .*owned by another manifest/)]);
  });

  it('apply at once: each writes what its plan showed, or nothing', async () => {
    one.write(app('Alpha', SELF_AUTHORIZED), labeled('One'));
    two.write(app('Beta', SELF_AUTHORIZED), labeled('Two', FREE));
    const ended = await Promise.all([apply(one), apply(two)]);
    for (const [index, { status, output }] of ended.entries()) {
      // The shared app is refused to the second of them, taken over by it in front of everybody, or written by it
      // before the first one read back what it had written, which says that it reads something else.
      expect([index, status === 0 || /plan stale|Portal: read back differs/.test(output)]).toEqual([index, true]);
    }
    expect(await org.file('ExternalClientApplication', 'Alpha', 'externalClientApps/Alpha.eca')).toContain('Alpha');
    expect(await org.file('ExternalClientApplication', 'Beta', 'externalClientApps/Beta.eca')).toContain('Beta');
    const label = /<label>(\w+)/.exec(await org.file(...HEADER))?.[1];
    expect(['One', 'Two']).toContain(label);
    const [mine, theirs] = label === 'One' ? [one, two] : [two, one];
    expect((await plan(mine)).output).not.toMatch(/~ +label/);
    expect((await plan(theirs)).output).toMatch(/~ +label/);
  });

  it('with one state wait for its lock, and neither writes twice', async () => {
    one.write(app('Alpha', SELF_AUTHORIZED), labeled('Last'), app('Gamma', SELF_AUTHORIZED));
    const given = ['apply', '-input=false', '-auto-approve', '-lock-timeout=120s'] as const;
    const deploys = countOf(org.emulator, 'deploy');
    const ended = await Promise.all([one.run(...given), one.run(...given)]);
    expect(ended.map(({ status }) => status)).toEqual([0, 0]);
    expect(countOf(org.emulator, 'deploy')).toBe(deploys + 1);
    const unlocked = await Promise.all([apply(one), apply(one)]);
    for (const { status, output } of unlocked) expect(status === 0 || output.includes('state lock')).toBe(true);
    expect(await plan(one, '-detailed-exitcode')).toMatchObject({ status: 0 });
  });
});
