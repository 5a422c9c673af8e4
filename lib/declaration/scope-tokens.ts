import type { Platform } from './client-app';

/** One OAuth scope: Salesforce's metadata token, the name on the wire, the first Metadata API version that knows it. */
export interface ScopeToken {
  readonly token: string;
  readonly wire: string;
  readonly since: number;
}

const scope = (token: string, wire: string, since = 47): ScopeToken => ({ token, wire, since });

/**
 * The scopes an External Client App may have, from the list that the deploy validator itself prints. `OfflineAccess`
 * (same as RefreshToken) and `Profile`, `Email`, `Address`, `Phone` (same as Basic) are left out on purpose.
 */
export const SCOPE_TOKENS: readonly ScopeToken[] = [
  scope('Api', 'api'),
  scope('Basic', 'id'),
  scope('CDP', 'cdp_api', 58),
  scope('CDPCalculatedInsight', 'cdp_calculated_insight_api', 57),
  scope('CDPIdentityResolution', 'cdp_identityresolution_api', 57),
  scope('CDPIngest', 'cdp_ingest_api', 52),
  scope('CDPProfile', 'cdp_profile_api', 53),
  scope('CDPQuery', 'cdp_query_api', 53),
  scope('CDPSegment', 'cdp_segment_api', 55),
  scope('Chatbot', 'chatbot_api', 54),
  scope('Chatter', 'chatter_api'),
  scope('Content', 'content', 51),
  scope('CustomApplications', 'visualforce'),
  scope('CustomPermissions', 'custom_permissions'),
  scope('DataCloudUserClaims', 'data_cloud_user_claims', 67),
  scope('Eclair', 'eclair_api'),
  scope('EinsteinGPT', 'einstein_gpt_api', 59),
  scope('ForgotPassword', 'forgot_password', 57),
  scope('Full', 'full'),
  scope('Interaction', 'interaction_api', 58),
  scope('Lightning', 'lightning', 51),
  scope('MCP', 'mcp_api', 66),
  scope('OpenID', 'openid'),
  scope('Pardot', 'pardot_api', 49),
  scope('PwdlessLogin', 'pwdless_login_api', 59),
  scope('RefreshToken', 'refresh_token'),
  scope('SCRT', 'scrt_api', 66),
  scope('SFApiPlatform', 'sfap_api', 58),
  scope('UserRegistration', 'user_registration_api', 58),
  scope('Wave', 'wave_api'),
  scope('Web', 'web'),
];

/** Other spellings people write, and the token each one means. */
const OTHER_SPELLINGS: Readonly<Record<string, string>> = {
  SFAP: 'SFApiPlatform',
  OfflineAccess: 'RefreshToken',
  offline_access: 'RefreshToken',
  Profile: 'Basic',
  profile: 'Basic',
  Email: 'Basic',
  email: 'Basic',
  Address: 'Basic',
  address: 'Basic',
  Phone: 'Basic',
  phone: 'Basic',
};

/** Scopes that only the enumeration of Connected Apps lists; their names on the wire are not published. */
const OF_CONNECTED_APPS: readonly ScopeToken[] = [
  scope('A2A', '', 68),
  scope('CmdbDiscovery', '', 68),
  scope('SemanticLayer', '', 68),
];

/** The scopes of a platform, in the tokens of External Client Apps. */
export const scopesOf = (platform: Platform): readonly ScopeToken[] =>
  platform === 'connected-app' ? [...SCOPE_TOKENS, ...OF_CONNECTED_APPS] : SCOPE_TOKENS;

const BY_TOKEN = new Map(SCOPE_TOKENS.map((row) => [row.token, row] as const));

export const findScope = (token: string, platform: Platform = 'external-client-app'): ScopeToken | undefined =>
  BY_TOKEN.get(token) ?? scopesOf(platform).find((row) => row.token === token);

/** The token meant by a name on the wire (`api`, `refresh_token`), a synonym, or the Connected App spelling. */
export function intendedScope(text: string): string | undefined {
  return OTHER_SPELLINGS[text] ?? SCOPE_TOKENS.find((row) => row.wire === text.toLowerCase())?.token;
}
