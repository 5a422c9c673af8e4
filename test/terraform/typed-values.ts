import { readFileSync } from 'node:fs';

import { CUSTOM_SCOPES, PERMISSION_SETS, RUN_AS } from '../constructs/arbitraries';
import { DEMO_CERTIFICATE } from '../constructs/support';
import { UNTIL } from './typed-hcl';
import { both, CERTIFICATES, type Config, FLAG, OTHER_USER, pages, type Sample, sets, texts } from './wire-values';

// Two values for every argument of the resources by kind of client, and for what stands inside one. Written by hand.

const justification = { reason: 'kiosks', approved_by: 'ciso@acme.example', expires: UNTIL };
/** A switch that needs a reason where it is not secure, and takes none where it is. */
const excused = (name: string, member: string): Readonly<Record<string, Sample>> => ({
  [name]: both({ [member]: true, justification }, { [member]: false }),
  [`${name}.${member}`]: both(true, true, { [name]: { justification } }),
});
/** The other way round. An org may force it to true, and then no one fights over it. */
const forced = (name: string, member: string): Readonly<Record<string, Sample>> => ({
  [name]: both({ [member]: false, justification }, { [member]: true }),
  [`${name}.${member}`]: both(false, false, { [name]: { justification } }),
});
const PEM = readFileSync(DEMO_CERTIFICATE, 'utf8');
/** A value inside a record that has to say more. */
const inside = (name: string, values: readonly [unknown, unknown], more: Config): Sample => ({
  values,
  needs: { [name]: { ...more } },
});

const JWT: Config = { access_tokens: { format: 'jwt' } };
const HEADLESS: Config = { code_and_credentials: { post_body_only: { required: true } } };
const ASSET = { audiences: 'devices', signing_certificate: CERTIFICATES[0], validity: '60 minutes' };
const HANDLER = { class_name: 'PortalPlugin', execute_as: RUN_AS };
const TLS = { type: 'subject_dn', value: 'CN=feed' };
const RANGES = [{ start: '203.0.113.1', end: '203.0.113.9', description: 'office' }];
const OTHER_RANGES = [{ start: '198.51.100.1', end: '198.51.100.1' }];
const LEVEL = { level: 'high_assurance' };
const ADMITTED = { policy: 'pre_authorized', permission_sets: [PERMISSION_SETS[0]] };
const urls = both(['https://a.acme.example/cb'], ['https://a.acme.example/cb', 'https://b.acme.example/cb']);

export const PRIVATE: Readonly<Record<string, Sample>> = {
  label: texts,
  description: texts,
  contact_email: both('a@acme.example', 'b@acme.example'),
  contact_phone: both('+41 44 000 00 00', '+41 44 000 00 01'),
  icon_url: pages,
  info_url: pages,
  logo_url: pages,
  single_logout_url: pages,
  start_url: pages,
  callback_urls: urls,
  scopes: both(['Api', 'RefreshToken'], ['Api', 'RefreshToken', 'OpenID']),
  custom_scopes: both([CUSTOM_SCOPES[0]], CUSTOM_SCOPES),
  custom_attributes: both({ country: 'Organization.Country' }, { country: 'User.Country', user: 'User.Id' }),
  dpop: FLAG,
  mutual_tls: FLAG,
  limit_idle_refresh_tokens: both(true, true),
  disabled_plugins: both(['push'], ['push', 'canvas']),
  access_tokens: both({ format: 'opaque', lifetime: '30 minutes' }, { format: 'jwt', lifetime: '10 minutes' }),
  'access_tokens.format': inside('access_tokens', ['opaque', 'jwt'], { lifetime: '30 minutes' }),
  'access_tokens.lifetime': inside('access_tokens', ['30 minutes', '15 minutes'], { format: 'jwt' }),
  admin_policies: both({ single_logout_url: 'https://a.acme.example/page' }, { custom_scopes: [CUSTOM_SCOPES[0]] }),
  'admin_policies.custom_attributes': both({ country: 'Organization.Country' }, { country: 'User.Country' }),
  'admin_policies.custom_scopes': both([CUSTOM_SCOPES[0]], CUSTOM_SCOPES),
  'admin_policies.single_logout_url': pages,
  apex_handler: both(HANDLER, { class_name: 'OtherPlugin', execute_as: OTHER_USER }),
  'apex_handler.class_name': inside('apex_handler', ['PortalPlugin', 'OtherPlugin'], HANDLER),
  'apex_handler.execute_as': inside('apex_handler', [RUN_AS, OTHER_USER], HANDLER),
  asset_token: both(ASSET, { ...ASSET, validity: '90 minutes', include_custom_attributes: true }),
  'asset_token.audiences': inside('asset_token', ['devices', 'https://a.acme.example'], ASSET),
  'asset_token.signing_certificate': inside('asset_token', CERTIFICATES, ASSET),
  'asset_token.validity': inside('asset_token', ['60 minutes', '2 days'], ASSET),
  'asset_token.include_custom_attributes': inside('asset_token', [true, false], ASSET),
  'asset_token.include_custom_permissions': inside('asset_token', [true, false], ASSET),
  code_and_credentials: both(
    { post_body_only: { required: true } },
    { post_body_only: { required: false, justification } },
  ),
  'code_and_credentials.post_body_only': both({ required: true }, { required: false, justification }),
  'code_and_credentials.post_body_only.required': both(false, false, {
    code_and_credentials: { post_body_only: { justification } },
  }),
  'code_and_credentials.guest': both({ timeout: '10 minutes' }, { timeout: '15 minutes' }, JWT),
  'code_and_credentials.guest.timeout': both('10 minutes', '15 minutes', { ...JWT, ...HEADLESS }),
  ...excused('device_flow', 'enabled'),
  ...excused('introspect_all_tokens', 'enabled'),
  ...excused('token_exchange', 'enabled'),
  'token_exchange.require_secret': inside('token_exchange', [true, false], { enabled: true, justification }),
  ...forced('pkce', 'required'),
  ...forced('refresh_token_rotation', 'enabled'),
  first_party_app: both({ enabled: true, client_assertion_certificate: PEM }, { enabled: false }),
  'first_party_app.client_assertion_certificate': inside('first_party_app', [PEM, PEM], { enabled: true }),
  'first_party_app.enabled': inside('first_party_app', [true, true], { client_assertion_certificate: PEM }),
  id_token: both({ validity: '5 minutes', audiences: 'https://a.acme.example' }, { validity: '30 minutes' }),
  'id_token.audiences': both('https://a.acme.example', 'https://b.acme.example'),
  'id_token.validity': both('5 minutes', '30 minutes'),
  'id_token.include_custom_attributes': FLAG,
  'id_token.include_custom_permissions': FLAG,
  'id_token.include_standard_claims': FLAG,
  ip_relaxation: both({ policy: 'enforce' }, { policy: 'relax', justification }),
  'ip_relaxation.policy': inside('ip_relaxation', ['enforce_but_relax_refresh', 'relax'], { justification }),
  permitted_users: both(ADMITTED, { ...ADMITTED, permission_sets: PERMISSION_SETS.slice(1, 3) }),
  'permitted_users.policy': both('pre_authorized', 'pre_authorized'),
  'permitted_users.permission_sets': sets,
  'permitted_users.profiles': both(['Standard User'], ['Standard User', 'System Administrator']),
  refresh_tokens: both(
    { policy: 'expires_after', period: '10 days' },
    { policy: 'expires_if_unused_for', period: '5 days' },
  ),
  'refresh_tokens.policy': inside('refresh_tokens', ['expires_after', 'expires_if_unused_for'], { period: '9 days' }),
  'refresh_tokens.period': inside('refresh_tokens', ['9 days', '3 months'], { policy: 'expires_after' }),
  required_session_level: both({ level: 'standard' }, LEVEL),
  'required_session_level.level': both('standard', 'high_assurance_or_block'),
  start_page: both({ page: 'none' }, { page: 'custom', url: 'https://a.acme.example/page' }),
  'start_page.page': both('custom', 'custom', { start_page: { url: 'https://a.acme.example/page' } }),
  'start_page.url': { ...pages, needs: { start_page: { page: 'custom' } } },
  trusted_ip_ranges: both(RANGES, OTHER_RANGES),
  experimental: both(
    { security_settings: { tls_client_auth: TLS } },
    { security_settings: { token_ip_ranges: RANGES } },
  ),
  'experimental.security_settings.tls_client_auth': both(TLS, { type: 'san_dns', value: 'feed.acme.example' }),
  'experimental.security_settings.tls_client_auth.type': both('subject_dn', 'san_dns', {
    experimental: { security_settings: { tls_client_auth: TLS } },
  }),
  'experimental.security_settings.tls_client_auth.value': both('CN=feed', 'CN=other', {
    experimental: { security_settings: { tls_client_auth: TLS } },
  }),
  'experimental.security_settings.token_ip_ranges': both(RANGES, OTHER_RANGES),
};

export const MACHINE: Readonly<Record<string, Sample>> = {
  ...PRIVATE,
  client_credentials: both({ run_as: RUN_AS, justification }, { run_as: OTHER_USER, justification }),
  'client_credentials.run_as': inside('client_credentials', [RUN_AS, OTHER_USER], { justification }),
};

export const TYPED_BASES: Readonly<Record<string, Config>> = {
  salesforce_private_client_app: {
    label: 'App',
    contact_email: 'iam@acme.example',
    callback_urls: ['https://portal.acme.example/cb'],
    scopes: ['Api'],
    permitted_users: ADMITTED,
  },
  salesforce_public_client_app: {
    label: 'App',
    contact_email: 'iam@acme.example',
    callback_urls: ['https://portal.acme.example/cb'],
    scopes: ['Api'],
    permitted_users: ADMITTED,
  },
  salesforce_machine_client_app: {
    label: 'App',
    contact_email: 'iam@acme.example',
    scopes: ['Api'],
    certificate: PEM,
    permitted_users: ADMITTED,
  },
};
