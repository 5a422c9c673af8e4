import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { CUSTOM_SCOPES, PERMISSION_SETS, RUN_AS } from '../constructs/arbitraries';

// Two values that an attribute may have, for every attribute of every resource with the metadata's own names. Written by
// hand, after Salesforce's documentation: nothing of the provider judges itself.

/** The configuration of a resource, ready for Terraform's JSON. */
export interface Config {
  readonly [name: string]: unknown;
}

export interface Sample {
  /** Both may follow the other. */
  readonly values: readonly [unknown, unknown];
  /** Nobody may go back from the second to the first. Default: false. */
  readonly grows?: boolean;
  /** What the resource has to state beside it. */
  readonly needs?: Config;
}

export const FLAG: Sample = { values: [true, false] };
/** An org may force it to true, and then no one fights over it. */
const FORCED: Sample = { values: [false, true] };
export const both = (one: unknown, other: unknown, needs?: Config): Sample => ({
  values: [one, other],
  ...(needs && { needs }),
});
export const pages = both('https://a.acme.example/page', 'https://b.acme.example/other');
export const texts = both('One text', 'Another text');
const formulas = both(
  [{ key: 'country', formula: 'Organization.Country' }],
  [
    { key: 'country', formula: 'User.Country' },
    { key: 'user', formula: 'User.Id' },
  ],
);
const ranges = (start: string, end: string): Sample =>
  both(
    [{ [start]: '203.0.113.1', [end]: '203.0.113.9', description: 'office' }],
    [
      { [start]: '203.0.113.1', [end]: '203.0.113.8' },
      { [start]: '198.51.100.1', [end]: '198.51.100.1' },
    ],
  );
export const sets = both([PERMISSION_SETS[0]], PERMISSION_SETS.slice(1, 3));
const levels = both('STANDARD', 'HIGH_ASSURANCE');
export const CERTIFICATES = ['0P1000000000001', '0P1000000000002'] as const;

const JWT: Config = { global_oauth: { is_named_user_jwt_enabled: true } };
const GUEST: Config = {
  global_oauth: { is_named_user_jwt_enabled: true, is_code_cred_flow_enabled: true },
  oauth_policies: { is_guest_code_cred_flow_enabled: true },
};
const ASSETS: Config = {
  oauth: {
    asset_token_audiences: 'devices',
    asset_token_signing_certificate: CERTIFICATES[0],
    asset_token_validity: 60,
  },
};
const CREDENTIALS: Config = {
  global_oauth: { is_client_credentials_flow_enabled: true },
  oauth_policies: { is_client_credentials_flow_enabled: true, client_credentials_flow_user: RUN_AS },
};
const HANDLER: Config = { oauth_policies: { apex_handler: 'PortalPlugin', execute_handler_as: RUN_AS } };
const TLS: Config = {
  oauth_security: {
    tls_client_auth_cert_param_type: 'tls_client_auth_subject_dn',
    tls_client_auth_cert_param_value: 'CN=feed',
  },
};
export const OTHER_USER = 'other@acme.example';

/** Users, permission sets and code that the values name, as org.json has them. */
export const ORG_JSON = JSON.stringify({
  users: [RUN_AS, OTHER_USER].map((username) => ({ username, active: true, apiEnabled: true })),
  permissionSets: PERMISSION_SETS.map((name) => ({ name, holders: 1 })),
  profiles: ['Standard User', 'System Administrator'],
  apexClasses: [{ name: 'PortalPlugin' }, { name: 'OtherPlugin' }],
  certificates: CERTIFICATES.map((id, index) => ({ name: `Devices${index}`, id })),
});

const old = (name: string): string =>
  `<ConnectedApp xmlns="http://soap.sforce.com/2006/04/metadata"><contactEmail>a@acme.example</contactEmail><label>${name}</label></ConnectedApp>`;

/** Files of an org that has what the values name. */
const SEED_FILES: Readonly<Record<string, string>> = {
  'org.json': ORG_JSON,
  'connectedApps/Old.connectedApp': old('Old'),
  'connectedApps/Older.connectedApp': old('Older'),
};

/** Writes that org to a folder, as a seed. */
export function writeOrg(folder: string): void {
  mkdirSync(join(folder, 'connectedApps'));
  for (const [name, text] of Object.entries(SEED_FILES)) writeFileSync(join(folder, name), text);
}

/** Custom scopes that the values name, as a configuration declares them. */
export const SCOPES: Config = Object.fromEntries(
  CUSTOM_SCOPES.map((name) => [name, { api_name: name, scope: { master_label: name, description: `Reads ${name}` } }]),
);

/** By path. A flag needs no row. */
const EXTERNAL: Readonly<Record<string, Sample>> = {
  'app.label': texts,
  'app.description': texts,
  'app.contact_email': both('a@acme.example', 'b@acme.example'),
  'app.contact_phone': both('+41 44 000 00 00', '+41 44 000 00 01'),
  'app.distribution_state': both('Local', 'Packaged'),
  'app.icon_url': pages,
  'app.info_url': pages,
  'app.logo_url': pages,
  'global_oauth.callback_url': both(
    ['https://a.acme.example/cb'],
    ['https://a.acme.example/cb', 'https://b.acme.example/cb'],
  ),
  'global_oauth.id_token_config.id_token_audience': both('https://a.acme.example', 'https://b.acme.example'),
  'global_oauth.id_token_config.id_token_validity_in_minutes': both(5, 30),
  'global_oauth.is_enforce_refresh_token_ttl': FORCED,
  'global_oauth.is_pkce_required': FORCED,
  'global_oauth.is_refresh_token_rotation_enabled': FORCED,
  'global_oauth.label': texts,
  'global_oauth.is_client_credentials_flow_enabled': { ...FLAG, needs: CREDENTIALS },
  'global_oauth.is_code_cred_post_only': {
    ...FLAG,
    needs: { global_oauth: { is_code_cred_flow_enabled: true } },
  },
  'oauth.are_attributes_included_in_asset_token': { ...FLAG, needs: ASSETS },
  'oauth.are_custom_perms_included_in_asset_token': { ...FLAG, needs: ASSETS },
  'oauth.asset_token_audiences': both('devices', 'https://devices.acme.example', ASSETS),
  'oauth.asset_token_signing_certificate': both(...CERTIFICATES, ASSETS),
  'oauth.asset_token_validity': both(60, 90, ASSETS),
  'oauth.client_assertion_certificate': both(CERTIFICATES[0], CERTIFICATES[1], {
    oauth: { is_first_party_app_enabled: true },
  }),
  'oauth.is_first_party_app_enabled': {
    ...FLAG,
    needs: { oauth: { client_assertion_certificate: CERTIFICATES[0] } },
  },
  'oauth.comma_separated_custom_scopes': both([CUSTOM_SCOPES[0]], CUSTOM_SCOPES),
  'oauth.comma_separated_oauth_scopes': both(['Api', 'RefreshToken'], ['Api', 'RefreshToken', 'OpenID']),
  'oauth.custom_attributes': formulas,
  'oauth.label': texts,
  'oauth.single_logout_url': pages,
  'oauth.trusted_ip_ranges': ranges('start_ip_address', 'end_ip_address'),
  'oauth_policies.apex_handler': both('PortalPlugin', 'OtherPlugin', HANDLER),
  'oauth_policies.execute_handler_as': both(RUN_AS, OTHER_USER, HANDLER),
  'oauth_policies.client_credentials_flow_user': both(RUN_AS, OTHER_USER, CREDENTIALS),
  'oauth_policies.is_client_credentials_flow_enabled': { ...FLAG, needs: CREDENTIALS },
  'oauth_policies.comma_separated_custom_scopes': both([CUSTOM_SCOPES[0]], CUSTOM_SCOPES),
  'oauth_policies.comma_separated_permission_set': sets,
  'oauth_policies.comma_separated_profile': both(['Standard User'], ['Standard User', 'System Administrator']),
  'oauth_policies.custom_attributes': formulas,
  'oauth_policies.guest_jwt_session_timeout_type': both('UserSession', 'UserSession', GUEST),
  'oauth_policies.guest_jwt_timeout': both(
    10,
    15,
    merged(GUEST, { oauth_policies: { guest_jwt_session_timeout_type: 'Custom' } }),
  ),
  'oauth_policies.is_guest_code_cred_flow_enabled': { ...FLAG, needs: GUEST },
  'oauth_policies.ip_relaxation_policy_type': both('Enforce', 'Enforce_RelaxRefresh'),
  'oauth_policies.label': texts,
  'oauth_policies.named_user_jwt_session_timeout_type': both('UserSession', 'UserSession', JWT),
  'oauth_policies.named_user_jwt_timeout': both(10, 15, {
    ...JWT,
    oauth_policies: { named_user_jwt_session_timeout_type: 'Custom' },
  }),
  'oauth_policies.permitted_users_policy_type': both('AdminApprovedPreAuthorized', 'AllSelfAuthorized'),
  'oauth_policies.policy_action': both('Block', 'RaiseSessionLevel', {
    oauth_policies: { required_session_level: 'HIGH_ASSURANCE' },
  }),
  'oauth_policies.refresh_token_policy_type': both('SpecificLifetime', 'SpecificInactivity'),
  'oauth_policies.refresh_token_validity_period': both(7, 14),
  'oauth_policies.refresh_token_validity_unit': both('Hours', 'Days'),
  'oauth_policies.required_session_level': levels,
  'oauth_policies.session_timeout_in_minutes': both(30, 60),
  'oauth_policies.single_logout_url': pages,
  'oauth_policies.start_url': pages,
  'oauth_security.label': texts,
  'oauth_security.tls_client_auth_cert_param_type': both('tls_client_auth_subject_dn', 'tls_client_auth_san_dns', TLS),
  'oauth_security.tls_client_auth_cert_param_value': both('CN=feed', 'CN=other', TLS),
  'oauth_security.token_ip_ranges': ranges('start_ip_address', 'end_ip_address'),
  'policies.label': texts,
  'policies.start_page': both('None', 'Custom', { policies: { start_url: 'https://a.acme.example/page' } }),
  'policies.start_url': { ...pages, needs: { policies: { start_page: 'Custom' } } },
};

const HEAD = 'oauth_config.asset_token_config';
const CA_ASSETS: Config = {
  oauth_config: {
    asset_token_config: {
      asset_audiences: 'devices',
      asset_signing_cert_id: CERTIFICATES[0],
      asset_validity_period: 60,
    },
  },
};
const CA_CREDENTIALS: Config = {
  oauth_config: { is_client_credential_enabled: true, oauth_client_credential_user: RUN_AS },
};

const CONNECTED: Readonly<Record<string, Sample>> = {
  'app.attributes': formulas,
  'app.contact_email': both('a@acme.example', 'b@acme.example'),
  'app.contact_phone': both('+41 44 000 00 00', '+41 44 000 00 01'),
  'app.description': texts,
  'app.icon_url': pages,
  'app.info_url': pages,
  'app.ip_ranges': ranges('start', 'end'),
  'app.label': texts,
  'app.logo_url': pages,
  'app.mobile_start_url': pages,
  'app.permission_set_name': sets,
  'app.plugin': both('PortalPlugin', 'OtherPlugin'),
  'app.profile_name': both(['Standard User'], ['Standard User', 'System Administrator']),
  'app.start_url': pages,
  [`${HEAD}.asset_audiences`]: both('devices', 'https://devices.acme.example', CA_ASSETS),
  [`${HEAD}.asset_include_attributes`]: { ...FLAG, needs: CA_ASSETS },
  [`${HEAD}.asset_include_custom_perms`]: { ...FLAG, needs: CA_ASSETS },
  [`${HEAD}.asset_signing_cert_id`]: both(...CERTIFICATES, CA_ASSETS),
  [`${HEAD}.asset_validity_period`]: both(60, 90, CA_ASSETS),
  'oauth_config.callback_url': EXTERNAL['global_oauth.callback_url'] ?? FLAG,
  'oauth_config.id_token_config.id_token_audience': both('https://a.acme.example', 'https://b.acme.example'),
  'oauth_config.id_token_config.id_token_validity': both(5, 30),
  'oauth_config.is_client_credential_enabled': { ...FLAG, needs: CA_CREDENTIALS },
  'oauth_config.oauth_client_credential_user': both(RUN_AS, OTHER_USER, CA_CREDENTIALS),
  'oauth_config.is_code_credential_post_only': {
    ...FLAG,
    needs: { oauth_config: { is_code_credential_enabled: true } },
  },
  'oauth_config.is_admin_approved': { ...FLAG, grows: true, needs: { app: { permission_set_name: [] } } },
  'oauth_config.is_enforce_refresh_token_ttl': FORCED,
  'oauth_config.is_pkce_required': FORCED,
  'oauth_config.is_refresh_token_rotation_enabled': FORCED,
  'oauth_config.scopes': both(['Api', 'RefreshToken'], ['Api', 'RefreshToken', 'OpenID']),
  'oauth_config.single_logout_url': pages,
  'oauth_policy.ip_relaxation': both('ENFORCE', 'BYPASS'),
  'oauth_policy.refresh_token_policy': both('zero', 'infinite'),
  'oauth_policy.single_logout_url': pages,
  'session_policy.policy_action': both('Block', 'RaiseSessionLevel', {
    session_policy: { session_level: 'HIGH_ASSURANCE' },
  }),
  'session_policy.session_level': both('HIGH_ASSURANCE', 'HIGH_ASSURANCE'),
  'session_policy.session_timeout': both(30, 60),
};

/** An app of someone else is taken out in Setup alone. */
const grows = true;
const enabled = (app: string): Config => ({ connected_app: app, is_default: true, apex_execution_user: RUN_AS });

const RECORDS: Readonly<Record<string, Sample>> = {
  'scope.master_label': texts,
  'scope.description': texts,
  'scope.assigned_to': {
    ...both([{ connected_app: 'Old' }], [{ connected_app: 'Old' }, { connected_app: 'Older' }]),
    grows,
  },
  'handler.enablements': { ...both([enabled('Old')], [enabled('Old'), enabled('Older')]), grows },
  'handler.master_label': texts,
  'handler.description': texts,
  'handler.token_handler_apex': both('PortalPlugin', 'OtherPlugin'),
};

export const SAMPLES: Readonly<Record<string, Readonly<Record<string, Sample>>>> = {
  salesforce_external_client_app: EXTERNAL,
  salesforce_connected_app: CONNECTED,
  salesforce_oauth_settings: {},
  salesforce_oauth_custom_scope: RECORDS,
  salesforce_oauth_token_exchange_handler: RECORDS,
};

function isRecord(value: unknown): value is Config {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Later ones win; records are merged. */
export function merged(...all: readonly Config[]): Config {
  const result: Record<string, unknown> = {};
  for (const [name, value] of all.flatMap((each) => Object.entries(each))) {
    const before = result[name];
    result[name] = isRecord(before) && isRecord(value) ? merged(before, value) : value;
  }
  return result;
}

/** A configuration that states one attribute. */
export const stating = (path: string, value: unknown): Config => {
  const [name = '', ...rest] = path.split('.');
  return { [name]: rest.length === 0 ? value : stating(rest.join('.'), value) };
};
