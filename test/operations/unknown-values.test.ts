import { TerraformStack, TerraformVariable } from 'cdktf';

import { PermittedUsers, PublicClientApp, type SalesforceOrg, Scope } from '../../constructs';
import { type Bench, bench, codes, declared } from './support';

/** An app whose label is a variable of Terraform, or known. */
const labeled = (label?: string) =>
  declared((org: SalesforceOrg) => {
    const variable = new TerraformVariable(TerraformStack.of(org), 'label', { type: 'string' });
    new PublicClientApp(org, 'Mobile', {
      label: label ?? variable.stringValue,
      callbackUrls: ['mobile://oauth'],
      scopes: label === undefined ? [Scope.API] : [Scope.API, Scope.BASIC],
      permittedUsers: PermittedUsers.selfAuthorized(),
    });
  });

describe('an app with a value that only Terraform knows', () => {
  let org: Bench;
  beforeAll(async () => {
    org = await bench();
  });
  afterAll(() => org.close());

  it('is not created by the command line, which says why', async () => {
    const plan = await org.plan(labeled());
    expect(plan.apps).toMatchObject([{ api_name: 'Mobile', action: 'blocked' }]);
    expect(codes(plan.diagnostics)).toContain('value-known-to-terraform');
  });

  it('is not changed by it either, and its other fields are still compared', async () => {
    await org.apply(labeled('Mobile'));
    const plan = await org.plan(labeled());
    expect(plan.apps).toMatchObject([{ action: 'blocked' }]);
    expect(plan.apps[0]?.changes.map(({ field }) => field)).toEqual(['commaSeparatedOauthScopes']);
  });
});
