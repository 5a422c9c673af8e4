import { Engine, OauthCustomScope } from '../../constructs';
import type { Manifest } from '../../lib/metadata/manifest';
import { hiddenChanges } from '../../lib/plan/hidden-changes';
import type { OrgPlan } from '../../lib/plan/plan';
import { unreviewedWidening } from '../../lib/plan/unreviewed';
import { driftText } from '../../lib/reports/drift/text';
import { planMarkdown } from '../../lib/reports/plan/markdown';
import { planText } from '../../lib/reports/plan/text';
import { receiptText } from '../../lib/reports/receipt';
import { benchWith, LEGACY, removeSeeds } from './connected-app-support';
import { type Bench, bench, declared } from './support';

afterAll(removeSeeds);

const PATH = 'oauthcustomscopes/orders_read.oauthcustomscope';

const scopes = (description: string, connectedApps?: readonly string[]): Manifest =>
  declared(
    (org) => {
      for (const id of ['orders_read', 'orders_write']) {
        const assigned = id === 'orders_read' && connectedApps ? { connectedApps } : {};
        new OauthCustomScope(org, id, { label: id, description, ...assigned });
      }
    },
    { engine: Engine.NULL },
  );

const whole = (plan: OrgPlan) => ({ format_version: '1.3', orgs: [plan] });

async function within(body: (org: Bench) => Promise<void>): Promise<void> {
  const org = await bench();
  try {
    await body(org);
  } finally {
    await org.close();
  }
}

describe('what people are told about custom scopes', () => {
  it('is each field in plan and pull request, and each scope in the receipt', async () => {
    await within(async (org) => {
      const plan = await org.plan(scopes('before'));
      expect(planText(whole(plan))).toContain(
        '+ Custom OAuth scope orders_read: will be created (identity/prod/orders_read)',
      );
      expect(planText(whole(plan))).toMatch(/Plan for prod: 2 custom scopes\b[^.:;]* to write\./);
      expect(planMarkdown(whole(plan))).toContain('**Custom OAuth scope `orders_read`**: \\+ will be created');
      const receipt = await org.apply(scopes('before'));
      expect(receiptText(receipt)).toContain('~ OauthCustomScope orders_write: 4 fields written');
      expect(planText(whole(await org.plan(scopes('before'))))).toContain(
        'Custom scopes and token exchange handlers in sync (2): orders_read, orders_write',
      );
    });
  });

  it('is drift by field, and a missing one by its name', async () => {
    await within(async (org) => {
      expect(driftText([(await org.drift(scopes('before'))).plan])).toContain('Drift in prod: 2 missing scopes');
      await org.apply(scopes('before'));
      await org.tamper('OauthCustomScope', 'orders_read', PATH, /before/, 'after');
      const text = driftText([(await org.drift(scopes('before'))).plan]);
      expect(text).toContain('~ Custom OAuth scope orders_read: 1 field differs (identity/prod/orders_read)');
      expect(text).toContain('declared before, org has after');
      expect(text).toContain('Drift in prod: 1 field.');
    });
  });

  it('is, for an apply that Terraform runs, exactly the scope that the plan did not show', async () => {
    await within(async (org) => {
      await org.apply(scopes('before'));
      const earlier = [await org.plan(scopes('before'))];
      await org.tamper('OauthCustomScope', 'orders_read', PATH, /before/, 'after');
      const drifted = [await org.plan(scopes('before'))];
      const none = { applied: new Set<string>(), reported: [], reportedMissing: [] };
      const plan = await org.plan(scopes('before'));
      expect(hiddenChanges(plan, { ...none, earlier })).toEqual([]);
      expect(hiddenChanges(plan, { ...none, earlier: drifted })).toMatchObject([
        { why: 'drift', change: { full_name: 'orders_read', field: 'description' } },
      ]);
      const both = await org.plan(scopes('another'));
      expect(hiddenChanges(both, { ...none, earlier: drifted })).toMatchObject([
        { change: { full_name: 'orders_read' } },
      ]);
    });
  });

  it('stops an unattended apply where a scope opens itself to a Connected App that exists', async () => {
    const org = await benchWith({ Legacy: LEGACY }, {}, []);
    try {
      const plan = await org.plan(scopes('x', ['Legacy']));
      expect(unreviewedWidening(plan)).toMatchObject([
        { code: 'widening-not-reviewed', field: 'OauthCustomScope.assignedTo' },
      ]);
      await org.apply(scopes('x', ['Legacy']));
      expect((await org.plan(scopes('x', ['Legacy']))).phases).toEqual([]);
      expect(unreviewedWidening(await org.plan(scopes('y', ['Legacy'])))).toEqual([]);
    } finally {
      await org.close();
    }
  });
});
