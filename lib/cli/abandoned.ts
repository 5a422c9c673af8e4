import { closeSync, constants, fstatSync, openSync, type Stats, writeSync } from 'node:fs';

import { errnoOf } from './files';

const EVERY_MS = 1000;
const STDOUT = 1;

/**
 * Calls back once when the parent process is gone or no one reads standard output any more; looks every second. A
 * process that was orphaned from the start has no parent to lose.
 */
export function whenAbandoned(listener: () => void): () => void {
  const parent = process.ppid;
  const readerIsGone = watchReader();
  const timer = setInterval(() => {
    if (process.ppid === parent && !readerIsGone()) return;
    clearInterval(timer);
    listener();
  }, EVERY_MS);
  return () => clearInterval(timer);
}

/** Node tells that a reader is gone only on writing, and a service that has printed its address writes no more. */
function watchReader(): () => boolean {
  let stats: Stats;
  try {
    stats = fstatSync(STDOUT);
  } catch {
    return () => false; // Started without standard output: no one was to read it.
  }
  // To a socket, which is what Node gives its children, no bytes are enough to find out.
  if (stats.isSocket()) return () => failsAsClosed(() => writeSync(STDOUT, Buffer.alloc(0)));
  if (!stats.isFIFO()) return () => false;
  // A pipe takes no notice of no bytes: an empty line it is. Opened anew, it can be written to without ever waiting.
  const pipe = openWithoutWaiting();
  return pipe === undefined
    ? () => false
    : () =>
        failsAsClosed(
          () => writeSync(pipe, '\n'),
          () => closeSync(pipe),
        );
}

function openWithoutWaiting(): number | undefined {
  try {
    return openSync(`/dev/fd/${STDOUT}`, constants.O_WRONLY | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
}

function failsAsClosed(write: () => void, tidyUp?: () => void): boolean {
  try {
    write();
    return false;
  } catch (error) {
    const closed = errnoOf(error) === 'EPIPE';
    if (closed) tidyUp?.();
    return closed;
  }
}
