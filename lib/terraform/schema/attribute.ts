import type { Values } from '../wire/value';

/** A type as Terraform writes it in JSON. */
export type PlainType = 'string' | 'bool' | 'number' | readonly ['set' | 'list' | 'map', 'string'];

/** Makes a state of one version of a schema one of the next: index 0 leads from version 0 to 1. */
export type Upgrades = readonly ((state: Values) => Values)[];

/** Attributes inside an attribute: one object, or a set or list of them. */
export interface NestedType {
  readonly nesting: 'single' | 'list' | 'set';
  readonly attributes: readonly Attribute[];
}

/** Who gives an attribute its value: the configuration must, may, may and else we do, or only we do. */
export type Mode = 'required' | 'optional' | 'optional-computed' | 'computed';

export interface Attribute {
  readonly name: string;
  readonly type: PlainType | NestedType;
  readonly mode: Mode;
  /** Sentences in Markdown; `terraform providers schema` and editors show them. */
  readonly description: string;
  readonly sensitive?: true;
  /** Never kept in plan or state. */
  readonly writeOnly?: true;
}

/** What a resource, a data source or the provider itself is made of. */
export interface BlockSchema {
  readonly version: number;
  /** One for each version before this one. */
  readonly upgrades?: Upgrades;
  /** In Markdown: what the resource is for. */
  readonly description?: string;
  readonly attributes: readonly Attribute[];
}

export const isNested = (type: Attribute['type']): type is NestedType => typeof type === 'object' && 'nesting' in type;

const NESTING = { single: 1, list: 2, set: 3 } as const;

/** A schema as the protocol's message. */
export function schemaMessage({ version, attributes, description = '' }: BlockSchema): object {
  const block = { version, attributes: attributes.map(attributeMessage), description, description_kind: MARKDOWN };
  return { version, block };
}

/** How Terraform and editors read a description. */
const MARKDOWN = 1;

function attributeMessage({ name, type, mode, description, sensitive, writeOnly }: Attribute): object {
  return {
    name,
    description,
    description_kind: MARKDOWN,
    required: mode === 'required',
    optional: mode === 'optional' || mode === 'optional-computed',
    computed: mode === 'computed' || mode === 'optional-computed',
    sensitive: sensitive === true,
    write_only: writeOnly === true,
    ...(isNested(type)
      ? { nested_type: { nesting: NESTING[type.nesting], attributes: type.attributes.map(attributeMessage) } }
      : { type: Buffer.from(JSON.stringify(type)) }),
  };
}
