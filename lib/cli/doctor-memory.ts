import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

import type { MemoryFacts } from '../operations/doctor';
import type { Known } from '../org/org';
import { isClientAppsError } from '../values/diagnostic';
import { shortId } from '../values/record-id';
import { errnoOf, messageOf, readText } from './files';
import { isLocal, type OrgFlags } from './flags';
import type { Io } from './io';
import { ownFile } from './project';
import { readReceipt } from './receipt-file';
import { readStopReceipt } from './stop-receipts';

/** Of an apply that has not come to its end, beside its receipt. */
const JOURNAL = '.journal.json';

/** Which files belong to the org. */
interface Whose {
  readonly org: string;
  /** Undefined where the org could not be asked: nothing of its stops is known then. */
  readonly orgId: string | undefined;
}

/** What the project remembers of an org: receipts and journals of applies, receipts of stops. Reads only. */
export function readMemory(io: Io, flags: OrgFlags, { org, orgId }: Whose): Known<MemoryFacts> {
  const folder = (name: string): string => ownFile(io.cwd, ...(isLocal(io, flags) ? ['local', name] : [name]));
  try {
    const receipts = filesOf(folder('receipts'), (name) =>
      name.replace(/(\.terraform)?(\.journal)?\.json$/, '').endsWith(`__${org}`),
    );
    const stops = orgId === undefined ? [] : filesOf(folder('stops'), (name) => name.startsWith(shortId(orgId)));
    return {
      known: {
        receipts: receipts
          .filter((file) => !file.endsWith(JOURNAL))
          .map((file) => ({ file: relative(io.cwd, file), ...problemOf(file) })),
        unfinished: receipts.filter((file) => file.endsWith(JOURNAL)).map((file) => relative(io.cwd, file)),
        stopped: stops.map(readStopReceipt).flatMap(({ app, state }) => (state === 'started' ? [] : [app])),
      },
    };
  } catch (error) {
    return { unknown: reasonOf(error) };
  }
}

function problemOf(file: string): { readonly problem?: string } {
  // Terraform's engine keeps a record of another shape under such a name.
  if (file.endsWith('.terraform.json')) return {};
  const read = readReceipt(readText(file, 'restore the file'), file);
  return read.ok ? {} : { problem: read.error.map(({ problem }) => problem).join('; ') };
}

const reasonOf = (error: unknown): string =>
  isClientAppsError(error)
    ? error.diagnostics.map(({ path, problem }) => `${path}: ${problem}`).join('; ')
    : messageOf(error);

function filesOf(folder: string, wanted: (name: string) => boolean): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json') && wanted(name))
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  }
}
