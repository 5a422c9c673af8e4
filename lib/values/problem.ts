/** What is wrong with one value, before anyone knows where it stood. A reader adds the path and the option. */
export interface Problem {
  /** Completes "the value …" as one sentence. */
  readonly problem: string;
  readonly allowed: string;
  readonly remedy: string;
}
