import { Username } from '../../constructs';
import type { AppDamage, Emulator, EmulatorOptions, SandboxRefresh } from '../../lib/emulator';
import { makeCertificate } from '../emulator/certificate';
import {
  ALL_IN,
  getIn,
  healed,
  type HealedApp,
  type Healing,
  type Pair,
  prepared,
  program,
  type Start,
  startFrom,
} from './heal-support';
import { deployAs, deploys, login, type Project, project } from './support';

let pair: Pair;
let start: Start;
let here: Project;
let org: Emulator;
beforeAll(async () => {
  pair = await makeCertificate();
  const first = project();
  start = await prepared(first, pair);
  first.remove();
});
beforeEach(() => {
  here = project();
  here.synth(program(pair));
});
afterEach(async () => {
  await org.close();
  here.remove();
});

const WHOLE = { Portal: [], Feed: [], Jobs: [] } as const;
const refreshed = async (
  refresh: Partial<SandboxRefresh> = {},
  switches: EmulatorOptions['switches'] = {},
): Promise<void> => {
  org = await startFrom(here, start, switches);
  org.refresh({ name: 'uat', ...refresh });
};
const copies = (apps: SandboxRefresh['apps'], switches: EmulatorOptions['switches'] = {}): Promise<void> =>
  refreshed({ apps: { ...WHOLE, ...apps } }, switches);

const appOf = ({ apps }: Healing, name: string): HealedApp => {
  const found = apps.find(({ api_name: each }) => each === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
};
const codes = ({ left }: { readonly left: readonly { readonly code: string }[] }): readonly string[] =>
  left.map(({ code }) => code);

/** The second heal writes nothing, and the plan says what the second heal says. */
async function isSettled(options = ''): Promise<number> {
  const sent = deploys(org);
  const second = await healed(here, org, options);
  expect([second.org.apps.flatMap(({ repair }) => (repair === 'none' ? [] : [repair])), deploys(org)]).toEqual([
    [],
    sent,
  ]);
  return second.code;
}
const inSync = async (): Promise<boolean> => {
  const { code } = await here.run('plan --org uat --detailed-exitcode', { environment: login(org) });
  return code === 0;
};

describe('apps that came with the copy', () => {
  it('are taken over from production; what widens waits for a review', async () => {
    await copies({});
    const { code, org: found } = await healed(here, org);
    expect(code).toBe(2);
    expect(found.apps.map(({ api_name: name, found: as, outcome }) => [name, as, outcome])).toEqual([
      ['Feed', 'copied', 'healed'],
      ['Jobs', 'copied', 'healed'],
      ['Portal', 'copied', 'left'],
    ]);
    expect(codes(appOf(found, 'Portal'))).toEqual(['widening-not-reviewed']);
    expect(await getIn(org, pair)).toEqual({ ...ALL_IN, Portal: false });
    expect(await isSettled()).toBe(2);
  });

  it('are made as declared where widening is allowed', async () => {
    await copies({});
    const { code, org: found } = await healed(here, org, '--allow widens');
    expect([code, found.apps.map(({ outcome }) => outcome)]).toEqual([0, ['healed', 'healed', 'healed']]);
    expect(await getIn(org, pair)).toEqual(ALL_IN);
    expect([await isSettled(), await inSync()]).toEqual([0, true]);
  });

  it('stay with their owner where nothing says that this org is a copy, until somebody says so', async () => {
    await copies({});
    here.write('.client-apps/receipts/identity__prod.json', '{}');
    const text = start.receipts.find(([name]) => name.includes('uat'))?.[1] ?? '';
    here.remove();
    here = project();
    here.synth(program(pair));
    here.write('.client-apps/receipts/identity__uat.json', text);
    const { code, org: found } = await healed(here, org, '--allow widens');
    expect([code, codes(appOf(found, 'Feed'))]).toEqual([2, ['owned-by-another-manifest']]);
    expect(appOf(found, 'Feed').left[0]?.remedy).toBe(
      'if this sandbox is a copy of prod: client-apps heal uat --copied-from prod',
    );
    expect((await healed(here, org, '--allow widens --copied-from prod')).code).toBe(0);
    expect(await getIn(org, pair)).toEqual(ALL_IN);
  });
});

describe('one thing broken in every app', () => {
  const EVERYWHERE = (damage: AppDamage): SandboxRefresh['apps'] => ({
    Portal: [damage],
    Feed: [damage],
    Jobs: [damage],
  });

  it.each([
    ['not-copied', 'create', ''],
    ['without-consumer', 'rebuild', ''],
    ['without-oauth-settings', 'rebuild', '--allow widens'],
    ['without-policies', 'update', '--allow widens'],
    ['without-certificate', 'update', '--allow widens'],
    ['new-consumer-key', 'update', '--allow widens'],
  ] as const)('%s: %s %s', async (damage, repair, options) => {
    await copies(EVERYWHERE(damage));
    const { code, org: found } = await healed(here, org, options);
    expect(found.apps.flatMap(codes)).toEqual([]);
    expect([code, new Set(found.apps.map((app) => app.repair))]).toEqual([0, new Set([repair])]);
    expect(await getIn(org, pair)).toEqual(ALL_IN);
    expect([await isSettled(), await inSync()]).toEqual([0, true]);
    const isNew =
      damage !== 'without-policies' && damage !== 'without-certificate' && damage !== 'without-oauth-settings';
    const shown = found.apps.map(({ next }) =>
      next.some(({ command }) => command?.startsWith('client-apps outputs') === true),
    );
    expect([isNew, ...shown]).toEqual([isNew, true, true, true]);
  });

  it('switched-off stays off, and names the command for a person', async () => {
    await copies(EVERYWHERE('switched-off'));
    const { code, org: found } = await healed(here, org, '--allow widens');
    expect(code).toBe(2);
    expect(found.apps.flatMap(codes)).toEqual(['app-stopped', 'app-stopped', 'app-stopped']);
    expect(await getIn(org, pair)).toEqual({ Portal: false, Feed: false, Jobs: false });
    expect(await isSettled('--allow widens')).toBe(2);
  });
});

describe('what is not the app’s own', () => {
  it('run-as users who were left out of the copy are for a person', async () => {
    await copies({}, {});
    org.refresh({ name: 'uat', activeUsers: ['jobs@acme.example.uat'], apps: WHOLE });
    const { code, org: found } = await healed(here, org, '--allow widens');
    expect([code, codes(appOf(found, 'Feed'))]).toEqual([2, expect.arrayContaining(['run-as-inactive'])]);
    expect(await getIn(org, pair)).toMatchObject({ Feed: false, Jobs: true });
  });

  it('permission sets that no one holds anymore are for a person', async () => {
    await refreshed({}, { refreshKeepsAssignments: false });
    const { code, org: found } = await healed(here, org);
    expect(code).toBe(2);
    expect([...codes(appOf(found, 'Jobs')), ...codes(appOf(found, 'Feed'))]).toEqual(
      expect.arrayContaining([expect.stringMatching(/no-permitted-user|locks-everyone-out/)]),
    );
    expect(codes(appOf(found, 'Portal'))).toEqual([]);
  });

  it('org settings that were lost are put back', async () => {
    await refreshed({}, { refreshKeepsOauthSettings: false });
    const { code, org: found } = await healed(here, org);
    expect([code, found.items]).toEqual([
      0,
      [expect.objectContaining({ type: 'OauthOidcSettings', outcome: 'healed', fields: ['blockOAuthUnPwFlow'] })],
    ]);
    expect(await inSync()).toBe(true);
  });

  it('a policy that still names the user of production is for a review', async () => {
    await copies({}, { refreshRenamesRunAsUsers: false });
    const found = (await healed(here, org)).org;
    expect(codes(appOf(found, 'Feed'))).toEqual(['widening-not-reviewed']);
    expect((await healed(here, org, '--allow widens')).code).toBe(0);
    expect(await getIn(org, pair)).toEqual(ALL_IN);
  });

  it('a packaged app without a consumer is for its package', async () => {
    org = await startFrom(here, start, { refreshedPackagedApps: 'without-consumer' });
    const file = `<?xml version="1.0" encoding="UTF-8"?><ExternalClientApplication xmlns="http://soap.sforce.com/2006/04/metadata"><contactEmail>iam@acme.example</contactEmail><description>Managed as code by identity/prod; no certificate</description><distributionState>Packaged</distributionState><label>Feed</label></ExternalClientApplication>`;
    const members =
      '<types><members>Feed</members><name>ExternalClientApplication</name></types><version>66.0</version>';
    await deployAs(
      org,
      new Map([
        ['externalClientApps/Feed.eca', file],
        [
          'package.xml',
          `<?xml version="1.0" encoding="UTF-8"?><Package xmlns="http://soap.sforce.com/2006/04/metadata">${members}</Package>`,
        ],
      ]),
    );
    org.refresh({ name: 'uat' });
    const { code, org: found } = await healed(here, org);
    expect([code, codes(appOf(found, 'Feed'))]).toEqual([2, ['app-broken']]);
    expect(appOf(found, 'Feed').left[0]?.remedy).toContain('reinstall its package');
    expect(await getIn(org, pair)).toEqual({ ...ALL_IN, Feed: false });
  });
});

describe('a run-as user of another name', () => {
  const SAME = Username.of('feed@acme.example');

  it('is the copy of the one in the code, where production has the same name in the code', async () => {
    here.synth(program(pair, { runAs: SAME }));
    await refreshed();
    const { code, org: found } = await healed(here, org);
    expect([code, appOf(found, 'Feed').outcome, codes(appOf(found, 'Feed'))]).toEqual([
      2,
      'healed',
      ['heal-user-mapped'],
    ]);
    expect(await getIn(org, pair)).toEqual(ALL_IN);
    expect(await isSettled()).toBe(2);
    expect(await inSync()).toBe(false);
  });

  it('is for a person where the name was stated for this org', async () => {
    here.synth(program(pair, { runAs: Username.perOrg({ prod: 'other@acme.example', uat: 'feed@acme.example' }) }));
    await refreshed();
    const { code, org: found } = await healed(here, org);
    expect([code, codes(appOf(found, 'Feed'))]).toEqual([2, ['run-as-missing']]);
    expect(appOf(found, 'Feed').left[0]?.allowed).toBe('copies of that user in this org: feed@acme.example.uat');
    expect(org.consumer('Feed')).toBeUndefined();
  });

  it('is for a person where the copy is not active', async () => {
    here.synth(program(pair, { runAs: SAME }));
    await refreshed({ activeUsers: ['jobs@acme.example'] });
    const { code, org: found } = await healed(here, org);
    expect([code, codes(appOf(found, 'Feed'))]).toEqual([2, expect.arrayContaining(['run-as-missing'])]);
    expect(appOf(found, 'Feed').left[0]?.allowed).toContain('feed@acme.example.uat (not active)');
  });
});
