import { isRecord } from '../options/owned';
import { snakeCase } from '../values/snake-case';
import type { FieldRecord, FieldValue } from './component';
import type { ComponentType, Field } from './fields/field';
import { RECORD_KINDS } from './records';

/** What Terraform calls the components: the attributes of our resources, each of which holds the fields of one. */
const COMPONENTS: Readonly<Record<string, string>> = {
  ExternalClientApplication: 'app',
  ExtlClntAppGlobalOauthSettings: 'global_oauth',
  ExtlClntAppOauthSettings: 'oauth',
  ExtlClntAppOauthConfigurablePolicies: 'oauth_policies',
  ExtlClntAppConfigurablePolicies: 'policies',
  ExtlClntAppOauthSecuritySettings: 'oauth_security',
  ConnectedApp: 'app',
  OauthOidcSettings: 'oauth_oidc',
  ExternalClientAppSettings: 'external_client_app',
  ...Object.fromEntries(RECORD_KINDS.map(({ type, attribute }) => [type.name, attribute])),
};

/** The attribute that holds the fields of a component of the type. */
export const componentAttributeName = (type: string): string => COMPONENTS[type] ?? snakeCase(type);

/** The Terraform resource of a record beside the apps: `salesforce_oauth_custom_scope`. */
export const recordResource = ({ name }: ComponentType): string => `salesforce_${snakeCase(name)}`;

/**
 * True for fields that are attributes of their component. Certificates are write-only and stand beside the components;
 * what Salesforce generates and the name of the record do, too.
 */
const isAttribute = ({ name, role, kind }: Field): boolean =>
  role === 'author' && kind.kind !== 'certificate' && name !== 'developerName';

/** Fields that stand together in one attribute, each with its own name there. */
export interface AttributeGroup {
  readonly name: string;
  readonly fields: readonly { readonly name: string; readonly field: Field }[];
}

/** One attribute for each component; where a component has sections (`oauthConfig.scopes`), one for each of them, too. */
export function attributeGroups(type: ComponentType): readonly AttributeGroup[] {
  const groups = new Map<string, { readonly name: string; readonly field: Field }[]>();
  for (const field of type.fields.filter(isAttribute)) {
    const at = field.name.indexOf('.');
    const group = at < 0 ? componentAttributeName(type.name) : snakeCase(field.name.slice(0, at));
    const member = { name: snakeCase(field.name.slice(at + 1)), field };
    groups.set(group, [...(groups.get(group) ?? []), member]);
  }
  return [...groups].map(([name, fields]) => ({ name, fields }));
}

/** A value of an attribute, as both Terraform's JSON and its protocol have it. */
export type AttributeValue = FieldValue | AttributeRecord | readonly AttributeRecord[];
export type AttributeRecord = Readonly<Record<string, string | boolean | number | null>>;

/** A field value with the names of an attribute; every member of a record is there, null where it has no value. */
export function attributeValue({ kind }: Field, value: FieldValue): AttributeValue | null {
  if (kind.kind === 'record') return isRecord(value) ? record(kind.fields, value) : null;
  if (kind.kind === 'records') return (value as readonly FieldRecord[]).map((row) => record(kind.fields, row));
  return value;
}

function record(fields: readonly Field[], values: FieldRecord): AttributeRecord {
  return Object.fromEntries(fields.map(({ name }) => [snakeCase(name), values[name] ?? null]));
}
