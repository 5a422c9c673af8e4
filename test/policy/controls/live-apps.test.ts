import type { FieldValue } from '../../../lib/metadata/component';
import type { ManifestRecord } from '../../../lib/metadata/manifest';
import type { CheckFacts, ExchangeHandler } from '../../../lib/policy/control';
import { exchangeHandlers } from '../../../lib/policy/posture/exchange-handlers';
import { postureOf } from '../../../lib/policy/posture/of-app';
import {
  brokenConnectedApp,
  type Case,
  changed,
  connectedApp,
  installed,
  machine,
  oauthConfig,
  observedDefault,
  privateApp,
  publicApp,
} from '../support';
import { describeControl } from './describe-control';

const vendor = { "the app is a vendor's, who decides this": installed() };
const unreadableScopes = { 'the scopes cannot be read': privateApp({ unreadable: ['oauth'] }) };
const scopes = (...commaSeparatedOauthScopes: string[]) => ({ oauth: { commaSeparatedOauthScopes } });
const REFRESH = scopes('Api', 'RefreshToken');
const JWT = { isNamedUserJwtEnabled: true };

describeControl('SFCA-APP-TOKEN-FORMAT', {
  fails: {
    'the Salesforce API Platform is called with opaque tokens': machine(scopes('Api', 'SFApiPlatform')),
    'a hosted MCP server is called with opaque tokens': publicApp(scopes('MCP')),
    'pages are opened with JWT-based tokens': privateApp({ ...scopes('Api', 'Web'), global: JWT }),
    'a hybrid app opens pages with them': publicApp({ ...scopes('Lightning', 'Content'), global: JWT }),
    'a Connected App asks for hosted MCP servers': connectedApp(
      oauthConfig({ scopes: 'MCP', isNamedUserJwtEnabled: true }),
      'private',
    ),
    'a live Connected App has opaque tokens for the API Platform': connectedApp(
      oauthConfig({ scopes: 'SFAP' }),
      'private',
    ),
  },
  passes: {
    'JWT-based tokens are issued where they are needed': machine({ ...scopes('SFApiPlatform'), global: JWT }),
    'opaque tokens are issued where pages are opened': privateApp(scopes('Web')),
  },
  notApplicable: { 'no scope asks for either': privateApp(), ...vendor },
  notEvaluated: {
    ...unreadableScopes,
    'the format cannot be read': privateApp({ ...scopes('Web'), unreadable: ['global'] }),
  },
});

const lifetime = (days: number, refreshTokenPolicyType = 'SpecificLifetime') => ({
  ...REFRESH,
  policies: { refreshTokenPolicyType, refreshTokenValidityPeriod: days, refreshTokenValidityUnit: 'Days' },
});
const at = (apiVersion: number, changes: Parameters<typeof changed>[1]): Case => ({
  app: postureOf(changed(observedDefault('Portal'), changes), { origin: 'read', apiVersion }),
  kind: 'private',
});
const caPolicy = (policy: string, more: Readonly<Record<string, boolean>> = {}): Case =>
  connectedApp(
    `${oauthConfig({ scopes: 'RefreshToken', ...more })}<oauthPolicy><refreshTokenPolicy>${policy}</refreshTokenPolicy></oauthPolicy>`,
    'private',
  );

describeControl('SFCA-APP-REFRESH-IDLE', {
  fails: {
    'a token lives for ninety days, used or not': at(67, {
      ...lifetime(90),
      global: { isEnforceRefreshTokenTTL: false },
    }),
    'an unused token lives for sixty days': at(67, {
      ...lifetime(60, 'SpecificInactivity'),
      global: { isEnforceRefreshTokenTTL: false },
    }),
    'that of a Connected App lives for ninety days': caPolicy('specific_lifetime:90:DAYS', {
      isEnforceRefreshTokenTTL: false,
    }),
  },
  passes: {
    'the policy ends unused tokens': privateApp(lifetime(30, 'SpecificInactivity')),
    'the policy ends all of them soon': privateApp(lifetime(14)),
    'the idle limit does': at(67, { ...lifetime(90), global: { isEnforceRefreshTokenTTL: true } }),
    'the idle limit does beside a policy without an end': at(67, {
      ...lifetime(0, 'Infinite'),
      global: { isEnforceRefreshTokenTTL: true },
    }),
  },
  notApplicable: {
    'none is issued': privateApp(scopes('Api')),
    'the lifetime is another finding': caPolicy('infinite'),
    'tokens end at once': privateApp(lifetime(0, 'Zero')),
    'the client is a machine': machine(REFRESH),
  },
  notEvaluated: {
    ...unreadableScopes,
    'the version shows no idle limit': at(66, lifetime(90)),
    'the policies cannot be read': privateApp({ ...REFRESH, unreadable: ['policies'] }),
    'the file cannot be read': { ...brokenConnectedApp, kind: 'private' },
  },
});

const SECURITY = 'ExtlClntAppOauthSecuritySettings';
function listing(ranges: readonly (readonly [string, string])[] | undefined, apiVersion = 67, granted = REFRESH): Case {
  const observed = changed(observedDefault('Portal'), granted);
  const tokenIpRanges: FieldValue = (ranges ?? []).map(([startIpAddress, endIpAddress]) => ({
    startIpAddress,
    endIpAddress,
  }));
  const record = {
    state: 'present',
    component: { type: SECURITY, fullName: 'Portal', fields: { tokenIpRanges } },
  } as const;
  const components = ranges === undefined ? observed.components : { ...observed.components, [SECURITY]: record };
  return {
    app: postureOf({ ...observed, components }, { origin: 'read', apiVersion }),
    kind: 'private',
  };
}

describeControl('SFCA-ECA-REFRESH-IP-ALLOWLIST', {
  fails: {
    'the whole internet is listed': listing([['0.0.0.0', '255.255.255.255']]),
    'one of two ranges is wide': listing([
      ['203.0.113.1', '203.0.113.9'],
      ['10.0.0.0', '10.255.255.255'],
    ]),
    'a range is none': listing([['somewhere', 'else']]),
  },
  lowRisk: { 'nothing is listed': listing([]), 'there is no record': listing(undefined) },
  passes: { 'few addresses are listed': listing([['203.0.113.1', '203.0.113.9']]) },
  notApplicable: {
    'none is issued': listing([], 67, scopes('Api')),
    'none is issued, and the version shows no allowlist': listing(undefined, 66, scopes('Api')),
    'the client is on devices': publicApp(REFRESH),
    ...vendor,
  },
  notEvaluated: {
    'the version shows no allowlist': listing(undefined, 66),
    'the program leaves it to the org': privateApp(REFRESH),
    ...unreadableScopes,
  },
});

const ON = { global: { isTokenExchangeEnabled: true }, policies: { isTokenExchangeFlowEnabled: true } };
const FEED = 'feed@acme.example';
const handler = (more: Partial<ExchangeHandler> = {}, runsAs: string | undefined = FEED): ExchangeHandler => ({
  name: 'Partner',
  enabled: true,
  createsUsers: false,
  serves: [{ platform: 'external-client-app', apiName: 'Portal', ...(runsAs !== undefined && { runsAs }) }],
  ...more,
});
const knowing = (
  found: readonly ExchangeHandler[],
  administrator?: boolean,
  unread?: string,
): { facts: CheckFacts } => ({
  facts: {
    exchangeHandlers: { found, ...(unread !== undefined && { unread }) },
    runAsUsers: new Map(administrator === undefined ? [] : [[FEED, { administrator }]]),
  },
});

describeControl('SFCA-APP-TOKEN-EXCHANGE-HANDLER', {
  fails: {
    'a handler may create users': privateApp(ON, knowing([handler({ createsUsers: true })])),
    'an administrator runs it': privateApp(ON, knowing([handler()], true)),
    'one is bad and others were not read': privateApp(
      ON,
      knowing([handler({ createsUsers: true })], false, 'no access'),
    ),
  },
  lowRisk: {
    'no handler serves the app': privateApp(ON, knowing([])),
    'the handler is off': privateApp(ON, knowing([handler({ enabled: false, createsUsers: true })])),
    'the handler serves another app': privateApp(ON, knowing([handler({ createsUsers: true, serves: [] })])),
  },
  passes: { 'the handler does little': privateApp(ON, knowing([handler()], false)) },
  notApplicable: { 'the flow is off': privateApp({}, knowing([handler({ createsUsers: true })])) },
  notEvaluated: {
    'nobody asked for handlers': privateApp(ON),
    'there may be other handlers': privateApp(ON, knowing([handler()], false, 'no access')),
    'nobody read what the user may do': privateApp(ON, knowing([handler()])),
    'nobody read who the user is': privateApp(
      ON,
      knowing([handler({ serves: [{ platform: 'external-client-app', apiName: 'Portal' }] })]),
    ),
    'the switch cannot be read': privateApp({ ...ON, unreadable: ['global', 'policies'] }, knowing([handler()], false)),
  },
});

describe('token exchange handlers', () => {
  const type = 'OauthTokenExchangeHandler';
  const fields = {
    isEnabled: true,
    isUserCreationAllowed: true,
    enablements: [{ externalClientApp: 'Portal', apexExecutionUser: FEED }],
  };
  const present = { state: 'present', component: { type, fullName: 'Partner', fields } } as const;
  const inOrg = { [type]: { byName: new Map([['Partner', present]]) } };
  const owned = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, { value, ownership: 'stated' as const }]),
  );
  const declared: ManifestRecord = {
    type,
    name: 'Partner',
    path: 'identity/prod/Partner',
    preserved: [],
    fields: owned,
    exceptions: [],
  };
  const answered = {
    option: 'createsUsers',
    reason: 'Partners register',
    approved_by: 'sec@acme.example',
    expires: '2026-12-31',
  };
  const excused: ManifestRecord = { ...declared, exceptions: [answered] };

  it('are read from the org, with the apps that they serve', () => {
    expect(exchangeHandlers(inOrg)).toEqual({ found: [handler({ createsUsers: true })] });
  });

  it('are those of the program where it declares them; a stated justification answers for what they create', () => {
    expect(exchangeHandlers(undefined, [declared]).found).toEqual([handler({ createsUsers: true })]);
    expect(exchangeHandlers(inOrg, [excused])).toEqual({ found: [handler()] });
  });

  it('are not all known where no org was read, or one of them cannot be', () => {
    expect(exchangeHandlers(undefined).unread).toBeDefined();
    const broken = { [type]: { byName: new Map([['Partner', { state: 'unreadable', reason: 'line 3' } as const]]) } };
    expect(exchangeHandlers(broken)).toEqual({ found: [], unread: `${type} Partner: line 3` });
  });
});
