import type { XmlNode } from './package/xml';

/**
 * A canonical field value, the only form ever compared: trimmed text, real booleans and numbers, lists either ordered
 * (callback URLs) or sorted (scopes, permission sets, ranges), nested records by field name.
 */
export type FieldValue = string | boolean | number | readonly string[] | FieldRecord | readonly FieldRecord[];

export interface FieldRecord {
  readonly [name: string]: string | boolean | number;
}

/** One Salesforce metadata component: canonical values by field name. Fields that are absent are not in the record. */
export interface Component {
  readonly type: string;
  readonly fullName: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
  /** Elements the field table does not know, as they were read; written back untouched. */
  readonly unknown?: readonly XmlNode[];
}

/** Who decides a field of a declared component. Every other field of the type is preserved (D1). */
export type Ownership = 'stated' | 'default';

export interface OwnedValue {
  readonly value: FieldValue;
  readonly ownership: Ownership;
}

/** What the declaration says about one component: managed fields only. */
export interface DeclaredComponent {
  readonly type: string;
  /** The name a new component gets; an existing one keeps the name it has in the org (D4). */
  readonly fullName: string;
  readonly fields: Readonly<Record<string, OwnedValue>>;
}
