import { execFile } from 'node:child_process';

export interface ProcessResult {
  /** Undefined: the program could not be started. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
}

/** Runs a program without a shell. */
export type RunProcess = (
  file: string,
  args: readonly string[],
  options: { readonly signal?: AbortSignal | undefined },
) => Promise<ProcessResult>;

/** The real one. What the program writes to stderr is dropped: it may name a token, and no message needs it. */
export const runProcess: RunProcess = (file, args, { signal }) =>
  new Promise((resolve) => {
    const options = { signal, timeout: 120_000, maxBuffer: 8 * 1024 * 1024, windowsHide: true };
    execFile(file, [...args], options, (error, stdout) => {
      const failed = typeof error?.code === 'number' ? error.code : undefined;
      resolve({ exitCode: error === null ? 0 : failed, stdout });
    });
  });
