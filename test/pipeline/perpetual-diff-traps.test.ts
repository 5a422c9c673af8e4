import { Certificate, MachineApp, PermittedUsers, PrivateClientApp, Scope } from '../../constructs';
import type { Org } from '../../lib/org/org';
import { CERTIFICATE, justification } from '../operations/flow-support';
import { bench, type Bench, declared, SEED } from '../operations/support';

/** What Salesforce may answer instead of what was sent: a file's text, or its path, spelled another way. */
type Answer = (text: string, path: string) => string;

const insert =
  (type: string, element: string): Answer =>
  (text) =>
    text.replace(`</${type}>`, `${element}</${type}>`);
const swap =
  (name: string, change: (value: string) => string): Answer =>
  (text) =>
    text.replace(
      new RegExp(`<${name}>([^<]*)</${name}>`, 'g'),
      (_, value: string) => `<${name}>${change(value)}</${name}>`,
    );
const drop =
  (name: string): Answer =>
  (text) =>
    text.replace(new RegExp(`\\s*<${name}>[^<]*</${name}>`), '');

const GLOBAL = 'ExtlClntAppGlobalOauthSettings';
const OAUTH = 'ExtlClntAppOauthSettings';
const POLICIES = 'ExtlClntAppOauthConfigurablePolicies';
const reversed = (value: string): string => value.split(', ').reverse().join(',');

const TRAPS: readonly (readonly [name: string, answer: Answer])[] = [
  ['consumerKey is made by Salesforce', swap('consumerKey', (key) => `${key}.`)],
  ['oauthLink is made by Salesforce', swap('oauthLink', () => '00D000000000001:888000000000001')],
  ['orgScopedExternalApp is made by Salesforce', swap('orgScopedExternalApp', () => '00D000000000001:Portal')],
  ['consumerSecret comes back for some users', insert(GLOBAL, '<consumerSecret>x</consumerSecret>')],
  ['rotation commands come back as false', drop('shouldRotateConsumerKey')],
  ['every boolean of the version is added as its default', drop('isDeviceFlowEnabled')],
  ['isFirstPartyAppEnabled is added as false', drop('isFirstPartyAppEnabled')],
  ['label of a satellite defaults to its full name', swap('label', (label) => (/_/.test(label) ? 'X' : label))],
  ['requiredSessionLevel is added', drop('requiredSessionLevel')],
  [
    'isNamedUserJwtEnabled stands in policies of versions 61 to 63',
    insert(POLICIES, '<isNamedUserJwtEnabled>false</isNamedUserJwtEnabled>'),
  ],
  ['commaSeparatedOauthScopes has no order', swap('commaSeparatedOauthScopes', reversed)],
  ['commaSeparatedPermissionSet has no order', swap('commaSeparatedPermissionSet', reversed)],
  ['callbackUrl separates lines by CR and LF', swap('callbackUrl', (value) => value.replaceAll('\n', '\r\n'))],
  [
    'certificate has other armour and line breaks',
    swap('certificate', (value) => {
      const lines = value.match(/.{1,40}/g) ?? [];
      return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----'].join('\r\n');
    }),
  ],
  ['certificate is not returned', drop('certificate')],
  [
    'trustedIpRanges have no order',
    (text) => {
      const ranges = text.match(/<trustedIpRanges>[^]*?<\/trustedIpRanges>/g) ?? [];
      let next = ranges.length;
      return text.replace(/<trustedIpRanges>[^]*?<\/trustedIpRanges>/g, () => ranges[--next] ?? '');
    },
  ],
  [
    'xsi:nil means absent',
    insert(
      OAUTH,
      '<singleLogoutUrl xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"></singleLogoutUrl>',
    ),
  ],
  ['strings are trimmed', swap('contactEmail', (value) => ` ${value}\n`)],
  ['a policy record has a name of its own', (text) => text],
];

describe('perpetual-diff trap', () => {
  const manifest = declared((org) => {
    new PrivateClientApp(org, 'Portal', {
      label: 'Portal',
      callbackUrls: ['https://portal.acme.example/a', 'https://portal.acme.example/b'],
      scopes: [Scope.API, Scope.REFRESH_TOKEN],
      permittedUsers: PermittedUsers.selfAuthorized(),
      trustedIpRanges: [
        { start: '203.0.113.1', end: '203.0.113.9' },
        { start: '198.51.100.1', end: '198.51.100.9' },
      ],
    });
    new MachineApp(org, 'Feed', {
      label: 'Feed',
      scopes: [Scope.API],
      permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Billing_Sync_Access', 'Reporting_Access'] }),
      certificate: Certificate.fromFile(CERTIFICATE),
    });
  });
  let salesforce: Bench;
  beforeAll(async () => {
    salesforce = await bench({ seedDir: SEED, switches: { certificateReadable: true } });
    await salesforce.apply(manifest);
  });
  afterAll(() => salesforce.close());

  it.each(TRAPS)('%s', async (name, answer) => {
    let answered = false;
    const renamed = (path: string): string =>
      name.startsWith('a policy') ? path.replace('Portal_oauthPlcy', 'Portal_oauth_defaultPolicy') : path;
    const org = Object.assign(Object.create(salesforce.org) as Org, {
      retrieve: (async (request, options) => {
        const whole = await salesforce.org.retrieve(request, options);
        const files = new Map([...whole.files].map(([path, text]) => [renamed(path), answer(text, path)]));
        answered ||= [...whole.files].some(([path, text]) => files.get(path) !== text);
        return { ...whole, files };
      }) satisfies Org['retrieve'],
    });
    const plan = await salesforce.plan(manifest, {}, { org });
    expect(answered).toBe(true);
    expect(plan.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(plan.apps.flatMap(({ changes }) => changes)).toEqual([]);
    expect(plan.phases).toEqual([]);
  });

  it('isPkceRequired may be forced to true', async () => {
    const forced = await bench({ profile: 'mid-2026' });
    try {
      const loose = declared((org) => {
        new PrivateClientApp(org, 'Portal', {
          label: 'Portal',
          callbackUrls: ['https://portal.acme.example/a'],
          scopes: [Scope.API, Scope.REFRESH_TOKEN],
          permittedUsers: PermittedUsers.selfAuthorized(),
          pkce: { required: false, justification },
        });
      });
      await forced.apply(loose);
      expect((await forced.plan(loose)).phases).toEqual([]);
    } finally {
      await forced.close();
    }
  });
});
