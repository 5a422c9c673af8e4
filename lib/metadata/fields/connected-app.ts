import { ASSET_TOKEN_NAMES } from '../../options/other-words';
import { type Place, SETTINGS, settings as oauth } from '../../options/settings';
import { CONNECTED_APP } from '../../values/metadata-types';
import {
  certificate,
  choice,
  type ComponentType,
  type Field,
  flag,
  integer,
  record,
  records,
  set,
  text,
} from './field';
import { globalOauthSettings, ID_TOKEN_IMPACT } from './global-oauth-settings';
import { ASSET_TOKEN, ATTRIBUTES, LOGOUT, oauthSettings, SCOPE_SYNONYMS, TRUSTED_RANGES } from './oauth-settings';
import { LEVEL_IMPACT, oauthConfigurablePolicies } from './policies';

const THEIRS = [globalOauthSettings, oauthSettings, oauthConfigurablePolicies];

/** The field means what one of an External Client App means: the words, the effect and the impact are the same. */
function like({ type, field: theirs }: Place, name: string, own: Partial<Field>): Field {
  const found = THEIRS.find((each) => each.name === type)?.fields.find((field) => field.name === theirs);
  if (!found) throw new TypeError(`No field ${type}.${theirs} in the field table`);
  // What Salesforce forces, it forces on new External Client Apps; an old Connected App may have it off.
  const { serverWins: _forced, ...same } = found;
  return { ...same, name, ...own };
}

const same = (
  { eca, ca }: { readonly eca: Place; readonly ca: string },
  since: number,
  own: Partial<Field> = {},
): Field => like(eca, ca, { since, ...own });

const claims = (name: string, title: string): Field =>
  flag(name, title, { since: 43, direction: 'true-widens', impact: ID_TOKEN_IMPACT.claims });

const idToken = [
  text('idTokenAudience', 'ID token audiences', {
    since: 43,
    direction: 'change-widens',
    impact: ID_TOKEN_IMPACT.audience,
  }),
  claims('idTokenIncludeAttributes', 'Include custom attributes'),
  claims('idTokenIncludeCustomPerms', 'Include custom permissions'),
  claims('idTokenIncludeStandardClaims', 'Include standard claims'),
  integer('idTokenValidity', 'Token valid for (minutes)', { since: 43, default: 2, direction: 'growing-widens' }),
];

const ASSET_CLAIMS = {
  since: 49,
  default: true,
  direction: 'true-widens',
  impact: { whenFalse: ASSET_TOKEN },
} as const;

const assetToken = [
  like(oauth('assetTokenAudiences'), ASSET_TOKEN_NAMES.assetTokenAudiences, { since: 49, title: 'Audiences' }),
  flag('assetIncludeAttributes', 'Include custom attributes', ASSET_CLAIMS),
  flag('assetIncludeCustomPerms', 'Include custom permissions', ASSET_CLAIMS),
  like(oauth('assetTokenSigningCertificate'), ASSET_TOKEN_NAMES.assetTokenSigningCertificate, {
    since: 49,
    title: 'Signing certificate',
  }),
  integer('assetValidityPeriod', 'Validity (seconds)', { since: 49, direction: 'growing-widens' }),
];

const OAUTH_CONFIG: readonly Field[] = [
  record('oauthConfig.assetTokenConfig', 'Asset token', assetToken, { since: 49 }),
  same(SETTINGS.callbackUrls, 29),
  // Other than an External Client App, a Connected App gives its certificate back.
  certificate('oauthConfig.certificate', 'Use digital signatures: certificate', {
    since: 29,
    direction: 'change-widens',
    impact: { onChange: { level: 'breaks', who: 'clients that sign with the key of the previous certificate' } },
  }),
  same(SETTINGS.consumerKey, 32),
  same(SETTINGS.consumerSecret, 32),
  record('oauthConfig.idTokenConfig', 'ID token', idToken, { since: 43 }),
  flag('oauthConfig.isAdminApproved', 'Admin approved users are pre-authorized', {
    since: 46,
    direction: 'true-narrows',
    impact: { whenTrue: { level: 'breaks', who: 'users without one of the listed permission sets or profiles' } },
  }),
  same(SETTINGS.clientCredentialsPolicy, 56),
  same(SETTINGS.codeAndCredentials, 57),
  same(SETTINGS.codeAndCredentialsPostOnly, 57),
  same(SETTINGS.secretInWebServerFlow, 49),
  same(SETTINGS.dpop, 68),
  same(SETTINGS.deviceFlow, 68),
  same(SETTINGS.idleRefreshTokenLimit, 68),
  same(SETTINGS.introspectAllTokens, 49),
  flag('oauthConfig.isIpBindingEnabled', 'Bind tokens to IP addresses', {
    since: 68,
    direction: 'undocumented',
    impact: { whenTrue: { level: 'unknown', who: 'clients whose address changes while a token lives' } },
  }),
  same(SETTINGS.jwtAccessTokens, 58),
  like(SETTINGS.mutualTls.eca, SETTINGS.pkiMutualTls.ca, { since: 68, title: 'Enable mutual TLS (PKI)' }),
  // False where nothing is stated, which is the other way round than for an External Client App.
  same(SETTINGS.pkceRequired, 59, { default: false }),
  same(SETTINGS.refreshTokenRotation, 60),
  same(SETTINGS.secretInRefreshFlow, 51),
  same(SETTINGS.secretInTokenExchange, 60),
  same(SETTINGS.tokenExchange, 60),
  same(SETTINGS.runAsUser, 56),
  set('oauthConfig.scopes', 'OAuth scopes', {
    since: 29,
    synonyms: SCOPE_SYNONYMS,
    repeated: true,
    impact: { onChange: { level: 'breaks', who: 'clients that ask for a scope no longer listed' } },
  }),
  text('oauthConfig.singleLogoutUrl', 'Single logout URL', { since: 46, ...LOGOUT }),
];

const POLICIES: readonly Field[] = [
  choice('oauthPolicy.ipRelaxation', 'IP relaxation', ['ENFORCE', 'ENFORCE_RELAXREFRESH', 'BYPASS_2FACTOR', 'BYPASS'], {
    since: 49,
    default: 'ENFORCE',
    direction: ['BYPASS', 'BYPASS_2FACTOR', 'ENFORCE_RELAXREFRESH', 'ENFORCE'],
    impact: { onChange: { level: 'breaks', who: "clients outside the users' login IP ranges" } },
  }),
  same(SETTINGS.tokenExchangePolicy, 60),
  text('oauthPolicy.refreshTokenPolicy', 'Refresh token policy', {
    since: 49,
    default: 'infinite',
    direction: 'refresh-token-lifetime',
    impact: { onChange: { level: 'reauthorize', who: 'clients whose refresh tokens end earlier than before' } },
  }),
  text('oauthPolicy.singleLogoutUrl', 'Single logout URL (policy)', { since: 49, ...LOGOUT }),
  choice('sessionPolicy.policyAction', 'If the session level is too low', ['Block', 'RaiseSessionLevel'], {
    since: 49,
    direction: 'session-level-action',
    impact: LEVEL_IMPACT,
  }),
  choice('sessionPolicy.sessionLevel', 'Required session level', ['HIGH_ASSURANCE'], {
    since: 49,
    direction: ['HIGH_ASSURANCE'],
    impact: LEVEL_IMPACT,
  }),
  integer('sessionPolicy.sessionTimeout', 'Session timeout (minutes)', { since: 49, direction: 'session-timeout' }),
];

/**
 * A Connected App: one record with everything in it. A field of a nested record stands here under its path
 * (`oauthConfig.isPkceRequired`), so that each has an owner of its own. Whole parts outside OAuth are listed in
 * `CONNECTED_APP_PARTS`.
 */
export const connectedApp: ComponentType = {
  name: CONNECTED_APP,
  directory: 'connectedApps',
  suffix: 'connectedApp',
  since: 29,
  title: 'Connected app',
  fields: [
    records(
      'attributes',
      'Custom attributes',
      [text('key', 'Key', { since: 29 }), text('formula', 'Formula', { since: 29, direction: 'change-widens' })],
      { since: 29, direction: 'growing-widens', impact: ATTRIBUTES },
    ),
    text('contactEmail', 'Contact email', { since: 29 }),
    text('contactPhone', 'Contact phone', { since: 29 }),
    text('description', 'Description', { since: 29 }),
    text('iconUrl', 'Icon URL', { since: 29 }),
    text('infoUrl', 'Info URL', { since: 29 }),
    records(
      'ipRanges',
      'Trusted IP ranges (web server flow)',
      [
        text('start', 'Start', { since: 29 }),
        text('end', 'End', { since: 29 }),
        text('description', 'Description', { since: 31 }),
      ],
      { since: 29, direction: 'growing-widens', impact: TRUSTED_RANGES },
    ),
    text('label', 'Connected app name', { since: 29 }),
    text('logoUrl', 'Logo image URL', { since: 29 }),
    text('mobileStartUrl', 'Mobile start URL', { since: 29 }),
    ...OAUTH_CONFIG,
    ...POLICIES,
    same(SETTINGS.permissionSets, 46, {
      kind: { kind: 'set', repeated: true },
      clearedByEmptyElement: true,
    }),
    same(SETTINGS.apexHandler, 29),
    same(SETTINGS.apexHandlerUser, 46, { until: 66 }),
    same(SETTINGS.profiles, 46, {
      kind: { kind: 'set', repeated: true },
      clearedByEmptyElement: true,
    }),
    text('startUrl', 'Start URL', { since: 29 }),
    text('managedBy', 'Managed as code by', { role: 'carried' }),
    text('certificateFingerprint', 'Certificate on record', { role: 'carried' }),
  ],
};

/** Parts of a Connected App beside OAuth: read and written back whole, shown as present, never declared or changed. */
export const CONNECTED_APP_PARTS: readonly { readonly name: string; readonly title: string }[] = [
  { name: 'canvas', title: 'Canvas' },
  { name: 'canvasConfig', title: 'Canvas' },
  { name: 'mobileAppConfig', title: 'Mobile app' },
  { name: 'samlConfig', title: 'SAML' },
];
