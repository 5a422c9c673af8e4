import { join, resolve } from 'node:path';

import type { Manifest } from '../metadata/manifest';
import type { OrgReceipt } from '../operations/types';
import { diagnose } from '../values/diagnose';
import { invalidInput, readTextIfThere, tryWriting, usable, writeText } from './files';
import { isLocal, type OrgFlags, type ReceiptFlags } from './flags';
import type { Io } from './io';
import { memoryFile } from './project';
import { readReceipt, receiptFileText } from './receipt-file';

/** The memory of earlier applies, on disk. */
export interface Receipts {
  /** What the last apply of this manifest did; undefined where there was none. @throws ClientAppsError */
  readonly read: (manifest: Manifest) => OrgReceipt | undefined;
  /** Fails where a receipt could not be kept. Writes nothing that stays. @throws ClientAppsError */
  readonly tryKeeping: (manifest: Manifest) => void;
  /** Keeps the receipt and gives the name of its file; undefined where none is to be kept. @throws ClientAppsError */
  readonly keep: (receipt: OrgReceipt) => string | undefined;
}

/** The folder of receipts, and of what stands beside them. */
export const RECEIPTS = 'receipts';

/** How the names of files there end, after stack and org. */
export const ENDINGS = {
  receipt: '.json',
  /** Of an apply that has not come to its end. */
  journal: '.journal.json',
  /** Of another shape than receipts. */
  terraform: '.terraform.json',
  lock: '.lock',
} as const;

/** Whether a file there is about the org. */
export const isAbout = (org: string, file: string): boolean =>
  Object.values(ENDINGS).some((ending) => file.endsWith(`__${org}${ending}`));

/** The file of a manifest in the place of the receipts, by its id; undefined where none is to be kept. */
export function besideReceipts(
  io: Io,
  flags: ReceiptFlags & OrgFlags,
  ending: (typeof ENDINGS)[keyof typeof ENDINGS],
): ((manifestId: string) => string) | undefined {
  const { receipt = true } = flags;
  if (receipt === false) return undefined;
  if (typeof receipt === 'string') {
    const file = resolve(io.cwd, receipt);
    return () => (ending === ENDINGS.receipt ? file : file.replace(/\.json$/, '') + ending);
  }
  return (id) => join(receiptFolder(io, flags), id.replaceAll('/', '__') + ending);
}

/** Where receipts are kept. Those of the built-in org are no one's business but this machine's. */
export const receiptFolder = (io: Io, flags: OrgFlags): string =>
  flags.receiptFolder === undefined || isLocal(io, flags) ? memoryFile(io, flags, RECEIPTS) : flags.receiptFolder;

/** @throws ClientAppsError where one file is to serve several orgs. */
export function openReceipts(io: Io, flags: ReceiptFlags & OrgFlags, orgs: readonly string[]): Receipts {
  const { receipt = true } = flags;
  const fileOf = besideReceipts(io, flags, ENDINGS.receipt);
  if (!fileOf) return { read: () => undefined, tryKeeping: () => undefined, keep: () => undefined };
  if (typeof receipt === 'string' && orgs.length > 1) {
    throw invalidInput(
      diagnose('one-receipt-for-several-orgs', { path: '--receipt', value: receipt }, { count: orgs.length }),
    );
  }
  return {
    read: ({ id }) => {
      const file = fileOf(id);
      const text = readTextIfThere(file);
      return text === undefined ? undefined : usable(readReceipt(text, file));
    },
    tryKeeping: ({ id }) => tryWriting(fileOf(id)),
    keep: (written) => {
      const file = fileOf(written.manifest_id);
      writeText(file, receiptFileText(written));
      return file;
    },
  };
}
