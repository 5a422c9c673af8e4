import { ADDRESS, type Project } from './provider-support';

export interface AttributeJson {
  readonly type?: unknown;
  readonly nested_type?: {
    readonly nesting_mode: string;
    readonly attributes: Readonly<Record<string, AttributeJson>>;
  };
  readonly description?: string;
  readonly sensitive?: boolean;
  readonly write_only?: boolean;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
}
export type Attributes = Readonly<Record<string, AttributeJson>>;
interface BlockJson {
  readonly block: { readonly attributes: Attributes; readonly description?: string };
}
interface FunctionJson {
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly { readonly name: string; readonly description?: string }[];
}
export interface SchemaJson {
  readonly provider: BlockJson;
  readonly resource_schemas: Readonly<Record<string, BlockJson>>;
  readonly data_source_schemas: Readonly<Record<string, BlockJson>>;
  readonly ephemeral_resource_schemas: Readonly<Record<string, BlockJson>>;
  readonly functions: Readonly<Record<string, FunctionJson>>;
}

/** The schema as the real terraform tells it, in a project that is initialized. */
export async function schemaOf(work: Project): Promise<SchemaJson> {
  const { output } = await work.run('providers', 'schema', '-json');
  const all = JSON.parse(output) as { readonly provider_schemas: Readonly<Record<string, SchemaJson>> };
  const schema = all.provider_schemas[ADDRESS];
  if (!schema) throw new Error(output);
  return schema;
}

/** Every attribute with its path, those inside others too. */
export const flat = (attributes: Attributes, above = ''): readonly (readonly [string, AttributeJson])[] =>
  Object.entries(attributes).flatMap(([name, attribute]) => [
    [`${above}${name}`, attribute] as const,
    ...flat(attribute.nested_type?.attributes ?? {}, `${above}${name}.`),
  ]);
