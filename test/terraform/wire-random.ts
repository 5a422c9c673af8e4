import fc from 'fast-check';

import { PERMISSION_SETS, RUN_AS } from '../constructs/arbitraries';
import { type Attributes, flat } from './schema-of';
import { CERTIFICATES, type Config, merged, SAMPLES, stating } from './wire-values';

const RESOURCE = 'salesforce_external_client_app';

const text = fc.stringMatching(/^[A-Za-z0-9&<>'"${}%é ]{0,30}[A-Za-z]$/).map((each) => each.trim());
const url = fc
  .tuple(fc.constantFrom('a', 'b', 'c'), fc.stringMatching(/^[A-Za-z0-9!$&'()+,;=:~._-]{0,12}$/))
  .map(([host, path]) => `https://${host}.acme.example/${path}`);
const octet = fc.integer({ min: 1, max: 254 });
const ranges = fc
  .uniqueArray(fc.record({ net: octet, from: octet, description: fc.option(text, { nil: undefined }) }), {
    maxLength: 4,
    selector: ({ net }) => net,
  })
  .map((all) =>
    all.map(({ net, from, description }) => ({
      start_ip_address: `203.0.${net}.${from}`,
      end_ip_address: `203.0.${net}.255`,
      ...(description !== undefined && { description }),
    })),
  );

/** More than two values, where an attribute takes more. */
const MORE: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  'app.label': text,
  'app.description': text,
  'global_oauth.callback_url': fc.uniqueArray(url, { minLength: 1, maxLength: 5 }),
  'oauth.comma_separated_oauth_scopes': fc.subarray(['Api', 'RefreshToken', 'OpenID', 'Web', 'Basic', 'Chatter'], {
    minLength: 1,
  }),
  'oauth.trusted_ip_ranges': ranges,
  'oauth_security.token_ip_ranges': ranges,
  'oauth_policies.comma_separated_permission_set': fc.subarray(PERMISSION_SETS, { minLength: 1 }),
  'oauth_policies.session_timeout_in_minutes': fc.integer({ min: 1, max: 1440 }),
  'oauth_policies.refresh_token_policy_type': fc.constantFrom(
    'SpecificLifetime',
    'SpecificInactivity',
    'Infinite',
    'Zero',
  ),
  'oauth_policies.refresh_token_validity_period': fc.integer({ min: 1, max: 400 }),
  'oauth_policies.refresh_token_validity_unit': fc.constantFrom('Hours', 'Days', 'Months'),
  'global_oauth.id_token_config.id_token_validity_in_minutes': fc.integer({ min: 1, max: 720 }),
  'oauth.asset_token_validity': fc.integer({ min: 1, max: 600 }),
};

/** What no one may leave out, so that it is the author's in every configuration. */
const ALWAYS = new Set([
  'app.label',
  'app.contact_email',
  'global_oauth.callback_url',
  'global_oauth.is_named_user_jwt_enabled',
  'oauth.comma_separated_oauth_scopes',
  'oauth_policies.permitted_users_policy_type',
  'oauth_policies.comma_separated_permission_set',
]);

/** Configurations of any attributes that the schema has. */
export function randomConfigs(attributes: Attributes): fc.Arbitrary<Config> {
  const sets = flat(attributes).flatMap(([path, { nested_type: nested }]) =>
    nested?.nesting_mode === 'set' || nested?.nesting_mode === 'list' ? [`${path}.`] : [],
  );
  const parts = flat(attributes).flatMap(
    ([path, { type, nested_type: nested, optional = false, required = false }]) => {
      const inside = path.includes('.') && !sets.some((set) => path.startsWith(set));
      if (!inside || nested?.nesting_mode === 'single' || (!optional && !required)) return [];
      const { values } = SAMPLES[RESOURCE]?.[path] ?? { values: [] };
      const value = MORE[path] ?? (type === 'bool' ? fc.boolean() : fc.constantFrom(...values));
      const stated = value.map((each) => stating(path, each));
      return [ALWAYS.has(path) ? stated : fc.option(stated, { nil: {}, freq: 2 })];
    },
  );
  const kind = fc.constantFrom('private', 'public', 'machine');
  return fc
    .tuple(kind, ...parts)
    .map(([client_type, ...given]) => consistent(merged({ client_type }, ...(given as Config[]))));
}

type Block = Record<string, unknown>;
const block = (config: Config, name: string): Block => ({ ...(config[name] as Block | undefined) });

/** What Salesforce takes: the rest of what is chosen at random contradicts itself, or names something that is missing. */
function consistent(config: Config): Config {
  const [consumer, oauth, policies] = [
    block(config, 'global_oauth'),
    block(config, 'oauth'),
    block(config, 'oauth_policies'),
  ];
  const without = (from: Block, ...names: readonly string[]): void => {
    for (const name of names) Reflect.deleteProperty(from, name);
  };
  const jwt = consumer['is_named_user_jwt_enabled'] === true;
  without(policies, ...(jwt ? ['session_timeout_in_minutes'] : ['named_user_jwt_timeout']));
  const headless = consumer['is_code_cred_flow_enabled'] === true;
  const guest = jwt && headless && policies['is_guest_code_cred_flow_enabled'] === true;
  for (const [name, isOn] of [
    ['named_user', jwt],
    ['guest', guest],
  ] as const) {
    const [type, timeout] = [`${name}_jwt_session_timeout_type`, `${name}_jwt_timeout`];
    if (!isOn) without(policies, type, timeout);
    else if (policies[type] === 'Custom') policies[timeout] ??= 10;
    else if (policies[type] === 'UserSession') without(policies, timeout);
    else if (policies[timeout] !== undefined) policies[type] = 'Custom';
  }
  if (!guest) policies['is_guest_code_cred_flow_enabled'] = false;
  const credentials = consumer['is_client_credentials_flow_enabled'] === true;
  if (policies['is_client_credentials_flow_enabled'] !== undefined || credentials) {
    policies['is_client_credentials_flow_enabled'] = credentials;
  }
  if (credentials) policies['client_credentials_flow_user'] ??= RUN_AS;
  else without(policies, 'client_credentials_flow_user');
  if (policies['apex_handler'] === undefined) without(policies, 'execute_handler_as');
  else policies['execute_handler_as'] ??= RUN_AS;
  const period = ['refresh_token_validity_period', 'refresh_token_validity_unit'];
  if (!String(policies['refresh_token_policy_type']).startsWith('Specific')) without(policies, ...period);
  else if (period.some((name) => policies[name] !== undefined)) {
    policies['refresh_token_validity_period'] ??= 7;
    policies['refresh_token_validity_unit'] ??= 'Days';
  }
  if (policies['permitted_users_policy_type'] === 'AllSelfAuthorized') {
    without(policies, 'comma_separated_permission_set', 'comma_separated_profile');
  }
  if (oauth['is_first_party_app_enabled'] === true) oauth['client_assertion_certificate'] ??= CERTIFICATES[0];
  const asset = ['asset_token_audiences', 'asset_token_signing_certificate', 'asset_token_validity'];
  if (asset.some((name) => oauth[name] === undefined)) {
    without(oauth, ...asset, 'are_attributes_included_in_asset_token', 'are_custom_perms_included_in_asset_token');
  }
  const scopes = new Set(oauth['comma_separated_custom_scopes'] as readonly string[] | undefined);
  const admitted = (policies['comma_separated_custom_scopes'] as readonly string[] | undefined) ?? [];
  if (admitted.some((name) => !scopes.has(name))) policies['comma_separated_custom_scopes'] = [...scopes];
  const start = block(config, 'policies');
  if (start['start_page'] === 'Custom') start['start_url'] ??= 'https://a.acme.example/start';
  const all = { ...config, global_oauth: consumer, oauth, oauth_policies: policies, policies: start };
  return { ...all, ...(config['oauth_security'] !== undefined && { oauth_security: tls(config) }) };
}

/** One half of the subject needs the other. */
function tls(config: Config): Block {
  const security = block(config, 'oauth_security');
  const names = ['tls_client_auth_cert_param_type', 'tls_client_auth_cert_param_value'];
  if (names.some((name) => security[name] === undefined))
    for (const name of names) Reflect.deleteProperty(security, name);
  return security;
}

/** What Terraform takes for a template is doubled; the rest stays. */
export const escaped = (value: unknown): unknown => {
  if (typeof value === 'string') return value.replace(/[$%]\{/g, (found) => `${found.slice(0, 1)}${found}`);
  if (Array.isArray(value)) return value.map(escaped);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, escaped(each)]));
};
