import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { withPermissionSetNames } from '../../lib/metadata/connected-app/permission-set-names';
import { readOrg } from '../../lib/operations/read-org';
import { benchWith, hardened, LEGACY, legacyFile, removeSeeds } from './connected-app-support';
import { type Bench, bench } from './support';

afterAll(removeSeeds);

const SETS = [{ name: 'Portal_Access', label: 'Portal Access' }];

describe.each([true, false])('permission sets of a Connected App, given back by their labels: %s', (labels) => {
  let salesforce: Bench;
  beforeAll(async () => {
    salesforce = await benchWith({ Legacy: LEGACY }, { switches: { permissionSetLabelsOnRetrieve: labels } }, SETS);
    await salesforce.apply(hardened());
  });
  afterAll(() => salesforce.close());

  it('come back as the platform has it', async () => {
    const listed = `<permissionSetName>${labels ? 'Portal Access' : 'Portal_Access'}</permissionSetName>`;
    expect(await legacyFile(salesforce)).toContain(listed);
  });

  it('are no change and no drift after an apply', async () => {
    expect((await salesforce.plan(hardened())).phases).toEqual([]);
    expect((await salesforce.drift(hardened())).in_sync).toBe(true);
  });

  it('are written again with another change, which widens nothing', async () => {
    const plan = await salesforce.plan(hardened({ label: 'Renamed' }));
    expect(plan.apps[0]?.changes.map(({ field }) => field)).toEqual(['label']);
    await salesforce.apply(hardened({ label: 'Renamed' }));
    expect((await salesforce.plan(hardened({ label: 'Renamed' }))).phases).toEqual([]);
  });
});

describe('a plan that writes a Connected App', () => {
  it('says which permissions the connected user lacks for it, before anything is applied', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'client-apps-seed-'));
    mkdirSync(join(folder, 'connectedApps'));
    writeFileSync(join(folder, 'connectedApps', 'Legacy.connectedApp'), LEGACY);
    const permissions = { PermissionsManageProfilesPermissionsets: false };
    const org = { deployUser: { permissions }, permissionSets: [{ name: 'Portal_Access', holders: 1 }] };
    writeFileSync(join(folder, 'org.json'), JSON.stringify(org));
    const salesforce = await bench({ seedDir: folder });
    try {
      const { diagnostics } = await salesforce.plan(hardened());
      expect(diagnostics.find(({ code }) => code === 'deploying-user-lacks-permission')).toMatchObject({
        severity: 'warning',
        problem: expect.stringContaining('"Manage Profiles and Permission Sets"') as unknown,
      });
    } finally {
      await salesforce.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('a label', () => {
  let salesforce: Bench;
  beforeAll(async () => {
    const legacy = LEGACY.replace('<isAdminApproved>false', '<isAdminApproved>true').replace(
      '<startUrl>',
      '<permissionSetName>Sales</permissionSetName>\n    <startUrl>',
    );
    salesforce = await benchWith({ Legacy: legacy }, {}, [
      'Portal_Access',
      { name: 'Sales_One', label: 'Sales' },
      { name: 'Sales_Two', label: 'Sales' },
    ]);
  });
  afterAll(() => salesforce.close());

  it('that several permission sets have stays as it is, and the plan says so', async () => {
    const { diagnostics, apps } = await salesforce.plan(hardened());
    const shown = diagnostics.map(({ problem }) => problem).join('\n');
    expect(shown).toContain(
      'Connected App Legacy lists the permission set "Sales" by its label, which several have (Sales_One, Sales_Two)',
    );
    const change = apps[0]?.changes.find(({ field }) => field === 'permissionSetName');
    expect(change?.before).toEqual({ state: 'value', value: ['Sales'] });
  });

  it('that no permission set has stays as well, and a text that is a name is one', async () => {
    const { observed } = await readOrg(salesforce.org, hardened(), {});
    expect(withPermissionSetNames(observed, new Map()).unclear).toEqual([
      { app: 'Legacy', text: 'Sales', candidates: [] },
    ]);
    expect(withPermissionSetNames(observed, new Map([['Others', ['Sales']]])).unclear).toEqual([]);
  });
});
