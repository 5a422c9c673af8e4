/** `Field` or `Relation.Field`. */
export type Path = readonly string[];

export type Aggregate = 'COUNT' | 'COUNT_DISTINCT' | 'MIN' | 'MAX';

export interface SelectItem {
  /** Undefined for `COUNT()`. */
  readonly path?: Path;
  readonly aggregate?: Aggregate;
  readonly alias?: string;
}

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'IN' | 'NOT IN' | 'LIKE';

export interface Condition {
  readonly path: Path;
  readonly operator: Operator;
  readonly values: readonly Literal[];
  /** A semi-join: the values are what this query finds. */
  readonly query?: Query;
}

export type Literal = string | number | boolean | null;

export interface Query {
  readonly items: readonly SelectItem[];
  readonly from: string;
  readonly where: readonly Condition[];
  readonly groupBy: readonly Path[];
  readonly orderBy: readonly { readonly path: Path; readonly descending: boolean }[];
  readonly limit?: number;
  readonly offset?: number;
}

/** Quoted text, date with time, number, sign or name, after white space. */
const TOKEN =
  /^\s*(?:('(?:[^'\\]|\\.)*')|(\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d))|(\d+)|(!=|<>|<=|>=|[=<>(),])|([A-Za-z]\w*(?:\.[A-Za-z]\w*)*))/;

interface Token {
  readonly kind: 'string' | 'number' | 'sign' | 'word';
  readonly text: string;
}

class Malformed extends Error {}

/**
 * Reads the SOQL the emulator answers: SELECT fields or aggregates FROM one object, WHERE conditions joined by AND,
 * semi-joins among them, GROUP BY, ORDER BY, LIMIT, OFFSET. Anything else is malformed to it, and the answer says where.
 */
export function parseQuery(text: string): Query | { readonly malformed: string } {
  try {
    return new Parser(tokenize(text)).query();
  } catch (error) {
    if (error instanceof Malformed) return { malformed: error.message };
    throw error;
  }
}

function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let rest = text; rest.trim() !== '';) {
    const found = TOKEN.exec(rest);
    if (found === null) throw new Malformed(`unexpected token: '${rest.trim().charAt(0)}'`);
    rest = rest.slice(found[0].length);
    const [, quoted, time, number, sign, word] = found;
    if (quoted !== undefined) tokens.push({ kind: 'string', text: unquote(quoted) });
    else if (time !== undefined) tokens.push({ kind: 'string', text: new Date(time).toISOString() });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign === '<>' ? '!=' : sign });
    else tokens.push({ kind: 'word', text: word ?? '' });
  }
  return tokens;
}

const unquote = (text: string): string => text.slice(1, -1).replace(/\\(.)/g, '$1');

const AGGREGATES: readonly Aggregate[] = ['COUNT', 'COUNT_DISTINCT', 'MIN', 'MAX'];
const COMPARISONS: readonly Operator[] = ['=', '!=', '<', '<=', '>', '>='];

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  query(): Query {
    const query = this.#select();
    const rest = this.#tokens[this.#at];
    if (rest) throw new Malformed(`unexpected token: '${rest.text}'`);
    return query;
  }

  #select(): Query {
    this.#expect('SELECT');
    const items = this.#list(() => this.#item());
    this.#expect('FROM');
    const from = this.#word();
    const where = this.#take('WHERE') ? this.#conditions() : [];
    const groupBy = this.#take('GROUP', 'BY') ? this.#list(() => this.#path()) : [];
    const orderBy = this.#take('ORDER', 'BY') ? this.#list(() => this.#order()) : [];
    const limit = this.#take('LIMIT') ? Number(this.#next('number').text) : undefined;
    const offset = this.#take('OFFSET') ? Number(this.#next('number').text) : undefined;
    return {
      ...{ items, from, where, groupBy, orderBy },
      ...(limit !== undefined && { limit }),
      ...(offset !== undefined && { offset }),
    };
  }

  #item(): SelectItem {
    const path = this.#path();
    const name = path.length === 1 ? path[0]?.toUpperCase() : undefined;
    const aggregate = AGGREGATES.find((known) => known === name);
    if (aggregate === undefined || !this.#take('(')) return { path, ...this.#alias() };
    if (aggregate === 'COUNT' && this.#take(')')) return { aggregate };
    const counted = this.#path();
    this.#expect(')');
    return { path: counted, aggregate, ...this.#alias() };
  }

  #alias(): { readonly alias?: string } {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'word' || token.text.toUpperCase() === 'FROM') return {};
    this.#at += 1;
    return { alias: token.text };
  }

  #conditions(): readonly Condition[] {
    const all = [this.#condition()];
    while (this.#take('AND')) all.push(this.#condition());
    return all;
  }

  #condition(): Condition {
    const path = this.#path();
    if (this.#take('IN')) return { path, operator: 'IN', ...this.#among() };
    if (this.#take('NOT', 'IN')) return { path, operator: 'NOT IN', ...this.#among() };
    if (this.#take('LIKE')) return { path, operator: 'LIKE', values: [this.#literal()] };
    const sign = this.#next('sign').text;
    const operator = COMPARISONS.find((known) => known === sign);
    if (operator === undefined) throw new Malformed(`unexpected token: '${sign}'`);
    return { path, operator, values: [this.#literal()] };
  }

  #among(): Pick<Condition, 'values' | 'query'> {
    this.#expect('(');
    const next = this.#tokens[this.#at];
    const joins = next?.kind === 'word' && next.text.toUpperCase() === 'SELECT';
    const found = joins ? { values: [], query: this.#select() } : { values: this.#list(() => this.#literal()) };
    this.#expect(')');
    return found;
  }

  #literal(): Literal {
    const token = this.#tokens[this.#at++];
    if (token?.kind === 'string') return token.text;
    if (token?.kind === 'number') return Number(token.text);
    const word = token?.kind === 'word' ? token.text.toLowerCase() : '';
    if (word === 'true' || word === 'false') return word === 'true';
    if (word === 'null') return null;
    throw new Malformed(`a value is expected, not '${token?.text ?? 'the end'}'`);
  }

  #order(): { readonly path: Path; readonly descending: boolean } {
    const path = this.#path();
    const descending = this.#take('DESC');
    if (!descending) this.#take('ASC');
    return { path, descending };
  }

  #path(): Path {
    return this.#word().split('.');
  }

  #word(): string {
    return this.#next('word').text;
  }

  #list<T>(read: () => T): readonly T[] {
    const all = [read()];
    while (this.#take(',')) all.push(read());
    return all;
  }

  #next(kind: Token['kind']): Token {
    const token = this.#tokens[this.#at++];
    if (token?.kind === kind) return token;
    throw new Malformed(`a ${kind} is expected, not '${token?.text ?? 'the end'}'`);
  }

  #expect(text: string): void {
    if (!this.#take(text))
      throw new Malformed(`expecting '${text}', found '${this.#tokens[this.#at]?.text ?? 'the end'}'`);
  }

  #take(...texts: readonly string[]): boolean {
    const matches = texts.every((text, index) => {
      const token = this.#tokens[this.#at + index];
      return token !== undefined && token.kind !== 'string' && token.text.toUpperCase() === text;
    });
    if (matches) this.#at += texts.length;
    return matches;
  }
}
