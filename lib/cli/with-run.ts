import { type ConnectionLimits, type Connections, openConnections } from './connections';
import type { OrgFlags } from './flags';
import { type Interrupts, listenForInterrupts } from './interrupts';
import type { Io } from './io';
import { type Progress, startProgress } from './progress';

/** What a run of one command shares between its orgs. */
export interface Run {
  readonly io: Io;
  readonly flags: OrgFlags;
  readonly connections: Connections;
  readonly progress: Progress;
  readonly interrupts: Interrupts;
}

/** Runs a command's work with connections, progress and interrupts, and tidies up however it ends. */
export async function withRun<R>(
  io: Io,
  flags: OrgFlags,
  orgs: readonly string[],
  work: (run: Run) => Promise<R>,
  limits: Partial<ConnectionLimits> = {},
): Promise<R> {
  const interrupts = listenForInterrupts(io);
  const signal = limits.signal ? AbortSignal.any([interrupts.signal, limits.signal]) : interrupts.signal;
  const connections = openConnections(io, flags, orgs, { ...limits, signal });
  const progress = startProgress(io);
  try {
    return await work({ io, flags, connections, progress, interrupts });
  } finally {
    progress.clear();
    interrupts.release();
    await connections.close();
  }
}
