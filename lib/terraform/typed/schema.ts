import type { ClientKind } from '../../declaration/client-app';
import type { Member, ShapeType } from '../../options/shape';
import { snakeCase } from '../../values/snake-case';
import { computedAttributes, EXCEPTION } from '../app/schema';
import { type Attribute, type BlockSchema, isNested, type Mode } from '../schema/attribute';
import { attributeOf } from '../schema/component-attributes';
import { describeMember, describeOption } from './descriptions';
import { isRecalled, type TypedModel, type TypedOption } from './typed-model';

const METADATA =
  'What the org has after the apply, by metadata component and in the terms of salesforce_external_client_app: every ' +
  'secure default and all drift show here. Read-only.';

/** The schema of a resource for one kind of client. */
export const typedSchema = (model: TypedModel): BlockSchema => ({
  version: 0,
  description: `${model.title}, with the options and the secure defaults of the constructs. Insecure values require a justification, and \`terraform validate\` refuses what cannot work.`,
  attributes: [
    ...model.options.map((option) => optionAttribute(model, option)),
    EXCEPTION,
    ...computedAttributes(model.app),
    {
      name: 'metadata',
      type: { nesting: 'single', attributes: model.app.components.map((each) => computed(attributeOf(each))) },
      mode: 'computed',
      description: METADATA,
    },
  ],
});

function optionAttribute(model: TypedModel, option: TypedOption): Attribute {
  const { attribute, row, shape } = option;
  const writeOnly = row.name === 'certificate';
  const mode: Mode = model.required.has(attribute)
    ? 'required'
    : isRecalled(option) && !writeOnly
      ? 'optional-computed'
      : 'optional';
  return {
    name: attribute,
    type: typeOf(shape.type, model.kind, row.name),
    mode,
    description: describeOption(model, option),
    ...(writeOnly && { writeOnly }),
  };
}

function typeOf(type: ShapeType, kind: ClientKind, path: string): Attribute['type'] {
  if (type === 'text') return 'string';
  if (type === 'flag') return 'bool';
  if (type === 'texts-by-key') return ['map', 'string'];
  if ('members' in type) return { nesting: 'single', attributes: membersOf(type.members, kind, path) };
  const { setOf: element } = type;
  if (typeof element === 'string') return ['set', 'string'];
  return {
    nesting: 'set',
    attributes: 'members' in element ? membersOf(element.members, kind, path) : [],
  };
}

const membersOf = (members: readonly Member[], kind: ClientKind, path: string): readonly Attribute[] =>
  members
    .filter(({ kinds }) => kinds === undefined || kinds.includes(kind))
    .map((member) => ({
      name: snakeCase(member.name),
      type: typeOf(member.shape.type, kind, `${path}.${member.name}`),
      mode: member.required ? 'required' : 'optional',
      description: describeMember(`${path}.${member.name}`, member),
    }));

/** The same, decided by the provider alone. */
const computed = (attribute: Attribute): Attribute => ({
  ...attribute,
  mode: 'computed',
  type: isNested(attribute.type)
    ? { ...attribute.type, attributes: attribute.type.attributes.map(computed) }
    : attribute.type,
});
