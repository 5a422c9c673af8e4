import { PermittedUsers, PrivateClientApp, type SalesforceOrg, Scope } from '../../constructs';
import { type Bench, bench, codes, declared } from './support';

const SEED = 'examples/customer-portal/org-seed';

const portal =
  (more: object, scopes: readonly [Scope, ...Scope[]] = [Scope.API, Scope.FORGOT_PASSWORD]) =>
  (org: SalesforceOrg): void => {
    org.oauthSettings({ allowCodeAndCredentialsFlow: true });
    new PrivateClientApp(org, 'Portal', {
      label: 'Portal',
      callbackUrls: ['https://portal.acme.example/callback'],
      scopes,
      permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Customer_Portal_Login'] }),
      ...more,
    });
  };

describe('Experience Cloud sites', () => {
  let salesforce: Bench;
  beforeEach(async () => {
    salesforce = await bench({ seedDir: SEED });
  });
  afterEach(() => salesforce.close());

  const retrieves = (): number =>
    salesforce.emulator.calls().filter(({ operation }) => operation === 'retrieve').length;

  it('are read where an app logs users in headlessly, and else not asked for', async () => {
    await salesforce.plan(declared(portal({})));
    expect(retrieves()).toBe(1);
    await salesforce.plan(declared(portal({ codeAndCredentials: {} })));
    // In the same retrieve as the apps.
    expect(retrieves()).toBe(2);
  });

  it('that allow what the app needs give advice once, and none in a plan without changes', async () => {
    const manifest = declared(portal({ codeAndCredentials: {} }));
    const before = await salesforce.plan(manifest);
    expect(codes(before.diagnostics)).toEqual(['headless-settings-unchecked']);
    await salesforce.apply(manifest);
    expect(codes((await salesforce.plan(manifest)).diagnostics)).not.toContain('headless-settings-unchecked');
  });

  it('that cannot be read block nothing, and the plan says what nobody checked', async () => {
    const fault = { kind: 'unreadable', type: 'Network', fullName: 'Customers' } as const;
    salesforce.emulator.faults.failNext({ operation: 'retrieve' }, fault, 2);
    const plan = await salesforce.plan(declared(portal({ codeAndCredentials: {} })));
    expect(plan.apps.map(({ action }) => action)).toEqual(['create']);
    expect(codes(plan.diagnostics)).toEqual(['fact-unread', 'headless-settings-unchecked']);
    expect(plan.diagnostics[0]?.problem).toContain('Experience Cloud sites');
  });
});
