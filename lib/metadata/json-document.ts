import { toJSONSchema, type z } from 'zod';

import type { EntryName } from '../values/catalog';
import { diagnoseInWords, type InWords } from '../values/diagnose';
import type { Diagnostic } from '../values/diagnostic';
import { shown } from '../values/diagnostic';
import { nearest } from '../values/nearest';
import { fail, ok, type Result } from '../values/result';
import { type JsonPlace, placeOf, placesIn, repeatedKeys, spot } from './json-position';

/** What a JSON file of ours must be. */
export interface DocumentKind<T> {
  /** Completes "this is not …": `a manifest`, `a saved plan`. */
  readonly what: string;
  /** What is wrong with one that cannot be used, and what to do: an entry of the catalog. */
  readonly code: EntryName & (`${string}-unusable` | `${string}-unusable/${string}`);
  /** The newest version of the shape this program knows, `major.minor`. */
  readonly version: string;
  readonly schema: z.ZodType<T>;
  /** People write it: problems say at which line and column, and no key may be there twice. */
  readonly byHand?: boolean;
}

/** A diagnostic about a file, from what varies. */
export type Complain = (problem: string, details?: Partial<Omit<InWords, 'problem'>>) => Diagnostic;

export function complaints(kind: Pick<DocumentKind<unknown>, 'code'>, path: string): Complain {
  return (problem, details = {}) => diagnoseInWords(kind.code, { path, problem, ...details });
}

/**
 * Reads a JSON file of ours completely or not at all; every problem at once, each with the path of the JSON field.
 * Another major version is refused (D28). A newer minor version may have fields that this program does not know; the
 * same or an older one may not.
 * @param path What to call the file in messages.
 */
export function readDocument<T>(given: string, path: string, kind: DocumentKind<T>): Result<T, readonly Diagnostic[]> {
  const complain = complaints(kind, path);
  const text = given.replace(/^\uFEFF/, '');
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    return fail([complain(syntaxProblem(text, error), kind.byHand ? syntaxPlace(text, path, error) : {})]);
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    return fail([complain(`this is not ${kind.what}: it is not a JSON object`)]);
  }
  const version = (content as Readonly<Record<string, unknown>>)['format_version'];
  const problem = versionProblem(version, kind);
  if (problem !== undefined) {
    const given = version === undefined ? {} : { value: shown(version) };
    const allowed = `${majorOf(kind.version)}.x`;
    return fail([complain(problem, { field: 'format_version', allowed, ...given, ...newerRemedy(version, kind) })]);
  }
  const places = kind.byHand ? placesIn(text) : [];
  const repeated = repeatedKeys(places).map((place) =>
    complain('this key is there twice, and only the last one would count', {
      path: pointAt(path, place),
      field: jsonPath(place.path),
    }),
  );
  const parsed = kind.schema.safeParse(content);
  if (parsed.success) return repeated.length > 0 ? fail(repeated) : ok(parsed.data);
  const newer = newerRemedy(version, kind);
  const issues = parsed.error.issues.filter(
    (issue) => !(newer.remedy !== undefined && issue.code === 'unrecognized_keys'),
  );
  // Nothing but additions of a newer minor version: what this program knows of the file has been checked.
  if (issues.length === 0 && repeated.length === 0) return ok(content as T);
  const problems = issues.flatMap((issue) => {
    if (kind.byHand && issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => complain(...unknownKey(kind.schema, issue.path, key, places, path)));
    }
    const field = jsonPath(issue.path);
    const place = placeOf(places, issue.path);
    return complain(issue.message, {
      ...(place && { path: pointAt(path, place) }),
      ...(field !== '' && { field }),
      ...valueAt(content, issue.path),
      ...newer,
    });
  });
  return fail([...repeated, ...problems]);
}

/** A key that the schema does not know, with the one that was perhaps meant. */
function unknownKey(
  schema: z.ZodType,
  parent: readonly PropertyKey[],
  key: string,
  places: readonly JsonPlace[],
  path: string,
): Parameters<Complain> {
  const known = keysAt(schema, parent);
  const place = placeOf(places, [...parent, key]);
  return [
    'there is no such key',
    {
      ...(place && { path: pointAt(path, place) }),
      field: jsonPath([...parent, key]),
      ...(known.length > 0 && { allowed: known.join(', ') }),
      meant: nearest(key, known),
    },
  ];
}

interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
}

/** The keys that the object at this place may have. */
function keysAt(schema: z.ZodType, parent: readonly PropertyKey[]): readonly string[] {
  const whole = toJSONSchema(schema, { io: 'input' }) as JsonSchema;
  const followed = (each: JsonSchema | undefined): JsonSchema | undefined =>
    each?.$ref === undefined ? each : whole.$defs?.[each.$ref.replace('#/$defs/', '')];
  const there = parent.reduce<JsonSchema | undefined>(
    (each, part) => followed(typeof part === 'number' ? each?.items : each?.properties?.[String(part)]),
    whole,
  );
  return Object.keys(there?.properties ?? {}).filter((key) => key !== '$schema');
}

const pointAt = (path: string, { line, column }: Pick<JsonPlace, 'line' | 'column'>): string =>
  `${path}:${line}:${column}`;

/** Where the parser of JSON stopped, as far as it says so. */
function syntaxPlace(text: string, path: string, error: unknown): { readonly path?: string } {
  const [, position] = /at position (\d+)/.exec(error instanceof Error ? error.message : '') ?? [];
  return position === undefined ? {} : { path: pointAt(path, spot(text, Number(position))) };
}

/**
 * Some messages of the parser quote the text around the mistake: of a file that was named by mistake, perhaps the key or
 * token in it. Only those that give a position instead are passed on.
 */
function syntaxProblem(text: string, error: unknown): string {
  if (text.trim() === '') return 'this is not valid JSON: the file is empty';
  const message = error instanceof Error ? error.message : '';
  const safe = /^[^"]* at position \d+/.test(message) || message === 'Unexpected end of JSON input';
  return safe ? `this is not valid JSON: ${message}` : 'this is not valid JSON';
}

/** `apps[2].components[0].type`. */
function jsonPath(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

function versionProblem(version: unknown, kind: DocumentKind<unknown>): string | undefined {
  if (version === undefined) return `this is not ${kind.what}: it has no format_version`;
  if (typeof version !== 'string' || !/^\d+\.\d+$/.test(version)) return 'the format_version is not major.minor';
  if (majorOf(version) === majorOf(kind.version)) return undefined;
  return `this is ${kind.what} of another major version than this program understands`;
}

/** What a newer version has written may hold what is left to do: it is not for an older one to have it moved away. */
function newerRemedy(version: unknown, kind: DocumentKind<unknown>): { readonly remedy?: string } {
  if (typeof version !== 'string' || !/^\d+\.\d+$/.test(version)) return {};
  const further = majorOf(version) - majorOf(kind.version) || minorOf(version) - minorOf(kind.version);
  return further > 0
    ? { remedy: 'it was written by a newer version of client-apps: use that one, or a newer one' }
    : {};
}

const majorOf = (version: string): number => Number(version.split('.')[0]);
const minorOf = (version: string): number => Number(version.split('.')[1]);

function valueAt(content: unknown, path: readonly PropertyKey[]): { readonly value?: string } {
  let value = content;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return {};
    value = (value as Readonly<Record<PropertyKey, unknown>>)[part];
  }
  // Of a record or list the message already tells what is wrong with it.
  return typeof value === 'object' || value === undefined ? {} : { value: shown(value) };
}
