import type { Io } from './io';

/** The two stages of an interruption. */
export interface Interrupts {
  /** From the first one on: finish what is under way, start nothing more. */
  readonly stop: AbortSignal;
  /** From the second one on: stop waiting at once. */
  readonly signal: AbortSignal;
  readonly release: () => void;
}

/** Listens for SIGINT and SIGTERM while an org may be written to. */
export function interruptsOfWriting(io: Io): Interrupts {
  const stop = new AbortController();
  const signal = new AbortController();
  const release = io.onInterrupt(() => {
    if (!stop.signal.aborted) {
      stop.abort();
      io.stderr.write('\nStopping: a deploy under way is finished and recorded first. Interrupt again to stop waiting.\n');
      return;
    }
    io.stderr.write(
      '\nNo longer waiting. A deploy that was under way goes on in the org and nothing here records its outcome:\n' +
        'see Setup > Deployment Status, and plan again before the next apply.\n',
    );
    signal.abort();
  });
  return { stop: stop.signal, signal: signal.signal, release };
}

/** The same for commands that only read: there is nothing to finish. */
export function interruptsOfReading(io: Io): Interrupts {
  const controller = new AbortController();
  const release = io.onInterrupt(() => controller.abort());
  return { stop: controller.signal, signal: controller.signal, release };
}
