/**
 * The notation of the generated schema, one item per line:
 *
 *     metadata Name [since]          a metadata type          type Name      a record used inside one
 *       field type[!|[]] [versions]  `!` required, `[]` repeats; versions `61`, `61-63` or `-62`
 *     enum Name                      followed by literals; `Literal@67` exists since that version
 *
 * A version left out means "all versions served here".
 */
export interface FieldSchema {
  readonly name: string;
  /** `string`, `boolean`, `int` …, or the name of a {@link TypeSchema}. */
  readonly type: string;
  readonly many: boolean;
  readonly required: boolean;
  readonly since: number;
  readonly until: number;
}

export interface Literal {
  readonly value: string;
  readonly since: number;
}

export interface TypeSchema {
  readonly kind: 'metadata' | 'type' | 'enum';
  readonly name: string;
  readonly since: number;
  readonly fields: ReadonlyMap<string, FieldSchema>;
  readonly literals: readonly Literal[];
}

interface Building extends TypeSchema {
  readonly fields: Map<string, FieldSchema>;
  readonly literals: Literal[];
}

/** The types of a schema text by name. Throws on a line it does not understand: the text is generated. */
export function readNotation(text: string): ReadonlyMap<string, TypeSchema> {
  const types = new Map<string, TypeSchema>();
  let current: Building | undefined;
  for (const line of text.split('\n').filter((candidate) => candidate.trim() !== '')) {
    const words = line.trim().split(' ');
    if (!line.startsWith(' ')) {
      current = readHead(words);
      types.set(current.name, current);
    } else if (current?.kind === 'enum') {
      current.literals.push(...words.map(readLiteral));
    } else {
      const field = readField(words);
      current?.fields.set(field.name, field);
    }
  }
  return types;
}

function readHead([kind, name, since]: readonly string[]): Building {
  if (name === undefined || (kind !== 'metadata' && kind !== 'type' && kind !== 'enum')) {
    throw new Error(`the generated schema has an unknown line: ${String(kind)}`);
  }
  return { kind, name, since: Number(since ?? 0), fields: new Map(), literals: [] };
}

function readLiteral(word: string): Literal {
  const [value = '', since] = word.split('@');
  return { value, since: Number(since ?? 0) };
}

function readField([name = '', type = '', versions]: readonly string[]): FieldSchema {
  const [since, until] = versions === undefined ? [undefined, undefined] : versions.split('-');
  return {
    name,
    type: type.replace(/(!|\[\])$/, ''),
    many: type.endsWith('[]'),
    required: type.endsWith('!'),
    since: Number(since === undefined || since === '' ? 0 : since),
    until: until === undefined ? Infinity : Number(until),
  };
}
