/**
 * A value of a program, as the author would write it and as it is: what an import prints is what it planned with. Printed
 * by `lib/import/print.ts`.
 */
export type Expression = Literal | List | Members | Call | Name | Blank;

interface Node {
  /** Each org may have its own: stated with `PerOrg` where orgs differ. */
  readonly differs?: 'per-org';
  /** What stands for an org that has none. */
  readonly none?: Expression;
}

export interface Literal extends Node {
  readonly is: 'literal';
  readonly value: string | number | boolean;
}

export interface List extends Node {
  readonly is: 'list';
  readonly items: readonly Expression[];
}

export interface Members extends Node {
  readonly is: 'members';
  readonly members: readonly (readonly [name: string, value: Expression])[];
}

/** `Duration.days(30)`: the function by its name, and the function. */
export interface Call extends Node {
  readonly is: 'call';
  readonly name: string;
  readonly make: (...values: readonly unknown[]) => unknown;
  readonly args: readonly Expression[];
  /** A file that has to stand beside the program, at the path that is the argument. */
  readonly file?: CalledFile;
}

/** The text of the file; or, where the org does not return it, how people recognize the one that is needed. */
export type CalledFile = { readonly text: string } | { readonly fingerprint?: string };

/** `Scope.API`. */
export interface Name extends Node {
  readonly is: 'name';
  readonly name: string;
  readonly value: unknown;
}

/** The justification that a person has to write: without a reason and an approver, so that synth refuses it. */
export interface Blank extends Node {
  readonly is: 'blank';
  readonly expires: string;
}

export const literal = (value: string | number | boolean): Expression => ({ is: 'literal', value });
export const list = (items: readonly Expression[]): Expression => ({ is: 'list', items });
export const texts = (values: readonly string[]): Expression => list(values.map(literal));
export const justification = (expires: string): Expression => ({ is: 'blank', expires });
export const perOrg = (expression: Expression, none?: Expression): Expression => ({
  ...expression,
  differs: 'per-org',
  ...(none && { none }),
});

/** The members that have a value. */
export const members = (values: Readonly<Record<string, Expression | undefined>>): Expression => ({
  is: 'members',
  members: Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])),
});

/** A class of this library, by the name that programs import. */
type Named<T> = Readonly<Record<string, T>>;

/** `name({ Scope }, 'API')` is `Scope.API`. */
export function name<T extends object>(named: Named<T>, constant: string & keyof T): Expression {
  const [[type, holder]] = Object.entries(named) as [[string, T]];
  return { is: 'name', name: `${type}.${constant}`, value: holder[constant] };
}

/** `call({ Duration }, 'days', literal(30))` is `Duration.days(30)`. What it makes is judged where the option is read. */
export function call<T extends object>(
  named: Named<T>,
  method: string & keyof T,
  ...args: readonly Expression[]
): Call {
  const [[type, holder]] = Object.entries(named) as [[string, T]];
  const make = (...values: readonly unknown[]): unknown => {
    const made = holder[method];
    return typeof made === 'function' ? (Reflect.apply(made, holder, values) as unknown) : undefined;
  };
  return { is: 'call', name: `${type}.${method}`, make, args };
}

/** A justification that passes: what is planned is what the program does once a person has written it. */
const passing = (expires: string) => ({ reason: 'to be written', approvedBy: 'to be named', expires });

/** The value that the program would have. */
export function evaluate(expression: Expression): unknown {
  switch (expression.is) {
    case 'literal':
    case 'name':
      return expression.value;
    case 'list':
      return expression.items.map(evaluate);
    case 'members':
      return Object.fromEntries(expression.members.map(([key, value]) => [key, evaluate(value)]));
    case 'call':
      return expression.make(...expression.args.map(evaluate));
    case 'blank':
      return passing(expression.expires);
  }
}

/** The parts of an expression, itself first. */
export function parts(expression: Expression): readonly Expression[] {
  switch (expression.is) {
    case 'list':
      return [expression, ...expression.items.flatMap(parts)];
    case 'members':
      return [expression, ...expression.members.flatMap(([, value]) => parts(value))];
    case 'call':
      return [expression, ...expression.args.flatMap(parts)];
    default:
      return [expression];
  }
}

/** The files that have to stand beside the program, by the path that it names. */
export const filesIn = (expression: Expression): readonly { readonly path: string; readonly file: CalledFile }[] =>
  parts(expression).flatMap((each) => {
    if (each.is !== 'call' || !each.file) return [];
    const [path] = each.args;
    return path?.is === 'literal' ? [{ path: String(path.value), file: each.file }] : [];
  });
