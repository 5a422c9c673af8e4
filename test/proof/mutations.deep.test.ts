import type { Manifest, ManifestApp } from '../../lib/metadata/manifest';
import type { AppFieldName } from '../../lib/policy/posture';
import { declared } from '../operations/support';
import { proofOf, threeKinds, violations } from './support';

const manifest = declared(threeKinds);

/** The manifest with one field of one app as an attacker would want it. */
function flipped(app: string, field: string, value: string | number | boolean): Manifest {
  let found = false;
  const apps = manifest.apps.map((one): ManifestApp => {
    if (one.api_name !== app) return one;
    const components = one.components.map((component) => {
      const before = component.fields[field];
      if (before === undefined) return component;
      found = true;
      return { ...component, fields: { ...component.fields, [field]: { ...before, value } } };
    });
    return { ...one, components };
  });
  if (!found) throw new Error(`${app} does not declare ${field}`);
  return { ...manifest, apps };
}

it('an org that has what is declared refuses every attack and grants every use', async () => {
  expect(violations(await proofOf(manifest))).toEqual([]);
});

interface Mutation {
  readonly app: 'Portal' | 'Mobile' | 'Billing';
  readonly field: string;
  readonly value: string | number | boolean;
  /** Cases that notice it. */
  readonly seen: readonly string[];
}

const SWITCHED_ON = 'a flow that the built-in org does not have; prove says so where it is declared';
const LOGIN_PAGE = 'of the login itself; the built-in org does not enforce it, and prove says so where it is declared';
const NOT_OAUTH = 'no request of an OAuth client shows it';
const portal = (field: string, value: Mutation['value'], ...seen: readonly string[]): Mutation => ({
  app: 'Portal',
  field,
  value,
  seen,
});

/** Every field that a control judges: which case notices that it is otherwise in the org, or why no client can. */
const FIELDS: Readonly<Record<AppFieldName, Mutation | string>> = {
  appEnabled: portal('isEnabled', false, 'login', 'refresh'),
  callbackUrls: portal(
    'callbackUrl',
    'https://portal.acme.example/oauth/callback\nhttps://attacker.example/callback',
    'callback-unregistered',
  ),
  certificate: 'another certificate needs another key: assertion-other-key is the case for it',
  clientAssertionCertificate: NOT_OAUTH,
  clientCredentials: 'one of two switches: see clientCredentialsPolicy',
  clientCredentialsPolicy: 'needs a run-as user beside both switches: the test below turns on all of them',
  codeAndCredentials: SWITCHED_ON,
  codeAndCredentialsPostOnly: SWITCHED_ON,
  customAttributes: NOT_OAUTH,
  customScopes: NOT_OAUTH,
  deviceFlow: SWITCHED_ON,
  guestCodeAndCredentials: SWITCHED_ON,
  idleRefreshTokenLimit: 'the refresh token policy of the same app ends the token, too',
  idToken: 'the lifetime of an ID token is for the client to look at',
  introspectAllTokens: 'needs a token of another app; no case introspects',
  ipRelaxation: LOGIN_PAGE,
  jwtAccessTokens: 'both formats work for the client',
  jwtTimeoutMinutes: 'as sessionTimeoutMinutes, of apps that issue JWTs',
  jwtTimeoutType: 'as jwtTimeoutMinutes',
  permissionSets: 'as permittedUsers: without the list nobody gets in',
  permittedUsers: portal('permittedUsersPolicyType', 'AllSelfAuthorized', 'user-not-admitted'),
  pkceRequired: portal('isPkceRequired', false, 'login-without-challenge'),
  profiles: 'as permissionSets',
  pushShowsContent: NOT_OAUTH,
  refreshIpRanges: 'no deploy writes the allowlist; prove tries it where it is declared',
  refreshTokenPolicy: portal('refreshTokenPolicyType', 'Infinite', 'refresh-after-idle'),
  refreshTokenRotation: portal('isRefreshTokenRotationEnabled', false, 'refresh-reused', 'refresh-after-reuse'),
  requiredSessionLevel: LOGIN_PAGE,
  runAsUser: NOT_OAUTH,
  saml: NOT_OAUTH,
  scopes: portal('commaSeparatedOauthScopes', 'Api, Full, RefreshToken, Web', 'scope-beyond'),
  screenLock: NOT_OAUTH,
  screenLockTimeout: NOT_OAUTH,
  secretInRefreshFlow: portal('isSecretRequiredForRefreshToken', false, 'refresh-without-secret'),
  secretInTokenExchange: SWITCHED_ON,
  secretInWebServerFlow: portal('isConsumerSecretOptional', true, 'code-without-secret'),
  sessionTimeoutMinutes: portal('sessionTimeoutInMinutes', 720, 'session-over'),
  singleLogoutUrl: NOT_OAUTH,
  startUrl: NOT_OAUTH,
  tokenExchange: SWITCHED_ON,
  tokenExchangePolicy: SWITCHED_ON,
};

const MUTATIONS = Object.entries(FIELDS).filter((entry): entry is [string, Mutation] => typeof entry[1] !== 'string');

it.each(MUTATIONS)('an org in which %s is otherwise is found out', async (_, { app, field, value, seen }) => {
  const found = violations(await proofOf(manifest, flipped(app, field, value)));
  expect(found).toEqual(expect.arrayContaining(seen.map((one) => `${app} ${one}`)));
  // The other apps are as they were.
  expect(found.filter((one) => !one.startsWith(`${app} `))).toEqual([]);
});

it('an org in which a machine’s client credentials flow is on is found out', async () => {
  const off = flipped('Billing', 'isClientCredentialsFlowEnabled', true);
  const apps = off.apps.map((one) =>
    one.api_name !== 'Billing'
      ? one
      : {
          ...one,
          components: one.components.map((component) =>
            component.type !== 'ExtlClntAppOauthConfigurablePolicies'
              ? component
              : {
                  ...component,
                  fields: {
                    ...component.fields,
                    clientCredentialsFlowUser: { value: 'admin@emulator.example', ownership: 'stated' as const },
                  },
                },
          ),
        },
  );
  expect(violations(await proofOf(manifest, { ...off, apps }))).toEqual(['Billing client-credentials-undeclared']);
});
