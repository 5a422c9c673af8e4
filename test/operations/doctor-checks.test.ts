import { observe } from '../../lib/metadata/observe';
import type { ObservedApp } from '../../lib/metadata/observed';
import type { OrgExamination } from '../../lib/operations/doctor';
import { ORG_CHECKS } from '../../lib/operations/doctor-checks';
import { examine } from '../../lib/operations/doctor-finding';
import { isOlder, MACHINE_CHECKS } from '../../lib/operations/doctor-machine';
import { judgeOwnApp } from '../../lib/operations/doctor-own-app';
import { makeCertificate } from '../emulator/certificate';

const HEALTHY: OrgExamination = {
  login: { known: { kind: 'jwt-bearer', clientId: '3MVG9key', username: 'ci@acme.example' } },
  identity: {
    known: {
      orgId: '00D000000000001EAA',
      instanceUrl: 'https://acme.my.salesforce.com',
      apiVersions: [60, 66, 68],
      clientId: '3MVG9key',
    },
  },
  condition: {
    known: {
      token: 'opaque',
      clockSkewMs: 900,
      apiRequests: { known: { max: 15_000, remaining: 14_000 } },
      deploys: { known: { pending: 0, inProgress: 0 } },
    },
  },
  facts: { unknown: 'not asked in this test' },
  observed: { unknown: 'not asked in this test' },
  memory: { known: { receipts: [], unfinished: [], stopped: [] } },
  apiVersion: 66,
  declaresConnectedApps: false,
  today: '2026-11-21',
};

const judged = (id: string, change: Partial<OrgExamination> = {}): string => {
  const found = examine(ORG_CHECKS, { ...HEALTHY, ...change }).find(({ check }) => check === id);
  if (found?.verdict !== 'ok' && found?.fix === undefined) throw new Error(`${id} says nothing to do`);
  return `${found?.verdict}: ${found?.found}`;
};

const condition = (change: object): Partial<OrgExamination> => ({
  condition: { known: { ...('known' in HEALTHY.condition ? HEALTHY.condition.known : {}), ...change } as never },
});

describe('the checks of an org', () => {
  it('a switch that the org did not return is not evaluated, and never called off', () => {
    const record = '<ExternalClientAppSettings xmlns="http://soap.sforce.com/2006/04/metadata"/>';
    const files = new Map([['settings/ExternalClientApp.settings', record]]);
    const found = judged('org-switches', { observed: { known: observe({ files, problems: [], types: new Set() }) } });
    expect(found).toMatch(/^not evaluated: enableClientSecretInRestApiAccess: the org did not return it/);
    expect(found).not.toContain('=false');
  });

  it.each([
    [900, 'ok: 1 second behind the org'],
    [-45_000, 'warning: 45 seconds ahead of the org'],
    [180_000, 'failed: 3 minutes behind the org'],
    [-86_400_000 * 366, 'failed: 366 days ahead of the org'],
  ])('a clock %d ms off', (clockSkewMs, expected) => {
    expect(judged('clock', condition({ clockSkewMs }))).toBe(expected);
  });

  it('a clock that nothing could be compared with is not evaluated', () => {
    expect(judged('clock', condition({ clockSkewMs: undefined }))).toMatch(/^not evaluated: /);
  });

  it.each([
    [14_000, 'ok'],
    [1_000, 'warning'],
    [50, 'failed'],
  ])('%d requests left of 15,000 are %s', (remaining, verdict) => {
    expect(judged('limits', condition({ apiRequests: { known: { max: 15_000, remaining } } }))).toMatch(
      new RegExp(`^${verdict}: ${remaining.toLocaleString('en-US')} of 15,000`),
    );
  });

  it('what the org refused to tell is not evaluated, with the reason', () => {
    expect(judged('limits', condition({ apiRequests: { unknown: 'it was refused' } }))).toBe(
      'not evaluated: it was refused',
    );
    expect(judged('deploy-queue', condition({ deploys: { unknown: 'INVALID_TYPE' } }))).toBe(
      'not evaluated: INVALID_TYPE',
    );
  });

  it('deploys of others are a warning', () => {
    expect(judged('deploy-queue', condition({ deploys: { known: { pending: 2, inProgress: 1 } } }))).toBe(
      'warning: 1 deploy running, 2 deploys waiting',
    );
  });

  it('a JWT access token fails, as SOAP refuses it', () => {
    expect(judged('token', condition({ token: 'json-web-token' }))).toMatch(/^failed: a JSON Web Token/);
  });

  it('an API version that the org does not offer fails', () => {
    expect(judged('api-version', { apiVersion: 70 })).toBe('failed: 70.0 is used, and the org offers 60.0 to 68.0');
  });

  it('another org than the program means fails', () => {
    expect(judged('org', { expectedOrgId: '00D000000000002EAA' })).toMatch(/^failed: .*means 00D000000000002EAA$/);
  });

  it('an address that is not a My Domain is a warning', () => {
    const identity = { known: { ...('known' in HEALTHY.identity ? HEALTHY.identity.known : ({} as never)) } };
    const moved = { known: { ...identity.known, instanceUrl: 'https://na12.salesforce.com' } };
    expect(judged('my-domain')).toBe('ok: acme.my.salesforce.com');
    expect(judged('my-domain', { identity: moved })).toMatch(/^warning: /);
  });

  it('permissions that could not be read are not evaluated', () => {
    expect(judged('permissions', { facts: { known: { unread: ['your own permissions: refused'] } } })).toMatch(
      /^not evaluated: .*your own permissions: refused/,
    );
  });

  it('a run that was cut off fails, a stop that stands is a warning', () => {
    const memory = { receipts: [], unfinished: [], stopped: ['Portal'] };
    expect(judged('unfinished', { memory: { known: memory } })).toMatch(/^warning: .*Portal/);
    const cut = { ...memory, unfinished: ['identity__prod.journal.json'] };
    expect(judged('unfinished', { memory: { known: cut } })).toMatch(/^failed: a run was interrupted/);
  });
});

describe('the app of this login', () => {
  const app = (fields: object, consumer: object = {}): ObservedApp => ({
    platform: 'external-client-app',
    apiName: 'CI',
    condition: 'present',
    otherComponents: [],
    components: {
      ExtlClntAppOauthSettings: {
        state: 'present',
        component: { type: 'ExtlClntAppOauthSettings', fullName: 'CI_oauth', fields: { ...fields } },
      },
      ExtlClntAppGlobalOauthSettings: {
        state: 'present',
        component: { type: 'ExtlClntAppGlobalOauthSettings', fullName: 'CI_g', fields: { ...consumer } },
      },
    },
  });

  const through = (today: string) => ({ identity: { login: { way: 'jwt-bearer' } }, user: undefined, today }) as const;

  it('fails without a scope that opens the API', () => {
    const found = judgeOwnApp(app({ commaSeparatedOauthScopes: ['RefreshToken'] }), through('2026-11-21'));
    expect(found).toMatchObject({
      verdict: 'failed',
      found: expect.stringContaining('none of them grants API access'),
    });
  });

  it('says by the rules of the guards whether the user of the login is approved', () => {
    const withPolicy = (set: string): ObservedApp => {
      const component = {
        type: 'ExtlClntAppOauthConfigurablePolicies',
        fullName: 'CI_oauthPlcy',
        fields: { permittedUsersPolicyType: 'AdminApprovedPreAuthorized', commaSeparatedPermissionSet: [set] },
      };
      const { components, ...rest } = app({ commaSeparatedOauthScopes: ['Api', 'RefreshToken'] });
      return { ...rest, components: { ...components, [component.type]: { state: 'present', component } } };
    };
    const user = { username: 'ci@acme.example', permissionSets: ['CI'], unread: [] };
    const given = { ...through('2026-11-21'), user };
    expect(judgeOwnApp(withPolicy('CI'), given).found).toContain('including the one of this login');
    const { verdict, found } = judgeOwnApp(withPolicy('Elsewhere'), given);
    expect([verdict, found]).toEqual(['failed', expect.stringContaining('(ci@acme.example) has none of them')]);
    expect(judgeOwnApp(withPolicy('CI'), through('2026-11-21')).found).toContain('was not read');
  });

  it('warns of a certificate that ends within 30 days, and fails where it has ended', async () => {
    const { cert } = await makeCertificate();
    const consumer = { certificate: cert.replace(/-----[^-]+-----|\s/g, '') };
    const scopes = { commaSeparatedOauthScopes: ['Api'] };
    const [soon, late] = [new Date(), new Date(Date.now() + 400 * 86_400_000)];
    expect(judgeOwnApp(app(scopes, consumer), through(soon.toISOString().slice(0, 10))).found).toMatch(
      /its certificate expires/,
    );
    expect(judgeOwnApp(app(scopes, consumer), through(late.toISOString().slice(0, 10)))).toMatchObject({
      verdict: 'failed',
    });
  });
});

describe('the checks of the machine', () => {
  it.each([
    ['20.9.0', '20.9.0', false],
    ['18.20.1', '20.9.0', true],
    ['20.8.9', '20.9.0', true],
    ['22.0.0', '20.9.0', false],
  ])('%s is older than %s: %s', (version, than, older) => {
    expect(isOlder(version, than)).toBe(older);
  });

  it('an old Node and a missing provider fail; without terraform the rest works', () => {
    const found = examine(MACHINE_CHECKS, { node: '18.0.0', oldestNode: '20.9.0', settings: [], cdks: [] });
    expect(found.map(({ verdict }) => verdict)).toEqual(['failed', 'warning', 'warning', 'failed', 'ok']);
  });

  it('names the CDKs of the project, and with both says which one a stack uses', () => {
    const said = (cdks: readonly string[]) =>
      examine(MACHINE_CHECKS, { node: '22.0.0', oldestNode: '20.9.0', settings: [], cdks }).find(
        ({ check }) => check === 'cdk',
      );
    expect(said(['cdktn 0.24.0'])).toMatchObject({ verdict: 'ok', found: 'cdktn 0.24.0' });
    expect(said(['cdktf 0.21.0', 'cdktn 0.24.0'])).toMatchObject({
      verdict: 'ok',
      found: 'cdktf 0.21.0 and cdktn 0.24.0: each stack uses the one that it is imported from',
    });
  });
});
