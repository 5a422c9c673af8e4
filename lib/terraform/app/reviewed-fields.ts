import type { FieldValue } from '../../metadata/component';
import type { Reviewed } from '../org/operation';
import type { ComponentAttribute } from '../schema/component-attributes';
import { fromValue, sameMeaning } from '../schema/field-value';
import { type Values, values } from '../wire/value';

/** The fields that the plan changes, with what they were when it was made. */
export function reviewedFields(components: readonly ComponentAttribute[], prior: Values, planned: Values): Reviewed {
  const found = new Map<string, FieldValue | undefined>();
  for (const component of components) {
    const [before, after] = [values(prior[component.name]), values(planned[component.name])];
    for (const { name, field } of component.fields) {
      if (sameMeaning(field, before[name], after[name])) continue;
      found.set(`${component.type.name}.${field.name}`, fromValue(field, before[name]));
    }
  }
  return found;
}
