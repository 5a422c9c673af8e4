import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { invalidInput } from './invalid-input';

/** The text of a file; undefined where there is none. */
export function readOptional(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw invalidInput('file-unreadable', path, `the file cannot be read: ${messageOf(error)}`, 'check path and permissions');
  }
}

/** The text of a file that must be there. @param what Completes "name a …". */
export function readRequired(path: string, what: string): string {
  const text = readOptional(path);
  if (text === undefined) throw invalidInput('file-missing', path, 'there is no such file', `name a ${what} that exists`);
  return text;
}

/** Writes a file so that a reader sees the old content or the new one, never half of it; folders are made as needed. */
export function writeWhole(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  } catch (error) {
    throw invalidInput('file-unwritable', path, `the file cannot be written: ${messageOf(error)}`, 'check path and permissions');
  }
}

/** The name as part of a file name on every system: no folders, nothing hidden. */
export const asFileName = (name: string): string =>
  name.replaceAll('/', '__').replace(/[^A-Za-z0-9._-]/g, '_').replace(/^\./, '_');

const codeOf = (error: unknown): unknown => (error as { readonly code?: unknown }).code;
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
