import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { PermittedUsers, PrivateClientApp, type SalesforceOrg, Scope } from '../../constructs';
import { applyPlan } from '../../lib/operations/apply-plan';
import { readOrg } from '../../lib/operations/read-org';
import { openedApps } from '../../lib/plan/opened-apps';
import { planOf } from '../../lib/plan/plan-file';
import { staleness } from '../../lib/plan/stale';
import { planMarkdown } from '../../lib/reports/plan/markdown';
import { planText } from '../../lib/reports/plan/text';
import { type Bench, bench, callback, declared, refusal, SEED, TODAY } from './support';

const LEGACY = 'ExternalClientApplication:Legacy_Portal';

const seedDir = mkdtempSync(join(tmpdir(), 'client-apps-opened-'));
cpSync(SEED, seedDir, { recursive: true });
const consumer = join(seedDir, 'extlClntAppGlobalOauthSets/Legacy_Portal_glbloauth.ecaGlblOauth');
writeFileSync(
  consumer,
  readFileSync(consumer, 'utf8').replace(
    '<isConsumerSecretOptional>',
    '<isCodeCredFlowEnabled>true</isCodeCredFlowEnabled>$&',
  ),
);

/** A new app with headless login, and the org-wide switch that it needs. */
const headless = declared((org: SalesforceOrg) => {
  org.oauthSettings({ allowCodeAndCredentialsFlow: true });
  new PrivateClientApp(org, 'Customers', {
    label: 'Customers',
    callbackUrls: callback,
    scopes: [Scope.API],
    permittedUsers: PermittedUsers.selfAuthorized(),
    codeAndCredentials: {},
  });
});

describe('opening headless login for the org', () => {
  let org: Bench;
  afterEach(() => org.close());
  afterAll(() => rmSync(seedDir, { recursive: true, force: true }));
  const unreviewed = async () => {
    const plan = await org.plan(headless);
    return applyPlan({ org: org.org, plan, today: TODAY });
  };

  it('names the apps made by hand that it opens as well, in every form of the plan', async () => {
    org = await bench({ seedDir });
    const plan = await org.plan(headless);
    expect(plan.settings.map((record) => record.opens_apps)).toEqual([[LEGACY]]);
    const shown = /also opens the Authorization Code and Credentials Flow for ExternalClientApplication:Legacy_Portal/;
    expect(planText(planOf([plan])).replace(/\s+/g, ' ')).toMatch(shown);
    expect(planMarkdown(planOf([plan]))).toMatch(shown);
  });

  it('is refused without a review, also to a program that calls the executor, and nothing is written', async () => {
    org = await bench({ seedDir });
    const { code, diagnostics } = await refusal(unreviewed());
    expect(code).toBe('REFUSED');
    expect(diagnostics).toEqual([
      expect.objectContaining({
        code: 'widening-not-reviewed',
        field: 'OauthOidcSettings.oAuthCdCrdtFlowEnable',
        problem: expect.stringContaining(LEGACY) as unknown,
      }),
    ]);
    expect(org.emulator.calls().filter(({ operation }) => operation === 'deploy')).toEqual([]);
    expect((await org.apply(headless)).apps).toMatchObject([{ action: 'created' }]);
  });

  it('needs no review where no app of the org has the flow on', async () => {
    org = await bench();
    expect((await unreviewed()).apps).toMatchObject([{ action: 'created' }]);
  });

  it('is stale where an app that the review did not show would be opened as well', async () => {
    org = await bench();
    const plan = await org.plan(headless);
    const fresh = { ...plan, settings: plan.settings.map((record) => ({ ...record, opens_apps: [LEGACY] })) };
    expect(staleness(plan, fresh)).toMatchObject([
      { code: 'plan-stale', problem: expect.stringContaining(`planned no other app, now ${LEGACY}`) as unknown },
    ]);
    expect(staleness(fresh, plan)).toEqual([]);
  });

  it('takes an app whose flow cannot be read for one that opens', async () => {
    org = await bench({ seedDir });
    const { observed } = await readOrg(org.org, headless, {});
    const [legacy] = [...observed.apps.values()].filter(({ apiName }) => apiName === 'Legacy_Portal');
    if (!legacy) throw new Error('the seed has this app');
    const unread = { ...legacy, condition: 'unreadable' as const, reason: 'no access' };
    const apps = new Map([...observed.apps, ['Legacy_Portal', unread] as const]);
    const [change] = (await org.plan(headless)).settings.flatMap(({ changes }) => changes);
    expect(openedApps(change ? [change] : [], { ...observed, apps }, 66)).toEqual([`${LEGACY} (could not be read)`]);
  });
});
