import { PerOrg } from '../declaration/options/per-org';
import { Username } from '../declaration/options/username';
import { call, type Expression, members } from '../options/expression';
import { ROWS } from '../options/table';
import { inline } from './print';
import type { Stated } from './settle';

/** A value of one org. */
type InOrg<T> = readonly [org: string, value: T];

/**
 * One declaration for several orgs. What differs is stated for each org where the option allows that; elsewhere the value
 * of the first org is stated, and the plan of the others shows what becomes of theirs.
 */
export function merge(orgs: readonly InOrg<Stated>[]): Stated {
  const [first] = orgs;
  if (!first || orgs.length === 1) return first?.[1] ?? new Map<string, Expression>();
  return new Map(
    ROWS.flatMap(({ name }): readonly (readonly [string, Expression])[] => {
      const given = orgs.map(([org, stated]) => [org, stated.get(name)] as const);
      const merged = mergeAll(given);
      return merged ? [[name, merged]] : [];
    }),
  );
}

function mergeAll(given: readonly InOrg<Expression | undefined>[]): Expression | undefined {
  const stated = given.flatMap(([org, value]) => (value ? [[org, value] as const] : []));
  const [, any] = stated[0] ?? [];
  if (!any) return undefined;
  if (stated.length < given.length) {
    const { differs, none } = any;
    return differs && none ? stateEach(given.map(([org, value]) => [org, value ?? none])) : given[0]?.[1];
  }
  if (stated.every(([, value]) => inline(value) === inline(any))) return any;
  return any.differs ? stateEach(stated) : mergeParts(any, stated);
}

/** Each org's own value. */
function stateEach(values: readonly InOrg<Expression>[]): Expression {
  const usernames = values.flatMap(([org, value]) => {
    const [only] = value.is === 'call' && value.name === 'Username.of' ? value.args : [];
    return only ? [[org, only] as const] : [];
  });
  if (usernames.length === values.length) {
    return call({ Username }, 'perOrg', members(Object.fromEntries(usernames)));
  }
  return call({ PerOrg }, 'of', members(Object.fromEntries(values)));
}

/** Members that differ may be stated for each org although the object as a whole may not. */
function mergeParts(first: Expression, values: readonly InOrg<Expression>[]): Expression {
  if (first.is !== 'members') return first;
  const merged = first.members.map(([key, value]): readonly [string, Expression] => {
    const given = values.map(([org, each]) => [org, memberOf(each, key)] as const);
    return [key, mergeAll(given) ?? value];
  });
  return { ...first, members: merged };
}

const memberOf = (expression: Expression, key: string): Expression | undefined =>
  expression.is === 'members' ? expression.members.find(([name]) => name === key)?.[1] : undefined;
