import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { ClientAppsError, type Diagnostic } from '../values/diagnostic';

/** An error about what was typed or about a file it names. */
export const invalidInput = (...diagnostics: readonly Omit<Diagnostic, 'severity'>[]): ClientAppsError =>
  new ClientAppsError(
    'INVALID_INPUT',
    diagnostics.map((diagnostic) => ({ severity: 'error', ...diagnostic })),
  );

/** The text of a file, or undefined where there is none. @throws ClientAppsError where it cannot be read. */
export function readTextIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw unusable(path, 'cannot be read', error);
  }
}

/** The text of a file that must be there. @throws ClientAppsError */
export function readText(path: string, remedy: string): string {
  const text = readTextIfThere(path);
  if (text !== undefined) return text;
  throw invalidInput({ code: 'file-missing', path, problem: 'there is no such file', remedy });
}

/** Writes a file completely or not at all, and the folders it needs. @throws ClientAppsError */
export function writeText(path: string, text: string): void {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(draft, text);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw unusable(path, 'cannot be written', error);
  }
}

/** The system's own name of what went wrong: `ENOENT`. */
export const errnoOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;

/** What an error of whatever origin says. */
export const messageOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);

const unusable = (path: string, what: string, error: unknown): ClientAppsError =>
  invalidInput({
    code: 'file-unusable',
    path,
    problem: `the file ${what}: ${messageOf(error)}`,
    remedy: 'correct the path or its permissions',
  });
