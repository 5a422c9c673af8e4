import { readFileSync } from 'node:fs';

import type { PermittedUsers, Scope, Username } from '../../constructs';
import {
  AccessTokens,
  Duration,
  IpRelaxation,
  MachineApp,
  PerOrg,
  PublicClientApp,
  RefreshTokenPolicy,
} from '../../constructs';
import type { RandomApp } from '../constructs/declared';
import { DEMO_CERTIFICATE } from '../constructs/support';

/** The org as its own state file has it: by type, then full name. */
export type Components = Record<string, Record<string, { fields: Record<string, unknown> }>>;

/** A field of the org that is not what the author wrote. */
export interface Difference {
  readonly field: string;
  readonly expected: unknown;
  readonly found: unknown;
}

const HEADER = 'ExternalClientApplication';
const CONSUMER = 'ExtlClntAppGlobalOauthSettings';
const OAUTH = 'ExtlClntAppOauthSettings';
const POLICIES = 'ExtlClntAppConfigurablePolicies';
const OAUTH_POLICIES = 'ExtlClntAppOauthConfigurablePolicies';

type Props = Readonly<Record<string, unknown>>;
type Expected = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * What the org must hold for an app, worked out from the words of its author alone: written by hand after Salesforce's
 * documentation, and sharing nothing with the tables that the library reads and writes by.
 */
function expectedOf({ construct, props }: RandomApp): Expected {
  const given = props as Props;
  const machine = construct === MachineApp;
  const isPublic = construct === PublicClientApp;
  const headless = given['codeAndCredentials'] as { postBodyOnly?: { required: boolean } } | undefined;
  const clientCredentials = machine && given['clientCredentials'] !== undefined;
  const certificate = given['certificate'] === undefined ? undefined : CERTIFICATE;
  const users = given['permittedUsers'] as PermittedUsers;
  const { permissionSets = [], profiles } = users.options as Record<string, readonly string[] | undefined>;
  const relaxation = given['ipRelaxation'] instanceof IpRelaxation ? given['ipRelaxation'].policy : 'Enforce';
  const { jwt, timeout } = tokens(given['accessTokens']);
  const scopes = (given['scopes'] as readonly Scope[]).map(({ token }) => token);
  return {
    [HEADER]: {
      label: given['label'],
      contactEmail: inProd(given['contactEmail']) ?? 'iam@acme.example',
      ...stated(given, 'contactPhone', 'infoUrl', 'logoUrl', 'iconUrl'),
    },
    [CONSUMER]: {
      ...(!machine && { callbackUrl: new Set(inProd(given['callbackUrls']) as readonly string[]) }),
      isConsumerSecretOptional: isPublic,
      isSecretRequiredForRefreshToken: !isPublic,
      isPkceRequired: position(given['pkce'], 'required', true),
      isRefreshTokenRotationEnabled: position(given['refreshTokenRotation'], 'enabled', true),
      isIntrospectAllTokens: position(given['introspectAllTokens'], 'enabled', false),
      isDeviceFlowEnabled: position(given['deviceFlow'], 'enabled', false),
      isTokenExchangeEnabled: position(given['tokenExchange'], 'enabled', false),
      isCodeCredFlowEnabled: headless !== undefined,
      ...(headless && { isCodeCredPostOnly: headless.postBodyOnly?.required ?? true }),
      isClientCredentialsFlowEnabled: clientCredentials,
      isNamedUserJwtEnabled: jwt,
      certificate,
    },
    [OAUTH]: {
      // A key signs the JWT bearer flow, which the platform ties to this scope.
      commaSeparatedOauthScopes: new Set([...scopes, ...(machine && certificate ? ['RefreshToken'] : [])].map(synonym)),
      ...stated(given, 'singleLogoutUrl'),
    },
    [POLICIES]: { isEnabled: true, isOauthPluginEnabled: true },
    [OAUTH_POLICIES]: {
      permittedUsersPolicyType: users.kind === 'self-authorized' ? 'AllSelfAuthorized' : 'AdminApprovedPreAuthorized',
      commaSeparatedPermissionSet: new Set(permissionSets),
      ...(profiles && { commaSeparatedProfile: new Set(profiles) }),
      ipRelaxationPolicyType: relaxation,
      isClientCredentialsFlowEnabled: clientCredentials,
      ...(clientCredentials && { clientCredentialsFlowUser: usernameOf(given['clientCredentials']) }),
      ...refreshTokens(given['refreshTokens']),
      ...(!jwt && { sessionTimeoutInMinutes: timeout }),
    },
  };
}

const inProd = (value: unknown): unknown =>
  PerOrg.is(value) ? (value.byOrg as Record<string, unknown>)['prod'] : value;

const stated = (given: Props, ...names: readonly string[]): object =>
  Object.fromEntries(names.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])));

const position = (option: unknown, member: string, otherwise: boolean): boolean =>
  option === undefined ? otherwise : (option as Record<string, boolean>)[member] === true;

const synonym = (scope: string): string => (scope === 'OfflineAccess' ? 'RefreshToken' : scope);

const usernameOf = (flow: unknown): unknown => {
  const { runAs } = flow as { runAs: Username };
  return runAs.byOrg === undefined ? runAs.name : (runAs.byOrg as Record<string, unknown>)['prod'];
};

/** The one certificate that random apps have, from its file and not from what the library made of it. */
const CERTIFICATE = readFileSync(DEMO_CERTIFICATE, 'utf8');

/** DER in base64, without the frame of the PEM. */
const base64 = (text: string): string => text.replace(/-----(BEGIN|END) CERTIFICATE-----|\s/g, '');

function tokens(option: unknown): { readonly jwt: boolean; readonly timeout: number } {
  if (!AccessTokens.is(option)) return { jwt: false, timeout: 60 };
  if (option.format === 'jwt') return { jwt: true, timeout: 0 };
  const minutes = option.lifetime as Duration;
  return { jwt: false, timeout: minutes.unit === 'hours' ? minutes.amount * 60 : minutes.amount };
}

function refreshTokens(option: unknown): Readonly<Record<string, unknown>> {
  const policy = RefreshTokenPolicy.is(option) ? option : RefreshTokenPolicy.expiresIfUnusedFor(Duration.days(30));
  if (policy.type === 'Infinite' || policy.type === 'Zero') return { refreshTokenPolicyType: policy.type };
  const { amount, unit } = policy.duration as Duration;
  return {
    refreshTokenPolicyType: policy.type,
    refreshTokenValidityPeriod: amount,
    refreshTokenValidityUnit: { minutes: '', hours: 'Hours', days: 'Days', months: 'Months' }[unit],
  };
}

/** Fields that an org answers for when its record says nothing. */
const PLATFORM: Readonly<Record<string, unknown>> = {
  'ExtlClntAppGlobalOauthSettings.isPkceRequired': true,
  'ExtlClntAppGlobalOauthSettings.isSecretRequiredForRefreshToken': true,
  'ExtlClntAppConfigurablePolicies.isEnabled': true,
  'ExtlClntAppConfigurablePolicies.isOauthPluginEnabled': true,
  'ExtlClntAppOauthConfigurablePolicies.ipRelaxationPolicyType': 'Enforce',
  'ExtlClntAppOauthConfigurablePolicies.permittedUsersPolicyType': 'AllSelfAuthorized',
  'ExtlClntAppOauthConfigurablePolicies.refreshTokenPolicyType': 'SpecificLifetime',
  'ExtlClntAppOauthConfigurablePolicies.refreshTokenValidityPeriod': 365,
  'ExtlClntAppOauthConfigurablePolicies.refreshTokenValidityUnit': 'Days',
};

/** Every field of the app in which the org's own state is not what the author wrote. */
export function differences(components: Components, name: string, app: RandomApp): readonly Difference[] {
  return Object.entries(expectedOf(app)).flatMap(([type, fields]) => {
    const record = recordOf(components, type, name);
    if (!record) return [{ field: type, expected: 'a record', found: undefined }];
    return Object.entries(fields).flatMap(([field, expected]) => {
      const found = record[field] ?? PLATFORM[`${type}.${field}`];
      return same(field, expected, found) ? [] : [{ field: `${type}.${field}`, expected: shown(expected), found }];
    });
  });
}

const recordOf = (components: Components, type: string, app: string): Record<string, unknown> | undefined =>
  type === HEADER
    ? components[HEADER]?.[app]?.fields
    : Object.values(components[type] ?? {}).find(({ fields }) => fields['externalClientApplication'] === app)?.fields;

function same(field: string, expected: unknown, found: unknown): boolean {
  if (expected instanceof Set) {
    const members = textOf(found)
      .split(field === 'callbackUrl' ? /[\r\n]+/ : ',')
      .map((member) => synonym(member.trim()))
      .filter((member) => member !== '');
    return expected.size === new Set(members).size && members.every((member) => expected.has(member));
  }
  if (typeof expected === 'boolean') return (found ?? false) === expected;
  if (expected === undefined) return found === undefined || found === '';
  return base64(textOf(expected)) === base64(textOf(found));
}

const textOf = (value: unknown): string =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

const shown = (value: unknown): unknown => (value instanceof Set ? [...(value as Set<unknown>)] : value);
