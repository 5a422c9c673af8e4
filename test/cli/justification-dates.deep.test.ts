import type { TerraformStack } from 'cdktf';

import { MachineApp, PermittedUsers, Scope, Username } from '../../constructs';
import { org, type Project, project } from './support';

const justification = { reason: 'r', approvedBy: 'a@acme.example', expires: '2026-12-01' };
let here: Project;
beforeEach(async () => {
  here = project();
  here.synth((stack: TerraformStack) => {
    new MachineApp(org(stack), 'Feed', {
      label: 'Feed',
      scopes: [Scope.API],
      permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Feeds'] }),
      clientCredentials: { runAs: Username.of('ann@acme.example'), justification },
    });
  });
  expect(await here.run('plan --local --out plan.json')).toMatchObject({ code: 0 });
});
afterEach(() => here.remove());

describe('a justification that was judged when the plan was made', () => {
  it('and has ended since keeps the saved plan from being applied, and is what is said', async () => {
    const { code, stderr } = await here.run('apply --local plan.json', { today: '2026-12-05' });
    expect([code, stderr]).toEqual([4, expect.stringContaining('the justification expired on 2026-12-01')]);
    expect(stderr).toContain('[justification-expired]');
  });

  it.each(['1970-01-01', '2020-01-01'])(
    'lasts longer than a year for a machine that takes %s for today: refused, and the clock is named',
    async (today) => {
      for (const line of ['plan --local', 'apply --local --auto-approve', 'apply --local plan.json']) {
        const { code, stdout, stderr } = await here.run(line, { today });
        expect([line, [1, 4].includes(code), stdout + stderr]).toEqual([line, true, expect.any(String)]);
        expect(stdout + stderr).toContain('[justification-too-long]');
        expect(stdout + stderr).toContain(`${today} (today, according to this computer)`);
      }
      expect((await here.run('plan --local')).stdout).toContain('1 to create');
    },
  );

  it('is judged again where its date in the manifest was moved: no year 9999', async () => {
    const path = 'cdktf.out/stacks/identity/client-apps/prod/manifest.json';
    here.write(path, here.read(path).replaceAll('2026-12-01', '9999-12-31'));
    const { code, stdout, stderr } = await here.run('plan --local');
    expect([code, stdout + stderr]).toEqual([1, expect.stringMatching(/justification-too-long|manifest-unusable/)]);
  });
});
