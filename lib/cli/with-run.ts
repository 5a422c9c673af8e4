import { openConnections } from './connections';
import type { Run } from './each-org';
import type { OrgFlags } from './flags';
import { type Interrupts, interruptsOfReading, interruptsOfWriting } from './interrupts';
import type { Io } from './io';
import { startProgress } from './progress';

/** Runs a command's work with connections, progress and interrupts, and tidies up however it ends. */
export async function withRun<R>(
  io: Io,
  flags: OrgFlags,
  orgs: readonly string[],
  doing: 'reading' | 'writing',
  work: (run: Run, interrupts: Interrupts) => Promise<R>,
): Promise<R> {
  const interrupts = doing === 'writing' ? interruptsOfWriting(io) : interruptsOfReading(io);
  const { signal } = interrupts;
  const connections = openConnections(io, flags, orgs, signal);
  const progress = startProgress(io);
  try {
    return await work({ io, connections, progress, signal }, interrupts);
  } finally {
    progress.clear();
    interrupts.release();
    await connections.close();
  }
}
