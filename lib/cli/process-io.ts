import { createInterface } from 'node:readline/promises';

import { whenAbandoned } from './abandoned';
import type { Io, Sink } from './io';

/** The real process. The only place that reads it. */
export function processIo(): Io {
  return {
    environment: process.env,
    cwd: process.cwd(),
    stdout: sinkOf(process.stdout),
    stderr: sinkOf(process.stderr),
    ask: process.stdin.isTTY && process.stderr.isTTY ? ask : undefined,
    onInterrupt: (listener) => {
      process.on('SIGINT', listener).on('SIGTERM', listener);
      return () => process.off('SIGINT', listener).off('SIGTERM', listener);
    },
    onAbandoned: whenAbandoned,
    today: () => new Date().toISOString().slice(0, 10),
  };
}

function sinkOf(stream: NodeJS.WriteStream): Sink {
  // Whoever read this has had enough (`| head`); an apply under way is finished all the same.
  stream.on('error', () => undefined);
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
