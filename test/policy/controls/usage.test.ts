import type { CheckFacts } from '../../../lib/policy/control';
import { APP_CONTROLS, ORG_CONTROLS } from '../../../lib/policy/controls';
import { unreadable, valued } from '../../../lib/policy/reading';
import {
  type AppTokenFacts,
  type GrantFacts,
  rehearsalWords,
  type UsageCheckFacts,
} from '../../../lib/policy/usage-facts';
import { type Case, connectedApp, judgeOrg, oauthConfig, org, privateApp, reportOf, resultOf } from '../support';
import { describeControl, describeOrgCases } from './describe-control';

const TOKENS: AppTokenFacts = { count: 4, users: 3, inactiveUsers: [], unknownUsers: 0, unused: 0, undated: 0 };

const usage = (more: Partial<UsageCheckFacts> = {}): CheckFacts => ({
  usage: {
    tokensOf: () => valued(TOKENS),
    unknownApps: [],
    overdue: [],
    rehearsal: valued({ apps: [], users: 0, caveats: [] }),
    doorHolders: new Map(),
    runAsApps: new Map(),
    interactive: valued(new Map()),
    ...more,
  },
});
const tokens = (more: Partial<AppTokenFacts>) => usage({ tokensOf: () => valued({ ...TOKENS, ...more }) });
const app = (facts: CheckFacts): Case => privateApp({}, { facts });
const unread = { 'tokens were not read': app(usage({ tokensOf: () => unreadable('needs Customize Application') })) };
const none = { 'the app has no token': app(tokens({ count: 0, users: 0 })) };

describeControl('SFCA-APP-DORMANT', {
  fails: { 'no token was used for long': app(tokens({ unused: 4, lastUsed: '2026-01-02T00:00:00Z' })) },
  passes: {
    'one of them was': app(tokens({ unused: 3 })),
    'it logged in': app(tokens({ unused: 4, lastLogin: '2026-06-02T00:00:00Z' })),
  },
  notApplicable: none,
  notEvaluated: {
    ...unread,
    'the org does not say when': app(tokens({ unused: 3, undated: 1 })),
    'the list is cut': app(tokens({ unused: 4, atLeast: true })),
    'the list is cut and has none of it': app(tokens({ count: 0, atLeast: true })),
  },
});

describeControl('SFCA-APP-DORMANT-TOKENS', {
  fails: { 'some were not used for long': app(tokens({ unused: 2, atLeast: true })) },
  passes: { 'all were': app(tokens({})) },
  notApplicable: { ...none, 'none was, which another control judges': app(tokens({ unused: 4 })) },
  notEvaluated: {
    ...unread,
    'the org does not say when': app(tokens({ undated: 1 })),
    'the list is cut': app(tokens({ atLeast: true })),
  },
});

describeControl('SFCA-APP-INACTIVE-USERS', {
  fails: { 'somebody who left has one': app(tokens({ inactiveUsers: ['ann@acme.example'] })) },
  passes: { 'every user is active': app(tokens({})) },
  notApplicable: none,
  notEvaluated: {
    ...unread,
    'the org does not say who is active': app(tokens({ unknownUsers: 1 })),
    'the list is cut': app(tokens({ atLeast: true })),
  },
});

const CHANGED = '2026-05-01T08:00:00.000Z';
const GRANTS = { policiesChanged: CHANGED, older: 0, olderUsers: [], undated: 0 };
const APPROVED = { permittedUsersPolicyType: 'AdminApprovedPreAuthorized' };
const approved = (more: Partial<AppTokenFacts>): Case => privateApp({ policies: APPROVED }, { facts: tokens(more) });
const granted = (more: Partial<GrantFacts> = {}) => ({ grants: { ...GRANTS, ...more } });
const OLD = granted({ older: 2, olderUsers: ['ann@acme.example'] });

describeControl('SFCA-APP-OLD-GRANTS', {
  fails: {
    'some are older than the policies': approved(OLD),
    'some are, and the list is cut': approved({ ...OLD, atLeast: true }),
  },
  passes: { 'all were granted later': approved(granted()) },
  notApplicable: {
    'everybody may approve the app': privateApp(
      { policies: { permittedUsersPolicyType: 'AllSelfAuthorized' } },
      { facts: tokens(OLD) },
    ),
    'the app has no token': approved({ count: 0, users: 0 }),
  },
  notEvaluated: {
    'tokens were not read': privateApp(
      { policies: APPROVED },
      { facts: usage({ tokensOf: () => unreadable('needs Customize Application') }) },
    ),
    'the org does not say when the policies were changed': approved({}),
    'the org does not say when a token was granted': approved(granted({ undated: 1 })),
    'the list is cut': approved({ ...granted(), atLeast: true }),
    'the list is cut and has none of it': approved({ count: 0, users: 0, atLeast: true }),
    'nobody could read who may use the app': privateApp({ unreadable: ['policies'] }, { facts: tokens(OLD) }),
  },
});

describe('tokens that are older than the policies', () => {
  const RECORD = 'the record that says who can use the app';
  const found = (given: Case) => resultOf(reportOf(given), 'SFCA-APP-OLD-GRANTS');

  it('are counted, with the date, and never worse than medium', () => {
    expect(found(approved(OLD))).toMatchObject({
      because: `2 of 4 tokens are older than the last change of ${RECORD} (${CHANGED}).`,
      offenders: ['ann@acme.example'],
      severity: 'medium',
    });
  });

  it.each([
    ['for good', { refreshTokenPolicyType: 'Infinite' }, ['Api', 'RefreshToken'], ['yes', 'no'], 'medium'],
    ['identity alone', { refreshTokenPolicyType: 'Zero' }, ['OpenID'], ['no', 'yes'], 'low'],
  ] as const)('weigh by how long and how far they reach: %s', (_, policies, scopes, holds, severity) => {
    const given = { policies: { ...APPROVED, ...policies }, oauth: { commaSeparatedOauthScopes: scopes } };
    const result = found(privateApp(given, { facts: tokens(OLD) }));
    expect([result.conditions.map((condition) => condition.holds), result.severity]).toEqual([holds, severity]);
  });

  it('are none where all are younger, which is said as exactly that', () => {
    expect(found(approved(granted())).because).toBe(
      `All 4 tokens were granted after the last change of ${RECORD} (${CHANGED}).`,
    );
  });
});

const RUN_AS = 'feed@acme.example';
const runsAs = (more: Partial<UsageCheckFacts>): Case =>
  privateApp(
    { policies: { isClientCredentialsFlowEnabled: true, clientCredentialsFlowUser: RUN_AS } },
    { facts: usage({ runAsApps: new Map([[RUN_AS, ['Portal']]]), ...more }) },
  );

describeControl('SFCA-APP-RUN-AS-SHARED', {
  fails: {
    'another app runs as the user': runsAs({ runAsApps: new Map([[RUN_AS, ['Portal', 'Feed']]]) }),
    'a person works as the user': runsAs({ interactive: valued(new Map([[RUN_AS, '2026-06-30T00:00:00Z']])) }),
  },
  passes: { 'the user is its own': runsAs({}) },
  notApplicable: { 'the flow is off': app(usage()) },
  notEvaluated: {
    'logins were not read': runsAs({ interactive: unreadable('needs Manage Users') }),
    'the policies cannot be read': privateApp({ unreadable: ['policies'] }, { facts: usage() }),
  },
});

const unknown = { label: 'Data Loader', tokens: { count: 13, users: 13 }, reach: 'every record: 3 of its 13 users' };
const of = (more: Partial<UsageCheckFacts>) => ({ posture: org(), facts: usage(more) });

describeOrgCases('SFCA-ORG-UNKNOWN-APPS', {
  fails: {
    'an app has tokens that nobody knows': of({ unknownApps: [unknown] }),
    'one was found although not everything was seen': of({ unknownApps: [unknown], unseen: 'the list is cut' }),
    'one logged in, and tokens were not read': of({
      unknownApps: [{ label: 'Data Loader', reach: 'not evaluated' }],
      unseen: 'OAuth tokens',
    }),
    'the review of a known one is overdue': of({ overdue: ['Reporting Sync 2'] }),
  },
  passes: { 'there is none': of({}) },
  notEvaluated: { 'not everything was seen': of({ unseen: 'tokens: needs Customize Application' }) },
});

const CLIENT = 'Use Any API Client';
const holders = (users: UsageCheckFacts['doorHolders']) => of({ doorHolders: users });

describeOrgCases('SFCA-ORG-DOOR-HOLDERS', {
  fails: {
    'somebody else holds one': holders(new Map([[CLIENT, valued(['ann@acme.example'])]])),
    'somebody else does, and another was not read': holders(
      new Map([
        [CLIENT, valued(['ann@acme.example'])],
        ['View All Data', unreadable('INVALID_FIELD')],
      ]),
    ),
  },
  passes: { 'only those in the allow-list do': holders(new Map([[CLIENT, valued([])]])) },
  notEvaluated: { 'the org does not tell': holders(new Map([[CLIENT, unreadable('not shown')]])) },
});

describe('controls that judge tokens and logins', () => {
  const needing = [...APP_CONTROLS, ...ORG_CONTROLS].filter(({ needsUsage }) => needsUsage).map(({ id }) => id);

  it('appear in no report where nobody asked for them', () => {
    expect(needing.length).toBeGreaterThan(5);
    const ids = [reportOf(privateApp()), judgeOrg(org())].flatMap(({ results }) =>
      results.map(({ control }) => control),
    );
    expect(ids.filter((id) => needing.includes(id))).toEqual([]);
  });

  it('rate a look-alike whose users may see everything as critical', () => {
    const bad = resultOf(
      judgeOrg(org(), { facts: usage({ unknownApps: [{ ...unknown, lookAlikeOf: 'Data Loader' }] }) }),
      'SFCA-ORG-UNKNOWN-APPS',
    );
    expect(bad).toMatchObject({ outcome: 'fail', severity: 'critical', offenders: ['Data Loader'] });
    const plain = { ...unknown, reach: 'what its 13 users may see and do' };
    expect(
      resultOf(judgeOrg(org(), { facts: usage({ unknownApps: [plain] }) }), 'SFCA-ORG-UNKNOWN-APPS').severity,
    ).toBe('high');
  });
});

describe('the rehearsal of API Access Control', () => {
  const open = (facts: CheckFacts) => resultOf(judgeOrg(org({}, false), { facts }), 'SFCA-ORG-API-ACCESS').because;

  it('says what stops, and names what makes it more or fewer', () => {
    const apps = [
      { label: 'Old Portal', users: 30 },
      { label: 'gcw-export', users: 1 },
    ];
    expect(rehearsalWords({ apps, users: 31, caveats: ['more, because the list of tokens is incomplete'] })).toBe(
      'Switch it on today and these 2 apps, 31 users stop (more, because the list of tokens is incomplete): ' +
        'Old Portal (30 users), gcw-export (1 user).',
    );
    expect(rehearsalWords({ apps: [], users: 0, caveats: [] })).toBe(
      'Switch it on today and no app that was seen stops.',
    );
  });

  it('is not evaluated where tokens were not read, and not mentioned where nobody asked', () => {
    const posture = { ...org().fields, adminApprovedAppsOnly: valued(false) };
    const because = (facts: CheckFacts): string =>
      resultOf(judgeOrg({ fields: posture }, { facts }), 'SFCA-ORG-API-ACCESS').because;
    expect(because(usage({ rehearsal: unreadable('tokens were not read') }))).toContain(
      'What would stop is not evaluated: tokens were not read.',
    );
    expect(because({})).not.toContain('stop');
    expect(because(usage())).toContain('no app that was seen stops');
    expect(open({})).toBeDefined();
  });
});

describe('a Connected App beside its migrated twin', () => {
  const twin = (facts: CheckFacts): string => {
    const { app: posture } = connectedApp(oauthConfig(), 'private');
    return resultOf(reportOf({ app: { ...posture, sharesName: true }, facts }), 'SFCA-CA-MIGRATED').because;
  };

  it('says whether somebody still uses it, as far as that was read', () => {
    expect(twin({})).toContain('nor whether it still issues tokens');
    expect(twin(tokens({ lastUsed: '2026-06-30T00:00:00Z' }))).toContain(
      'it still has 4 tokens of 3 users, last used on 2026-06-30',
    );
    expect(twin(tokens({ count: 0, users: 0 }))).toContain('it has no tokens left');
    expect(twin(tokens({ count: 0, users: 0, atLeast: true }))).toContain('the list of tokens is incomplete');
    expect(twin(usage({ tokensOf: () => unreadable('needs X') }))).toContain('its tokens are not evaluated: needs X');
  });
});
