import { fail, ok, type Result } from '../../values/result';

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const ENTRY = 0x02014b50;
/** A size that does not fit. */
const ELSEWHERE = 0xffffffff;
const UNREADABLE = 'the zip cannot be read';
/** The end record, and the longest comment after it. */
const END_LENGTH = 22 + 0xffff;

/**
 * Judges a zip by its directory, before anything is unpacked. A name that is there twice, or
 * leads out of the archive, is refused: readers differ in what they make of it, and what was reviewed might not be what
 * another tool deploys.
 * @returns How many bytes the entries say that they unpack to; those of 4 GB and more say it elsewhere, and count for
 * nothing. Else a sentence about the zip.
 */
export function checkDirectory(bytes: Uint8Array, maxEntries: number): Result<number, string> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const directory = directoryOf(buffer);
  if (!directory) return fail(`${UNREADABLE}: it has no directory: it is no zip, or it was cut off`);
  if (directory.entries > maxEntries) {
    return fail(`the zip holds ${directory.entries} entries, more than the ${maxEntries} allowed`);
  }
  const names = new Set<string>();
  let claimedBytes = 0;
  let at = directory.start;
  for (let n = 0; n < directory.entries; n += 1) {
    if (at < 0 || at + 46 > buffer.length || buffer.readUInt32LE(at) !== ENTRY) {
      return fail(`${UNREADABLE}: its directory is damaged`);
    }
    const claimed = buffer.readUInt32LE(at + 24);
    claimedBytes += claimed === ELSEWHERE ? 0 : claimed;
    const length = buffer.readUInt16LE(at + 28);
    const name = buffer.toString('utf8', at + 46, at + 46 + length);
    const shown = JSON.stringify(name.slice(0, 200));
    if (name.startsWith('/') || /^[A-Za-z]:/.test(name) || name.split(/[\\/]/).includes('..')) {
      return fail(`the zip holds the unsafe path ${shown}`);
    }
    // Whether a backslash divides folders is for the reader to say, so one path may be written in two ways.
    const plain = name.replaceAll('\\', '/');
    if (names.has(plain)) return fail(`the zip holds ${shown} twice`);
    names.add(plain);
    at += 46 + length + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32);
  }
  return ok(claimedBytes);
}

function directoryOf(buffer: Buffer): { readonly start: number; readonly entries: number } | undefined {
  for (let at = buffer.length - 22; at >= Math.max(0, buffer.length - END_LENGTH); at -= 1) {
    if (buffer.readUInt32LE(at) !== END) continue;
    const entries = buffer.readUInt16LE(at + 10);
    const size = buffer.readUInt32LE(at + 12);
    const large = at >= 20 && buffer.readUInt32LE(at - 20) === LOCATOR_64 ? at - 76 : -1;
    if (large >= 0 && buffer.readUInt32LE(large) === END_64) {
      return {
        entries: Number(buffer.readBigUInt64LE(large + 32)),
        start: large - Number(buffer.readBigUInt64LE(large + 40)),
      };
    }
    return { entries, start: at - size };
  }
  return undefined;
}
