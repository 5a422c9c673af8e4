import { line, printLines } from '../reports/lines';
import type { Io } from './io';
import { renderOptions } from './style';

const WORDS = {
  nothingSent: 'Interrupted: nothing was written.',
  stopping: 'Stopping: a deploy in progress is finished and recorded first. Interrupt again to stop waiting.',
  notWaiting:
    'No longer waiting. A deploy that was in progress continues in the org, and its outcome is not recorded here: ' +
    'see Setup > Deployment Status, and plan again before the next apply.',
} as const;

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

export function listenForInterrupts(io: Io): Interrupts {
  const stop = new AbortController();
  const signal = new AbortController();
  let writing = false;
  const say = (words: string): void =>
    io.stderr.write(`\n${printLines([line(0, words)], renderOptions(io.stderr, io.environment))}`);
  const release = io.onInterrupt(() => {
    const first = !stop.signal.aborted;
    stop.abort();
    if (writing && first) {
      say(WORDS.stopping);
      return;
    }
    if (!signal.signal.aborted) say(writing ? WORDS.notWaiting : WORDS.nothingSent);
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
