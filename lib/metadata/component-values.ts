import { attributeGroups, type AttributeValue, attributeValue } from './attribute-names';
import type { DeclaredComponent, FieldValue } from './component';
import { componentType } from './fields';
import type { Field } from './fields/field';

/** The members of one attribute. */
export type ComponentValues = Readonly<Record<string, AttributeValue | null>>;

/** Declared components as the attributes of a resource: what is managed, and nothing else. */
export const componentValues = (components: readonly DeclaredComponent[]): Readonly<Record<string, ComponentValues>> =>
  Object.fromEntries(
    components.flatMap(({ type, fields }) => {
      const known = componentType(type);
      return (known ? attributeGroups(known) : []).map((group): [string, ComponentValues] => [
        group.name,
        Object.fromEntries(
          group.fields.flatMap(({ name, field }) => {
            const value = fields[field.name]?.value;
            return value === undefined || saysNothing(field, value) ? [] : [[name, attributeValue(field, value)]];
          }),
        ),
      ]);
    }),
  );

/** An empty list stands for "no value" in any field; in Terraform that is to leave it out, but for lists. */
const saysNothing = ({ kind }: Field, value: FieldValue): boolean =>
  Array.isArray(value) && value.length === 0 && !['set', 'lines', 'records'].includes(kind.kind);
