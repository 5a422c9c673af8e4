import { OAUTH_SETTINGS, SECURITY_SETTINGS } from '../../values/metadata-types';
import { appReference, type ComponentType, flag, integer, records, set, text } from './field';

/** Spellings of a scope that grant the same; the left one is folded into the right one before comparing. */
export const SCOPE_SYNONYMS: Readonly<Record<string, string>> = {
  OfflineAccess: 'RefreshToken',
  Address: 'Basic',
  Email: 'Basic',
  Phone: 'Basic',
  Profile: 'Basic',
};

export const ASSET_TOKEN = { level: 'breaks', who: 'receivers of asset tokens that read these claims' } as const;
export const ATTRIBUTES = {
  onChange: { level: 'breaks', who: 'clients and resource servers that read an attribute as it was' },
} as const;

/** Outsiders of the trusted ranges are asked to verify themselves. */
export const TRUSTED_RANGES = {
  onChange: { level: 'reauthorize', who: 'users of the web server flow who come from an address no longer listed' },
} as const;

export const LOGOUT = {
  direction: 'logout',
  impact: { onChange: { level: 'breaks', who: 'clients that are logged out through the previous URL' } },
} as const;

const TLS = { onChange: { level: 'unknown', who: 'clients whose certificate names another subject' } } as const;

/** Scopes and other packageable OAuth settings of an External Client App. */
export const oauthSettings: ComponentType = {
  name: OAUTH_SETTINGS,
  directory: 'extlClntAppOauthSettings',
  suffix: 'ecaOauth',
  since: 59,
  title: 'OAuth settings',
  fields: [
    appReference,
    flag('areAttributesIncludedInAssetToken', 'Asset token: include custom attributes', {
      since: 61,
      direction: 'true-widens',
      impact: { whenFalse: ASSET_TOKEN },
    }),
    flag('areCustomPermsIncludedInAssetToken', 'Asset token: include custom permissions', {
      since: 61,
      direction: 'true-widens',
      impact: { whenFalse: ASSET_TOKEN },
    }),
    text('assetTokenAudiences', 'Asset token: audiences', {
      since: 61,
      direction: 'change-widens',
      impact: {
        onChange: { level: 'breaks', who: 'receivers of asset tokens that expect an audience no longer listed' },
      },
    }),
    text('assetTokenSigningCertificate', 'Asset token: signing certificate', {
      since: 61,
      direction: 'change-widens',
      impact: {
        onChange: { level: 'breaks', who: 'receivers that verify asset tokens with the previous certificate' },
      },
    }),
    integer('assetTokenValidity', 'Asset token: validity', { since: 61, direction: 'growing-widens' }),
    text('clientAssertionCertificate', 'Client assertion certificate', {
      since: 62,
      direction: 'change-widens',
      impact: {
        onChange: { level: 'breaks', who: 'clients that sign assertions with the key of the previous certificate' },
      },
    }),
    set('commaSeparatedCustomScopes', 'Custom OAuth scopes', {
      since: 61,
      impact: { onChange: { level: 'breaks', who: 'clients that use a scope no longer listed' } },
    }),
    set('commaSeparatedOauthScopes', 'OAuth scopes', {
      synonyms: SCOPE_SYNONYMS,
      impact: { onChange: { level: 'breaks', who: 'clients that ask for a scope no longer listed' } },
    }),
    records(
      'customAttributes',
      'Custom attributes',
      [text('key', 'Key'), text('formula', 'Formula', { direction: 'change-widens' })],
      { direction: 'growing-widens', impact: ATTRIBUTES },
    ),
    flag('isFirstPartyAppEnabled', 'First-party app', {
      since: 62,
      direction: 'true-widens',
      impact: { whenFalse: { level: 'breaks', who: 'native logins of the shipped app' } },
    }),
    text('label', 'Label'),
    text('oauthLink', 'Link to the OAuth consumer', { role: 'server' }),
    text('singleLogoutUrl', 'Single logout URL', LOGOUT),
    records(
      'trustedIpRanges',
      'Trusted IP ranges (web server flow)',
      [text('startIpAddress', 'Start'), text('endIpAddress', 'End'), text('description', 'Description')],
      { direction: 'growing-widens', impact: TRUSTED_RANGES },
    ),
  ],
};

/** Undocumented since API 67: written only where an experimental option states a part of it, else read and preserved. */
export const oauthSecuritySettings: ComponentType = {
  name: SECURITY_SETTINGS,
  directory: 'extlClntAppOauthSecuritySettings',
  suffix: 'ecaOauthSecurity',
  since: 67,
  title: 'OAuth security settings',
  fields: [
    { ...appReference, since: 67 },
    text('label', 'Label', { since: 67 }),
    records(
      'tokenIpRanges',
      'Refresh token IP allowlist',
      [
        text('startIpAddress', 'Start', { since: 67 }),
        text('endIpAddress', 'End', { since: 67 }),
        text('description', 'Description', { since: 67 }),
      ],
      {
        since: 67,
        direction: 'allowlist',
        impact: { onChange: { level: 'breaks', who: 'clients that refresh tokens from an address not listed' } },
      },
    ),
    text('tlsClientAuthCertParamType', 'mTLS subject kind', { since: 68, direction: 'undocumented', impact: TLS }),
    text('tlsClientAuthCertParamValue', 'mTLS subject', { since: 68, direction: 'undocumented', impact: TLS }),
  ],
};
