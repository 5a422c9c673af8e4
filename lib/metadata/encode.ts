import { SETTINGS } from '../options/settings';
import { CONSUMER } from '../values/metadata-types';
import type { Component, FieldRecord, FieldValue } from './component';
import { byNodeName, nest } from './connected-app/sections';
import { componentType } from './fields';
import { type ComponentType, exists, type Field } from './fields/field';
import { asText } from './normalize';
import { oddElements } from './odd-members';
import { joinDescription } from './ownership-line';
import { writeXml, type XmlNode } from './package/xml';

export interface EncodeOptions {
  readonly apiVersion: number;
  /** Apps kept for a package: they need the ids that tie them to their source org; local apps must not send them (D3). */
  readonly packagedApps?: ReadonlySet<string>;
  /** Has Salesforce make new secrets for the consumers in the package. No plan does that, only an incident. */
  readonly rotatesSecret?: true;
}

/**
 * The metadata file of a component: elements in alphabetical order, as Salesforce writes them; only what the API
 * version knows; never a secret, never a server-owned value of a local app, and no command but the one asked for.
 */
export function encode(component: Component, options: EncodeOptions): string {
  const type = componentType(component.type);
  if (!type) throw new TypeError(`No component type ${component.type} in the field table`);
  const fields = withDescription(component.fields);
  const app = asText(component.fields['externalClientApplication'] ?? component.fullName);
  const echoesIds = options.packagedApps?.has(app) === true;
  const children: XmlNode[] = [];
  for (const field of type.fields) {
    const value = fields[field.name];
    if (value === undefined || !exists(field, options.apiVersion) || !sent(field, fields, echoesIds)) continue;
    children.push(...encodeField(field, value, options.apiVersion));
  }
  if (options.rotatesSecret === true && type.name === CONSUMER) children.push({ name: ROTATE, text: 'true' });
  const nested = [...nest(type, withUnknown(type, children, component.unknown ?? []))].sort(byNodeName);
  return writeXml({ name: component.type, children: nested });
}

/** The command to make a new secret at once, which ends the former one. */
const ROTATE = 'shouldRotateConsumerSecret';

function sent(field: Field, fields: Component['fields'], echoesIds: boolean): boolean {
  if (field.role === 'author' || field.role === 'join') return true;
  // A Connected App that names a run-as user has to give its own consumer key with it.
  if (field.name === SETTINGS.consumerKey.ca) return fields[SETTINGS.runAsUser.ca] !== undefined;
  return echoesIds && (field.name === 'oauthLink' || field.name === 'orgScopedExternalApp');
}

function withDescription(fields: Readonly<Record<string, FieldValue>>): Readonly<Record<string, FieldValue>> {
  const { managedBy, certificateFingerprint, ...rest } = fields;
  if (typeof managedBy !== 'string') return rest;
  const line = {
    managedBy,
    ...(typeof certificateFingerprint === 'string' && { certificate: certificateFingerprint }),
  };
  const text = typeof rest['description'] === 'string' ? rest['description'] : '';
  return { ...rest, description: joinDescription(text, line) };
}

function encodeField(field: Field, value: FieldValue, apiVersion: number): readonly XmlNode[] {
  const { name, kind } = field;
  switch (kind.kind) {
    case 'set':
      if (kind.repeated) return repeated(name, value as readonly string[]);
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

/** One element for each member; a list that is stated and empty is one empty element. */
function repeated(name: string, members: readonly string[]): readonly XmlNode[] {
  return members.length === 0 ? [{ name }] : members.map((text) => ({ name, text }));
}

/** What no one knows, put back where it stood: beside the fields, or inside the record that its path names. */
function withUnknown(type: ComponentType, known: readonly XmlNode[], unknown: readonly XmlNode[]): readonly XmlNode[] {
  const children = [...known];
  for (const node of unknown) {
    const record = type.fields.find(({ name, kind }) => kind.kind === 'record' && node.name.startsWith(`${name}.`));
    if (!record) {
      children.push(node);
      continue;
    }
    const inside = { ...node, name: node.name.slice(record.name.length + 1) };
    const index = children.findIndex(({ name }) => name === record.name);
    const whole = { name: record.name, children: [...(children[index]?.children ?? []), inside].sort(byNodeName) };
    if (index < 0) children.push(whole);
    else children[index] = whole;
  }
  return children;
}

function encodeRecord(fields: readonly Field[], row: FieldRecord, apiVersion: number): readonly XmlNode[] {
  return Object.entries(row)
    .filter(([name]) => {
      const field = fields.find((candidate) => candidate.name === name);
      return field === undefined || exists(field, apiVersion);
    })
    .flatMap(([name, value]) => oddElements(name, value) ?? [{ name, text: String(value) }])
    .sort(byNodeName);
}
