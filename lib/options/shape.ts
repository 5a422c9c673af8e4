import type { ClientKind } from '../declaration/client-app';
import { didYouMean, nearest } from '../values/nearest';
import { snakeCase } from '../values/snake-case';
import { call, type Expression, list, literal, members, name } from './expression';

/** A value as HCL has it. Sets and lists are arrays, maps and objects are objects. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [name: string]: Plain };

/** What a value may be. A set has no order. */
export type ShapeType =
  'text' | 'flag' | 'texts-by-key' | { readonly setOf: ShapeType } | { readonly members: readonly Member[] };

/** A member of an object. */
export interface Member {
  /** As the author of a program writes it. */
  readonly name: string;
  readonly shape: Shape;
  readonly required?: true;
  /** Left out: every kind that has the option. */
  readonly kinds?: readonly ClientKind[];
  /** Where no docstring of a program says it. */
  readonly says?: string;
}

/** A value that no program could have written. */
export interface Misfit {
  readonly problem: string;
  readonly allowed: string;
  readonly remedy: string;
  readonly given?: string;
}

/** Where a value stands, as the author of a program calls it: `refreshTokens.period`. */
export interface At {
  readonly path: string;
  readonly refuse: (path: string, misfit: Misfit) => void;
}

/** The class of a program, the member of HCL that chooses among its ways, and what each of them takes. */
export interface Spelling {
  readonly type: string;
  /** Undefined: the word is the value. */
  readonly word?: string;
  readonly ways: Readonly<Record<string, Arguments>>;
}

/**
 * How an option is written where there are no classes. HCL and the language of programs are two spellings of one
 * expression: what it means, and whether it may be, is for the option to judge.
 */
export interface Shape {
  readonly type: ShapeType;
  /** The only texts that there are. */
  readonly values?: readonly string[];
  /** The class whose values it writes, and how each way to make one is written. */
  readonly spelling?: Spelling;
  /** The same as a program; undefined after refusing it. */
  read(given: Plain, at: At): Expression | undefined;
  /** The same in HCL; null where HCL has no word for it. */
  write(expression: Expression): Plain;
}

const below = (at: At, member: string): At => ({ ...at, path: `${at.path}.${member}` });
const isObject = (value: Plain): value is { readonly [name: string]: Plain } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value that is a text; empty if it is not. */
export const wordsIn = (value: Plain): string => (typeof value === 'string' ? value : '');

/** A text, or a value that a program makes of one. */
export const textShape = (
  read: Shape['read'] = (given) => (typeof given === 'string' ? literal(given) : undefined),
  write: Shape['write'] = (expression) => (expression.is === 'literal' ? expression.value : null),
): Shape => ({ type: 'text', read, write });

export const text = textShape();

/** What a class makes of one text: `Username.of('a@b.example')`. */
export const made = <T extends object>(named: Readonly<Record<string, T>>, method: string & keyof T): Shape =>
  textShape(
    (given) => call(named, method, literal(wordsIn(given))),
    (expression) => {
      const [only] = expression.is === 'call' ? expression.args : [];
      return only?.is === 'literal' ? only.value : null;
    },
  );

export const flag: Shape = {
  type: 'flag',
  read: (given) => (typeof given === 'boolean' ? literal(given) : undefined),
  write: (expression) => (expression.is === 'literal' ? expression.value : null),
};

/** Members without order. */
export const setOf = (element: Shape): Shape => ({
  type: { setOf: element.type },
  ...(element.values && { values: element.values }),
  ...(element.spelling && { spelling: element.spelling }),
  read: (given, at) => {
    if (!Array.isArray(given)) return undefined;
    return list(
      (given as readonly Plain[]).flatMap(
        (each, index) => element.read(each, { ...at, path: `${at.path}[${index}]` }) ?? [],
      ),
    );
  },
  write: (expression) => (expression.is === 'list' ? expression.items.map((item) => element.write(item)) : null),
});

export const texts = setOf(text);

export const textsByKey: Shape = {
  type: 'texts-by-key',
  read: (given) =>
    isObject(given)
      ? members(Object.fromEntries(Object.entries(given).map(([key, value]) => [key, literal(wordsIn(value))])))
      : undefined,
  write: (expression) =>
    expression.is === 'members'
      ? Object.fromEntries(expression.members.map(([key, value]) => [key, text.write(value)]))
      : null,
};

/** The members of an object, which a program calls by the same names without underscores. */
export const object = (all: readonly Member[]): Shape => ({
  type: { members: all },
  read: (given, at) => (isObject(given) ? members(readMembers(all, given, at)) : undefined),
  write: (expression) => (expression.is === 'members' ? writeMembers(all, expression.members) : null),
});

function readMembers(
  all: readonly Member[],
  given: { readonly [name: string]: Plain },
  at: At,
): Readonly<Record<string, Expression | undefined>> {
  return Object.fromEntries(
    all.map(({ name: member, shape }) => {
      const value = given[snakeCase(member)] ?? null;
      return [member, value === null ? undefined : shape.read(value, below(at, member))];
    }),
  );
}

function writeMembers(
  all: readonly Member[],
  stated: readonly (readonly [string, Expression])[],
): { readonly [name: string]: Plain } {
  const found = new Map(stated);
  return Object.fromEntries(
    all.map(({ name: member, shape }) => {
      const value = found.get(member);
      return [snakeCase(member), value === undefined ? null : shape.write(value)];
    }),
  );
}

type Class = Readonly<Record<string, object>>;

/** One text of a few; a near miss is asked about. */
function choose(given: Plain, valid: readonly string[], what: string, at: At): string | undefined {
  const wanted = typeof given === 'string' ? given : '';
  if (valid.includes(wanted)) return wanted;
  const meant = nearest(wanted, valid);
  at.refuse(at.path, {
    problem: `there is no ${what} ${JSON.stringify(wanted)}`,
    allowed: valid.join(', '),
    remedy: meant === undefined ? 'choose one of them' : didYouMean(meant),
    given: wanted,
  });
  return undefined;
}

/** A constant of a class, in lower case: `Plugin.SAML` is `saml`. */
export function constants(named: Class, what: string): Shape {
  const [holder = {}] = Object.values(named);
  const byWord = new Map(
    Object.keys(holder)
      .filter((key) => /^[A-Z][A-Z_]*$/.test(key))
      .map((key) => [key.toLowerCase(), key]),
  );
  const words = [...byWord.keys()];
  return {
    type: 'text',
    values: words,
    spelling: {
      type: Object.keys(named)[0] ?? '',
      ways: Object.fromEntries([...byWord.values()].map((key) => [key, []])),
    },
    read: (given, at) => {
      const chosen = choose(given, words, what, at);
      return chosen === undefined ? undefined : name(named, (byWord.get(chosen) ?? '') as never);
    },
    write: (expression) => (expression.is === 'name' ? wordOf(expression.name) : null),
  };
}

/** `AccessTokens.jwtForUserSession` is `jwt_for_user_session`, `SessionLevel.HIGH_ASSURANCE` is `high_assurance`. */
const wordOf = (dotted: string): string => hclWord(dotted.slice(dotted.indexOf('.') + 1));

/** A constant or a method of a class in HCL. */
export const hclWord = (key: string): string => (key === key.toUpperCase() ? key.toLowerCase() : snakeCase(key));

/** What one way to make the value takes: arguments in their order, or one object with members. */
export type Arguments = readonly Member[] | { readonly of: readonly Member[] };

const argumentsOf = (given: Arguments): readonly Member[] => ('of' in given ? given.of : given);

/**
 * A class with several ways to make its value: `{ policy = "expires_after", period = "30 days" }` is
 * `RefreshTokenPolicy.expiresAfter(Duration.days(30))`. Each way is a constant or a method of the class, and `word` is the
 * member that says which.
 */
export function variants(named: Class, word: string, ways: Readonly<Record<string, Arguments>>): Shape {
  const [holder = {}] = Object.values(named);
  const keyOf = new Map(Object.keys(ways).map((key) => [hclWord(key), key]));
  const words = [...keyOf.keys()];
  const wordShape: Shape = { ...text, values: words };
  const others = Object.values(ways)
    .flatMap(argumentsOf)
    .filter((each, index, all) => all.findIndex(({ name: other }) => other === each.name) === index)
    .map(({ required: _, ...each }) => each);
  const read: Shape['read'] = (given, at) => {
    if (!isObject(given)) return undefined;
    const chosen = choose(given[word] ?? null, words, word, below(at, word));
    const key = keyOf.get(chosen ?? '');
    const taken = key === undefined ? undefined : ways[key];
    if (chosen === undefined || key === undefined || taken === undefined) return undefined;
    for (const { name: other } of others) {
      if ((given[snakeCase(other)] ?? null) === null) continue;
      if (argumentsOf(taken).some(({ name: own }) => own === other)) continue;
      at.refuse(`${at.path}.${other}`, {
        problem: `${word} ${JSON.stringify(chosen)} takes no ${snakeCase(other)}`,
        allowed: waysWith(other, ways).join(', '),
        remedy: `remove it, or choose another ${word}`,
      });
    }
    const stated = readMembers(argumentsOf(taken), given, at);
    if (typeof (holder as Readonly<Record<string, unknown>>)[key] !== 'function') return name(named, key as never);
    const args = 'of' in taken ? [members(stated)] : Object.values(stated).filter((each) => each !== undefined);
    return call(named, key as never, ...args);
  };
  const write: Shape['write'] = (expression) => {
    if (expression.is !== 'name' && expression.is !== 'call') return null;
    const chosen = wordOf(expression.name);
    const taken = ways[keyOf.get(chosen) ?? ''];
    if (!taken) return null;
    const args = expression.is === 'call' ? expression.args : [];
    const [first] = args;
    const stated: readonly (readonly [string, Expression])[] =
      'of' in taken
        ? first?.is === 'members'
          ? first.members
          : []
        : taken.flatMap(({ name: member }, index) => {
            const value = args[index];
            return value ? [[member, value] as const] : [];
          });
    return { [word]: chosen, ...writeMembers(others, stated) };
  };
  const says = `Which ${word}.`;
  return {
    type: { members: [{ name: word, shape: wordShape, required: true, says }, ...others] },
    spelling: { type: Object.keys(named)[0] ?? '', word, ways },
    read,
    write,
  };
}

const waysWith = (member: string, ways: Readonly<Record<string, Arguments>>): readonly string[] =>
  Object.entries(ways)
    .filter(([, taken]) => argumentsOf(taken).some(({ name: own }) => own === member))
    .map(([key]) => hclWord(key));
