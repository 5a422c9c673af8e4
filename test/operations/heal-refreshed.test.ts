import type { ObservedApp, ObservedOrg } from '../../lib/metadata/observed';
import { copiedApps, refreshedSince } from '../../lib/operations/heal-refreshed';
import { declared, twoApps } from './support';

const HERE = '00D000000000001AAA';
const THERE = '00D000000000002AAA';
const manifest = declared(twoApps);

const app = (apiName: string, managedBy: string, header: Readonly<Record<string, string>> = {}): ObservedApp => ({
  platform: 'external-client-app',
  apiName,
  condition: 'present',
  components: {
    ExternalClientApplication: {
      state: 'present',
      component: { type: 'ExternalClientApplication', fullName: apiName, fields: { managedBy, ...header } },
    },
  },
  otherComponents: [],
});
const observed = (...apps: readonly ObservedApp[]): ObservedOrg => ({
  apps: new Map(apps.map((each) => [each.apiName, each])),
  connectedApps: new Map(),
  settings: {},
  oauthRecords: {},
  unplaced: [],
});
const looked = (apps: readonly ObservedApp[], sourceId?: string) => ({
  manifest,
  orgId: HERE,
  observed: observed(...apps),
  program: [
    { name: 'prod', manifestId: manifest.id },
    { name: 'source', manifestId: 'identity/source', ...(sourceId !== undefined && { orgId: sourceId }) },
  ],
});

describe('whether the sandbox was refreshed', () => {
  const copy = app('Portal', 'identity/source');
  it.each([
    ['the receipt is for another org', { receipt: THERE }, [], 'certain'],
    ['the journal is of another org', { receipt: HERE, journal: THERE }, [], 'certain'],
    ['the receipt is of this org, in its short form', { receipt: HERE.slice(0, 15) }, [copy], 'no'],
    ['nothing is remembered, and a line is of another org of the program', {}, [copy], 'likely'],
    [
      'nothing is remembered, and an app names the org that it is of',
      {},
      [app('Portal', manifest.id, { orgScopedExternalApp: `${THERE.slice(0, 15)}:Portal` })],
      'likely',
    ],
    [
      'a packaged app names the org of its package',
      {},
      [app('Portal', manifest.id, { orgScopedExternalApp: `${THERE}:Portal`, distributionState: 'Packaged' })],
      'unknown',
    ],
    ['the line is of another program', {}, [app('Portal', 'other/prod')], 'unknown'],
    ['nothing says anything', {}, [], 'unknown'],
  ] as const)('%s', (_, remembered, apps, verdict) => {
    const answer = refreshedSince(remembered, looked(apps));
    expect(answer.verdict).toBe(verdict);
    expect(answer.because.length).toBeGreaterThan(0);
  });
});

describe('whose copies the apps are', () => {
  const apps = [app('Portal', 'identity/source'), app('Mobile', 'other/prod'), app('Undeclared', 'identity/source')];
  it.each([
    ['of an org that is known to be another one', THERE, undefined, ['Portal']],
    ['of an org that somebody named', undefined, 'identity/source', ['Portal']],
    ['of nobody, where that org is not known', undefined, undefined, []],
    ['of nobody, where that org is this one, whatever somebody says', HERE, 'identity/source', []],
  ] as const)('%s', (_, sourceId, named, found) => {
    expect([...copiedApps(looked(apps, sourceId), named).keys()]).toEqual(found);
  });
});
