import { PermittedUsers, PrivateClientApp, PublicClientApp, type SalesforceOrg, Scope } from '../../constructs';
import type { OrgPlan } from '../../lib/plan/plan';
import { planOf } from '../../lib/plan/plan-file';
import { planMarkdown } from '../../lib/reports/plan/markdown';
import { planText } from '../../lib/reports/plan/text';
import { type Bench, bench, callback, declared } from './support';

const excuse = {
  reason: 'Until the gateway is gone',
  approvedBy: 'sec@acme.example',
  expires: '2027-06-30',
  ticket: 'S-9',
};

const portal = (pkce: boolean) =>
  declared((org: SalesforceOrg) => {
    new PrivateClientApp(org, 'Portal', {
      label: 'Portal',
      callbackUrls: callback,
      scopes: [Scope.API],
      permittedUsers: PermittedUsers.selfAuthorized(),
      ...(!pkce && { pkce: { required: false, justification: excuse } }),
    });
  });

/** A mobile app that everyone may approve, exempt from the control that objects once it may do everything. */
const mobile = (scopes: readonly [Scope, ...Scope[]]) =>
  declared((org: SalesforceOrg) => {
    const app = new PublicClientApp(org, 'Mobile', {
      label: 'Mobile',
      callbackUrls: ['mobile://oauth'],
      scopes,
      permittedUsers: PermittedUsers.selfAuthorized(),
    });
    if (scopes.includes(Scope.FULL)) {
      org.exempt(app, 'SFCA-APP-SELF-AUTHORIZED', excuse);
      org.exempt(app, 'SFCA-ECA-SCOPES', excuse);
    }
  });

const shown = ({ apps }: OrgPlan) =>
  apps.flatMap(({ controls }) => controls.map(({ control, before, after }) => [control, before, after]));

describe('the controls in a plan', () => {
  let org: Bench;
  beforeEach(async () => {
    org = await bench();
  });
  afterEach(() => org.close());

  it('tell what a new app violates, and nothing of those that are in sync', async () => {
    const plan = await org.plan(portal(true));
    expect(shown(plan)).toEqual([['SFCA-APP-SELF-AUTHORIZED', undefined, 'fail']]);
    await org.apply(portal(true));
    expect(shown(await org.plan(portal(true)))).toEqual([]);
  });

  it('show an exception that the change adds, with who approved it and until when', async () => {
    await org.apply(mobile([Scope.BASIC]));
    const plan = await org.plan(mobile([Scope.BASIC, Scope.FULL]));
    expect(shown(plan)).toContainEqual(['SFCA-ECA-SCOPES', 'pass', 'justified']);
    expect(plan.apps[0]?.effect).toBe('widens');
    const text = planText(planOf([plan]));
    expect(text).toMatch(/exempt until 2027-06-30 \(\w+\): Until the gateway is gone .*\[SFCA-ECA-SCOPES\]/);
    expect(text).toContain('sec@acme.example, S-9');
    expect(planMarkdown(planOf([plan]))).toContain('📝 exempt until 2027-06-30');
  });

  it('show a violation that ends, as narrowing', async () => {
    await org.apply(portal(true));
    await org.tamper(
      'ExtlClntAppGlobalOauthSettings',
      'Portal_glbloauth',
      'extlClntAppGlobalOauthSets/Portal_glbloauth.ecaGlblOauth',
      /<isPkceRequired>true/,
      '<isPkceRequired>false',
    );
    const plan = await org.plan(portal(true));
    expect(shown(plan)).toContainEqual(['SFCA-ECA-PKCE', 'fail', 'pass']);
    expect(plan.apps[0]?.effect).toBe('narrows');
    expect(planText(planOf([plan]))).toMatch(/no longer violates: .*\[SFCA-ECA-PKCE\]/);
  });

  it('do not change the digest of a plan from day to day', async () => {
    const early = await org.plan(portal(false), {}, { today: '2026-11-21' });
    const late = await org.plan(portal(false), {}, { today: '2027-06-20' });
    expect(late.digest).toBe(early.digest);
  });
});
