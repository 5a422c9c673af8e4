/** What the process ends with. */
export const EXIT = { ok: 0, error: 1, changes: 2, findings: 3, stale: 4, unreachable: 5 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Worst first: what a caller must know about before anything else (D27). */
const PRECEDENCE: readonly ExitCode[] = [
  EXIT.error,
  EXIT.unreachable,
  EXIT.stale,
  EXIT.findings,
  EXIT.changes,
  EXIT.ok,
];

/** The one exit code of a run with several outcomes; ok where there are none. */
export function worstExit(codes: readonly ExitCode[]): ExitCode {
  return PRECEDENCE.find((code) => codes.includes(code)) ?? EXIT.ok;
}
