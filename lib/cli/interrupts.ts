import type { Io } from './io';

/** What SIGINT and SIGTERM ask of a command. */
export interface Interrupts {
  /** Finish what is under way, start nothing more. */
  readonly stop: AbortSignal;
  /** Stop waiting at once. */
  readonly signal: AbortSignal;
  /**
   * From here on an org may be written to: the first interrupt only asks to stop, the second ends the waiting. Before,
   * there is nothing to finish, and the first ends everything.
   */
  readonly beginWriting: () => void;
  readonly release: () => void;
}

export function listenForInterrupts({ onInterrupt, stderr }: Io): Interrupts {
  const stop = new AbortController();
  const signal = new AbortController();
  let writing = false;
  const release = onInterrupt(() => {
    const first = !stop.signal.aborted;
    stop.abort();
    if (writing && first) {
      stderr.write('\nStopping: a deploy under way is finished and recorded first. Interrupt again to stop waiting.\n');
      return;
    }
    if (writing) {
      stderr.write(
        '\nNo longer waiting. A deploy that was under way goes on in the org, and nothing here records its outcome:\n' +
          'see Setup > Deployment Status, and plan again before the next apply.\n',
      );
    }
    signal.abort();
  });
  return {
    stop: stop.signal,
    signal: signal.signal,
    release,
    beginWriting: () => {
      writing = true;
    },
  };
}
