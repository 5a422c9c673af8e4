import type { Environment } from '../org/login';

/** One of the two output streams. */
export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** Columns of the terminal. */
  readonly columns?: number;
}

/** Everything of the process that a command may touch; the whole of it is passed in. */
export interface Io {
  readonly env: Environment;
  /** Where relative paths start. */
  readonly cwd: string;
  readonly stdout: Output;
  readonly stderr: Output;
  /** ISO date of today, UTC. */
  readonly today: string;
  /** Asks a person; undefined where nobody sits at a terminal. Resolves to the answer, empty at the end of input. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
  /** Calls the listener on each interrupt (Ctrl-C) and each request to terminate, until the result is called. */
  onInterrupt(listener: (kind: 'interrupt' | 'terminate') => void): () => void;
  /** Resolves when whoever started this process, or whoever reads its output, is gone; polls until aborted. */
  abandoned(signal: AbortSignal): Promise<void>;
}
