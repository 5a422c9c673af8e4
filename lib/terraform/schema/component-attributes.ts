import { attributeGroups, componentAttributeName } from '../../metadata/attribute-names';
import { CONNECTED_APP_TYPES, EXTERNAL_CLIENT_APP_TYPES, PRESERVED_TYPES, SETTINGS_TYPES } from '../../metadata/fields';
import type { ComponentType, Field } from '../../metadata/fields/field';
import { RECORD_KINDS } from '../../metadata/records';
import type { RecordKind } from '../../metadata/records/kind';
import { placesOnBoth } from '../../options/settings';
import { snakeCase } from '../../values/snake-case';
import type { Attribute, NestedType, PlainType } from './attribute';
import { describeField } from './describe-field';

/** One metadata component, or a section of one, as an attribute of a resource. */
export interface ComponentAttribute {
  /** Name of the attribute: `global_oauth`. */
  readonly name: string;
  readonly type: ComponentType;
  /** The fields that are attributes, with their names. */
  readonly fields: readonly FieldAttribute[];
  /** Where the configuration says nothing of the component, nothing of it is read into the state or written. */
  readonly onlyStated?: true;
}

export interface FieldAttribute {
  readonly name: string;
  readonly field: Field;
}

const componentAttributes = (type: ComponentType): readonly ComponentAttribute[] =>
  attributeGroups(type).map((group) => ({ ...group, type }));

/** The components of an External Client App, header first; then what is undocumented. */
export const APP_COMPONENTS: readonly ComponentAttribute[] = [
  ...EXTERNAL_CLIENT_APP_TYPES.flatMap(componentAttributes),
  ...PRESERVED_TYPES.flatMap(componentAttributes).map((component) => ({ ...component, onlyStated: true as const })),
];
/** The one component of a Connected App, by its sections. */
export const CONNECTED_APP_COMPONENTS: readonly ComponentAttribute[] = CONNECTED_APP_TYPES.flatMap(componentAttributes);
/** The org-wide settings records. */
export const SETTINGS_COMPONENTS: readonly ComponentAttribute[] = SETTINGS_TYPES.flatMap(componentAttributes);

/** The records beside the apps, each of which is one component. */
export const RECORD_COMPONENTS: readonly ComponentAttribute[] = RECORD_KINDS.flatMap(({ type }) =>
  componentAttributes(type),
);

/** The one component of a record of that kind. */
export function componentOf({ type }: RecordKind): ComponentAttribute {
  const [component, ...rest] = RECORD_COMPONENTS.filter((each) => each.type === type);
  if (!component || rest.length > 0) throw new TypeError('A record is not one component');
  return component;
}

/** Fields without which there is no app, or no record. */
const REQUIRED = new Set([
  ...(['label', 'contactEmail', 'scopes'] as const).flatMap(placesOnBoth).map(({ type, field }) => `${type}.${field}`),
  ...RECORD_KINDS.flatMap(({ type, required }) => required.map((field) => `${type.name}.${field}`)),
]);

/** The attribute of a component: one object whose members are the fields. */
export function attributeOf({ name, type, fields, onlyStated }: ComponentAttribute): Attribute {
  const attributes = fields.map(({ name: fieldName, field }): Attribute => ({
    name: fieldName,
    type: fieldType(field),
    mode: REQUIRED.has(`${type.name}.${field.name}`) ? 'required' : 'optional-computed',
    description: describeField(field, type.name),
  }));
  return {
    name,
    type: { nesting: 'single', attributes },
    mode: onlyStated
      ? 'optional'
      : attributes.some(({ mode }) => mode === 'required')
        ? 'required'
        : 'optional-computed',
    description:
      name === componentAttributeName(type.name)
        ? `${type.title}: the metadata component ${type.name}.`
        : `${type.title}: a section of the metadata component ${type.name}.`,
  };
}

/** Members of rows that may be missing: a row about an app names one of two kinds. */
const OPTIONAL: ReadonlySet<string> = new Set(['description', 'connectedApp', 'externalClientApp']);

function fieldType({ kind }: Field): PlainType | NestedType {
  switch (kind.kind) {
    case 'boolean':
      return 'bool';
    case 'integer':
      return 'number';
    // The order of callback URLs means nothing to OAuth.
    case 'set':
    case 'lines':
      return ['set', 'string'];
    case 'record':
      return { nesting: 'single', attributes: kind.fields.map((field) => member(field, 'optional-computed')) };
    case 'records':
      return {
        nesting: 'set',
        attributes: kind.fields.map((field) => member(field, OPTIONAL.has(field.name) ? 'optional' : 'required')),
      };
    default:
      return 'string';
  }
}

const member = (field: Field, mode: Attribute['mode']): Attribute => ({
  name: snakeCase(field.name),
  type: fieldType(field),
  mode,
  description: describeField(field),
});
