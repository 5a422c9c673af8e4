import type { FieldValue, OwnedValue } from '../options/owned';
import type { XmlNode } from './package/xml';

export type { FieldRecord, FieldValue, OwnedValue, Ownership } from '../options/owned';

/** One Salesforce metadata component: canonical values by field name. Fields that are absent are not in the record. */
export interface Component {
  readonly type: string;
  readonly fullName: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
  /** Elements the field table does not know, as they were read; written back untouched. */
  readonly unknown?: readonly XmlNode[];
}

/** What the declaration says about one component: managed fields only. */
export interface DeclaredComponent {
  readonly type: string;
  /** The name a new component gets; an existing one keeps the name it has in the org (D4). */
  readonly fullName: string;
  readonly fields: Readonly<Record<string, OwnedValue>>;
}
