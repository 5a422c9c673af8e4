/** A device that waits until a person lets it in, elsewhere. */
export interface WaitingDevice {
  readonly clientId: string;
  readonly userCode: string;
  /** Run-time names. */
  readonly scopes: readonly string[];
  /** ISO times. */
  readonly expires: string;
  lastAsked?: string;
  /** What the person said. */
  decision?: { readonly userId: string } | 'denied';
}

/** A login that waits for its one-time password. */
export interface PendingLogin {
  /** Undefined where no one has the name: the answer does not tell. */
  readonly userId: string | undefined;
  /** ISO time. */
  readonly expires: string;
}
