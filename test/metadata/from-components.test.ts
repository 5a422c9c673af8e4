import fc from 'fast-check';

import { MachineApp, PrivateClientApp } from '../../constructs';
import { NEWEST_API_VERSION, OLDEST_API_VERSION } from '../../lib/metadata/api-version';
import type { DeclaredComponent, FieldValue } from '../../lib/metadata/component';
import { toComponents } from '../../lib/metadata/to-components';
import type { ClientApp } from '../../lib/options/client-app';
import { appsAt } from '../constructs/arbitraries';
import { declaredIn } from '../constructs/declared';
import { machineProps, privateProps } from '../constructs/support';
import { cases } from '../deep';
import { asDeclared, fromComponents, type FromContext } from './from-components';

const RUNS = cases(300, 5_000);
const versions = Array.from({ length: NEWEST_API_VERSION - OLDEST_API_VERSION + 1 }, (_, n) => OLDEST_API_VERSION + n);

const contextOf = ({ kind, path, adopt, exceptions }: ClientApp, apiVersion: number): FromContext => ({
  kind,
  path,
  adopt,
  exceptions,
  apiVersion,
});

describe.each(versions)('at API version %d', (apiVersion) => {
  it('any app comes back from its components', () => {
    fc.assert(
      fc.property(appsAt(apiVersion), (random) => {
        const app = declaredIn(apiVersion, random);
        const components = toComponents(app, 'identity/prod', apiVersion);
        expect(fromComponents(components, contextOf(app, apiVersion))).toEqual({ ok: true, value: app });
      }),
      { numRuns: Math.ceil(RUNS / versions.length) },
    );
  });
});

const portal = declaredIn(66, { construct: PrivateClientApp, props: privateProps });
const feed = declaredIn(66, { construct: MachineApp, props: machineProps });

/** The app's components with other values in some fields. */
function changed(app: ClientApp, fields: Readonly<Record<string, FieldValue>>): readonly DeclaredComponent[] {
  return toComponents(app, 'identity/prod', 66).map((component) => {
    const own = Object.entries(fields).filter(([name]) => name.startsWith(`${component.type}.`));
    const values = own.map(([name, value]) => [name.split('.')[1], { value, ownership: 'stated' }] as const);
    return { ...component, fields: { ...component.fields, ...Object.fromEntries(values) } };
  });
}

const refused = (app: ClientApp, fields: Readonly<Record<string, FieldValue>>) => {
  const result = fromComponents(changed(app, fields), contextOf(app, 66));
  return result.ok ? [] : result.error.map(({ type, field }) => `${type}.${field}`);
};

describe('an app that no construct can express', () => {
  it.each<[string, ClientApp, Readonly<Record<string, FieldValue>>]>([
    ['is packaged', portal, { 'ExternalClientApplication.distributionState': 'Packaged' }],
    ['was stopped', portal, { 'ExtlClntAppConfigurablePolicies.isEnabled': false }],
    ['has a certificate and users', portal, { 'ExtlClntAppGlobalOauthSettings.certificate': 'QUJD' }],
    [
      'lets everybody in as a machine',
      feed,
      { 'ExtlClntAppOauthConfigurablePolicies.permittedUsersPolicyType': 'AllSelfAuthorized' },
    ],
    ['redirects as a machine', feed, { 'ExtlClntAppGlobalOauthSettings.callbackUrl': ['https://a.example/cb'] }],
    ['names a handler without a user', portal, { 'ExtlClntAppOauthConfigurablePolicies.apexHandler': 'Plugin' }],
    [
      'acts on a session level that it does not ask for',
      portal,
      { 'ExtlClntAppOauthConfigurablePolicies.policyAction': 'Block' },
    ],
    ['has half an asset token', portal, { 'ExtlClntAppOauthSettings.assetTokenAudiences': 'x' }],
    [
      'has asset tokens for half a minute',
      portal,
      {
        'ExtlClntAppOauthSettings.assetTokenAudiences': 'x',
        'ExtlClntAppOauthSettings.assetTokenSigningCertificate': '0P1000000000001',
        'ExtlClntAppOauthSettings.assetTokenValidity': 30,
      },
    ],
    [
      'follows the session of guests',
      portal,
      {
        'ExtlClntAppOauthConfigurablePolicies.guestJwtSessionTimeoutType': 'UserSession',
      },
    ],
  ])('because it %s is refused, and the field named', (_why, app, fields) => {
    const named = refused(app, fields);
    expect(named.some((field) => field in fields)).toBe(true);
  });

  it('is reported all at once', () => {
    expect(
      refused(portal, {
        'ExternalClientApplication.distributionState': 'Packaged',
        'ExtlClntAppConfigurablePolicies.isEnabled': false,
      }),
    ).toEqual(['ExternalClientApplication.distributionState', 'ExtlClntAppConfigurablePolicies.isEnabled']);
  });
});

describe('an app as the org has it', () => {
  const live = (fields: Readonly<Record<string, Readonly<Record<string, FieldValue>>>>) =>
    Object.entries(fields).map(([type, own]) => asDeclared({ type, fullName: 'Portal', fields: own }));
  const least = {
    ExternalClientApplication: { label: 'Portal', contactEmail: 'iam@acme.example', orgScopedExternalApp: 'x:Portal' },
    ExtlClntAppGlobalOauthSettings: {
      callbackUrl: ['https://a.example/cb'],
      consumerKey: '3MVG',
      isPkceRequired: true,
    },
    ExtlClntAppOauthSettings: { commaSeparatedOauthScopes: ['Api'], isFirstPartyAppEnabled: false, oauthLink: 'x:y' },
  };
  const context = contextOf(portal, 66);

  it('is declared by what it says; what it leaves out is the secure default, and what means nothing is no option', () => {
    const result = fromComponents(live(least), context);
    expect(result).toMatchObject({ ok: true, value: { apiName: 'Portal', callbackUrls: ['https://a.example/cb'] } });
    expect(result.ok && result.value).toMatchObject({
      requirePkce: { value: true, origin: 'stated' },
      rotateRefreshTokens: { value: true, origin: 'default' },
    });
    expect(result.ok && 'firstPartyApp' in result.value).toBe(false);
  });

  it('opens no page where the org states none, although there is a URL', () => {
    const policies = { ExtlClntAppOauthConfigurablePolicies: { startUrl: 'https://a.example' } };
    expect(fromComponents(live({ ...least, ...policies }), context)).toMatchObject({
      ok: true,
      value: { startUrl: 'https://a.example', startPage: { page: 'None' } },
    });
  });

  it('may keep the period of a refresh token that never ends: it means nothing', () => {
    const policies = {
      ExtlClntAppOauthConfigurablePolicies: {
        refreshTokenPolicyType: 'Infinite',
        refreshTokenValidityPeriod: 365,
        refreshTokenValidityUnit: 'Days',
      },
    };
    expect(fromComponents(live({ ...least, ...policies }), context)).toMatchObject({
      ok: true,
      value: { refreshToken: { value: { type: 'Infinite' }, origin: 'stated' } },
    });
  });

  it('needs the file of a certificate that the org does not give back', () => {
    const components = toComponents(feed, 'identity/prod', 66).map((component) => {
      const { certificate: _withheld, ...fields } = component.fields;
      return { ...component, fields };
    });
    const without = fromComponents(components, contextOf(feed, 66));
    expect(without.ok ? '' : without.error[0]?.problem).toContain('SHA-256');
    const certificate = feed.kind === 'machine' ? feed.certificate : undefined;
    const context66 = { ...contextOf(feed, 66), ...(certificate && { certificate }) };
    expect(fromComponents(components, context66)).toEqual({ ok: true, value: feed });
  });
});
