import { PermittedUsers } from '../../constructs';
import { applyPlan } from '../../lib/operations/apply-plan';
import { auditOrg } from '../../lib/operations/audit';
import { stopApp } from '../../lib/operations/stop-app';
import { isInSync, standingOf } from '../../lib/plan/standing';
import { notReviewed } from '../../lib/plan/unreviewed';
import { driftText } from '../../lib/reports/drift/text';
import { benchWith, hardened, LEGACY, legacyFile, removeSeeds } from './connected-app-support';
import { type Bench, codes, TODAY } from './support';

afterAll(removeSeeds);

describe('a declared Connected App that was stopped', () => {
  let salesforce: Bench;
  const manifest = hardened();
  beforeAll(async () => {
    salesforce = await benchWith({ Legacy: LEGACY }, {}, ['Portal_Access', 'Wide_Access']);
    await salesforce.apply(manifest);
    await stopApp({ org: salesforce.org, apiName: 'Legacy', apiVersion: 66 });
  });
  afterAll(() => salesforce.close());

  it('is called stopped by plan and drift, never in sync', async () => {
    const plan = await salesforce.plan(manifest);
    expect(plan.apps).toMatchObject([{ api_name: 'Legacy', action: 'none', stopped: true, changes: [] }]);
    expect(codes(plan.diagnostics)).toContain('app-stopped');
    expect([isInSync(plan), standingOf(plan).stopped.length]).toEqual([false, 1]);
    expect(driftText([plan])).toContain('stopped in the org');
  });

  it('stays stopped through an apply, also one that changes something else', async () => {
    const before = await legacyFile(salesforce);
    await salesforce.apply(manifest);
    expect(await legacyFile(salesforce)).toBe(before);
    await salesforce.apply(hardened({ infoUrl: 'https://acme.example/info' }));
    const after = await legacyFile(salesforce);
    expect(after).toContain('https://acme.example/info');
    expect(after).toContain('<permissionSetName>Client_Apps_Locked_Out</permissionSetName>');
    expect(after).not.toContain('Portal_Access');
    await salesforce.apply(manifest);
  });

  it('is told by the audit', async () => {
    const audit = await auditOrg(salesforce.org, { source: 'prod', today: TODAY, apiVersion: 66 });
    const report = audit.reports.find(({ subject }) => subject.type === 'app' && subject.api_name === 'Legacy');
    expect(report?.subject).toMatchObject({ stopped: true });
  });

  it('is opened by --re-enable, which needs no other review', async () => {
    const plan = await salesforce.plan(manifest, { re_enable: ['Legacy'] });
    expect(plan.apps[0]?.changes.map(({ field }) => field)).toEqual(['permissionSetName']);
    expect(notReviewed(plan, {})).toEqual([]);
    await applyPlan({ org: salesforce.org, plan, today: TODAY, approval: {} });
    expect(await legacyFile(salesforce)).toContain('<permissionSetName>Portal_Access</permissionSetName>');
    expect(isInSync(await salesforce.plan(manifest))).toBe(true);
  });

  it('is no excuse for other widening: --re-enable of an app that is not stopped covers nothing', async () => {
    const wider = hardened({
      permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Portal_Access', 'Wide_Access'] }),
    });
    const plan = await salesforce.plan(wider, { re_enable: ['Legacy'] });
    expect(codes(notReviewed(plan, {}))).toContain('widening-not-reviewed');
  });
});
