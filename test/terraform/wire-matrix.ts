import { PERMISSION_SETS } from '../constructs/arbitraries';
import { type AttributeJson, flat, type SchemaJson } from './schema-of';
import { MACHINE, PRIVATE, TYPED_BASES } from './typed-values';
import { type Config, FLAG, merged, type Sample, SAMPLES as WIRE_SAMPLES } from './wire-values';

/** One attribute of one resource, each with a resource of its own. */
export interface MatrixCase {
  readonly resource: string;
  /** The API name of the resource, and its address. */
  readonly name: string;
  readonly path: string;
  readonly values: readonly [unknown, unknown];
  readonly grows: boolean;
  /** The rest of the configuration. */
  readonly base: Config;
}

export const BASES: Readonly<Record<string, Config>> = {
  ...TYPED_BASES,
  salesforce_external_client_app: {
    client_type: 'private',
    app: { label: 'App', contact_email: 'iam@acme.example' },
    global_oauth: { callback_url: ['https://portal.acme.example/cb'] },
    oauth: { comma_separated_oauth_scopes: ['Api'] },
    oauth_policies: {
      permitted_users_policy_type: 'AdminApprovedPreAuthorized',
      comma_separated_permission_set: [PERMISSION_SETS[0]],
    },
  },
  salesforce_connected_app: {
    client_type: 'private',
    creation_allowed_by_support: true,
    app: { label: 'App', contact_email: 'iam@acme.example', permission_set_name: [PERMISSION_SETS[0]] },
    oauth_config: { callback_url: ['https://portal.acme.example/cb'], scopes: ['Api'], is_admin_approved: true },
  },
  salesforce_oauth_custom_scope: { scope: { master_label: 'Scope', description: 'A scope' } },
  salesforce_oauth_token_exchange_handler: {
    handler: {
      master_label: 'Handler',
      description: 'A handler',
      token_handler_apex: 'PortalPlugin',
      is_enabled: false,
      is_access_token_supported: true,
      is_id_token_supported: false,
      is_jwt_supported: false,
      is_refresh_token_supported: false,
      is_saml2_supported: false,
      is_user_creation_allowed: false,
      is_contact_creation_allowed: false,
    },
  },
};

const SAMPLES: Readonly<Record<string, Readonly<Record<string, Sample>>>> = {
  ...WIRE_SAMPLES,
  salesforce_private_client_app: PRIVATE,
  salesforce_public_client_app: PRIVATE,
  salesforce_machine_client_app: MACHINE,
};

/** Attributes that the provider sees to, those that decide what a resource is, and one that API version 67 took away. */
const OURS =
  /^(app.plugin_execution_user|api_name|client_type|certificate|accept_lockout|allow_certificate_removal|creation_allowed_by_support|deletion_protection|re_enable|exception(\..*)?|.*justification\..*)$/;

/** Every attribute of a resource that decides about the org, with two values. Rows of a set are one. */
function attributesOf(schema: SchemaJson, resource: string): readonly (readonly [string, Sample])[] {
  const attributes = flat(schema.resource_schemas[resource]?.block.attributes ?? {});
  const sets = attributes.flatMap(([path, { nested_type: nested }]) =>
    nested && nested.nesting_mode !== 'single' ? [`${path}.`] : [],
  );
  const samples = SAMPLES[resource] ?? {};
  return attributes.flatMap(([path, attribute]) => {
    const sample = samples[path];
    if (sample) return [[path, sample] as const];
    if (OURS.test(path) || sets.some((set) => path.startsWith(set)) || !isLeaf(attribute)) return [];
    if (attribute.type === 'bool' && !TYPED.has(resource)) return [[path, FLAG] as const];
    throw new Error(`${resource} ${path} needs two values`);
  });
}

const isLeaf = ({ nested_type: nested, optional = false, required = false }: AttributeJson): boolean =>
  nested?.nesting_mode !== 'single' && (optional || required);

export const WIRE = [
  'salesforce_external_client_app',
  'salesforce_connected_app',
  'salesforce_oauth_custom_scope',
  'salesforce_oauth_token_exchange_handler',
];
export const BY_KIND = Object.keys(TYPED_BASES);
const TYPED = new Set(BY_KIND);

export function matrix(schema: SchemaJson, resources: readonly string[]): readonly MatrixCase[] {
  return resources.flatMap((resource, at) =>
    attributesOf(schema, resource).map(([path, { values, grows = false, needs = {} }], index) => ({
      resource,
      name: `R${at}_${index}`,
      path,
      values,
      grows,
      base: merged(BASES[resource] ?? {}, needs),
    })),
  );
}

/** The configuration of all of them, ready for Terraform's JSON. */
export function resourcesOf(cases: readonly MatrixCase[], stated: (one: MatrixCase) => Config): Config {
  const all: Record<string, Record<string, unknown>> = {};
  for (const one of cases) {
    const own = { api_name: one.name, depends_on: ['salesforce_oauth_settings.org'] };
    all[one.resource] = { ...all[one.resource], [one.name]: merged(one.base, own, stated(one)) };
  }
  return all;
}
