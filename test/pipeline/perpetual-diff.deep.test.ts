import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  Certificate,
  Duration,
  MachineApp,
  PermittedUsers,
  PrivateClientApp,
  RefreshTokenPolicy,
  type SalesforceOrg,
  Scope,
  Username,
} from '../../constructs';
import type { EmulatorOptions } from '../../lib/emulator';
import type { Manifest } from '../../lib/metadata/manifest';
import type { Org } from '../../lib/org/org';
import { CERTIFICATE, justification } from '../operations/flow-support';
import { type Bench, bench, declared } from '../operations/support';

/** What Salesforce may answer instead of what was sent: the text of a file spelled another way. */
type Answer = (text: string, path: string) => string;
type Change = (text: string) => string;

const HEADER = 'ExternalClientApplication';
const GLOBAL = 'ExtlClntAppGlobalOauthSettings';
const OAUTH = 'ExtlClntAppOauthSettings';
const POLICIES = 'ExtlClntAppOauthConfigurablePolicies';
const NIL = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"';

const insert =
  (type: string, element: string): Change =>
  (text) =>
    text.replace(`</${type}>`, `${element}</${type}>`);
const swap =
  (name: string, change: (value: string) => string): Change =>
  (text) =>
    text.replace(
      new RegExp(`<${name}>([^<]*)</${name}>`, 'g'),
      (_, value: string) => `<${name}>${change(value)}</${name}>`,
    );
const drop =
  (name: string): Change =>
  (text) =>
    text.replace(new RegExp(`\\s*<${name}>[^<]*</${name}>`), '');
const turned =
  (pattern: string): Change =>
  (text) => {
    const found = text.match(new RegExp(pattern, 'g')) ?? [];
    let next = found.length;
    return text.replace(new RegExp(pattern, 'g'), () => found[--next] ?? '');
  };
const reversed = (value: string): string => ` ${value.split(', ').reverse().join(' ,')} `;

function portal(org: SalesforceOrg, more: object = {}): void {
  new PrivateClientApp(org, 'Portal', {
    label: 'Portal',
    callbackUrls: ['https://b.acme.example/cb', 'https://a.acme.example/cb'],
    scopes: [Scope.REFRESH_TOKEN, Scope.BASIC, Scope.OPENID],
    permittedUsers: PermittedUsers.selfAuthorized(),
    trustedIpRanges: [
      { start: '203.0.113.1', end: '203.0.113.9' },
      { start: '198.51.100.1', end: '198.51.100.9', description: 'office' },
    ],
    customAttributes: { zone: 'Organization.Country', area: 'User.Id' },
    refreshTokens: RefreshTokenPolicy.expiresIfUnusedFor(Duration.days(30)),
    ...more,
  });
}

const manifest = declared((org) => {
  org.oauthSettings({
    requirePkce: true,
    allowPackagingFromDeveloperOrg: false,
    adminApprovedAppsOnlyForExternalUsers: false,
  });
  portal(org);
  new MachineApp(org, 'Feed', {
    label: 'Feed',
    scopes: [Scope.API],
    permittedUsers: PermittedUsers.preAuthorized({
      permissionSets: ['Feed_Access', 'Report_Access'],
      profiles: ['System Administrator', 'Minimum Access - API Only Integrations'],
    }),
    certificate: Certificate.fromFile(CERTIFICATE),
  });
});

const ORG = {
  permissionSets: ['Feed_Access', 'Report_Access'].map((name) => ({ name, holders: 1 })),
  users: [{ username: 'plugin@acme.example', active: true, apiEnabled: true, profile: 'System Administrator' }],
  apexClasses: [{ name: 'Handler', namespace: 'acme' }],
};
const seedDir = mkdtempSync(join(tmpdir(), 'client-apps-traps-'));
writeFileSync(join(seedDir, 'org.json'), JSON.stringify(ORG));
const start = (options: EmulatorOptions = {}): Promise<Bench> =>
  bench({ seedDir, ...options, switches: { certificateReadable: true, ...options.switches } });

let salesforce: Bench;
beforeAll(async () => {
  salesforce = await start();
  await salesforce.apply(manifest);
});
afterAll(async () => {
  await salesforce.close();
  rmSync(seedDir, { recursive: true, force: true });
});

/** Nothing is planned where the org gives each of these answers; each is another than it would have given. */
async function quiet(answers: readonly Answer[], other: { org?: Bench; manifest?: Manifest } = {}): Promise<void> {
  const { org: live = salesforce, manifest: wanted = manifest } = other;
  for (const answer of answers) {
    let answered = false;
    const retrieve: Org['retrieve'] = async (request, options) => {
      const whole = await live.org.retrieve(request, options);
      const files = new Map([...whole.files].map(([path, text]) => [path, answer(text, path)]));
      answered ||= [...whole.files].some(([path, text]) => files.get(path) !== text);
      return { ...whole, files };
    };
    await empty(live, wanted, Object.assign(Object.create(live.org) as Org, { retrieve }));
    expect(answered).toBe(true);
  }
}

async function empty(live: Bench, wanted: Manifest, org: Org = live.org): Promise<void> {
  const plan = await live.plan(wanted, {}, { org });
  expect(plan.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(plan.apps.flatMap(({ changes }) => changes)).toEqual([]);
  expect(plan.phases).toEqual([]);
}

/** Applied to an org of its own, and nothing planned afterward, however often. */
async function settles(
  options: EmulatorOptions,
  wanted: Manifest,
  then?: (live: Bench) => Promise<void>,
  inSync = true,
): Promise<void> {
  const live = await start(options);
  try {
    await live.apply(wanted);
    await empty(live, wanted);
    expect((await live.drift(wanted)).in_sync).toBe(inSync);
    await then?.(live);
  } finally {
    await live.close();
  }
}

describe('nothing is planned after an apply because of', () => {
  it('keys, links and ids that Salesforce makes', async () => {
    await quiet([
      swap('consumerKey', (key) => `${key}.`),
      swap('oauthLink', () => '00D000000000001:888000000000001'),
      swap('orgScopedExternalApp', () => '00D000000000001:Portal'),
    ]);
  });

  it('secrets, which come back for some users and not for others', async () => {
    await quiet([insert(GLOBAL, '<consumerSecret>S3CRET</consumerSecret>')]);
  });

  it('commands to rotate, which come back as false or not at all', async () => {
    await quiet([
      drop('shouldRotateConsumerKey'),
      drop('shouldRotateConsumerSecret'),
      swap('shouldRotateConsumerSecret', () => '0'),
    ]);
  });

  it('switches that nobody stated, which come back with their default', async () => {
    await quiet([drop('isDeviceFlowEnabled'), insert(GLOBAL, '<isDPopEnabled>false</isDPopEnabled>')]);
    await settles({ switches: { omittedBooleansReset: false } }, manifest);
  });

  it('switches that some orgs force to true: it is told and not fought', async () => {
    const loose = declared((org) => {
      portal(org, {
        pkce: { required: false, justification },
        refreshTokenRotation: { enabled: false, justification },
      });
    });
    const shown = async (live: Bench): Promise<void> => {
      expect((await live.plan(loose)).diagnostics.map(({ code }) => code)).toContain('server-wins');
    };
    // Nothing is written, and nothing is called in sync: the org does not have what the code declares.
    await settles({ profile: 'mid-2026' }, loose, shown, false);
  });

  it('the switch for first-party apps, which is added as false', async () => {
    await quiet([drop('isFirstPartyAppEnabled')]);
  });

  it('labels of records that an app has beside its own, which default to their full names', async () => {
    await quiet([(text, path) => (path.endsWith('.eca') ? text : swap('label', () => 'Any_full_name')(text))]);
  });

  it('policy records that appear unasked, under names of their own', async () => {
    await settles({ switches: { firstDeployNamesPolicies: false } }, manifest, async (live) => {
      const { files } = await live.org.retrieve({ apiVersion: 66, types: new Map([[POLICIES, ['*']]]) });
      expect([...files.keys()].some((path) => path.endsWith('_defaultPolicy.ecaOauthPlcy'))).toBe(true);
    });
  });

  it('a lifetime left over from before, where refresh tokens never expire, or at once', async () => {
    const period = (value: number): string => `<refreshTokenValidityPeriod>${value}</refreshTokenValidityPeriod>`;
    const unit = '<refreshTokenValidityUnit>Days</refreshTokenValidityUnit>';
    const left = [period(365), `${period(365)}${unit}`, period(0)].map(
      (elements): Answer =>
        (text) =>
          insert(POLICIES, elements)(drop('refreshTokenValidityUnit')(drop('refreshTokenValidityPeriod')(text))),
    );
    for (const refreshTokens of [
      RefreshTokenPolicy.neverExpires(justification),
      RefreshTokenPolicy.expiresImmediately(),
    ]) {
      const wanted = declared((org) => portal(org, { refreshTokens }));
      await settles({}, wanted, async (org) => quiet(left, { org, manifest: wanted }));
    }
  });

  it('the required session level, which is added', async () => {
    await quiet([drop('requiredSessionLevel')]);
  });

  it('the switch for JWT-based access tokens, which stands in policies of three versions', async () => {
    await quiet([
      insert(POLICIES, '<isNamedUserJwtEnabled>false</isNamedUserJwtEnabled>'),
      insert(POLICIES, '<isNamedUserJwtEnabled>true</isNamedUserJwtEnabled>'),
    ]);
  });

  it('scopes in another order, spacing or synonym', async () => {
    await quiet([swap('commaSeparatedOauthScopes', reversed)]);
    await settles({ switches: { foldScopesOfExternalClientApps: true } }, manifest);
  });

  it('permission sets and profiles in another order or spacing', async () => {
    await quiet([swap('commaSeparatedPermissionSet', reversed), swap('commaSeparatedProfile', reversed)]);
  });

  it('callback URLs on lines that end otherwise', async () => {
    await quiet([swap('callbackUrl', (value) => value.replaceAll('\n', '\r\n'))]);
    await settles({ switches: { crlfInCallbackUrls: true } }, manifest);
  });

  it('certificates in other armor and lines, or not returned', async () => {
    const armored = swap('certificate', (value) =>
      ['-----BEGIN CERTIFICATE-----', ...(value.match(/.{1,40}/g) ?? []), '-----END CERTIFICATE-----'].join('\r\n'),
    );
    await quiet([armored, drop('certificate')]);
  });

  it('trusted ranges and custom attributes in another order', async () => {
    await quiet([
      turned('<trustedIpRanges>[^]*?</trustedIpRanges>'),
      turned('<customAttributes>[^]*?</customAttributes>'),
    ]);
  });

  it('elements that say they have no value, and records without any element', async () => {
    await quiet([
      insert(OAUTH, `<singleLogoutUrl ${NIL}></singleLogoutUrl>`),
      insert(HEADER, `<infoUrl ${NIL}/><logoUrl/>`),
      insert('OauthOidcSettings', `<agentAuthLinking ${NIL}/>`),
      (text) => text.replace(/(<ConnectedAppSettings[^>]*)>[^]*/, '$1/>'),
    ]);
  });

  it('blanks around texts, which the platform trims', async () => {
    await quiet([swap('contactEmail', (value) => ` ${value}\n`), swap('label', (value) => `  ${value} `)]);
  });

  it('elements in another order', async () => {
    await quiet([turned('(?<=\\n)    <(\\w+)(?: [^>]*)?>[^]*?</\\1>\\n')]);
  });

  it('the namespace of a package before a name', async () => {
    const handled = (className: string): Manifest =>
      declared((org) => {
        portal(org, { apexHandler: { className, executeAs: Username.of('plugin@acme.example') } });
      });
    await settles({}, handled('acme.Handler'), async (org) => {
      await empty(org, handled('acme__Handler'));
      await quiet([swap('apexHandler', () => 'acme__Handler')], {
        org,
        manifest: handled('acme.Handler'),
      });
      const retrieve: Org['retrieve'] = async (request, options) => {
        const whole = await org.org.retrieve(request, options);
        const installed = [...whole.files].map(
          ([path, text]) => [path.replace('/P', '/acme__P'), text.replaceAll('>Portal<', '>acme__Portal<')] as const,
        );
        return { ...whole, files: new Map([...installed, ...whole.files]) };
      };
      await empty(org, handled('acme.Handler'), Object.assign(Object.create(org.org) as Org, { retrieve }));
    });
  });
});
