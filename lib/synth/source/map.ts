import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A place in a file; line and column count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

interface ReadMap {
  readonly map: SourceMap;
  /** What its sources are relative to. */
  readonly base: string;
}

const COMMENT = /^\/\/[#@] sourceMappingURL=(\S+)\s*$/gm;
const INLINE = /^data:application\/json[^,]*;base64,/;
const known = new Map<string, ReadMap | undefined>();

/**
 * The place in the source that a place in compiled code comes from, by the source map that the compiler left; the same
 * place where there is none. Whoever runs the program with --enable-source-maps, tsx or ts-node has it already.
 */
export function originalPlace(place: Place): Place {
  if (!known.has(place.file)) known.set(place.file, readMap(place.file));
  const read = known.get(place.file);
  const entry = read?.map.findEntry(place.line - 1, place.column - 1);
  if (!read || !entry || !('originalSource' in entry)) return place;
  const { originalSource: source, originalLine, originalColumn } = entry;
  const file = source.startsWith('file://') ? fileURLToPath(source) : resolve(read.base, source);
  return { file, line: originalLine + 1, column: originalColumn + 1 };
}

/** A map that is missing or damaged costs no more than the line. */
function readMap(file: string): ReadMap | undefined {
  try {
    const comment = [...readFileSync(file, 'utf8').matchAll(COMMENT)].at(-1)?.[1];
    if (comment === undefined) return undefined;
    const inline = INLINE.exec(comment);
    const path = resolve(dirname(file), decodeURI(comment));
    const text = inline
      ? Buffer.from(comment.slice(inline[0].length), 'base64').toString('utf8')
      : readFileSync(path, 'utf8');
    const payload = JSON.parse(text) as SourceMapPayload;
    // Compilers leave it out where it is empty.
    const sourceRoot = (payload as Partial<SourceMapPayload>).sourceRoot ?? '';
    return {
      map: new SourceMap({ ...payload, sourceRoot: '' }),
      base: resolve(dirname(inline ? file : path), sourceRoot),
    };
  } catch {
    return undefined;
  }
}
