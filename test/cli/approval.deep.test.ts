import { PermittedUsers, PrivateClientApp, Scope } from '../../constructs';
import type { Emulator } from '../../lib/emulator';
import {
  deploys,
  fastOrg,
  login,
  org,
  portal,
  type Project,
  project,
  switchPkceOff,
  takeScopeAway,
  twoApps,
} from './support';

let here: Project;
let salesforce: Emulator;
let environment: Readonly<Record<string, string>>;
beforeEach(async () => {
  here = project();
  here.synth(twoApps);
  salesforce = await fastOrg();
  environment = login(salesforce);
});
afterEach(async () => {
  await salesforce.close();
  here.remove();
});

const client = (commandLine: string, answer?: string) =>
  here.run(commandLine, { environment, ...(answer !== undefined && { answer }) });

describe('apply asks', () => {
  it('and refuses before it reads anything where nobody can answer', async () => {
    const { code, stderr } = await client('apply');
    expect(stderr).toContain('cannot ask for approval: not a terminal');
    expect(code).toBe(1);
    expect(salesforce.calls()).toEqual([]);
  });

  it.each(['', 'y', 'YES', 'no', 'yes please'])('and does nothing on "%s"', async (answer) => {
    const { code, stderr } = await client('apply', answer);
    expect(stderr).toContain('Not approved: nothing was written.');
    expect(code).toBe(1);
    expect(deploys(salesforce)).toBe(0);
  });

  it('and applies on "yes", also what widens: a person saw it', async () => {
    const { code, stderr } = await client('apply', 'yes');
    expect(code).toBe(0);
    // Two readings, and each says what it is for.
    expect(stderr).toMatch(/^reading prod \.\.\.$[^]*^checking that nothing has changed in prod \.\.\.$/m);
    expect(stderr.match(/^reading prod/gm)).toHaveLength(1);
    await takeScopeAway(salesforce);
    expect(await client('apply', 'yes')).toMatchObject({ code: 0 });
    expect(await client('drift')).toMatchObject({ code: 0 });
  });

  it('nothing where there is nothing to apply', async () => {
    await client('apply --auto-approve');
    const { code, stderr } = await client('apply', 'no');
    expect(stderr).not.toContain('Not approved');
    expect(code).toBe(0);
  });
});

describe('apply --auto-approve', () => {
  it('repairs what narrows', async () => {
    await client('apply --auto-approve');
    await switchPkceOff(salesforce);
    expect(await client('apply --auto-approve')).toMatchObject({ code: 0 });
  });

  it('refuses the whole org where a change widens an app that exists, naming the change', async () => {
    await client('apply --auto-approve');
    await switchPkceOff(salesforce);
    await takeScopeAway(salesforce);
    const before = deploys(salesforce);
    const { code, stderr } = await client('apply --auto-approve');
    expect(stderr).toMatch(/identity\/prod\/Portal \(ExtlClntAppOauthSettings\.commaSeparatedOauthScopes\).*\+ Api/);
    expect(stderr).not.toContain('Mobile (');
    expect(stderr).toContain('or leave the app out of this run with --except Portal');
    expect(stderr).toMatch(/in code: test\/cli\/support\.ts:\d+/);
    expect(code).toBe(1);
    expect(deploys(salesforce)).toBe(before);
    expect(await client('drift')).toMatchObject({ code: 2 });
  });

  it('does it all with --allow widens, or by a saved plan', async () => {
    await client('apply --auto-approve');
    await takeScopeAway(salesforce);
    expect(await client('apply --auto-approve --allow widens')).toMatchObject({ code: 0 });
    await takeScopeAway(salesforce);
    expect(await client('plan --out reviewed.json')).toMatchObject({ code: 0 });
    expect(await client('apply reviewed.json')).toMatchObject({ code: 0 });
    expect(await client('drift')).toMatchObject({ code: 0 });
  });

  it('opens the org for a new app that needs it, yet not for its own sake', async () => {
    const opening = (withApp: boolean): void =>
      here.synth((stack) => {
        const prod = org(stack);
        prod.oauthSettings({ allowCodeAndCredentialsFlow: true });
        if (withApp) portal(prod, 'headless');
      });
    opening(false);
    const alone = await client('apply --auto-approve');
    expect(alone.stderr).toContain('OauthOidcSettings.oAuthCdCrdtFlowEnable');
    expect(alone.code).toBe(1);
    opening(true);
    expect(await client('apply --auto-approve')).toMatchObject({ code: 0 });
  });

  it('applies nothing to an org whose plan has an error: here an app that another program owns', async () => {
    await client('apply --auto-approve --no-receipt');
    const other = project();
    other.synth((stack) => portal(org(stack, 'other')));
    const { code, stdout } = await other.run('apply --auto-approve', { environment });
    expect(stdout).toContain('owned-by-another-manifest');
    expect(code).toBe(1);
    other.remove();
  });
});

describe('an emergency stop', () => {
  it('survives apply --auto-approve until the app is re-enabled by name', async () => {
    await client('apply --auto-approve');
    const stop = await client('stop Mobile');
    expect(stop.stdout).toContain(`Mobile is off in prod (${salesforce.orgId}`);
    expect(stop.code).toBe(0);
    expect((await client('stop Mobile')).stdout).toContain('already off');
    await switchPkceOff(salesforce);
    expect(await client('apply --auto-approve')).toMatchObject({ code: 0 });
    const drift = await client('drift');
    expect(drift.stdout).toContain('stopped');
    expect(drift.code).toBe(2);
    expect(await client('apply --auto-approve --re-enable Mobile')).toMatchObject({ code: 0 });
    expect(await client('drift')).toMatchObject({ code: 0 });
  });

  it('of an app that the org does not have lists those it has', async () => {
    await client('apply --auto-approve');
    const { code, stderr } = await client('stop Nobody');
    expect(stderr).toContain('no External Client App and no Connected App named Nobody');
    expect(stderr).toContain('Mobile, Portal');
    expect(code).toBe(1);
  });

  it('needs no synth: an empty folder and a login are enough', async () => {
    await client('apply --auto-approve');
    const empty = project();
    expect(await empty.run('stop Portal', { environment })).toMatchObject({ code: 0 });
    expect(await empty.run('stop prod/Mobile', { environment: login(salesforce, 'prod') })).toMatchObject({ code: 0 });
    empty.remove();
  });
});

describe('a saved plan', () => {
  it('is applied without a question', async () => {
    await client('plan --out plan.json');
    expect(await client('apply plan.json')).toMatchObject({ code: 0 });
  });

  it('without changes writes nothing and says so', async () => {
    await client('apply --auto-approve');
    const before = deploys(salesforce);
    await client('plan --out plan.json');
    const { code, stdout } = await client('apply plan.json');
    expect(stdout).toContain('No changes, nothing written: prod');
    expect(code).toBe(0);
    expect(deploys(salesforce)).toBe(before);
  });

  it('says that a justification has ended since, and with which line of the program', async () => {
    const justification = {
      reason: 'Until the portal is rewritten',
      approvedBy: 'iam@acme.example',
      expires: '2026-12-01',
    };
    here.synth((stack) => {
      new PrivateClientApp(org(stack), 'Old', {
        label: 'Old',
        callbackUrls: ['https://old.acme.example/callback'],
        scopes: [Scope.API],
        permittedUsers: PermittedUsers.selfAuthorized(),
        pkce: { required: false, justification },
      });
    });
    await client('plan --out plan.json');
    const { code, stderr } = await here.run('apply plan.json', { environment, today: '2026-12-02' });
    expect(stderr).toContain('the justification expired on 2026-12-01');
    expect(stderr).not.toContain('was created in the org');
    expect(stderr).toMatch(/in code: test\/cli\/approval\.deep\.test\.ts:\d+/);
    expect(code).toBe(4);
    expect(deploys(salesforce)).toBe(0);
  });

  it('is refused with 4 where the org changed under it, and nothing is written', async () => {
    await client('apply --auto-approve');
    await switchPkceOff(salesforce);
    await client('plan --out plan.json');
    await takeScopeAway(salesforce);
    const before = deploys(salesforce);
    const { code, stderr } = await client('apply plan.json');
    expect(stderr).toContain('plan-stale');
    expect(code).toBe(4);
    expect(deploys(salesforce)).toBe(before);
    await client('apply --auto-approve --allow widens');
    expect(await client('apply plan.json')).toMatchObject({ code: 4 });
  });

  it('is refused for another org', async () => {
    await client('plan --out plan.json');
    const another = await fastOrg();
    const { code } = await here.run('apply plan.json', { environment: login(another) });
    expect(code).toBe(4);
    expect(deploys(another)).toBe(0);
    await another.close();
  });

  it('is refused when somebody edited it', async () => {
    await client('plan --out plan.json');
    here.write('plan.json', here.read('plan.json').replace('portal.acme.example', 'evil.example'));
    const { code, stderr } = await client('apply plan.json');
    expect(stderr).toContain('changed after it was written');
    expect(code).toBe(1);
    expect(deploys(salesforce)).toBe(0);
  });
});
