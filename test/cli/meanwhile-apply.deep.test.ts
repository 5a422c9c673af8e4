import type { TerraformStack } from 'cdktf';

import { MachineApp, PermittedUsers, Scope, Username } from '../../constructs';
import type { OrgReceipt } from '../../lib/operations/types';
import { sampled } from '../deep';
import { type Repeated, repeated } from './killed';
import { type Act, ACTS, differing, fieldsIn, leaveAlone, letAdminAct } from './meanwhile';
import { deployAs, mobile, org, portal, project, switchPkceOff } from './support';

const RECEIPT = '.client-apps/receipts/identity__prod.json';
const justification = { reason: 'r', approvedBy: 'a@acme.example', expires: '2027-01-01' };
const APPS = ['Portal', 'Mobile', 'Feed'];
const SET = `<PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata"><label>Feeds</label></PermissionSet>`;
const MANIFEST =
  '<Package xmlns="http://soap.sforce.com/2006/04/metadata"><types><members>Feeds</members><name>PermissionSet</name></types><version>66.0</version></Package>';

/** Three deploys: what the portal needs, three apps, what tightens. */
const program = (stack: TerraformStack): void => {
  const prod = org(stack);
  prod.oauthSettings({ allowCodeAndCredentialsFlow: true, blockUsernamePasswordFlow: true });
  portal(prod, 'headless');
  mobile(prod);
  new MachineApp(prod, 'Feed', {
    label: 'Feed',
    scopes: [Scope.API],
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Feeds'] }),
    clientCredentials: { runAs: Username.of('feed@acme.example'), justification },
  });
};

const OPTIONS = {
  org: {
    users: [
      { username: 'feed@acme.example', permissionSets: ['Feeds'], profile: 'Minimum Access - API Only Integrations' },
    ],
    permissionSets: [{ name: 'Feeds' }],
  },
};

/** What is carried out while an administrator acts: from an org without apps, and from one that drifted. */
const STARTS: Readonly<Record<string, (world: Repeated) => Promise<unknown>>> = {
  'a first apply': (world) => world.putBack(),
  'a repair of one app': (world) => switchPkceOff(world.salesforce()),
};

const AGAIN = `apply --auto-approve --allow widens ${APPS.map((app) => `--allow-recreate ${app} --re-enable ${app}`).join(' ')}`;
/** What tells that something was done, or may have been, by an apply that did not end well. */
const TOLD =
  /Applied in part|were restored|not-read-back|not known|might still be running in the org|this deploy left no changes|deploy-failed|read-back-differs|consumer-key-changed/;

const actsOn = (app: string): readonly (readonly [string, Act])[] =>
  Object.entries(ACTS).map(([name, make]) => [`${name} (${app})`, make(app)] as const);

describe.each(Object.entries(STARTS))('while %s is carried out, an administrator', (_, start) => {
  let world: Repeated;
  let goal: string;
  let operations: readonly string[];
  beforeAll(async () => {
    const here = project();
    here.synth(program);
    world = await repeated(here, OPTIONS);
    world.keep();
    expect(await world.run('apply --auto-approve')).toMatchObject({ code: 0 });
    goal = world.state();
    await start(world);
    world.keep();
    await world.putBack();
    expect(await world.run('apply --auto-approve')).toMatchObject({ code: 0 });
    operations = world
      .salesforce()
      .calls()
      .map(({ operation }) => operation);
  }, 240_000);
  afterAll(() => world.close());

  const receipt = (): OrgReceipt | undefined => {
    try {
      return JSON.parse(world.here.read(RECEIPT)) as OrgReceipt;
    } catch {
      return undefined;
    }
  };
  const kept = (): string => {
    try {
      return world.here.read(RECEIPT);
    } catch {
      return '';
    }
  };

  /** What is said is true of the org's own state; the next plan, too; and one more apply makes it as declared. */
  async function expectTruth(act: Act, request: number): Promise<boolean> {
    await world.putBack();
    const before = kept();
    const happened = letAdminAct(world.salesforce(), { request, act });
    const ended = await world.run('apply --auto-approve');
    leaveAlone(world.salesforce());
    if (!happened()) return false;
    const said = ended.stdout + ended.stderr;
    expect([[0, 1, 4, 5, 6].includes(ended.code), said]).toEqual([true, said]);
    expect(said).not.toMatch(/bug in client-apps|\bundefined\b|\[object Object\]/);
    const state = world.state();
    const wrong = differing(state, goal);

    // What came after the last reading nobody can have seen.
    const isSeen = request <= operations.lastIndexOf('retrieve') + 1;
    if (kept() !== before && isSeen) {
      const there = fieldsIn(state);
      for (const { api_name: app, action, consumer_key: key } of receipt()?.apps ?? []) {
        if (action !== 'created' && action !== 'updated') continue;
        expect([app, there.has(`ExternalClientApplication ${app} exists`)]).toEqual([app, true]);
        if (key !== undefined) expect(key).toBe(world.salesforce().consumer(app)?.key);
        const otherwise = wrong.filter((each) => new RegExp(` ${app}(_|\\b)`).test(each));
        const isOff = otherwise.every((each) => each.endsWith('isEnabled')) && /stays off/.test(said);
        if (ended.code === 0) expect([app, isOff ? [] : otherwise, said]).toEqual([app, [], said]);
      }
    }
    const ours = world
      .salesforce()
      .calls()
      .filter(({ operation }) => operation === 'deploy').length;
    if (ended.code !== 0 && ended.code !== 4 && ours > 1) expect(said).toMatch(TOLD);

    const drift = await world.run('drift');
    expect([drift.code === 0, wrong, drift.stdout]).toEqual([wrong.length === 0, wrong, drift.stdout]);
    const plan = await world.run('plan --detailed-exitcode');
    // An app that somebody stopped stays so, which is no change.
    if (wrong.length > 0) expect(plan.code === 0 ? plan.stdout : 'stopped').toContain('stopped');
    else expect([plan.code, plan.stdout]).toEqual([0, plan.stdout]);

    if (!fieldsIn(state).has('PermissionSet Feeds exists')) {
      await deployAs(
        world.salesforce(),
        new Map([
          ['package.xml', MANIFEST],
          ['permissionsets/Feeds.permissionset', SET],
        ]),
      );
    }
    const again = await world.run(AGAIN);
    expect([again.code, again.stdout + again.stderr]).toEqual([0, expect.any(String)]);
    expect(differing(world.state(), goal)).toEqual([]);
    expect((await world.run('plan --detailed-exitcode')).code).toBe(0);
    return true;
  }

  it('may do what they like: what is said afterward is true of the org, and one more apply ends it', async () => {
    const acts = [...actsOn('Mobile'), ...actsOn('Feed')];
    const places = operations.flatMap((operation, index) =>
      acts.map((act) => ({ act, operation, request: index + 1 })),
    );
    const failures: string[] = [];
    let count = 0;
    for (const { act, operation, request } of sampled(places, 24)) {
      const [name, work] = act;
      try {
        if (await expectTruth(work, request)) count += 1;
      } catch (error) {
        failures.push(
          `${name} before ${operation} (${request}): ${error instanceof Error ? error.message : String(error)}`,
        );
      }
      if (failures.length > 20) break;
    }
    if (process.env['CLIENT_APPS_EXHAUSTIVE'])
      process.stderr.write(`${count} acts of ${places.length}, ${failures.length} failed\n`);
    expect(failures.join('\n\n')).toBe('');
    expect(count).toBeGreaterThan(0);
  }, 14_400_000);
});
