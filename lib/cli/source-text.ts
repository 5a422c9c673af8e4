import { fail, ok, type Result } from '../values/result';

/** Longer than any metadata file of an OAuth client; what is larger is kept out of memory and told as unread. */
export const MAX_BYTES = 8 * 1024 * 1024;

/** Folders that hold other people's projects, or none. */
export const NEVER: ReadonlySet<string> = new Set(['node_modules', '.git']);

/** Bytes as text, if they are UTF-8. */
export function textOf(bytes: Uint8Array): Result<string, string> {
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return fail('it is not text in UTF-8');
  }
}
