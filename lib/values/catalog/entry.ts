import type { Severity } from '../severity';

/**
 * What to do, by where it is done. The command line and synth say `construct`, `cli` and `always`, joined by "or";
 * Terraform says `terraform` and `always`. A plain text is the same everywhere. `{--adopt}` is a consent of the app that the
 * problem is about, as each of them gives it.
 */
export interface Remedies {
  /** In the program: an option of a construct. */
  readonly construct?: string;
  /** A flag or a command of `client-apps`. */
  readonly cli?: string;
  /** In the configuration of Terraform. */
  readonly terraform?: string;
  /** Somewhere else: in Setup, with the client. */
  readonly always?: string;
}

/** The remedy of what only informs: no line says what to do about it, as it would be noise on every run. */
export const NOTHING_TO_DO = 'nothing';

/** What is known of one code. `{name}` in a text is a fact that the place which finds the problem gives. */
export interface Entry {
  /** How bad it is. A place that knows better may say so; then `also` names what it may say. */
  readonly severity: Severity;
  readonly also?: Severity;
  /** What is wrong, as one sentence. */
  readonly says: string;
  readonly allowed?: string;
  readonly remedy: string | Remedies;
}

type More = Pick<Entry, 'allowed' | 'also'>;

const entryOf =
  <const V extends Severity>(severity: V) =>
  <const S extends string, const R extends Entry['remedy'], const M extends More>(says: S, remedy: R, more?: M) =>
    // Left out, it is of the type More: nothing is known of it.
    ({ severity, says, remedy, ...more }) as { severity: V; says: S; remedy: R } & M;

/** Stops synth, plan or apply. */
export const error = entryOf('error');
/** Stops nothing. */
export const warning = entryOf('warning');
/** Stops nothing, and no count of warnings grows by it. */
export const note = entryOf('note');
