import { type Bench, bench } from '../operations/support';
import { describeTerraformDeep } from './deep';
import { app, countOf, credentials, type Project, project, SELF_AUTHORIZED } from './provider-support';

/** By hand: 200, which takes minutes. */
const APPS = Number(process.env['CLIENT_APPS_WAVE_APPS'] ?? 40);
const names = Array.from({ length: APPS }, (_, index) => `App${index + 1}`);
const apps = (change: (text: string) => string = (text) => text): string =>
  names.map((name) => change(app(name, SELF_AUTHORIZED))).join('\n');

/** Terraform has ten resources in hand at a time: forty apps are four deploys, one after the other, and two hundred are twenty. */
describeTerraformDeep('an apply of many apps at default parallelism, driven by the real terraform', () => {
  let org: Bench;
  let work: Project;
  const apply = (...given: readonly string[]) => work.run('apply', '-input=false', '-auto-approve', ...given);

  beforeAll(async () => {
    // As many polls as a real org takes, and more.
    org = await bench({ switches: { unfinishedPolls: 1 } });
    work = project(credentials(org.emulator));
    work.write(apps());
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
  });
  afterAll(async () => {
    await org.close();
    work.remove();
  });

  it('reads the org once for each deploy, and says once how there would be one deploy', async () => {
    const { status, output } = await apply();
    expect(status).toBe(0);
    const deploys = countOf(org.emulator, 'deploy');
    expect(deploys).toBeLessThanOrEqual(APPS / 10);
    // One reading of the plan, one of the apply and one before the first deploy; none before each of the others.
    expect(countOf(org.emulator, 'retrieve')).toBeLessThanOrEqual(3 + deploys);
    // Two hundred apps are 18 for the three readings, and at most 140 for twenty deploys: 158.
    const calls = org.emulator.calls().length;
    expect(calls).toBeLessThanOrEqual(3 * 6 + 7 * (APPS / 10));
    if (APPS > 40) process.stderr.write(`${APPS} apps: ${deploys} deploys, ${calls} calls\n`);
    expect(output.match(/-parallelism=100/g)).toHaveLength(2);
    expect((await work.run('plan', '-input=false', '-detailed-exitcode')).status).toBe(0);
  });

  it('refuses each later app that an admin changed while the first of them was deployed', async () => {
    work.write(apps((text) => text.replace(/label = "App(\d+)"/, 'label = "Renamed $1"')));
    const header = (name: string) => ['ExternalClientApplication', name, `externalClientApps/${name}.eca`] as const;
    let isFirst = true;
    org.emulator.watch({
      before: async ({ operation }) => {
        if (operation !== 'deploy' || !isFirst) return;
        isFirst = false;
        for (const name of names) await org.tamper(...header(name), /<label>/, '<label>By an admin: ');
      },
    });
    const before = countOf(org.emulator, 'deploy');
    const { status, output } = await apply();
    org.emulator.watch({});
    expect(status).toBe(1);
    // That of the first ten, and those of the admin.
    expect(countOf(org.emulator, 'deploy') - before).toBe(1 + APPS);
    expect(output.match(/Error: .*plan stale/g)).toHaveLength(APPS - 10);
    const labels = await Promise.all(names.map((name) => org.file(...header(name))));
    expect(labels.filter((text) => text.includes('By an admin: App'))).toHaveLength(APPS - 10);
    expect(labels.filter((text) => text.includes('<label>Renamed'))).toHaveLength(10);
  });
});
