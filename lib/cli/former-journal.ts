import { renameSync } from 'node:fs';
import { dirname, relative } from 'node:path';

import type { Manifest } from '../metadata/manifest';
import { diagnose } from '../values/diagnose';
import type { Diagnostic } from '../values/diagnostic';
import { sameId } from '../values/record-id';
import { syncFolder } from './files';
import type { OrgFlags, ReceiptFlags } from './flags';
import type { Io } from './io';
import { type Journals, openJournals } from './journals';
import { besideReceipts, ENDINGS } from './receipts';

/** What an apply to the org that was there before the refresh left behind. */
interface FormerJournal {
  /** Its organization id, where there is such a journal. */
  readonly orgId?: string;
  /** The journals of the org that is here now. */
  readonly journals: Journals;
  readonly notes: readonly Diagnostic[];
}

interface Sandbox {
  readonly manifest: Manifest;
  readonly orgId: string;
  readonly dryRun: boolean;
}

/**
 * Moves the journal of a former org aside: its deploys are gone with that org, and every later command would stop at it.
 * @throws ClientAppsError where another apply runs, or the journal cannot be used.
 */
export function leaveFormerJournal(
  io: Io,
  flags: ReceiptFlags & OrgFlags,
  { manifest, orgId, dryRun }: Sandbox,
): FormerJournal {
  const journals = openJournals(io, flags);
  const journal = journals.read(manifest);
  const { path } = manifest.org;
  if (!journal || sameId(journal.org_id, orgId)) return { journals, notes: [] };
  const former = journal.org_id;
  if (dryRun) {
    const notes = [diagnose('heal-journal-of-former-org', { path }, { former })];
    return { orgId: former, journals: openJournals(io, { ...flags, receipt: false }), notes };
  }
  journals.requireFree(manifest);
  const file = besideReceipts(io, flags, ENDINGS.journal)?.(manifest.id) ?? '';
  const aside = `${file.replace(/\.json$/, '')}.${former}.json`;
  renameSync(file, aside);
  syncFolder(dirname(file));
  const shown = { former, file: relative(io.cwd, aside) };
  return { orgId: former, journals, notes: [diagnose('heal-journal-set-aside', { path }, shown)] };
}
