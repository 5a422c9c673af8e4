import type { Manifest } from '../metadata/manifest';
import { ClientAppsError, type Diagnostic } from '../values/diagnostic';
import { type LockLook, lookAtLock, releaseLock, takeLock } from './apply-lock';
import type { OrgFlags } from './flags';
import { type Io, isoNow } from './io';
import { isOfRotation, lockProblem, rotationLockProblem } from './journals';
import { besideReceipts, ENDINGS } from './receipts';

interface Locked {
  readonly path: string;
  /** What the org is called on the command line. */
  readonly org: string;
  /** Of the rotations in the org. */
  readonly lock: string;
  readonly manifest?: Manifest | undefined;
  /** Go on although a rotation may run on another machine. */
  readonly takeOver: boolean;
}

/**
 * One rotation in an org at a time, as they share its switch, and none beside an apply of it, as both write its settings.
 * Gives the function that gives the locks back. @throws ClientAppsError REFUSED
 */
export function lockRotation(io: Io, flags: OrgFlags, { path, org, lock, manifest, takeOver }: Locked): () => void {
  const held: string[] = [];
  const release = (): void => held.forEach(releaseLock);
  const take = (file: string, problemOf: (look: LockLook) => Diagnostic | undefined, force: boolean): void => {
    const problem = problemOf(takeLock(file, { since: isoNow(io), what: 'rotate' }, force));
    if (problem) throw new ClientAppsError('REFUSED', [problem]);
    held.push(file);
  };
  try {
    take(lock, (look) => rotationLockProblem(look, { path, org }), takeOver);
    const apply = manifest && besideReceipts(io, flags, ENDINGS.lock)?.(manifest.id);
    if (apply !== undefined) {
      // That of a rotation is taken over with its own lock; an apply on another machine is never.
      take(apply, (look) => lockProblem(look, { path, org }), takeOver && isOfRotation(lookAtLock(apply)));
    }
  } catch (error) {
    release();
    throw error;
  }
  return release;
}
