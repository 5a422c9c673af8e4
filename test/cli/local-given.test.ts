import type { TerraformStack } from 'cdktf';

import { MachineApp, PermittedUsers, PrivateClientApp, Scope, Username } from '../../constructs';
import { org, type Project, project } from './support';

const portal =
  (set: string) =>
  (stack: TerraformStack): void => {
    const parent = org(stack);
    new PrivateClientApp(parent, 'Portal', {
      label: 'Portal',
      callbackUrls: ['https://portal.acme.example/callback'],
      scopes: [Scope.API],
      permittedUsers: PermittedUsers.preAuthorized({ permissionSets: [set] }),
    });
    if (set === 'First') return;
    new MachineApp(parent, 'Billing', {
      label: 'Billing',
      scopes: [Scope.API],
      permittedUsers: PermittedUsers.preAuthorized({ permissionSets: [set] }),
      clientCredentials: {
        runAs: Username.of('billing@acme.example'),
        justification: { reason: 'No key store', approvedBy: 'iam@acme.example', expires: '2027-06-30' },
      },
    });
  };

describe('the local org of a program that grows', () => {
  let here: Project;
  beforeEach(() => {
    here = project();
  });
  afterEach(() => here.remove());

  it('is given the permission sets and run-as users that the code names, says so once, and keeps what it has', async () => {
    here.synth(portal('First'));
    const first = await here.run('apply --local --auto-approve');
    expect([first.code, first.stderr]).toEqual([0, expect.stringContaining('as the code names them: First\n')]);
    here.synth(portal('Second'));
    const second = await here.run('plan --local --out plan.json');
    expect([second.code, second.stderr]).toEqual([
      0,
      expect.stringContaining('as the code names them: Second, billing@acme.example\n'),
    ]);
    const applied = await here.run('apply plan.json --local');
    expect([applied.code, applied.stderr]).toEqual([0, expect.not.stringContaining('as the code names them')]);
    expect(await here.run('drift --local')).toMatchObject({ code: 0 });
  });
});
