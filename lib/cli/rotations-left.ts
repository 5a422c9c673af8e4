import { leftBehind } from '../operations/rotation-record';
import type { FormerCredentials } from '../plan/calendar';
import { type Diagnostic, isClientAppsError } from '../values/diagnostic';
import { lookAtLock } from './apply-lock';
import type { OrgFlags } from './flags';
import { type Io, isoNow } from './io';
import { rotationLockProblem } from './journals';
import { rotationMemory } from './rotation-file';

interface Whose {
  readonly org: string;
  readonly orgId: string;
}

/** Former credentials that stay for their overlap, by the records; none where one of them cannot be used. */
export function formerOnRecord(io: Io, flags: OrgFlags, whose: Whose): readonly FormerCredentials[] {
  try {
    return rotationMemory(io, flags, whose)
      .all()
      .flatMap(({ app, state, former_key: key, keep_former_until: until }) =>
        state === 'rotated' && until !== undefined ? [{ app, key, until }] : [],
      );
  } catch (error) {
    if (!isClientAppsError(error)) throw error;
    return [];
  }
}

/**
 * What this machine knows of rotations in an org that someone has to see to: one that was cut off, former credentials
 * past their overlap, a switch that may be on. Warnings, as none of it keeps anything else from being done; so is a file
 * that cannot be used.
 */
export function rotationsLeft(io: Io, flags: OrgFlags, whose: Whose): readonly Diagnostic[] {
  const memory = rotationMemory(io, flags, whose);
  const running = rotationLockProblem(lookAtLock(memory.lock), { path: whose.org, org: whose.org });
  // How far that one is changes while this is read.
  if (running) return [{ ...running, severity: 'warning' }];
  try {
    return leftBehind(memory.all(), memory.access().read(), { org: whose.org, now: isoNow(io) });
  } catch (error) {
    if (!isClientAppsError(error)) throw error;
    return error.diagnostics.map((diagnostic) => ({ ...diagnostic, severity: 'warning' }));
  }
}
