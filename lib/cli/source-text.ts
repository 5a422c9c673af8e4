import { fail, ok, type Result } from '../values/result';

/** Longer than any metadata file of an OAuth client; anything larger is kept out of memory and reported as not read. */
export const MAX_BYTES = 8 * 1024 * 1024;

/** Folders that hold other people's projects, or none. */
export const NEVER: ReadonlySet<string> = new Set(['node_modules', '.git']);

/** The encoding that an XML declaration names. All that are read here begin as ASCII does. */
const DECLARED = /^(<\?xml\s[^>]{0,100}?\bencoding\s*=\s*["'])([A-Za-z][A-Za-z0-9._-]{0,39})["']/;

type Decode = (bytes: Uint8Array) => string | undefined;

const latin1: Decode = (bytes) => Buffer.from(bytes).toString('latin1');
const decoder =
  (name: string): Decode =>
  (bytes) => {
    try {
      return new TextDecoder(name, { fatal: true }).decode(bytes);
    } catch {
      return undefined;
    }
  };

const ENCODINGS: Readonly<Record<string, Decode>> = {
  'utf-8': decoder('utf-8'),
  utf8: decoder('utf-8'),
  'iso-8859-1': latin1,
  'us-ascii': (bytes) => (bytes.some((byte) => byte > 0x7f) ? undefined : latin1(bytes)),
  ascii: (bytes) => (bytes.some((byte) => byte > 0x7f) ? undefined : latin1(bytes)),
  'windows-1252': decoder('windows-1252'),
};

/**
 * Bytes as text: UTF-8, or the one-byte encoding that the XML declaration names, as some editors and tools write. The
 * declaration then says UTF-8, since what the parser gets is no longer bytes.
 */
export function textOf(bytes: Uint8Array): Result<string, string> {
  const [, before = '', name = 'UTF-8'] = DECLARED.exec(latin1(bytes.subarray(0, 200)) ?? '') ?? [];
  const decode = ENCODINGS[name.toLowerCase()];
  if (!decode) return fail(`the encoding ${name} is not supported, only UTF-8, ISO-8859-1, Windows-1252 and US-ASCII`);
  const text = decode(bytes);
  if (text === undefined) return fail(`it is not valid ${name} text`);
  return ok(before === '' ? text : `${before}UTF-8${text.slice(before.length + name.length)}`);
}
