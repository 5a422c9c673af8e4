import { rmSync } from 'node:fs';

import type { Manifest } from '../metadata/manifest';
import { type ApplyJournal, isEmpty, type JournalPort } from '../operations/journal';
import { diagnose } from '../values/diagnose';
import { ClientAppsError, type Diagnostic } from '../values/diagnostic';
import { type LockLook, lookAtLock, releaseLock, takeLock } from './apply-lock';
import { readTextIfThere, usable, writeDurably } from './files';
import type { OrgFlags, ReceiptFlags } from './flags';
import { type Io, isoNow } from './io';
import { journalFileText, readJournal } from './journal-file';
import { besideReceipts, ENDINGS } from './receipts';
import { type AnnouncedWork, readAnnounced } from './unfinished-work';

/** An apply that holds the lock of its org. */
export interface BegunApply {
  readonly journal?: JournalPort;
  /** Gives the lock back; the journal goes where nothing is left unfinished. */
  readonly end: (finished: boolean) => void;
}

/** The journals of applies and their locks, on disk beside the receipts. */
export interface Journals {
  /** What stops, starts and revocations left unfinished, in any org. */
  readonly announced: () => AnnouncedWork;
  /** What an earlier apply left unfinished. @throws ClientAppsError where the file cannot be used. */
  readonly read: (manifest: Manifest) => ApplyJournal | undefined;
  /** Fails where another apply of the same org runs, or may run; warns of what is taken over. @throws ClientAppsError */
  readonly requireFree: (manifest: Manifest) => readonly Diagnostic[];
  /** Takes the lock. @throws ClientAppsError where another apply has it, or has been here since `known` was read. */
  readonly begin: (manifest: Manifest, known: ApplyJournal | undefined) => BegunApply;
}

const NONE: Omit<Journals, 'announced'> = {
  read: () => undefined,
  requireFree: () => [],
  begin: () => ({ end: () => undefined }),
};

/** @param takeOver Go on although another apply may run on another machine. */
export function openJournals(io: Io, flags: ReceiptFlags & OrgFlags, takeOver = false): Journals {
  const fileOf = besideReceipts(io, flags, ENDINGS.journal);
  const lockOf = besideReceipts(io, flags, ENDINGS.lock);
  const announced = (): AnnouncedWork => readAnnounced(io, flags);
  if (!fileOf || !lockOf) return { ...NONE, announced };
  const read = ({ id }: Manifest): ApplyJournal | undefined => {
    const file = fileOf(id);
    const text = readTextIfThere(file);
    if (text === undefined) return undefined;
    const journal = usable(readJournal(text, file));
    if (journal.manifest_id !== id) {
      const facts = { other: journal.manifest_id, this: id };
      throw new ClientAppsError('INVALID_INPUT', [diagnose('journal-of-another', { path: file }, facts)]);
    }
    return journal;
  };
  const refuse = (look: LockLook, { org: { path, name: org } }: Manifest): readonly Diagnostic[] => {
    const problem = lockProblem(look, { path, org });
    if (problem && !(look.state === 'elsewhere' && takeOver && !isOfRotation(look)))
      throw new ClientAppsError('REFUSED', [problem]);
    return problem ? [{ ...problem, severity: 'warning' }] : [];
  };
  return {
    announced,
    read,
    requireFree: (manifest) => {
      const look = lookAtLock(lockOf(manifest.id));
      // A rotation is in the way of deploys alone; that one runs is said with what is known of rotations.
      return isOfRotation(look) ? [] : refuse(look, manifest);
    },
    begin: (manifest, known) => {
      const [file, lock] = [fileOf(manifest.id), lockOf(manifest.id)];
      const begun = isoNow(io);
      // A rotation on another machine is taken over by a rotation alone, which knows what it has left.
      const force = takeOver && !isOfRotation(lookAtLock(lock));
      refuse(takeLock(lock, { since: begun }, force), manifest);
      const save = (journal: ApplyJournal): void => writeDurably(file, journalFileText(journal), OWNER_ONLY);
      try {
        const now = read(manifest);
        if (!isSame(now, known)) throw new ClientAppsError('STALE_PLAN', [meanwhile(manifest)]);
      } catch (error) {
        releaseLock(lock);
        throw error;
      }
      return {
        journal: { begun, save },
        end: (finished) => {
          try {
            const kept = finished ? undefined : read(manifest);
            if (finished || (kept && isEmpty(kept))) rmSync(file, { force: true });
          } finally {
            releaseLock(lock);
          }
        },
      };
    },
  };
}

/** One that went on with a journal keeps the time at which it began, and adds the deploys of its own. */
const isSame = (one: ApplyJournal | undefined, other: ApplyJournal | undefined): boolean =>
  one?.begun === other?.begun && one?.deploys.length === other?.deploys.length;

const OWNER_ONLY = 0o600;

interface Whose {
  readonly path: string;
  /** What the org is called on the command line. */
  readonly org: string;
}

/** Why an apply may not begin now, by who holds the lock. */
export function lockProblem(look: LockLook, { path, org }: Whose): Diagnostic | undefined {
  if (isOfRotation(look)) return rotationLockProblem(look, { path, org });
  const { state, owner } = look;
  if (!owner || state === 'free' || state === 'stale') return undefined;
  const { pid, since, host } = owner;
  return state === 'running'
    ? diagnose('apply-running', { path }, { pid, since })
    : diagnose('apply-elsewhere', { path }, { pid, since, host });
}

/** The same, where a rotation holds it. */
export function rotationLockProblem({ state, owner }: LockLook, { path, org }: Whose): Diagnostic | undefined {
  if (!owner || state === 'free' || state === 'stale') return undefined;
  const { pid, since, host } = owner;
  return state === 'running'
    ? diagnose('rotation-running', { path }, { pid, since })
    : diagnose('rotation-elsewhere', { path }, { pid, since, host, org });
}

/** True where a rotation holds the lock of an org, whose settings both write. */
export const isOfRotation = ({ owner }: Pick<LockLook, 'owner'>): boolean => owner?.what === 'rotate';

const meanwhile = ({ org: { path } }: Manifest): Diagnostic => diagnose('plan-stale/unfinished-apply', { path });
