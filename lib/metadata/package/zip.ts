import JSZip from 'jszip';

import { fail, ok, type Result } from '../../values/result';
import { checkDirectory } from './zip-directory';

/** Paths (forward slashes, relative) to file contents. */
export type Files = ReadonlyMap<string, string>;

/** Any fixed moment: a zip must have the same bytes whenever it is written. */
const FIXED_DATE = new Date(Date.UTC(2000, 0, 1));

export interface ZipLimits {
  /** Default 10,000: the Metadata API's own limit. */
  readonly maxFiles?: number;
  /** Sum of the unpacked sizes in bytes. Default 600 MiB: the Metadata API's own limit. */
  readonly maxBytes?: number;
}

/**
 * The files as a zip, in path order; equal files give equal bytes.
 * @param compression `STORE` where bytes cost less than time. Default `DEFLATE`.
 */
export async function writeZip(files: Files, compression: 'DEFLATE' | 'STORE' = 'DEFLATE'): Promise<Buffer> {
  const zip = new JSZip();
  for (const path of [...files.keys()].sort()) {
    zip.file(path, files.get(path) ?? '', { date: FIXED_DATE, createFolders: false });
  }
  return zip.generateAsync({ type: 'nodebuffer', compression, platform: 'UNIX' });
}

/**
 * The text files of a zip. A damaged archive, a path that leaves the archive, text that is not UTF-8 and anything over
 * the limits is refused as a whole: half an archive must never look like a small one.
 */
export async function readZip(bytes: Uint8Array, limits: ZipLimits = {}): Promise<Result<Files, string>> {
  const { maxFiles = 10_000, maxBytes = 600 * 1024 * 1024 } = limits;
  const claimedBytes = checkDirectory(bytes, Math.max(maxFiles * 2, 1_000));
  if (!claimedBytes.ok) return claimedBytes;
  const tooLarge = `the zip unpacks to more than ${maxBytes} bytes`;
  // One that says so itself is not unpacked at all; one that lies is found below.
  if (claimedBytes.value > maxBytes) return fail(tooLarge);
  try {
    const zip = await JSZip.loadAsync(bytes);
    const entries = Object.values(zip.files).filter((entry) => !entry.dir);
    if (entries.length > maxFiles)
      return fail(`the zip holds ${entries.length} files, more than the ${maxFiles} allowed`);
    let remaining = maxBytes;
    const files = new Map<string, string>();
    for (const entry of entries) {
      const path = entry.unsafeOriginalName ?? entry.name;
      const content = await unpack(entry, remaining);
      if (content === undefined) return fail(tooLarge);
      remaining -= content.length;
      files.set(path, new TextDecoder('utf-8', { fatal: true }).decode(content));
    }
    // The sizes are known to be harmless now, so the check sums can be computed.
    await JSZip.loadAsync(bytes, { checkCRC32: true });
    return ok(files);
  } catch (error) {
    return fail(`the zip cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The entry's bytes, or undefined as soon as they exceed the limit, whatever size the archive claims. */
export function unpack(entry: JSZip.JSZipObject, limit: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const stream = entry.nodeStream();
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        stream.pause();
        resolve(undefined);
      } else {
        chunks.push(chunk);
      }
    });
    stream.on('error', reject);
    stream.on('end', () => resolve(Buffer.concat(chunks)));
  });
}
