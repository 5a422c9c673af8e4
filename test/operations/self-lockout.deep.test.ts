import type { ManifestApp } from '../../lib/metadata/manifest';
import type { Org } from '../../lib/org/org';
import type { OrgPlan } from '../../lib/plan/plan';
import { execute, type Executed } from '../../lib/terraform/org/execute';
import { batchOn } from './batch-support';
import {
  type Around,
  changed,
  type Changes,
  ciProgram,
  KEY,
  OTHER,
  type Pair,
  POLICIES,
  throughCi,
  twoKeys,
  type Way,
  WAYS,
} from './own-login-support';
import { codes, declared } from './support';

const GENERAL = 'ExtlClntAppConfigurablePolicies';
const GLOBAL = 'ExtlClntAppGlobalOauthSettings';
const SCOPES = 'ExtlClntAppOauthSettings.commaSeparatedOauthScopes';
const SETS = `${POLICIES}.commaSeparatedPermissionSet`;

let own: Pair;
let other: Pair;
beforeAll(async () => {
  [own, other] = await twoKeys();
});

const lockouts = ({ diagnostics }: OrgPlan): string[] =>
  codes(diagnostics).filter((code) => code.startsWith('self-lockout'));

interface Came {
  readonly said: readonly string[];
  /** What the token endpoint says to the same login afterward. */
  readonly login: string;
  readonly problem: string;
}

/** The plan of the program with these values through each login; the apply, accepted where it has to be; and each login again. */
const through = <W extends Way>(
  ways: readonly W[],
  changes: Changes,
  { pair = own, ...around }: Around & { readonly pair?: Pair } = {},
): Promise<Readonly<Record<W, Came>>> =>
  throughCi(own, around, async (salesforce) => {
    const manifest = changed(ciProgram(pair), changes);
    const plans: (readonly [W, OrgPlan, Org])[] = [];
    for (const way of ways) {
      const org = await salesforce.through(way);
      plans.push([way, await salesforce.plan(manifest, { fail_on: 'none' }, { org }), org]);
    }
    for (const [way, plan] of plans) {
      expect([way, plan.apps[0]?.action]).toEqual([
        way,
        lockouts(plan).includes('self-lockout') ? 'blocked' : 'update',
      ]);
    }
    const [, plan, org] = plans.find(([, each]) => lockouts(each).includes('self-lockout')) ?? plans[0] ?? [];
    const consents = {
      fail_on: 'none',
      ...(plan?.apps[0]?.action === 'blocked' && { accept_lockout: ['CI'] }),
    } as const;
    await salesforce.apply(manifest, consents, org && { org });
    const found: [W, Came][] = [];
    for (const [way, { diagnostics }] of plans) {
      const said = codes(diagnostics).filter((code) => code.startsWith('self-lockout'));
      const problem = diagnostics.find(({ code }) => code.startsWith('self-lockout'))?.problem ?? '';
      found.push([way, { said, login: await salesforce.login(way), problem }]);
    }
    return Object.fromEntries(found) as Record<W, Came>;
  });

describe('the app of this login', () => {
  it.each(WAYS)('lets it in by %s before anything is changed', async (way) => {
    await throughCi(own, {}, async (salesforce) => expect(await salesforce.login(way)).toBe('works'));
  });

  it.each<[what: string, ways: readonly Way[], changes: Changes, refusal: RegExp]>([
    ['switched off', WAYS, { [`${GENERAL}.isEnabled`]: false }, /blocked/],
    ['its OAuth part switched off', WAYS, { [`${GENERAL}.isOauthPluginEnabled`]: false }, /blocked/],
    [
      'left without the scope of the API',
      ['jwt-bearer', 'client-credentials'],
      { [SCOPES]: ['Basic', 'RefreshToken'] },
      /without the API/,
    ],
    ['left without refresh tokens', ['jwt-bearer'], { [SCOPES]: ['Api'] }, /refresh_token scope/],
    [
      'opened to users who approve it themselves',
      ['jwt-bearer'],
      { [`${POLICIES}.permittedUsersPolicyType`]: 'AllSelfAuthorized', [SETS]: [] },
      /approved this consumer/,
    ],
    ['left to another permission set', ['jwt-bearer', 'refresh-token'], { [SETS]: ['Elsewhere'] }, /approved/],
    [
      'closed to client credentials',
      ['client-credentials'],
      { [`${GLOBAL}.isClientCredentialsFlowEnabled`]: false },
      /no client credentials user/,
    ],
    [
      'closed to client credentials by its policy',
      ['client-credentials'],
      { [`${POLICIES}.isClientCredentialsFlowEnabled`]: false },
      /no client credentials user/,
    ],
    [
      'left with refresh tokens that end at once',
      ['refresh-token'],
      {
        [`${POLICIES}.refreshTokenPolicyType`]: 'Zero',
        [`${POLICIES}.refreshTokenValidityPeriod`]: [],
        [`${POLICIES}.refreshTokenValidityUnit`]: [],
      },
      /expired/,
    ],
    [
      'made to issue JSON Web Tokens',
      WAYS,
      {
        [`${GLOBAL}.isNamedUserJwtEnabled`]: true,
        [`${POLICIES}.sessionTimeoutInMinutes`]: [],
        [`${POLICIES}.namedUserJwtSessionTimeoutType`]: 'Custom',
        [`${POLICIES}.namedUserJwtTimeout`]: 60,
      },
      /JSON Web Token/,
    ],
  ])('is not %s, and where that is accepted the very login is refused', async (_what, ways, changes, refusal) => {
    const found = await through(ways, changes);
    for (const way of ways) {
      expect([way, found[way]]).toEqual([
        way,
        {
          said: ['self-lockout'],
          login: expect.stringMatching(refusal),
          problem: expect.stringMatching(/the change (cuts|can cut) that login off: /),
        },
      ]);
    }
  });

  it('is not given a certificate of another key', async () => {
    const { 'jwt-bearer': came } = await through(['jwt-bearer'], {}, { pair: other });
    expect(came).toMatchObject({ said: ['self-lockout'], login: 'invalid assertion' });
    expect(came.problem).toMatch(
      /its certificate \([0-9a-f]{12}…\) does not belong to the key that this login signs with/,
    );
  });

  it('is changed where that was accepted by name, and the plan says so', async () => {
    await throughCi(own, {}, async (salesforce) => {
      const org = await salesforce.through('jwt-bearer');
      const manifest = changed(ciProgram(own), { [`${GENERAL}.isEnabled`]: false });
      const plan = await salesforce.plan(manifest, { fail_on: 'none', accept_lockout: ['CI'] }, { org });
      expect(lockouts(plan)).toEqual(['self-lockout-accepted']);
      expect(plan.apps[0]?.action).toBe('update');
      expect(
        lockouts(await salesforce.plan(manifest, { fail_on: 'none', accept_lockout: ['Other'] }, { org })),
      ).toEqual(['self-lockout']);
    });
  });

  it('does not change its run-as user unsaid: the next run would be someone else', async () => {
    const changes = { [`${POLICIES}.clientCredentialsFlowUser`]: OTHER };
    const { said, problem } = (await through(['client-credentials'], changes))['client-credentials'];
    expect(said).toEqual(['self-lockout']);
    expect(problem).toMatch(/can cut that login off: it runs as other@acme.example, and this login as ci@acme.example/);
  });

  it.each<[what: string, ways: readonly Way[], changes: Changes]>([
    ['another label', WAYS, { 'ExternalClientApplication.label': 'CI of Acme' }],
    ['one more scope', WAYS, { [SCOPES]: ['Api', 'Basic', 'RefreshToken'] }],
    ['one more permission set', WAYS, { [SETS]: ['CI', 'Elsewhere'] }],
    [
      'another run-as user, of which JWT bearer knows nothing',
      ['jwt-bearer'],
      { [`${POLICIES}.clientCredentialsFlowUser`]: OTHER },
    ],
    ['no scope for refresh tokens', ['client-credentials'], { [SCOPES]: ['Api'] }],
  ])('may get %s: the guard says nothing, and the login works', async (_what, ways, changes) => {
    const found = await through(ways, changes);
    for (const way of ways) expect([way, found[way]]).toEqual([way, { said: [], login: 'works', problem: '' }]);
  });

  it('admits a user whose permission set comes from a group', async () => {
    const found = await through(['jwt-bearer'], { [SETS]: ['CI', 'Elsewhere'] }, { grouped: true });
    expect(found['jwt-bearer']).toMatchObject({ said: [], login: 'works' });
  });

  it('admits a user by the profile', async () => {
    const changes = { [SETS]: [], [`${POLICIES}.commaSeparatedProfile`]: ['Deployer'] };
    expect((await through(['jwt-bearer'], changes))['jwt-bearer']).toMatchObject({ said: [], login: 'works' });
  });
});

describe('the address of this login', () => {
  const ENFORCE = { [`${POLICIES}.ipRelaxationPolicyType`]: 'Enforce' };
  const ranges = (start: string, end: string): Around => ({
    profile: `<loginIpRanges><startAddress>${start}</startAddress><endAddress>${end}</endAddress></loginIpRanges>`,
  });
  const BY_ADDRESS = ['client-credentials', 'refresh-token'] as const;

  it('is not kept out of the app unsaid', async () => {
    const found = await through(BY_ADDRESS, ENFORCE, ranges('10.0.0.1', '10.0.0.9'));
    for (const way of BY_ADDRESS) {
      expect(found[way]).toMatchObject({ said: ['self-lockout'], login: 'ip restricted' });
      expect(found[way].problem).toContain(
        'the login IP ranges of the profile of its user (10.0.0.1 - 10.0.0.9), and this session comes from 127.0.0.1',
      );
    }
  });

  it.each([
    ['ranges that hold it', ranges('127.0.0.0', '127.0.0.255')],
    ['no ranges', {}],
  ])('may be looked at where the profile has %s', async (_what, around) => {
    const found = await through(BY_ADDRESS, ENFORCE, around);
    for (const way of BY_ADDRESS) expect(found[way]).toMatchObject({ said: [], login: 'works' });
  });

  it('is not evaluated where the org does not tell it', async () => {
    await throughCi(own, ranges('10.0.0.1', '10.0.0.9'), async (salesforce) => {
      const bare = await salesforce.through('refresh-token');
      const { unread } = await bare.ownUser();
      expect(unread).toEqual([]);
      const org = Object.assign(Object.create(bare) as typeof bare, {
        ownUser: async () => {
          const { sourceIp: _hidden, ...user } = await bare.ownUser();
          return user;
        },
      });
      const plan = await salesforce.plan(changed(ciProgram(own), ENFORCE), { fail_on: 'none' }, { org });
      expect(lockouts(plan)).toEqual(['self-lockout-unchecked']);
      expect(plan.apps[0]?.action).toBe('update');
      expect(plan.diagnostics.find(({ code }) => code === 'self-lockout-unchecked')?.problem).toMatch(
        /^not evaluated: .*the org does not report the address of this session/,
      );
    });
  });
});

describe('a batch of Terraform', () => {
  const CI = { platform: 'external-client-app', apiName: 'CI', path: 'ci', consumerKey: KEY } as const;
  const said = ({ results }: Executed): unknown =>
    results.map((result) => [result.status, codes(result.diagnostics).filter((code) => code.includes('lockout'))]);

  it('neither deletes nor changes the app of its login unless the configuration accepts that', async () => {
    await throughCi(own, {}, async (salesforce) => {
      const org = await salesforce.through('jwt-bearer');
      const [app] = changed(ciProgram(own), { [`${GENERAL}.isEnabled`]: false }).apps;
      const write = {
        kind: 'write',
        app: app as ManifestApp,
        reviewed: new Map([[`${GENERAL}.isEnabled`, true]]),
        known: undefined,
        mayAdopt: false,
      } as const;
      const deletion = { ...CI, kind: 'delete' } as const;
      for (const operation of [write, deletion]) {
        const refused = await execute([{ ...operation, consents: [] }], batchOn(org));
        expect(said(refused)).toEqual([['failed', ['self-lockout']]]);
      }
      expect(said(await execute([{ ...write, consents: ['accept_lockout'] }], batchOn(org)))).toEqual([['done', []]]);
      expect(await salesforce.login('jwt-bearer')).toMatch(/blocked/);
    });
  });
});

describe('API Access Control', () => {
  const closed = declared((org) => {
    org.oauthSettings({ adminApprovedAppsOnly: true });
  });

  it('is not switched on unsaid where it would keep this login out', async () => {
    await throughCi(own, {}, async (salesforce) => {
      const self = changed(ciProgram(own), {
        [`${POLICIES}.permittedUsersPolicyType`]: 'AllSelfAuthorized',
        [SETS]: [],
      });
      await salesforce.apply(self, { fail_on: 'none' });
      const org = await salesforce.through('client-credentials');
      const plan = await salesforce.plan(closed, {}, { org });
      expect(lockouts(plan)).toEqual(['self-lockout-by-settings']);
      expect(plan.settings).toMatchObject([{ action: 'blocked' }]);
      await salesforce.apply(closed, { accept_lockout: ['CI'] }, { org });
      expect(await salesforce.login('client-credentials')).toBe('this app is blocked by admin');
    });
  });

  it('lets a login in whose user an administrator approved for the app', async () => {
    await throughCi(own, {}, async (salesforce) => {
      const org = await salesforce.through('client-credentials');
      expect(lockouts(await salesforce.plan(closed, {}, { org }))).toEqual([]);
      await salesforce.apply(closed, {}, { org });
      for (const way of WAYS) expect(await salesforce.login(way)).toBe('works');
    });
  });

  it('says that nothing was looked at where the app of the login is not known', async () => {
    await throughCi(own, {}, async (salesforce) => {
      expect(codes((await salesforce.plan(closed)).diagnostics)).toContain('own-app-unknown');
    });
  });
});
