import { scopesOf } from '../declaration/scope-tokens';
import { connectedAppScope } from '../options/other-words';
import { CONNECTED_APP, OAUTH_SETTINGS } from '../values/metadata-types';
import { isPreview } from './api-version';
import type { FieldValue } from './component';
import { COMPONENT_TYPES } from './fields';
import type { ComponentType, Field, FieldRole } from './fields/field';
import { OTHER_PLUGIN_TYPES } from './package/layout';

/** A metadata type, a field, a value of a field, or an OAuth scope that one version knows and the other does not. */
export interface SchemaChange {
  readonly change: 'enters' | 'leaves';
  readonly kind: 'type' | 'field' | 'value' | 'scope';
  /** Metadata type. */
  readonly type: string;
  /** Name of the field (`idTokenConfig.idTokenAudience` for a nested one), value or scope; of a type its own name. */
  readonly name: string;
  /** What it is for, in the words of Setup where it shows there. */
  readonly title: string;
  /** The first version on the way that has it, or has it no more. */
  readonly version: number;
  /** What Salesforce holds where nothing was stated; undefined: nothing. */
  readonly default?: FieldValue;
  /** Whom a field belongs to; undefined for anything else. */
  readonly role?: FieldRole;
  /** Known from types that came before the release. */
  readonly preview: boolean;
}

export interface SchemaDiff {
  readonly from: number;
  readonly to: number;
  /** By type in the order of the field table, then by version and name. */
  readonly changes: readonly SchemaChange[];
}

interface Element extends Omit<SchemaChange, 'change' | 'version' | 'preview'> {
  readonly since: number;
  readonly until?: number;
}

/** What comes into scope and what leaves it when an org's `apiVersion` goes from one version to another. */
export function schemaDiff(from: number, to: number): SchemaDiff {
  const changes = elements().flatMap(({ since, until, ...element }): readonly SchemaChange[] => {
    const has = (version: number) => since <= version && version <= (until ?? Infinity);
    if (has(from) === has(to)) return [];
    // On the way down an element leaves where it would come, and comes where it would leave.
    const version = has(Math.max(from, to)) ? since : (until ?? since) + 1;
    return [{ ...element, change: has(to) ? 'enters' : 'leaves', version, preview: isPreview(version) }];
  });
  return { from, to, changes };
}

const elements = (): readonly Element[] => [
  ...COMPONENT_TYPES.flatMap((type) => {
    const { name, title, since } = type;
    const own = type.fields.filter(({ role }) => role !== 'carried').flatMap((field) => fieldElements(type, field, ''));
    const scopes = scopeElements(name);
    return [{ kind: 'type' as const, type: name, name, title, since }, ...byVersion([...own, ...scopes])];
  }),
  ...OTHER_PLUGIN_TYPES.map(({ name, since }) => ({
    kind: 'type' as const,
    type: name,
    name,
    title: 'read and kept, never changed',
    since,
  })),
];

function fieldElements(type: ComponentType, field: Field, prefix: string): readonly Element[] {
  const name = `${prefix}${field.name}`;
  const { kind } = field;
  const until = field.until === undefined ? {} : { until: field.until };
  const since = Math.max(field.since, type.since);
  const nested = kind.kind === 'record' || kind.kind === 'records' ? kind.fields : [];
  const literals = kind.kind === 'choice' ? Object.entries(kind.literalsSince ?? {}) : [];
  return [
    {
      kind: 'field',
      type: type.name,
      name,
      title: field.title,
      since,
      ...until,
      ...(field.default !== undefined && { default: field.default }),
      role: field.role,
    },
    ...nested.flatMap((each) =>
      fieldElements(type, { ...each, since: Math.max(since, each.since), ...until }, `${name}.`),
    ),
    ...literals.map(([literal, first]) => ({
      kind: 'value' as const,
      type: type.name,
      name: `${name}: ${literal}`,
      title: field.title,
      since: first,
    })),
  ];
}

function scopeElements(type: string): readonly Element[] {
  const own = type === CONNECTED_APP;
  if (!own && type !== OAUTH_SETTINGS) return [];
  return scopesOf(own ? 'connected-app' : 'external-client-app').map(({ token, wire, since }) => ({
    kind: 'scope',
    type,
    name: own ? connectedAppScope(token) : token,
    title: wire === '' ? 'scope' : `scope ${wire}`,
    since,
  }));
}

const byVersion = (elements: readonly Element[]): readonly Element[] =>
  [...elements].sort((a, b) => a.since - b.since || (a.name < b.name ? -1 : 1));
