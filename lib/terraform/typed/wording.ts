import { canonicalJson } from '../../metadata/digest';
import type { ShapeType } from '../../options/shape';
import { snakeCase } from '../../values/snake-case';
import { type Value, type Values, values } from '../wire/value';

/** An option, or a member of one, three times. */
interface Thrice {
  /** What a reading finds now. */
  readonly now: Value;
  /** What a reading found before. */
  readonly then: Value;
  /** The same before as it was typed. */
  readonly stated: Value;
}

/**
 * What an option is now, member by member: what means the same as before stays as it was typed ("60 minutes" is not
 * "1 hour" because a neighbor has changed), and everything else is what the org has.
 */
export function inStatedWords(type: ShapeType, { now, then, stated }: Thrice): Value {
  if (canonicalJson(now) === canonicalJson(then)) return stated;
  if (typeof type !== 'object' || !('members' in type) || then === null || stated === null) return now;
  const found = now === null ? turned(values(then)) : values(now);
  if (found === null) return null;
  const [before, typed] = [values(then), values(stated)];
  return Object.fromEntries(
    type.members.map(({ name: member, shape }) => {
      const name = snakeCase(member);
      const [now, then, stated] = [found, before, typed].map((each) => each[name] ?? null) as [Value, Value, Value];
      return [name, inStatedWords(shape.type, { now, then, stated })];
    }),
  );
}

/**
 * A reading leaves out a switch in its secure position. The state names it, as `ignore_changes` could not leave alone a
 * member of nothing.
 */
function turned(then: Values): Values | null {
  const name = ['enabled', 'required'].find((each) => typeof then[each] === 'boolean');
  return name === undefined ? null : { ...then, [name]: then[name] !== true };
}
