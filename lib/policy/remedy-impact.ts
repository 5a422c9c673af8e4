import { componentType } from '../metadata/fields';
import type { ClientImpact, Field } from '../metadata/fields/field';
import type { Control } from './control';
import { fieldsOf } from './describe';

/** What a field does to running clients when it is changed toward safety, by the field table. */
function narrowed({ direction, impact = {} }: Field): ClientImpact | undefined {
  if (direction === 'true-widens') return impact.whenFalse;
  if (direction === 'true-narrows') return impact.whenTrue;
  return direction === 'neutral' ? undefined : impact.onChange;
}

/** Whom applying the remedy of a control can stop, each once: `breaks clients that send no code_challenge`. */
export function remedyBreaks(control: Control): readonly string[] {
  const impacts = fieldsOf(control)
    .map(split)
    .flatMap(({ type, name }) => {
      const field = componentType(type)?.fields.find((each) => each.name === name);
      const impact = field && narrowed(field);
      if (!impact) return [];
      return [impact.level === 'breaks' ? `breaks ${impact.who}` : `${impact.who} must authorize again`];
    });
  return [...new Set(impacts)];
}

function split(field: string): { readonly type: string; readonly name: string } {
  const dot = field.indexOf('.');
  return { type: field.slice(0, dot), name: field.slice(dot + 1) };
}
