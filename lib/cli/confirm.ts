import type { Run } from './with-run';

/**
 * True where somebody answers yes, and nobody asked to stop meanwhile. Where nobody can be asked, nothing is confirmed.
 * @param otherwise What did not happen then.
 */
export async function confirmed({ io, interrupts }: Run, question: string, otherwise: string): Promise<boolean> {
  const answer = await io.ask?.(`${question} Only "yes" will be accepted: `, interrupts.stop);
  if (answer?.trim() === 'yes' && !interrupts.stop.aborted) return true;
  io.stderr.write(`Not approved: ${otherwise}.\n`);
  return false;
}
