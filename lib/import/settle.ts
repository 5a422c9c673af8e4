import type { ClientKind } from '../declaration/client-app';
import type { DeclareContext } from '../declaration/reading';
import { optionVersions } from '../metadata/option-versions';
import { checkFlows } from '../options/check-flows';
import type { ClientApp } from '../options/client-app';
import { declareClientApp } from '../options/declare';
import { evaluate, type Expression } from '../options/expression';
import { type Diagnostic, isError } from '../values/diagnostic';
import { fail, ok, type Result } from '../values/result';

/** What an app states, by option in the order of the table. */
export type Stated = ReadonlyMap<string, Expression>;

/** What the org has and the program does not state. */
export interface LeftOut {
  readonly option: string;
  /** Because it needs someone's agreement: the option as it would be stated with it. */
  readonly keep?: Expression;
  /** Because a construct refuses it: what, where, and why. */
  readonly refused?: { readonly path: string; readonly problem: string; readonly value?: string };
}

/** A program's words for an app that the constructs accept. */
export interface Settled {
  readonly stated: Stated;
  readonly leftOut: readonly LeftOut[];
  readonly app: ClientApp;
}

/** No app has as many parts. */
const MOST_STEPS = 1_000;

/** What the constructs say of it: the app, or what they refuse. */
export function judge(
  stated: Stated,
  kind: ClientKind,
  context: DeclareContext,
): Result<ClientApp, readonly Diagnostic[]> {
  const props = Object.fromEntries([...stated].map(([option, expression]) => [option, evaluate(expression)]));
  const declared = declareClientApp(kind, props, context);
  if (!declared.ok) return declared;
  const { value: app } = declared;
  const refused = [...optionVersions(app, context.apiVersion), ...checkFlows(app)].filter(isError);
  return refused.length > 0 ? fail(refused) : ok(app);
}

/**
 * Takes away what the constructs refuse, as little as possible at a time: an element of a list, a member, the option. What
 * needs a justification is taken away first, unless the app cannot be declared without it: then the program states it with
 * the justification left blank.
 * @returns Why it cannot be declared, where it cannot.
 */
export function settle(recalled: Stated, kind: ClientKind, context: DeclareContext): Result<Settled, string> {
  const secure = withoutExcused(recalled);
  const first = takeAway(secure.stated, kind, context, secure.leftOut);
  if (first.ok || secure.leftOut.length === 0) return first;
  // One of them is mostly enough, such as the flow that a machine signs in by.
  for (const { option } of secure.leftOut) {
    const others = secure.leftOut.filter((each) => each.option !== option);
    const one = takeAway(withAgain(option, recalled, secure.stated), kind, context, others);
    if (one.ok) return one;
  }
  const excused = takeAway(recalled, kind, context, []);
  return excused.ok ? excused : first;
}

/** The secure values, and of one option what the org has; in the order of the table. */
const withAgain = (option: string, recalled: Stated, secure: Stated): Stated =>
  new Map(
    [...recalled].flatMap(([name, expression]) => {
      const value = name === option ? expression : secure.get(name);
      return value ? [[name, value] as const] : [];
    }),
  );

function takeAway(
  given: Stated,
  kind: ClientKind,
  context: DeclareContext,
  before: readonly LeftOut[],
): Result<Settled, string> {
  const leftOut = [...before];
  let stated = given;
  for (let step = 0; step < MOST_STEPS; step++) {
    const result = judge(stated, kind, context);
    if (result.ok) return ok({ stated, leftOut, app: result.value });
    const [problem] = result.error;
    const next = problem && without(stated, problem);
    if (!next) return fail(reasonOf(result.error, leftOut));
    leftOut.push(next.leftOut);
    stated = next.stated;
  }
  return fail('the values of the app contradict each other');
}

/** What is missing was often taken away because of another problem, which is the reason. */
function reasonOf(errors: readonly Diagnostic[], leftOut: readonly LeftOut[]): string {
  const [problem] = errors;
  if (!problem) return 'it is not known why';
  const earlier = leftOut.find(({ option, refused }) => refused && option === optionIn(problem.field));
  return earlier?.refused
    ? `${earlier.refused.path}: ${earlier.refused.problem}`
    : `${problem.field ?? ''}: ${problem.problem}`;
}

const optionIn = (field = ''): string => /^\w+/.exec(field)?.[0] ?? '';

/** Without what the problem is about; undefined where nothing like it is stated. */
function without(
  stated: Stated,
  { field = '', problem, value }: Diagnostic,
): { readonly stated: Stated; readonly leftOut: LeftOut } | undefined {
  const option = optionIn(field);
  const expression = stated.get(option);
  if (!expression) return undefined;
  const left = cut(expression, field.slice(option.length), value);
  const next = new Map(stated);
  if (left) next.set(option, left);
  else next.delete(option);
  return {
    stated: next,
    leftOut: { option, refused: { path: field, problem, ...(value !== undefined && { value }) } },
  };
}

/** The expression without the part at a path such as `.ranges[2].end`; undefined: nothing of it is left. */
function cut(expression: Expression, path: string, value: string | undefined): Expression | undefined {
  switch (expression.is) {
    case 'call': {
      const [only] = expression.args;
      const left = only && path !== '' ? cut(only, path, value) : undefined;
      return left && { ...expression, args: [left] };
    }
    case 'list': {
      const [, at, rest = ''] = /^\[(\d+)\](.*)$/s.exec(path) ?? [];
      const index = at === undefined ? indexOf(expression.items, path, value) : Number(at);
      const item = expression.items[index];
      const left = item && cut(item, rest, value);
      const items = expression.items.flatMap((each, n) => (n === index ? (left ?? []) : each));
      return items.length === 0 || item === undefined ? undefined : { ...expression, items };
    }
    case 'members': {
      const inside = expression.members
        .filter(([key]) => path === `.${key}` || path.startsWith(`.${key}.`) || path.startsWith(`.${key}[`))
        .sort(([a], [b]) => b.length - a.length)[0];
      if (!inside) return undefined;
      const left = cut(inside[1], path.slice(1 + inside[0].length), value);
      const members = expression.members.flatMap((each) =>
        each === inside ? (left ? [[each[0], left] as const] : []) : [each],
      );
      return members.length === 0 ? undefined : { ...expression, members };
    }
    default:
      return undefined;
  }
}

/** Which element a problem of the whole list shows. */
const indexOf = (items: readonly Expression[], path: string, value: string | undefined): number =>
  path !== '' || value === undefined
    ? -1
    : items.findIndex((item) => {
        const given = evaluate(item);
        const token = typeof given === 'object' && given !== null && 'token' in given ? given.token : given;
        return token === value || JSON.stringify(token) === value;
      });

/** Without what needs a justification: the innermost member that has one, or the option. */
function withoutExcused(recalled: Stated): { readonly stated: Stated; readonly leftOut: readonly LeftOut[] } {
  const stated = new Map<string, Expression>();
  const leftOut: LeftOut[] = [];
  for (const [option, expression] of recalled) {
    const left = excusedCut(expression);
    if (left) stated.set(option, left);
    if (left !== expression) leftOut.push({ option, keep: expression });
  }
  return { stated, leftOut };
}

function excusedCut(expression: Expression): Expression | undefined {
  if (needsJustification(expression)) return undefined;
  if (expression.is !== 'members') return expression;
  const members = expression.members.flatMap(([key, value]) => {
    const left = excusedCut(value);
    return left ? [[key, left] as const] : [];
  });
  return members.length === expression.members.length ? expression : { ...expression, members };
}

const needsJustification = (expression: Expression): boolean =>
  (expression.is === 'call' && expression.args.some(({ is }) => is === 'blank')) ||
  (expression.is === 'members' && expression.members.some(([, { is }]) => is === 'blank'));
