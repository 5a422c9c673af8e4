import {
  Duration,
  PermittedUsers,
  PrivateClientApp,
  RefreshTokenPolicy,
  type SalesforceOrg,
  Scope,
} from '../../constructs';
import type { EmulatorOptions } from '../../lib/emulator';
import type { Org } from '../../lib/org/org';
import { justification } from '../constructs/support';
import { type Bench, bench, declared, twoApps } from '../operations/support';

const REFRESH = { refreshTokens: RefreshTokenPolicy.expiresIfUnusedFor(Duration.days(30)) };

/** An app with everything that an org answers in another order or spelling than it was sent. */
function portal(org: SalesforceOrg, refresh: object = REFRESH): void {
  new PrivateClientApp(org, 'Portal', {
    label: 'Portal',
    callbackUrls: ['https://b.example/cb', 'https://a.example/cb'],
    scopes: [Scope.REFRESH_TOKEN, Scope.API, Scope.OPENID],
    permittedUsers: PermittedUsers.selfAuthorized(),
    trustedIpRanges: [
      { start: '203.0.2.0', end: '203.0.2.9' },
      { start: '203.0.1.0', end: '203.0.1.9', description: 'office' },
    ],
    customAttributes: { zone: 'Organization.Country', area: 'User.Id' },
    ...refresh,
  });
}

const manifest = declared(portal);
const POLICIES = 'ExtlClntAppOauthConfigurablePolicies';

/** The org, what it answers changed as platforms do that mean the same. */
function answering(org: Org, change: (text: string, path: string) => string): Org {
  const retrieve: Org['retrieve'] = async (request, options) => {
    const answer = await org.retrieve(request, options);
    return { ...answer, files: new Map([...answer.files].map(([path, text]) => [path, change(text, path)])) };
  };
  return Object.assign(Object.create(org) as Org, { retrieve });
}

const adding = (type: string, element: string) => (text: string) => text.replace(`</${type}>`, `${element}</${type}>`);

async function applied<T>(options: EmulatorOptions, body: (salesforce: Bench) => Promise<T>): Promise<T> {
  const salesforce = await bench(options);
  try {
    await salesforce.apply(manifest);
    return await body(salesforce);
  } finally {
    await salesforce.close();
  }
}

describe('nothing is planned after an apply', () => {
  let salesforce: Bench;
  beforeAll(async () => {
    salesforce = await bench();
    await salesforce.apply(manifest);
  });
  afterAll(() => salesforce.close());

  const CONSUMER = 'ExtlClntAppGlobalOauthSettings';
  const SETTINGS = 'ExtlClntAppOauthSettings';
  const HEADER = 'ExternalClientApplication';

  it.each<[string, (text: string, path: string) => string]>([
    ['whatever key, link and id the org has generated', (text) => text],
    ['the secret comes back', adding(CONSUMER, '<consumerSecret>S3CRET</consumerSecret>')],
    ['flags that nobody stated come back with their default', adding(CONSUMER, '<isDPopEnabled>false</isDPopEnabled>')],
    [
      'isFirstPartyAppEnabled comes back as false',
      (text) =>
        adding(
          SETTINGS,
          '<isFirstPartyAppEnabled>false</isFirstPartyAppEnabled>',
        )(text.replace(/<isFirstPartyAppEnabled>.*<\/isFirstPartyAppEnabled>/, '')),
    ],
    ['labels come back as the full name', (text, path) => (path.endsWith('.eca') ? text : relabelled(text))],
    [
      'isNamedUserJwtEnabled comes back in the policies, as it does at 61 to 63',
      adding(POLICIES, '<isNamedUserJwtEnabled>false</isNamedUserJwtEnabled>'),
    ],
    [
      'the required session level comes back as STANDARD',
      (text) =>
        adding(
          POLICIES,
          '<requiredSessionLevel>STANDARD</requiredSessionLevel>',
        )(text.replace(/<requiredSessionLevel>.*<\/requiredSessionLevel>/, '')),
    ],
    [
      'scopes come back in another order and spacing',
      (text) =>
        text.replace(
          /(?<=<commaSeparatedOauthScopes>)[^<]*/,
          (scopes) => ` ${scopes.split(', ').reverse().join(' ,')} `,
        ),
    ],
    [
      'ranges and attributes come back in another order',
      (text) => swapped(swapped(text, 'trustedIpRanges'), 'customAttributes'),
    ],
    [
      'fields without a value come back as xsi:nil, lists as empty roots',
      (text) =>
        adding(
          HEADER,
          '<infoUrl xsi:nil="true"/><logoUrl/>',
        )(text).replace(' xmlns=', ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns='),
    ],
    ['texts come back trimmed or padded', (text) => text.replace(/(<label>)([^<]*)/, '$1  $2 ')],
    [
      'policies come back under a name of their own',
      (text, path) => (path.includes('Policies/') ? text.replace(/<label>[^<]*/, '<label>Other') : text),
    ],
  ])('where %s', async (_trap, change) => {
    const plan = await salesforce.plan(manifest, {}, { org: answering(salesforce.org, change) });
    expect(plan.apps.flatMap(({ changes }) => changes)).toEqual([]);
    expect(plan.phases).toEqual([]);
    expect(plan.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it.each<[string, EmulatorOptions]>([
    ['scopes fold into their synonyms', { switches: { foldScopesOfExternalClientApps: true } }],
    ['callback URLs are separated by CR LF', { switches: { crlfInCallbackUrls: true } }],
    ['omitted booleans keep their value', { switches: { omittedBooleansReset: false } }],
    ['secure flags are forced', { profile: 'mid-2026' }],
  ])('where %s', async (_trap, options) => {
    await applied(options, async (other) => {
      expect((await other.plan(manifest)).phases).toEqual([]);
      expect((await other.drift(manifest)).in_sync).toBe(true);
    });
  });

  it('where a lifetime lingers that refresh tokens without one do not have', async () => {
    const infinite = declared((org) => {
      const refreshTokens = RefreshTokenPolicy.neverExpires(justification);
      portal(org, { refreshTokens });
    });
    const other = await bench();
    try {
      await other.apply(manifest);
      await other.apply(infinite);
      const lingering = answering(other.org, (text) =>
        text.includes('<refreshTokenValidityPeriod>')
          ? text
          : adding(
              POLICIES,
              '<refreshTokenValidityPeriod>365</refreshTokenValidityPeriod><refreshTokenValidityUnit>Days</refreshTokenValidityUnit>',
            )(text),
      );
      expect((await other.plan(infinite, {}, { org: lingering })).phases).toEqual([]);
    } finally {
      await other.close();
    }
  });
});

it('forced flags are told and not fought', async () => {
  const other = await bench({ profile: 'mid-2026' });
  const loose = declared((org) => portal(org, { refreshTokenRotation: { enabled: false, justification } }));
  try {
    await other.apply(loose);
    const plan = await other.plan(loose);
    expect(plan.phases).toEqual([]);
    expect(plan.diagnostics.map(({ code }) => code)).toContain('server-wins');
  } finally {
    await other.close();
  }
});

it('two apps with everything else in the org stay as they are', async () => {
  const both = declared(twoApps);
  const other = await bench();
  try {
    await other.apply(both);
    expect((await other.plan(both)).phases).toEqual([]);
  } finally {
    await other.close();
  }
});

const relabelled = (text: string): string => text.replace(/(<label>)[^<]*/, '$1Portal_any_full_name');

function swapped(text: string, name: string): string {
  const rows = text.match(new RegExp(`<${name}>[^]*?</${name}>`, 'g')) ?? [];
  let n = rows.length;
  return text.replace(new RegExp(`<${name}>[^]*?</${name}>`, 'g'), () => rows[--n] ?? '');
}
