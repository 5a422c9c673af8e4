const BRAND = Symbol.for('cdktf-salesforce-client-apps/OrgError');

/**
 * `login`: credentials missing, refused or expired. `unreachable`: no connection, a timeout, maintenance, too many requests.
 * `refused`: the org understood and said no (permission, feature). `answer`: the org's answer makes no sense.
 * `aborted`: the caller's signal.
 */
export type OrgErrorKind = 'login' | 'unreachable' | 'refused' | 'answer' | 'aborted';

/** Why a call to the org failed. The message never holds a token or secret. */
export class OrgError extends Error {
  /** Always `OrgError`: tells it from other errors, whichever copy of the package threw it. */
  override readonly name = 'OrgError';
  /** What kind of failure it is; decides the exit code of the command line. */
  readonly kind: OrgErrorKind;
  /** Salesforce's own code (`INVALID_SESSION_ID`), where there is one. */
  readonly errorCode: string | undefined;
  /** What to do about it. */
  readonly remedy: string;
  /** How long the org asked to be left alone, where it did. */
  readonly retryAfterMs: number | undefined;
  /** A write was asked for, and the org may hold it, or a part of it, or still be at it. */
  readonly inDoubt: boolean;

  /** The message and the remedy are shown as they are: neither may hold a token or secret. */
  constructor(
    kind: OrgErrorKind,
    message: string,
    remedy: string,
    details: {
      readonly errorCode?: string | undefined;
      readonly cause?: unknown;
      readonly inDoubt?: boolean | undefined;
      readonly retryAfterMs?: number | undefined;
    } = {},
  ) {
    super(message, { cause: details.cause });
    this.kind = kind;
    this.errorCode = details.errorCode;
    this.remedy = remedy;
    this.retryAfterMs = details.retryAfterMs;
    this.inDoubt = details.inDoubt ?? false;
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/** True for an `OrgError`, also of another copy of this package. */
export function isOrgError(error: unknown): error is OrgError {
  return typeof error === 'object' && error !== null && BRAND in error;
}
