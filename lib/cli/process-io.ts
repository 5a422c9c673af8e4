import { createInterface } from 'node:readline/promises';

import { takenOver } from '../credentials-environment';
import { whenAbandoned } from './abandoned';
import { EXIT } from './exit-code';
import { errnoOf } from './files';
import type { Io, Sink } from './io';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const READER_GONE = ['EPIPE', 'EIO', 'ERR_STREAM_DESTROYED'];

/** The real process. The only place that reads it. */
export function processIo(): Io {
  return {
    environment: takenOver(process.env),
    nodeVersion: process.versions.node,
    cwd: process.cwd(),
    stdout: sinkOf(process.stdout),
    stderr: sinkOf(process.stderr),
    ask: process.stdin.isTTY && process.stderr.isTTY ? ask : undefined,
    onInterrupt: (listener) => {
      // SIGHUP: the terminal was closed, or the connection to it lost.
      for (const signal of SIGNALS) process.on(signal, listener);
      return () => {
        for (const signal of SIGNALS) process.off(signal, listener);
      };
    },
    onAbandoned: whenAbandoned,
    today: () => new Date().toISOString().slice(0, 10),
  };
}

function sinkOf(stream: NodeJS.WriteStream): Sink {
  stream.on('error', (error: Error) => {
    // Whoever read this has had enough (`| head`), or closed the terminal; an apply under way is finished all the same.
    if (READER_GONE.includes(errnoOf(error) ?? '')) return;
    // Anything else, a full disk for example, lost an answer that someone waits for.
    process.exitCode = EXIT.error;
    if (stream !== process.stderr) process.stderr.write(`error: the output could not be written: ${error.message}\n`);
  });
  return {
    write: (text) => {
      stream.write(text);
    },
    isTerminal: stream.isTTY,
    get columns() {
      // A terminal that does not know its width says 0.
      return stream.isTTY && stream.columns > 0 ? stream.columns : undefined;
    },
  };
}

async function ask(question: string, signal: AbortSignal): Promise<string> {
  // Not a terminal to readline: it would take Ctrl-C for itself instead of leaving it a signal.
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
  const end = new Promise<undefined>((resolve) => {
    lines.once('close', () => resolve(undefined));
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  try {
    const answer = await Promise.race([lines.question(question), end]);
    if (answer === undefined) process.stderr.write('\n');
    return answer ?? '';
  } finally {
    lines.close();
  }
}
