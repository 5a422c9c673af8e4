import fc from 'fast-check';

import type { Components } from './state-oracle';

/** What someone did to the org behind the library's back, on its own state. */
export type Change =
  | { readonly change: 'set'; readonly type: string; readonly field: string; readonly to: unknown }
  | { readonly change: 'unset'; readonly type: string; readonly field: string }
  | { readonly change: 'flip'; readonly type: string; readonly field: string }
  | { readonly change: 'delete'; readonly type: string }
  | { readonly change: 'vanish' }
  | { readonly change: 'none' };

const HEADER = 'ExternalClientApplication';
const SATELLITES = [
  'ExtlClntAppGlobalOauthSettings',
  'ExtlClntAppOauthSettings',
  'ExtlClntAppConfigurablePolicies',
  'ExtlClntAppOauthConfigurablePolicies',
] as const;
const [CONSUMER, OAUTH, POLICIES, OAUTH_POLICIES] = SATELLITES;

/** Values that a field may have as well. */
const VALUES: readonly (readonly [string, string, unknown])[] = [
  [HEADER, 'label', 'Renamed by hand'],
  [HEADER, 'contactEmail', 'intruder@acme.example'],
  [HEADER, 'description', 'Edited by hand'],
  [CONSUMER, 'callbackUrl', 'https://evil.example/cb'],
  [CONSUMER, 'certificate', undefined],
  [CONSUMER, 'certificate', 'MIIDVzCCAj+gAwIBAgIUAnotherCertificate'],
  [OAUTH, 'commaSeparatedOauthScopes', 'Api, Full, RefreshToken, Web'],
  [OAUTH, 'commaSeparatedOauthScopes', undefined],
  [OAUTH, 'singleLogoutUrl', 'https://evil.example/logout'],
  [OAUTH_POLICIES, 'permittedUsersPolicyType', 'AllSelfAuthorized'],
  [OAUTH_POLICIES, 'permittedUsersPolicyType', 'AdminApprovedPreAuthorized'],
  [OAUTH_POLICIES, 'commaSeparatedPermissionSet', 'Delta_Access'],
  [OAUTH_POLICIES, 'commaSeparatedPermissionSet', undefined],
  [OAUTH_POLICIES, 'commaSeparatedProfile', 'Standard User'],
  [OAUTH_POLICIES, 'ipRelaxationPolicyType', 'Bypass'],
  [OAUTH_POLICIES, 'refreshTokenPolicyType', 'Infinite'],
  [OAUTH_POLICIES, 'refreshTokenPolicyType', undefined],
  [OAUTH_POLICIES, 'refreshTokenValidityPeriod', 365],
  [OAUTH_POLICIES, 'refreshTokenValidityUnit', 'Months'],
  [OAUTH_POLICIES, 'sessionTimeoutInMinutes', 1440],
  [OAUTH_POLICIES, 'sessionTimeoutInMinutes', undefined],
  [OAUTH_POLICIES, 'clientCredentialsFlowUser', 'admin@emulator.example'],
  [POLICIES, 'isEnabled', false],
  [POLICIES, 'isOauthPluginEnabled', false],
];

const FLAGS: readonly (readonly [string, string])[] = [
  ...[
    'isConsumerSecretOptional',
    'isSecretRequiredForRefreshToken',
    'isPkceRequired',
    'isRefreshTokenRotationEnabled',
    'isIntrospectAllTokens',
    'isDeviceFlowEnabled',
    'isTokenExchangeEnabled',
    'isCodeCredFlowEnabled',
    'isCodeCredPostOnly',
    'isClientCredentialsFlowEnabled',
    'isNamedUserJwtEnabled',
  ].map((field): readonly [string, string] => [CONSUMER, field]),
  [OAUTH_POLICIES, 'isClientCredentialsFlowEnabled'],
];

/** Makes the change in the records of the app. */
export function make(components: Components, app: string, change: Change): void {
  if (change.change === 'none') return;
  if (change.change === 'vanish') {
    for (const type of SATELLITES) make(components, app, { change: 'delete', type });
    Reflect.deleteProperty(components[HEADER] ?? {}, app);
    return;
  }
  const records = components[change.type] ?? {};
  for (const [name, { fields }] of Object.entries(records)) {
    if (change.type === HEADER ? name !== app : fields['externalClientApplication'] !== app) continue;
    if (change.change === 'delete') Reflect.deleteProperty(records, name);
    else if (change.change === 'unset') Reflect.deleteProperty(fields, change.field);
    else if (change.change === 'set') fields[change.field] = change.to;
    else fields[change.field] = !(fields[change.field] ?? change.field === 'isPkceRequired');
  }
}

const ofValue = ([type, field, to]: readonly [string, string, unknown]): Change =>
  to === undefined ? { change: 'unset', type, field } : { change: 'set', type, field, to };

/** One to three changes at once, or none. */
export const changes: fc.Arbitrary<readonly Change[]> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<readonly Change[]>([{ change: 'none' }]) },
  {
    weight: 9,
    arbitrary: fc.array(
      fc.oneof(
        { weight: 5, arbitrary: fc.constantFrom(...VALUES).map(ofValue) },
        {
          weight: 5,
          arbitrary: fc.constantFrom(...FLAGS).map(([type, field]): Change => ({ change: 'flip', type, field })),
        },
        { weight: 1, arbitrary: fc.constantFrom(...SATELLITES).map((type): Change => ({ change: 'delete', type })) },
        { weight: 1, arbitrary: fc.constant<Change>({ change: 'vanish' }) },
      ),
      { minLength: 1, maxLength: 3 },
    ),
  },
);
