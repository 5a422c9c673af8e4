import type { OrgAppFacts, TokenFacts, UsageFacts } from '../../lib/org/usage/facts';
import { assessUsage, type UsageQuestion } from '../../lib/usage/assess';
import { goneApps, isComplete, overdue, unknownApps } from '../../lib/usage/report';

const question: UsageQuestion = {
  org: 'prod',
  orgId: '00D000000000001AAA',
  today: '2026-11-21',
  since: '2026-08-23T00:00:00.000Z',
  apiCalls: 9,
};
const token = (app: string, user: string, more: Partial<TokenFacts> = {}): TokenFacts => ({
  app,
  userId: `id of ${user}`,
  user,
  userActive: true,
  uses: 1,
  ...more,
});
const portal: OrgAppFacts = {
  id: '0H4000000000001AAA',
  label: 'Portal',
  platform: 'connected-app',
  apiName: 'Portal',
};
const facts = (more: Partial<UsageFacts>): UsageFacts => ({ apps: [portal], notEvaluated: [], ...more });
const names = (found: readonly { readonly label: string }[]): readonly string[] => found.map(({ label }) => label);

describe('an app', () => {
  it('is known by its record: ids of 15 and 18 characters are the same', () => {
    const report = assessUsage(
      facts({ tokens: [token('Portal', 'a', { applicationId: '0H4000000000001' })] }),
      question,
    );
    expect(report.apps).toMatchObject([{ standing: 'unmanaged', api_name: 'Portal', publisher: 'this org' }]);
    expect(unknownApps(report)).toEqual([]);
  });

  it('that has the label of another app and not its id is a look-alike, not that app', () => {
    const tokens = [token('Portal', 'a', { applicationId: portal.id }), token('Portal', 'b')];
    const report = assessUsage(facts({ tokens }), question);
    expect(report.apps).toHaveLength(2);
    expect(unknownApps(report)).toMatchObject([{ standing: 'unknown', look_alike: { of: 'Portal' } }]);
  });

  it('whose tokens have no id at all is found by its label, and that is said', () => {
    const report = assessUsage(facts({ tokens: [token('Portal', 'a')] }), question);
    expect(report.apps).toMatchObject([{ standing: 'unmanaged', by_label: true }]);
  });

  it('of a package names it', () => {
    const packaged = { ...portal, namespace: 'helper' };
    const tokens = [token('Portal', 'a', { applicationId: portal.id })];
    const packages = new Map([['helper', 'Sales Helper']]);
    const report = assessUsage(facts({ apps: [packaged], tokens, packages }), question);
    expect(report.apps).toMatchObject([{ standing: 'package', publisher: 'package Sales Helper (helper)' }]);
  });

  it('that only logged in is listed as well, but not one that a browser or SOAP client reports', () => {
    const login = { succeeded: true, count: 2, networks: 1, last: '2026-11-20T00:00:00Z' };
    const logins = [
      { ...login, application: 'Feed', type: 'Remote Access 2.0' },
      { ...login, application: 'Browser', type: 'Application' },
    ];
    const report = assessUsage(facts({ tokens: [], logins }), question);
    expect(names(report.apps)).toEqual(['Feed']);
    expect([names(unknownApps(report)), names(goneApps(report))]).toEqual([[], ['Feed']]);
    const blind = assessUsage(facts({ logins }), question);
    expect(names(unknownApps(blind))).toEqual(['Feed']);
  });

  it('that the allow-list names is not unknown; an overdue review is told', () => {
    const known = { app: 'Loader', owner: 'ops', purpose: 'loads', review: '2026-11-20' };
    const report = assessUsage(facts({ tokens: [token('Loader', 'a')] }), { ...question, known: [known] });
    expect(unknownApps(report)).toEqual([]);
    expect(names(overdue(report))).toEqual(['Loader']);
  });
});

describe('figures', () => {
  it('count users, active and not, once each', () => {
    const tokens = [
      token('X', 'a', { uses: 3, created: '2026-01-02T00:00:00Z', lastUsed: '2026-11-01T00:00:00Z' }),
      token('X', 'a', { uses: 4, created: '2026-01-01T00:00:00Z' }),
      token('X', 'b', { userActive: false }),
    ];
    expect(assessUsage(facts({ tokens }), question).apps[0]?.tokens).toEqual({
      count: 3,
      users_active: 1,
      users_inactive: 1,
      uses: 8,
      first_granted: '2026-01-01T00:00:00Z',
      last_used: '2026-11-01T00:00:00Z',
    });
  });

  it.each([
    ['ModifyAllData', 'every record: 1 of its 1 users may modify all data'],
    ['ViewAllData', 'every record, to read: 1 of its 1 users may view all data'],
    ['other', 'what its user may see and do'],
  ])('say what the app reaches: %s', (permission, reach) => {
    const holders = ['ModifyAllData', 'ViewAllData'].map((each) => ({
      permission: each,
      label: each,
      users: each === permission ? ['a'] : [],
    }));
    expect(assessUsage(facts({ tokens: [token('X', 'a')], holders }), question).apps[0]?.reach).toBe(reach);
  });

  it('that were not read are absent, and the reach is not evaluated', () => {
    const [app] = assessUsage(facts({ tokens: [token('X', 'a')] }), question).apps;
    expect(app?.reach).toMatch(/^not evaluated/);
    expect(app?.logins).toBeUndefined();
  });
});

describe('a reading', () => {
  it('is complete only where every token and every record was seen', () => {
    const whole = facts({ tokens: [], tokensInAll: 0 });
    expect(isComplete(assessUsage(whole, question))).toBe(true);
    expect(isComplete(assessUsage({ ...whole, tokensInAll: 1 }, question))).toBe(false);
    expect(isComplete(assessUsage(facts({}), question))).toBe(false);
    const gap = { what: 'tokens of the External Client App Portal', why: 'refused' };
    expect(isComplete(assessUsage({ ...whole, notEvaluated: [gap] }, question))).toBe(false);
    const noise = { what: 'names of installed packages', why: 'refused' };
    expect(isComplete(assessUsage({ ...whole, notEvaluated: [noise] }, question))).toBe(true);
  });

  it('without the list of apps calls nothing unknown and nothing fine', () => {
    const report = assessUsage({ tokens: [token('X', 'a')], notEvaluated: [] }, question);
    expect(report.apps).toMatchObject([{ standing: 'not-evaluated', publisher: 'not evaluated' }]);
  });
});
