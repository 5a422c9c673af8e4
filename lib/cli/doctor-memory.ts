import { readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

import type { MemoryFacts } from '../operations/doctor';
import type { Known } from '../org/org';
import { isClientAppsError } from '../values/diagnostic';
import { sameId, shortId } from '../values/record-id';
import { errnoOf, invalidInput, messageOf, readText, unwritable } from './files';
import type { OrgFlags } from './flags';
import type { Io } from './io';
import { memoryFile } from './project';
import { readReceipt } from './receipt-file';
import { ENDINGS, isAbout, receiptFolder } from './receipts';
import { rotationsLeft } from './rotations-left';
import { readStopReceipt, STOPS } from './stop-receipts';
import { readAnnounced } from './unfinished-work';

/** Which files belong to the org. */
interface Whose {
  readonly org: string;
  /** Undefined where the org could not be asked: nothing of its stops is known then. */
  readonly orgId: string | undefined;
}

/** What the project remembers of an org: receipts and journals of applies, receipts of stops, records of rotations. Reads only. */
export function readMemory(io: Io, flags: OrgFlags, { org, orgId }: Whose): Known<MemoryFacts> {
  try {
    const folder = receiptFolder(io, flags);
    const receipts = filesOf(folder, (name) => isAbout(org, name));
    const problem = unwritable(folder);
    const stops =
      orgId === undefined ? [] : filesOf(memoryFile(io, flags, STOPS), (name) => name.startsWith(shortId(orgId)));
    return {
      known: {
        receipts: receipts
          .filter((file) => !file.endsWith(ENDINGS.journal))
          .map((file) => ({ file: relative(io.cwd, file), ...problemOf(file) })),
        ...(problem !== undefined && { unwritable: problem }),
        unfinished: [
          ...receipts.filter((file) => file.endsWith(ENDINGS.journal)),
          ...stops.filter((file) => readStopReceipt(file).under_way !== undefined),
          ...(orgId === undefined ? [] : announced(io, flags, orgId)),
        ].map((file) => relative(io.cwd, file)),
        ...(orgId !== undefined && { rotations: rotationsLeft(io, flags, { org, orgId }) }),
        stopped: stops.map(readStopReceipt).flatMap(({ app, state }) => (state === 'started' ? [] : [app])),
      },
    };
  } catch (error) {
    return { unknown: reasonOf(error) };
  }
}

/** @throws ClientAppsError where a file cannot be used: it may be about this org. */
function announced(io: Io, flags: OrgFlags, orgId: string): readonly string[] {
  const { revocations, incidents, problems } = readAnnounced(io, flags);
  if (problems.length > 0) throw invalidInput(...problems);
  return [
    ...revocations.filter(({ revocation }) => sameId(revocation.org_id, orgId)).map(({ file }) => file),
    ...incidents.filter(({ incident }) => sameId(incident.org_id, orgId)).map(({ folder }) => resolve(io.cwd, folder)),
  ];
}

function problemOf(file: string): { readonly problem?: string } {
  if (file.endsWith(ENDINGS.terraform)) return {};
  const read = readReceipt(readText(file, 'file-missing/receipt'), file);
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
