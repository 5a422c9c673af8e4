import fc from 'fast-check';

import {
  AccessTokens,
  Duration,
  IpRelaxation,
  MachineApp,
  PermittedUsers,
  PerOrg,
  Plugin,
  PrivateClientApp,
  PublicClientApp,
  RefreshTokenPolicy,
  Scope,
  SessionLevel,
  StartPage,
  TlsClientAuthType,
  Username,
} from '../../constructs';
import type { ClientKind } from '../../lib/declaration/client-app';
import { SCOPE_TOKENS } from '../../lib/declaration/scope-tokens';
import type { RandomApp } from './declared';
import { plainOptions } from './plain-options';
import { justification, machineProps } from './support';

/** What the apps name in their org; whoever deploys them gives these to the org beforehand. */
export const PERMISSION_SETS = ['Alpha_Access', 'Beta_Access', 'Gamma_Access', 'Delta_Access'];
export const PROFILES = ['Standard User', 'System Administrator'];
export const CUSTOM_SCOPES = ['orders', 'invoices'];
export const RUN_AS = 'feed@acme.example';
/** What org.json says of the code and the certificates that the apps name. */
export const SETUP = {
  apexClasses: [{ name: 'PortalPlugin' }, { name: 'PortalPlugin', namespace: 'acme' }],
  certificates: [
    { name: 'Devices', id: '0P1000000000001' },
    { name: 'Devices_next', id: '0P1000000000002' },
  ],
};

/** Of an integration user: may do nothing but what its permission sets say, and call the API. */
export const API_ONLY = { profile: 'Minimum Access - API Only Integrations' };
/** org.json of an org in which every app of these can be. @param runAs What is known of its integration user besides. */
export const randomOrg = (runAs: object = {}): string =>
  JSON.stringify({
    users: [{ username: RUN_AS, active: true, apiEnabled: true, ...runAs }],
    permissionSets: PERMISSION_SETS.map((name) => ({ name, holders: 1 })),
    profiles: PROFILES,
    ...SETUP,
  });

const option = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const apiName = fc.stringMatching(/^[A-Z][A-Za-z0-9]{1,20}(_[A-Za-z0-9]{1,4})?$/);
const text = fc.stringMatching(/^[A-Za-z0-9&<>'"${}%é ]{0,30}[A-Za-z]$/);
/** Made here because `fc.webUrl` builds a table of every character there is, which takes each suite a second. */
const segment = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9!$&'()+,;=:~._-]{0,12}$/),
  fc.string({ unit: 'grapheme', maxLength: 6 }).map(encodeURIComponent),
);
const url = fc
  .tuple(fc.domain(), fc.array(segment, { maxLength: 8 }))
  .map(([domain, path]) => [`https://${domain}`, ...path].join('/'))
  .filter((each) => !/[*#@]/.test(each));
const switchOf = (member: string, secure: boolean) =>
  fc.boolean().map((position) => ({ [member]: position, ...(position !== secure && { justification }) }));
const names = fc.subarray(PERMISSION_SETS, { minLength: 1 });
const minutes = (from: number, to: number) => fc.integer({ min: from, max: to }).map((each) => Duration.minutes(each));
const attributes = fc.dictionary(apiName, fc.constantFrom('Organization.Country', 'User.Id'), { maxKeys: 5 });
const customScopes = fc.subarray(CUSTOM_SCOPES);

/** The same value everywhere, or one by org: to the app it makes no difference. */
const perOrg = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof(
    arbitrary,
    arbitrary.map((prod) => PerOrg.of({ prod, uat: prod })),
  );

const address = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(255), fc.nat(254));
const range = fc.record({
  net: address,
  size: fc.integer({ min: 0, max: 1 }),
  description: option(text),
});
const ranges = fc.uniqueArray(range, { maxLength: 4, selector: ({ net }) => net.join() }).map((all) =>
  all.map(({ net: [a, b, c], size, description }) => ({
    start: `203.${a}.${b}.${c}`,
    end: `203.${a}.${b}.${c + size}`,
    ...(description !== undefined && { description }),
  })),
);

const tlsClientAuth = fc.record({
  type: fc.constantFrom(TlsClientAuthType.SUBJECT_DN, TlsClientAuthType.SAN_DNS, TlsClientAuthType.SAN_SPIFFE),
  value: perOrg(fc.constantFrom('CN=feed,O=Acme', 'feed.acme.example')),
});

/** Full needs Api for a machine, and headless registration is refused for External Client Apps. */
// The last two need JWT access tokens, and Connected Apps never have MCP.
const REFUSED_SCOPES = ['Full', 'UserRegistration', 'MCP', 'SFApiPlatform'];

/** Every option of every kind that an API version has. */
export function appsAt(version: number) {
  const since = <T>(first: number, arbitrary: fc.Arbitrary<T>) =>
    version >= first ? option(arbitrary) : fc.constant(undefined);
  const jwtMinutes = [1, 5, 10, 15, 30, ...(version >= 65 ? [60, 90, 120, 240, 480, 720] : [])];
  const jwt = fc.constantFrom(...jwtMinutes).map((each) => Duration.minutes(each));
  const tokens = fc.oneof(
    fc.constant(undefined),
    minutes(1, 1440).map((each) => AccessTokens.opaque(each)),
    ...(version >= 61 ? [fc.constant(AccessTokens.jwt()), jwt.map((each) => AccessTokens.jwt(each))] : []),
    ...(version >= 65 ? [fc.constant(AccessTokens.jwtForUserSession())] : []),
  );
  const plugins = [
    ...(version >= 61 ? [Plugin.NOTIFICATION] : []),
    ...(version >= 62 ? [Plugin.MOBILE, Plugin.PUSH] : []),
    ...(version >= 63 ? [Plugin.SAML] : []),
    ...(version >= 65 ? [Plugin.CANVAS] : []),
    ...(version >= 68 ? [Plugin.ATTEST] : []),
  ];
  const preAuthorized = fc
    .record({ permissionSets: names, profiles: since(62, fc.subarray(PROFILES)) })
    .map(({ permissionSets, profiles }) =>
      PermittedUsers.preAuthorized({ permissionSets, ...(profiles && { profiles }) }),
    );
  const experimental = (settings: Readonly<Record<string, fc.Arbitrary<unknown>>>) =>
    since(67, fc.record({ securitySettings: option(fc.record(settings)) }));
  const plain = (kind: ClientKind) => plainOptions(kind, 'external-client-app', version);
  const policies = { customScopes: since(61, customScopes), customAttributes: option(attributes) };

  const common = {
    label: text,
    description: option(text),
    contactEmail: option(perOrg(fc.constantFrom('a@acme.example', 'b@acme.example'))),
    contactPhone: option(fc.constant('+41 44 000 00 00')),
    infoUrl: option(url),
    logoUrl: option(url),
    iconUrl: option(url),
    scopes: fc.uniqueArray(
      fc
        .constantFrom(
          ...SCOPE_TOKENS.filter(({ since: first, token }) => first <= version && !REFUSED_SCOPES.includes(token)),
        )
        .map(({ token }) => Scope.of(token)),
      { minLength: 1, maxLength: 8, selector: ({ token }) => token },
    ),
    customScopes: since(61, customScopes),
    accessTokens: tokens,
    ipRelaxation: option(
      fc.constantFrom(
        IpRelaxation.ENFORCE,
        IpRelaxation.enforceButRelaxRefresh(justification),
        IpRelaxation.relaxForActivatedDevices(justification),
        IpRelaxation.relax(justification),
      ),
    ),
    introspectAllTokens: option(switchOf('enabled', false)),
    tokenExchange: option(switchOf('enabled', false)),
    customAttributes: option(attributes),
    assetToken: since(
      61,
      fc.record(
        {
          audiences: fc.constantFrom('https://devices.acme.example', 'devices'),
          signingCertificate: perOrg(fc.constantFrom('0P1000000000001', '0P1000000000002AAA')),
          validity: fc.oneof(minutes(1, 600), fc.constant(Duration.days(2))),
          includeCustomAttributes: fc.boolean(),
          includeCustomPermissions: fc.boolean(),
        },
        { requiredKeys: ['audiences', 'signingCertificate', 'validity'] },
      ),
    ),
    apexHandler: since(
      61,
      fc.record({
        className: fc.constantFrom('PortalPlugin', 'acme__PortalPlugin', 'acme.PortalPlugin'),
        executeAs: fc.constantFrom(Username.of(RUN_AS), Username.perOrg({ prod: RUN_AS })),
      }),
    ),
    adminPolicies: option(fc.record(policies)),
    disabledPlugins: option(fc.subarray(plugins)),
    experimental: experimental({ tokenIpRanges: option(perOrg(ranges)) }),
    adopt: option(fc.boolean()),
  };
  const withUsers = {
    ...common,
    callbackUrls: perOrg(fc.uniqueArray(url, { minLength: 1, maxLength: 5 })),
    permittedUsers: fc.oneof(fc.constant(PermittedUsers.selfAuthorized()), preAuthorized),
    codeAndCredentials: since(61, fc.record({ postBodyOnly: switchOf('required', true) }, { requiredKeys: [] })),
    deviceFlow: option(switchOf('enabled', false)),
    refreshTokenRotation: option(switchOf('enabled', true)),
    refreshTokens: option(
      fc.oneof(
        fc.integer({ min: 1, max: 400 }).map((n) => RefreshTokenPolicy.expiresIfUnusedFor(Duration.days(n))),
        fc.integer({ min: 1, max: 400 }).map((n) => RefreshTokenPolicy.expiresAfter(Duration.hours(n))),
        fc.integer({ min: 1, max: 24 }).map((n) => RefreshTokenPolicy.expiresAfter(Duration.months(n))),
        fc.constant(RefreshTokenPolicy.expiresImmediately()),
        fc.constant(RefreshTokenPolicy.neverExpires(justification)),
      ),
    ),
    trustedIpRanges: option(perOrg(ranges)),
    idToken: option(
      fc.record(
        {
          validity: minutes(1, 720),
          audiences: text,
          includeStandardClaims: fc.boolean(),
          includeCustomAttributes: fc.boolean(),
          ...(version >= 61 && { includeCustomPermissions: fc.boolean() }),
        },
        { requiredKeys: [] },
      ),
    ),
    singleLogoutUrl: option(url),
    startUrl: since(62, url),
    startPage: since(
      62,
      fc.oneof(
        fc.constantFrom(StartPage.NONE, StartPage.SAML),
        url.map((each) => StartPage.custom(each)),
      ),
    ),
    requiredSessionLevel: option(
      fc.constantFrom(
        SessionLevel.STANDARD,
        SessionLevel.HIGH_ASSURANCE,
        SessionLevel.highAssuranceOrBlock(),
        SessionLevel.highAssuranceOrRaise(),
        SessionLevel.low(justification),
        ...(version >= 67 ? [SessionLevel.highAssuranceOrStepUp()] : []),
      ),
    ),
    firstPartyApp: since(
      62,
      fc.constantFrom(
        { enabled: false },
        { enabled: true, clientAssertionCertificate: machineProps.certificate },
        { enabled: true, clientAssertionCertificate: PerOrg.of({ prod: machineProps.certificate }) },
      ),
    ),
    adminPolicies: option(fc.record({ ...policies, singleLogoutUrl: option(url) })),
  };
  const withKey = {
    experimental: experimental({
      tokenIpRanges: option(perOrg(ranges)),
      tlsClientAuth: since(68, tlsClientAuth),
    }),
  };

  /** Guests get JWTs, so they come where the app issues them. */
  const guest = <P extends { readonly accessTokens?: unknown; readonly codeAndCredentials?: object | undefined }>(
    props: fc.Arbitrary<P>,
  ) =>
    fc
      .tuple(props, option(fc.record({ timeout: jwt }, { requiredKeys: [] })))
      .map(([each, given]) =>
        given && each.codeAndCredentials && AccessTokens.is(each.accessTokens) && each.accessTokens.format === 'jwt'
          ? { ...each, codeAndCredentials: { ...each.codeAndCredentials, guest: given } }
          : each,
      );

  return fc.oneof(
    fc.record({
      construct: fc.constant(PublicClientApp),
      props: guest(fc.record({ ...plain('public'), ...withUsers })),
    }),
    fc.record({
      construct: fc.constant(PrivateClientApp),
      props: guest(
        fc.record({ ...plain('private'), ...withUsers, pkce: option(switchOf('required', true)), ...withKey }),
      ),
    }),
    fc.record({
      construct: fc.constant(MachineApp),
      props: fc
        .record({
          ...plain('machine'),
          ...common,
          permittedUsers: preAuthorized,
          certificate: option(perOrg(fc.constant(machineProps.certificate))),
          clientCredentials: option(fc.constant(machineProps.clientCredentials)),
          ...withKey,
        })
        .map((props) => ({
          ...props,
          // At least one way in.
          ...(!props.certificate && { clientCredentials: machineProps.clientCredentials }),
        })),
    }),
  );
}

/** Apps of the default version. */
export const apps = appsAt(66);

/** The same without custom scopes, which would have to be in the org. */
export const appsAlone = apps.map(({ construct, props }): RandomApp => ({
  construct,
  props: { ...props, customScopes: undefined, adminPolicies: undefined },
}));

/** Valid programs of up to five apps of every kind. */
const programsAt = (version: number) =>
  fc.uniqueArray(fc.record({ id: apiName, app: appsAt(version) }), {
    maxLength: 5,
    selector: ({ id }) => id.toLowerCase(),
  });

export const programs = programsAt(66);
