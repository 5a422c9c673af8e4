import { isAbsolute, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import { originalPlace } from './map';

/** Where in the author's program something is declared: a path relative to the working directory, with slashes. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
}

/** Frames to look at: the caller, and a few helpers of a company's own library around it. */
const DEPTH = 8;

/**
 * The place that called the constructor, outside node_modules, in the source that was compiled; undefined where the
 * engine does not tell. `callee` is `new.target`, so that subclasses do not hide their author, or a method.
 */
export function sourceLocation(
  callee: (abstract new (...args: never[]) => unknown) | ((...args: never[]) => unknown),
): SourceLocation | undefined {
  const holder: { stack?: unknown } = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = DEPTH;
  Error.captureStackTrace(holder, callee);
  Error.stackTraceLimit = limit;
  // Formatting is lazy and someone may have replaced the formatter, hence unknown.
  const { stack } = holder;
  return typeof stack === 'string' ? firstOwnFrame(stack, process.cwd()) : undefined;
}

/** The first frame of the author's own code. Exported for tests. */
export function firstOwnFrame(stack: string, cwd: string): SourceLocation | undefined {
  for (const frame of stack.split('\n').slice(1)) {
    const match = /\(?((?:file:\/\/)?[^()]+):(\d+):(\d+)\)?$/.exec(frame.replace(/^\s*at (async )?/, ''));
    const [, place, line, column] = match ?? [];
    if (place === undefined || /(^|[\\/])node_modules[\\/]|^node:|<anonymous>/.test(place)) continue;
    const path = place.startsWith('file://') ? fileURLToPath(place) : place;
    if (!isAbsolute(path)) continue;
    const original = originalPlace({ file: path, line: Number(line), column: Number(column) });
    const file = relative(cwd, original.file);
    return isAbsolute(file) ? undefined : { file: file.split(sep).join('/'), line: original.line };
  }
  return undefined;
}
