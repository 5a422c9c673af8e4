import type { Emulator } from '../../lib/emulator';
import { MESSY } from '../../lib/emulator/seeds/messy-org';
import { TEN_YEARS } from '../../lib/emulator/seeds/ten-years';
import { liveList, liveText, liveValue } from '../../lib/metadata/live-app';
import type { ObservedOrg } from '../../lib/metadata/observed';
import { readApps } from '../../lib/operations/read-org';
import { connect } from '../../lib/org/connect';
import { fastOrg, login, project } from '../cli/support';

describe('the seed ten-years', () => {
  let salesforce: Emulator;
  let observed: ObservedOrg;
  beforeAll(async () => {
    salesforce = await fastOrg({ seedDir: 'ten-years' });
    const { accessToken, url: instanceUrl } = salesforce;
    const org = await connect({ kind: 'access-token', accessToken, instanceUrl });
    ({ observed } = await readApps(org, 66, {}));
  });
  afterAll(() => salesforce.close());

  const ofPlatform = (platform: string) => [...observed.apps.values()].filter((app) => app.platform === platform);

  it('has sixty apps of both platforms, six of them from packages, and pairs of one name', () => {
    const external = ofPlatform('external-client-app').map(({ apiName }) => apiName);
    const connected = [...observed.connectedApps.keys()];
    expect(external.sort()).toEqual([...TEN_YEARS.externalClientApps].sort());
    expect(connected.sort()).toEqual([...TEN_YEARS.connectedApps, ...TEN_YEARS.packaged].sort());
    expect(external.length + connected.length).toBe(60);
    expect(TEN_YEARS.packaged).toHaveLength(6);
    expect(external.filter((name) => connected.includes(name))).toEqual(['Old_Intranet', 'Print_Server']);
    expect([...observed.apps.values(), ...observed.connectedApps.values()].map(({ condition }) => condition)).toEqual(
      expect.not.arrayContaining(['broken', 'unreadable']),
    );
  });

  it('has every habit on the platforms that allow it', () => {
    const external = ofPlatform('external-client-app');
    const connected = [...observed.connectedApps.values()];
    const count = (apps: typeof external, has: (app: (typeof external)[number]) => boolean): number =>
      apps.filter(has).length;
    for (const apps of [external, connected]) {
      expect(count(apps, (app) => liveValue(app, 'pkceRequired') === false)).toBeGreaterThan(2);
      expect(count(apps, (app) => liveList(app, 'scopes').includes('Full'))).toBeGreaterThan(1);
      expect(
        count(apps, (app) => liveList(app, 'callbackUrls').some((url) => url.startsWith('http://'))),
      ).toBeGreaterThan(1);
    }
    expect(count(external, (app) => liveText(app, 'contactEmail') === undefined)).toBe(1);
  });

  it('is used by the users of the messy org', async () => {
    const here = project();
    const { code, stdout } = await here.run('usage --format csv', { environment: login(salesforce) });
    here.remove();
    expect(code).toBe(0);
    for (const name of [...MESSY.unknown, MESSY.lookAlike]) expect(stdout).toContain(name);
  });

  it.each(['constructor', '__proto__'])('is not taken for a seed of the name %s', async (seedDir) => {
    await expect(fastOrg({ seedDir })).rejects.toThrow('ten-years');
  });

  it('is what a new local org starts with, by its name', async () => {
    const here = project();
    const { stdout, stderr } = await here.run(
      'audit --local --org prod --seed ten-years --format csv --fail-on critical',
    );
    expect(stderr).not.toContain('error');
    expect(stdout).toContain('Legacy_Portal');
    const unknown = await here.run('audit --local --org other --seed ten-year');
    expect(unknown.stderr).toContain('Seeds that come with the program: ten-years');
    here.remove();
  });
});
