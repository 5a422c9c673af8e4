import { diagnose } from '../values/diagnose';
import { invalidInput } from './files';
import type { Io } from './io';
import { writeFitted } from './style';
import type { Run } from './with-run';

/**
 * Before anything is read: refuses a run that would have to ask and cannot.
 * @param options Any of which makes the question needless.
 * @throws ClientAppsError
 */
export function requireTerminal(io: Io, command: Asking, options: readonly (boolean | undefined)[]): void {
  if (!io.ask && !options.includes(true)) throw invalidInput(diagnose(`approval-needed/${command}`, { path: command }));
}

type Asking = 'destroy' | 'incident' | 'revoke' | 'rotate' | 'start' | 'stop';

/**
 * True where someone answers yes, and no one asked to stop meanwhile. Where no one can be asked, nothing is confirmed.
 * @param otherwise What did not happen then.
 * @param word What has to be typed instead of yes.
 */
export async function confirmed(
  { io, interrupts }: Run,
  question: string,
  otherwise: string,
  word = 'yes',
): Promise<boolean> {
  const answer = await io.ask?.(`${question} Only "${word}" will be accepted: `, interrupts.stop);
  if (answer?.trim() === word && !interrupts.stop.aborted) return true;
  // An interrupt says itself that nothing was written.
  if (!interrupts.stop.aborted) writeFitted(io.stderr, `Not approved: ${otherwise}.\n`);
  return false;
}
