import { MachineApp, PerOrg, PrivateClientApp, PublicClientApp, TlsClientAuthType } from '../../constructs';
import { optionVersions } from '../../lib/metadata/option-versions';
import { toComponents } from '../../lib/metadata/to-components';
import type { ClientApp } from '../../lib/options/client-app';
import { addressesIn } from '../../lib/values/ip-range';
import { declaredIn, declareIn } from '../constructs/declared';
import { machineProps, privateProps, publicProps } from '../constructs/support';

const SECURITY = 'ExtlClntAppOauthSecuritySettings';
const one = { start: '203.0.113.1', end: '203.0.113.1' };
const tlsClientAuth = { type: TlsClientAuthType.SAN_DNS, value: 'feed.acme.example' };

const machine = (securitySettings: unknown) => ({
  construct: MachineApp,
  props: { ...machineProps, experimental: { securitySettings } },
});

const problems = (securitySettings: unknown) => {
  const result = declareIn(68, machine(securitySettings));
  return result.ok ? [] : result.error.map(({ code, field }) => `${code} ${field ?? ''}`);
};

const ranges = (tokenIpRanges: unknown) => problems({ tokenIpRanges });
const FIELD = 'experimental.securitySettings';

describe('the experimental security settings', () => {
  it('become their record, and nothing of it but what is stated', () => {
    const app = declaredIn(68, machine({ tokenIpRanges: [{ ...one, description: 'Data centre' }], tlsClientAuth }));
    expect(toComponents(app, 'identity/prod', 68).find(({ type }) => type === SECURITY)).toEqual({
      type: SECURITY,
      fullName: 'App_oauthSecurity',
      fields: {
        tokenIpRanges: {
          value: [{ startIpAddress: '203.0.113.1', endIpAddress: '203.0.113.1', description: 'Data centre' }],
          ownership: 'stated',
        },
        tlsClientAuthCertParamType: { value: 'tls_client_auth_san_dns', ownership: 'stated' },
        tlsClientAuthCertParamValue: { value: 'feed.acme.example', ownership: 'stated' },
      },
    });
    const fields = toComponents(declaredIn(68, machine({ tlsClientAuth })), 'identity/prod', 68).at(-1)?.fields ?? {};
    expect(Object.keys(fields)).toEqual(['tlsClientAuthCertParamType', 'tlsClientAuthCertParamValue']);
  });

  it.each([undefined, {}, { securitySettings: undefined }, { securitySettings: {} }])(
    'are no record where none is stated: %j',
    (experimental) => {
      for (const [construct, props] of [
        [MachineApp, machineProps],
        [PrivateClientApp, privateProps],
        [PublicClientApp, publicProps],
      ] as const) {
        const app = declaredIn(68, { construct, props: { ...props, experimental } });
        expect(toComponents(app, 'identity/prod', 68).map(({ type }) => type)).not.toContain(SECURITY);
      }
    },
  );

  it('may differ between orgs', () => {
    const app = declaredIn(
      68,
      machine({
        tokenIpRanges: PerOrg.of({ prod: [one], uat: [] }),
        tlsClientAuth: { ...tlsClientAuth, value: PerOrg.of({ prod: 'prod.acme.example', uat: 'uat.acme.example' }) },
      }),
    );
    expect(app.securitySettings).toEqual({
      tokenIpRanges: [one],
      tlsClientAuth: { type: 'tls_client_auth_san_dns', value: 'prod.acme.example' },
    });
    expect(ranges(PerOrg.of({ uat: [] }))).toEqual([`value-missing-for-org ${FIELD}.tokenIpRanges`]);
  });

  it('hold 128 ranges and 256 addresses at most, IPv4 and IPv6 together', () => {
    const single = (index: number) => ({ start: `203.0.113.${index}`, end: `203.0.113.${index}` });
    const many = (count: number) => Array.from({ length: count }, (_, index) => single(index));
    expect(ranges(many(128))).toEqual([]);
    expect(ranges(many(129))).toEqual([`too-many ${FIELD}.tokenIpRanges`]);
    const v4 = { start: '198.51.100.0', end: '198.51.100.127' };
    expect(ranges([v4, { start: '2001:db8::', end: '2001:db8::7f' }])).toEqual([]);
    expect(ranges([v4, { start: '2001:db8::', end: '2001:db8::80' }])).toEqual([`too-many ${FIELD}.tokenIpRanges`]);
    const everything = declareIn(68, machine({ tokenIpRanges: [{ start: '::', end: 'ffff::' }] }));
    expect(everything).toMatchObject({ ok: false, error: [{ allowed: expect.stringContaining('256') as string }] });
  });

  it('are refused where a range, a type or a value is none', () => {
    expect(ranges('203.0.113.1')).toEqual([`wrong-type ${FIELD}.tokenIpRanges`]);
    expect(ranges([one, one])).toEqual([`same-range-twice ${FIELD}.tokenIpRanges[1]`]);
    expect(ranges([{ start: '203.0.113.9', end: '203.0.113.1' }])).toEqual([
      `invalid-ip-range ${FIELD}.tokenIpRanges[0]`,
    ]);
    expect(problems({ tlsClientAuth: { type: 'tls_client_auth_san_dns', value: 'x' } })).toEqual([
      `wrong-type ${FIELD}.tlsClientAuth.type`,
    ]);
    expect(problems({ tlsClientAuth: { type: TlsClientAuthType.SAN_URI } })).toEqual([
      `missing-option ${FIELD}.tlsClientAuth.value`,
    ]);
    expect(problems({ tlsClientAuth: { value: 'x' } })).toEqual([`missing-option ${FIELD}.tlsClientAuth.type`]);
    expect(problems({ tokenIpRange: [] })).toEqual([`unknown-option ${FIELD}.tokenIpRange`]);
  });

  it('name no certificate for an app that cannot keep its key', () => {
    const props = { ...publicProps, experimental: { securitySettings: { tlsClientAuth } } };
    expect(declareIn(68, { construct: PublicClientApp, props })).toMatchObject({
      ok: false,
      error: [{ field: `${FIELD}.tlsClientAuth` }],
    });
  });

  it('name the first version that has them', () => {
    const app: ClientApp = declaredIn(66, machine({ tokenIpRanges: [one], tlsClientAuth }));
    const tls = { field: `${FIELD}.tlsClientAuth`, allowed: 'apiVersion 68 or newer' };
    expect(optionVersions(app, 66)).toMatchObject([{ field: FIELD, allowed: 'apiVersion 67 or newer' }, tls]);
    expect(optionVersions(app, 67)).toMatchObject([tls]);
    expect(optionVersions(app, 68)).toEqual([]);
  });

  it.each<[string, string, bigint | undefined]>([
    ['203.0.113.0', '203.0.113.255', 256n],
    ['2001:db8::1', '2001:db8::1', 1n],
    ['::', '::1:0', 65537n],
    ['203.0.113.9', '203.0.113.1', undefined],
    ['203.0.113.1', '::1', undefined],
    ['here', 'there', undefined],
  ])('count the addresses from %s to %s', (start, end, count) => {
    expect(addressesIn(start, end)).toBe(count);
  });
});
