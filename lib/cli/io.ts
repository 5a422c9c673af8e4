import type { Clock } from '../org/clock';
import type { Environment } from '../org/login';
import type { OrgFailure } from '../plan/org-failure';
import type { Diagnostic } from '../values/diagnostic';

/** A stream of text that people or programs read. */
export interface Sink {
  readonly write: (text: string) => void;
  readonly isTerminal: boolean;
  /** Width of the terminal; undefined where there is none. */
  readonly columns: number | undefined;
}

/**
 * Everything of the process that the command line tool touches. `main.ts` fills it from the real process; tests fill
 * it with their own streams and folders and run the same commands.
 */
export interface Io {
  readonly environment: Environment;
  /** Of Node, `22.3.0`. */
  readonly nodeVersion: string;
  /** The current directory; relative paths on the command line start here. */
  readonly cwd: string;
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** Puts a question to a person and gives the answer, empty at the end of input. Undefined: no one can answer. */
  readonly ask: ((question: string, signal: AbortSignal) => Promise<string>) | undefined;
  /** Calls back at every SIGINT and SIGTERM until released. */
  readonly onInterrupt: (listener: () => void) => () => void;
  /** Calls back once no one needs this process any more (the parent is gone, stdout is closed), until released. */
  readonly onAbandoned: (listener: () => void) => () => void;
  /** Is given each error and warning that is printed, for an answer that programs read. */
  readonly onProblem?: (problem: Diagnostic) => void;
  /** The orgs of this run that failed, for the same answer. */
  readonly failed?: OrgFailure[];
  /** Called when the run has so many apps that memory counts for more than time. */
  readonly onManyApps?: () => void;
  /** --quiet: what runs at the moment is not shown. Errors, warnings and questions are. */
  readonly quiet?: boolean;
  /** --debug: each request to Salesforce is shown on standard error, without what it carried. */
  readonly debug?: boolean;
  /** ISO date, in UTC as at synth. */
  readonly today: () => string;
  /** Time between polls; undefined for the system's clock. */
  readonly clock?: Clock;
}

/** The time of the run: ISO. */
export const isoNow = ({ clock }: Pick<Io, 'clock'>): string => new Date(clock?.now() ?? Date.now()).toISOString();
