import { createInterface } from 'node:readline';

import type { Io, Output } from './io';

const POLL_MS = 250;
/** A reader that is gone is noticed only by writing to it. Blank lines mean nothing to whoever reads `NAME=value`. */
const HEARTBEAT_MS = 5000;
/** A pipe that nobody empties would fill up and block; this many bytes fit into any. */
const MAX_HEARTBEATS = 4000;

/** The real process. */
export function processIo(process: NodeJS.Process): Io {
  const asksPeople = process.stdin.isTTY && process.stderr.isTTY;
  // Whoever piped us into `head` has seen enough; that is no error of ours.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  return {
    env: process.env,
    cwd: process.cwd(),
    stdout: output(process.stdout),
    stderr: output(process.stderr),
    today: new Date().toISOString().slice(0, 10),
    ask: asksPeople ? (question) => ask(question, process) : undefined,
    onInterrupt: (listener) => onInterrupt(listener, process),
    abandoned: (signal) => abandoned(signal, process),
  };
}

function output(stream: NodeJS.WriteStream): Output {
  return {
    write: (text) => void stream.write(text),
    get isTerminal() {
      return stream.isTTY;
    },
    get columns() {
      return stream.columns;
    },
  };
}

function ask(question: string, process: NodeJS.Process): Promise<string> {
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise((resolve) => {
    reader.on('close', () => resolve(''));
    // readline takes Ctrl-C while it reads; it means what it always means.
    reader.on('SIGINT', () => {
      reader.close();
      process.kill(process.pid, 'SIGINT');
    });
    reader.question(question, (answer) => {
      resolve(answer);
      reader.close();
    });
  });
}

function onInterrupt(listener: (kind: 'interrupt' | 'terminate') => void, process: NodeJS.Process): () => void {
  const interrupt = (): void => listener('interrupt');
  const terminate = (): void => listener('terminate');
  process.on('SIGINT', interrupt).on('SIGTERM', terminate).on('SIGHUP', terminate);
  return () => {
    process.off('SIGINT', interrupt).off('SIGTERM', terminate).off('SIGHUP', terminate);
  };
}

function abandoned(signal: AbortSignal, process: NodeJS.Process): Promise<void> {
  const parent = process.ppid;
  return new Promise((resolve) => {
    let sent = 0;
    const end = (): void => {
      clearInterval(parents);
      clearInterval(heartbeat);
      process.stdout.off('error', end).off('close', end);
      resolve();
    };
    const parents = setInterval(() => {
      if (process.ppid !== parent) end();
    }, POLL_MS);
    const heartbeat = setInterval(() => {
      if (sent++ < MAX_HEARTBEATS && !process.stdout.isTTY && isPipe(process.stdout)) process.stdout.write('\n');
    }, HEARTBEAT_MS);
    process.stdout.on('error', end).on('close', end);
    signal.addEventListener('abort', end, { once: true });
  });
}

/** Node gives files a stream of another kind, which has no handle to a reader. */
const isPipe = (stream: object): boolean => '_handle' in stream && stream._handle !== null;
