import type { Component, FieldRecord, FieldValue } from './component';
import { componentType } from './fields';
import { exists, type Field } from './fields/field';
import { asText } from './normalise';
import { joinDescription } from './ownership-line';
import { writeXml, type XmlNode } from './package/xml';

export interface EncodeOptions {
  readonly apiVersion: number;
  /** Apps kept for a package: they need the ids that tie them to their source org; local apps must not send them (D3). */
  readonly packagedApps?: ReadonlySet<string>;
}

/**
 * The metadata file of a component: elements in alphabetical order, as Salesforce writes them; only what the API
 * version knows; never a secret, never a command, never a server-owned value of a local app.
 */
export function encode(component: Component, options: EncodeOptions): string {
  const type = componentType(component.type);
  if (!type) throw new TypeError(`No component type ${component.type} in the field table`);
  const fields = component.type === 'ExternalClientApplication' ? withDescription(component.fields) : component.fields;
  const app = asText(component.fields['externalClientApplication'] ?? component.fullName);
  const echoesIds = options.packagedApps?.has(app) === true;
  const children: XmlNode[] = [...(component.unknown ?? [])];
  for (const field of type.fields) {
    const value = fields[field.name];
    if (value === undefined || !exists(field, options.apiVersion) || !sent(field, echoesIds)) continue;
    children.push(...encodeField(field, value, options.apiVersion));
  }
  children.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return writeXml({ name: component.type, children });
}

function sent(field: Field, echoesIds: boolean): boolean {
  if (field.role === 'author' || field.role === 'join') return true;
  return echoesIds && (field.name === 'oauthLink' || field.name === 'orgScopedExternalApp');
}

function withDescription(fields: Readonly<Record<string, FieldValue>>): Readonly<Record<string, FieldValue>> {
  const { managedBy, certificateFingerprint, ...rest } = fields;
  if (typeof managedBy !== 'string') return rest;
  const line = {
    managedBy,
    ...(typeof certificateFingerprint === 'string' && { certificateFingerprint }),
  };
  const text = typeof rest['description'] === 'string' ? rest['description'] : '';
  return { ...rest, description: joinDescription(text, line) };
}

function encodeField(field: Field, value: FieldValue, apiVersion: number): readonly XmlNode[] {
  const { name, kind } = field;
  switch (kind.kind) {
    case 'set':
      return [{ name, text: (value as readonly string[]).join(', ') }];
    case 'lines':
      return [{ name, text: (value as readonly string[]).join('\n') }];
    case 'record':
      return [{ name, children: encodeRecord(kind.fields, value as FieldRecord, apiVersion) }];
    case 'records':
      return (value as readonly FieldRecord[]).map((row) => ({
        name,
        children: encodeRecord(kind.fields, row, apiVersion),
      }));
    default:
      return [{ name, text: asText(value) }];
  }
}

function encodeRecord(fields: readonly Field[], row: FieldRecord, apiVersion: number): readonly XmlNode[] {
  return Object.keys(row)
    .sort()
    .filter((name) => {
      const field = fields.find((candidate) => candidate.name === name);
      return field === undefined || exists(field, apiVersion);
    })
    .map((name) => ({ name, text: String(row[name]) }));
}
