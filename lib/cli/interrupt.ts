import type { Io } from './io';

/** How a person can end a run: politely first, at once the second time. */
export interface Interrupt {
  /** Aborted by the first request while nothing is written, by the second otherwise. */
  readonly signal: AbortSignal;
  /** Aborted by the first request: what is under way is finished and recorded, nothing further is started. */
  readonly stop: AbortSignal;
  /** From here on the org is being written. */
  writing(): void;
  /** Back to normal: the next request ends the process. */
  release(): void;
}

export function watchInterrupt(io: Pick<Io, 'onInterrupt' | 'stderr'>): Interrupt {
  const now = new AbortController();
  const soon = new AbortController();
  let isWriting = false;
  const release = io.onInterrupt(() => {
    if (isWriting && !soon.signal.aborted) {
      soon.abort();
      io.stderr.write(
        '\nStopping: the deploy under way is finished and recorded, no further one is started.\n' +
          'A second interrupt stops waiting; the deploy then goes on in the org, unrecorded.\n',
      );
      return;
    }
    soon.abort();
    now.abort();
  });
  return { signal: now.signal, stop: soon.signal, writing: () => (isWriting = true), release };
}
