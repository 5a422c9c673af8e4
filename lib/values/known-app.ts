/** An app that someone answers for without declaring it. */
export interface KnownApp {
  /** Label, as the org shows it; of an app with a record in the org, its API name serves too. */
  readonly app: string;
  /** The person or team who answers for it. */
  readonly owner: string;
  /** What it is for. */
  readonly purpose: string;
  /** The company behind it, where it is not your own. */
  readonly vendor?: string;
  /** ISO date by which someone looks at it again. */
  readonly review: string;
}
