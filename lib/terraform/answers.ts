import type { Answered, TerraformDiagnostic } from './resource';
import type { BlockSchema } from './schema/attribute';
import { conformForWire } from './schema/conform';
import { errorDiagnostics } from './terraform-diagnostic';
import type { Message } from './wire/protocol';
import { type DynamicValue, readValue, type Value, type Values, values, writeValue } from './wire/value';

/** The value of a request's member; null where it was not sent. */
export const given = (request: Message, member: string): Value =>
  readValue(request[member] as DynamicValue | undefined);

export const optional = (value: Value): Values | undefined => (value === null ? undefined : values(value));

/** A text field of a request; one that was not sent is empty. */
export function textIn(request: Message, name: string): string {
  const value = request[name];
  return typeof value === 'string' ? value : '';
}

/** What was thrown becomes an error that Terraform shows; the state stays as it was. */
export async function attempt<T extends Answered>(
  doing: string,
  before: { readonly state: Value },
  work: () => Promise<T>,
): Promise<T | Answered> {
  try {
    return await work();
  } catch (error) {
    return { ...before, diagnostics: errorDiagnostics(error, doing) };
  }
}

/** An object with every attribute of its schema, for the way to Terraform. */
export const written = ({ attributes }: BlockSchema, state: Value): DynamicValue =>
  writeValue(state === null ? null : conformForWire(attributes, values(state)));

export const refusal = (summary: string, detail: string): TerraformDiagnostic => ({
  severity: 'error',
  summary,
  detail,
});

const SEVERITY = { error: 1, warning: 2 } as const;

export const path = (names: readonly string[]): object => ({ steps: names.map((name) => ({ attribute_name: name })) });

/** Terraform shows the line of an attribute, but of none inside another one: of that the text has to tell the name. */
export const diagnosticMessage = ({ severity, summary, detail, attribute = [] }: TerraformDiagnostic): object => ({
  severity: SEVERITY[severity],
  summary,
  detail: attribute.length > 1 ? `${attribute.join('.')}: ${detail}` : detail,
  ...(attribute.length > 0 && { attribute: path(attribute.slice(0, 1)) }),
});

export const mapValues = <A, B>(
  record: Readonly<Record<string, A>>,
  change: (value: A) => B,
): Readonly<Record<string, B>> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
