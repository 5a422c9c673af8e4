import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { Engine, Platform, PrivateClientApp, type PrivateClientAppProps } from '../../constructs';
import type { EmulatorSwitches } from '../../lib/emulator';
import { liveText } from '../../lib/metadata/live-app';
import type { Manifest } from '../../lib/metadata/manifest';
import { auditOrg } from '../../lib/operations/audit';
import { readApps } from '../../lib/operations/read-org';
import { stopApp } from '../../lib/operations/stop-app';
import { type OrgPlan, PLAN_FORMAT_VERSION } from '../../lib/plan/plan';
import { orgStatus } from '../../lib/plan/status';
import type { ControlResult } from '../../lib/policy/report';
import { planText as plansText } from '../../lib/reports/plan/text';
import { execute } from '../../lib/terraform/org/execute';
import { installFiles } from '../metadata/install-files';
import { batchOn } from './batch-support';
import { LEGACY, legacyProps } from './connected-app-support';
import { type Bench, bench, codes, declared, refusal, TODAY } from './support';

const folders: string[] = [];
const benches: Bench[] = [];
afterEach(async () => {
  for (const each of benches.splice(0)) await each.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const app = (props: Partial<PrivateClientAppProps>): Manifest =>
  declared((org) => new PrivateClientApp(org, 'Legacy', { ...legacyProps, ...props } as PrivateClientAppProps), {
    engine: Engine.NULL,
  });
const external = app({ platform: Platform.EXTERNAL_CLIENT_APP, adopt: false });
const connected = app({});
const neither = declared(() => undefined, { engine: Engine.NULL });

const planText = (plan: OrgPlan): string => plansText({ format_version: PLAN_FORMAT_VERSION, orgs: [plan] });

/** What a migration leaves: both apps, with one consumer key unless another is given. `owned` of them carry our line. */
async function migrated(
  owned: readonly ('external' | 'connected')[] = [],
  switches: Partial<EmulatorSwitches> = {},
  consumerKey = 'LEGACYKEY123456',
): Promise<Bench> {
  const seedDir = mkdtempSync(join(tmpdir(), 'client-apps-twins-'));
  folders.push(seedDir);
  const ours = (text: string, is: boolean): string =>
    is ? text : text.replace(/<description>[^<]*<\/description>/, '<description>Made by hand</description>');
  const line = /<description>[^<]*<\/description>/.exec([...installFiles(external).values()].join(''))?.[0] ?? '';
  const legacy = LEGACY.replace(/<description>[^<]*<\/description>/, line);
  const files = [
    ...[...installFiles(external)].map(([path, text]) => [path, ours(text, owned.includes('external'))] as const),
    ['connectedApps/Legacy.connectedApp', ours(legacy, owned.includes('connected'))] as const,
    ['org.json', JSON.stringify({ permissionSets: [{ name: 'Portal_Access', holders: 1 }] })] as const,
  ];
  for (const [path, text] of files) {
    const key = text.replace('<isCodeCredFlowEnabled>', `<consumerKey>${consumerKey}</consumerKey>$&`);
    mkdirSync(dirname(join(seedDir, path)), { recursive: true });
    writeFileSync(join(seedDir, path), path.includes('GlobalOauth') ? key : text);
  }
  const salesforce = await bench({ seedDir, switches });
  benches.push(salesforce);
  return salesforce;
}

describe('an External Client App and the Connected App that it was migrated from', () => {
  it('are one plan’s subject and another’s: neither is taken for the other, and what is not known is said', async () => {
    const salesforce = await migrated(['external']);
    const plan = await salesforce.plan(external);
    expect(plan.apps).toMatchObject([{ api_name: 'Legacy', action: 'none' }]);
    const note = plan.diagnostics.find(({ code }) => code === 'connected-app-beside');
    expect(note).toMatchObject({ severity: 'note' });
    expect(note?.problem).toContain('It was migrated to the External Client App: both have the same consumer key');
    expect([plan.unmanaged, plan.migrated]).toEqual([[], ['ConnectedApp:Legacy']]);
    expect(planText(plan)).toContain('Migrated to an External Client App, read-only (1): ConnectedApp:Legacy');
    expect(orgStatus(plan, []).apps.map(({ platform, state }) => [platform, state])).toEqual([
      ['external-client-app', 'in-sync'],
      ['connected-app', 'migrated'],
    ]);
  });

  it('with another key each, whether the one was migrated is not known, and it is unmanaged', async () => {
    const salesforce = await migrated(['external'], {}, 'ANOTHERKEY1234567');
    const plan = await salesforce.plan(external);
    const note = plan.diagnostics.find(({ code }) => code === 'connected-app-beside');
    expect(note?.problem).toContain(
      'the metadata does not show whether this Connected App was migrated, or whether it still issues tokens',
    );
    expect([plan.unmanaged, plan.migrated]).toEqual([['ConnectedApp:Legacy'], undefined]);
  });

  it('the read-only Connected App is no drift, although it carries our line and no code declares it any more', async () => {
    const salesforce = await migrated(['external', 'connected']);
    const { in_sync: inSync, plan } = await salesforce.drift(external);
    expect([inSync, plan.apps.length, plan.migrated]).toEqual([true, 1, ['ConnectedApp:Legacy']]);
    expect(codes(plan.diagnostics)).not.toContain('app-orphaned');
  });

  it('a declared Connected App that has a successor is warned of, and Salesforce’s refusal of the change is told', async () => {
    const salesforce = await migrated();
    const plan = await salesforce.plan(connected);
    expect(plan.diagnostics).toContainEqual(
      expect.objectContaining({
        code: 'external-client-app-of-same-name',
        severity: 'warning',
        allowed: expect.stringContaining('one that was is read-only'),
      }),
    );
    const { code, diagnostics } = await refusal(salesforce.apply(connected));
    expect([code, diagnostics[0]?.problem]).toEqual(['DEPLOY_FAILED', expect.stringContaining('was migrated')]);
  });

  it('where the org lets it, the change of that Connected App is made and read back', async () => {
    const salesforce = await migrated([], { twinConnectedAppsWritable: true });
    await salesforce.apply(connected);
    expect((await salesforce.plan(connected)).phases).toEqual([]);
  });

  it('the migration is the only way to have both: an External Client App of the name of a Connected App is not made', async () => {
    const salesforce = await migrated();
    await salesforce.apply(external, { adopt: ['Legacy'] });
    await salesforce.apply(neither, { allow_delete: ['Legacy'] });
    const plan = await salesforce.plan(external, { allow_recreate: ['Legacy'] });
    expect(plan.apps).toMatchObject([{ action: 'blocked' }]);
    const [found] = plan.diagnostics.filter(({ code }) => code === 'connected-app-of-same-name');
    expect(found).toMatchObject({
      severity: 'error',
      problem: expect.stringContaining('no External Client App with that'),
    });
    expect(found?.remedy).toContain('Migrate to External Client App');
  });

  it('a deletion of the External Client App says that its predecessor may come back, and never that every client stops', async () => {
    const salesforce = await migrated(['external', 'connected']);
    const plan = await salesforce.plan(neither, { allow_delete: ['Legacy'] });
    expect(plan.apps.map(({ action, names }) => [action, names])).toEqual([
      ['delete', { ExternalClientApplication: 'Legacy' }],
      ['orphaned', { ConnectedApp: 'Legacy' }],
    ]);
    const [warning] = plan.diagnostics.filter(({ code }) => code === 'deletes-app');
    expect(warning?.problem).toContain('it becomes active again, with the settings it had then');
    expect(warning?.problem).not.toContain('all its clients stop');
    const orphaned = plan.diagnostics.find(({ code }) => code === 'app-orphaned');
    expect(orphaned?.problem).toContain('the Connected App Legacy');
    expect(orphaned?.remedy).toContain('--allow-delete ConnectedApp:Legacy');
    const receipt = await salesforce.apply(neither, { allow_delete: ['Legacy'] });
    expect(receipt.apps).toMatchObject([{ api_name: 'Legacy', action: 'deleted' }]);
    expect(receipt.remarks).toEqual([]);
    expect((await salesforce.plan(neither)).apps).toMatchObject([
      { action: 'orphaned', names: { ConnectedApp: 'Legacy' } },
    ]);
  });

  it('Terraform deletes the External Client App, and takes the Connected App that stays for no trace of it', async () => {
    const { org } = await migrated(['external']);
    const app = {
      kind: 'delete',
      platform: 'external-client-app',
      apiName: 'Legacy',
      path: 'p',
      consents: [],
    } as const;
    const { observed } = await readApps(org, 66, {});
    const consumerKey = liveText(observed.apps.get('Legacy'), 'consumerKey');
    const { results, reading } = await execute([{ ...app, consumerKey }], batchOn(org));
    expect(results).toEqual([{ status: 'done', observed: undefined, diagnostics: [] }]);
    expect(reading?.observed.connectedApps.has('Legacy')).toBe(true);
    // It has the same consumer key, and is another app.
    expect((await execute([{ ...app, consumerKey }], batchOn(org))).results).toMatchObject([{ status: 'done' }]);
  });

  it('the Connected App beside a declared app is deleted by its full name alone', async () => {
    const salesforce = await migrated(['external', 'connected']);
    const byName = await salesforce.plan(external, { allow_delete: ['Legacy'] });
    expect(byName.phases).toEqual([]);
    const receipt = await salesforce.apply(external, { allow_delete: ['ConnectedApp:Legacy'] });
    expect(receipt.apps.map(({ action }) => action)).toEqual(['unchanged', 'deleted']);
    const after = await salesforce.plan(external);
    expect(after.phases).toEqual([]);
    expect(codes(after.diagnostics)).not.toContain('connected-app-beside');
  });

  it('stop switches the External Client App off and says that there is another app of the name', async () => {
    const salesforce = await migrated();
    const { org } = salesforce;
    await expect(stopApp({ org, apiName: 'Legacy', apiVersion: 66 })).resolves.toMatchObject({
      state: 'stopped',
      platform: 'external-client-app',
      connectedAppBeside: true,
      open: [],
    });
  });

  it('audit shows the Connected App as migrated, and finds no violation in settings that decide nothing', async () => {
    const salesforce = await migrated();
    const audit = await auditOrg(salesforce.org, { source: 'prod', today: TODAY, apiVersion: 66 });
    const report = audit.reports.find(({ subject }) => subject.type === 'app' && subject.platform === 'connected-app');
    const results = report?.results ?? [];
    expect(results.filter(({ outcome }) => outcome === 'fail')).toEqual([]);
    expect(results.find(({ control }) => control === 'SFCA-CA-MIGRATED')).toMatchObject({
      outcome: 'low-risk',
      because: expect.stringContaining('It was migrated: the External Client App with its name has its consumer key'),
    });
  });

  it('audit calls one of the same name alone neither live nor dead, and says so with everything that it finds', async () => {
    const salesforce = await migrated([], {}, 'ANOTHERKEY1234567');
    const audit = await auditOrg(salesforce.org, { source: 'prod', today: TODAY, apiVersion: 66 });
    const report = audit.reports.find(({ subject }) => subject.type === 'app' && subject.platform === 'connected-app');
    const results = new Map((report?.results ?? []).map((result): [string, ControlResult] => [result.control, result]));
    expect(results.get('SFCA-CA-MIGRATED')).toMatchObject({
      outcome: 'low-risk',
      because: expect.stringContaining('whether it still issues tokens'),
    });
    const found = [...results.values()].filter(
      ({ control, outcome }) => outcome === 'fail' && control !== 'SFCA-CA-MIGRATED',
    );
    expect(found.length).toBeGreaterThan(3);
    for (const { because } of found) expect(because).toContain('was migrated and is still in use is not known');
  });

  it('audit of an org without such a name passes it', async () => {
    const salesforce = await migrated();
    await salesforce.apply(external, { adopt: ['Legacy'] });
    await salesforce.apply(neither, { allow_delete: ['Legacy'] });
    const audit = await auditOrg(salesforce.org, { source: 'prod', today: TODAY, apiVersion: 66 });
    const report = audit.reports.find(({ subject }) => subject.type === 'app');
    expect(report?.results.find(({ control }) => control === 'SFCA-CA-MIGRATED')?.outcome).toBe('pass');
  });
});
