import { parseXml } from '../../lib/metadata/package/xml';
import type { Org } from '../../lib/org/org';
import { type Bench, bench, declared, twoApps } from '../operations/support';

const PATH = 'settings/ConnectedApp.settings';

let salesforce: Bench;
beforeEach(async () => {
  salesforce = await bench();
});
afterEach(() => salesforce.close());

const live = () => salesforce.file('Settings', 'ConnectedApp', PATH);

describe('settings for Connected Apps', () => {
  const manifest = declared((org) => {
    org.oauthSettings({ adminApprovedAppsOnlyForExternalUsers: true, allowPackagingFromDeveloperOrg: false });
  });

  it('are written where they differ, and the plan afterward is empty', async () => {
    const receipt = await salesforce.apply(manifest);
    expect(receipt.remarks).toEqual([]);
    expect(await live()).toContain('<enableAdminApprovedAppsOnlyForExternalUser>true<');
    expect((await salesforce.plan(manifest)).phases).toEqual([]);
  });

  it('that nobody stated stay as an admin set them', async () => {
    const only = /<enableAdminApprovedAppsOnly>false/;
    await salesforce.tamper('Settings', 'ConnectedApp', PATH, only, '<enableAdminApprovedAppsOnly>true');
    await salesforce.apply(manifest);
    const text = await live();
    expect(parseXml(text).ok).toBe(true);
    expect(text).toContain('<enableAdminApprovedAppsOnly>true<');
    expect(text).toContain('<enableAdminApprovedAppsOnlyForExternalUser>true<');
  });

  it('of an org that does not return them block what states them and nothing else', async () => {
    const org = Object.assign(Object.create(salesforce.org) as Org, {
      retrieve: (async (request, options) => {
        const answer = await salesforce.org.retrieve(request, options);
        return { ...answer, files: new Map([...answer.files].filter(([path]) => path !== PATH)) };
      }) satisfies Org['retrieve'],
    });
    const blocked = await salesforce.plan(manifest, {}, { org });
    expect(blocked.diagnostics).toContainEqual(expect.objectContaining({ code: 'settings-unreadable' }));
    const apps = await salesforce.plan(declared(twoApps), {}, { org });
    expect(apps.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(apps.phases.length).toBeGreaterThan(0);
  });
});
