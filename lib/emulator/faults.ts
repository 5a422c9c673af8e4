/** Something that goes wrong on request. */
export type EmulatorFault =
  /** An HTTP status, with a body if one is given. */
  | {
      readonly kind: 'http';
      readonly status: number;
      readonly body?: string;
      readonly contentType?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The session has expired: REST 401, SOAP fault with 500. */
  | { readonly kind: 'invalid-session' }
  /** An API error with this code. */
  | { readonly kind: 'api-error'; readonly code: string; readonly message: string; readonly status?: number }
  /** 200 with nothing in it. */
  | { readonly kind: 'empty-body' }
  /** 200 with an HTML page, as proxies and maintenance pages answer. */
  | { readonly kind: 'html' }
  /** The connection is cut before anything happens. */
  | { readonly kind: 'drop' }
  /** The request is carried out, then the connection is cut without an answer. */
  | { readonly kind: 'drop-after' }
  /** The answer comes late. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** `checkRetrieveStatus` hands out the first half of the zip. */
  | { readonly kind: 'truncated-zip' }
  /** `deploy`: this component fails; `*`: every one. */
  | { readonly kind: 'deploy-fails'; readonly type?: string; readonly fullName: string; readonly problem?: string }
  /** `deploy`: another administrator cancels it, once it waits (`Pending`) or runs (`InProgress`). Nothing of it is kept. */
  | { readonly kind: 'canceled'; readonly while: 'Pending' | 'InProgress' }
  /** `retrieve`: this component is left out, with a message. */
  | { readonly kind: 'unreadable'; readonly type?: string; readonly fullName: string };

export interface FaultMatch {
  /** Operation as `calls()` names it (`deploy`, `checkDeployStatus`, `retrieve`, `query`, `token` …), or `*`. */
  readonly operation: string;
  /** Only calls over this API. */
  readonly api?: 'rest' | 'soap';
  /** So many matching calls go well before. Default: none. */
  readonly after?: number;
}

export interface Faults {
  /** Makes the next `times` (default 1) matching calls go wrong. Earlier faults come first. */
  failNext(match: FaultMatch, fault: EmulatorFault, times?: number): void;
  /** Forgets what no call has met yet. */
  clear(): void;
}

interface Pending {
  readonly match: FaultMatch;
  readonly fault: EmulatorFault;
  /** Calls that still go well. */
  before: number;
  left: number;
}

export type FaultKind = EmulatorFault['kind'];

/** Faults that the operation itself carries out; all others concern the HTTP exchange. */
const INNER: readonly FaultKind[] = ['truncated-zip', 'deploy-fails', 'canceled', 'unreadable'];

export interface FaultStore extends Faults {
  /** The next fault for the exchange as a whole. */
  takeOuter(api: 'rest' | 'soap', operation: string): EmulatorFault | undefined;
  /** The next fault of one kind for the operation to carry out. */
  takeInner<K extends FaultKind>(operation: string, kind: K): Extract<EmulatorFault, { kind: K }> | undefined;
}

export function createFaults(): FaultStore {
  const pending: Pending[] = [];
  const take = (operation: string, api: 'rest' | 'soap' | undefined, wanted: (kind: FaultKind) => boolean) => {
    const found = pending.find(
      ({ match, fault, left }) =>
        left > 0 &&
        wanted(fault.kind) &&
        (match.operation === operation || match.operation === '*') &&
        (match.api === undefined || api === undefined || match.api === api),
    );
    if (found === undefined) return undefined;
    if (found.before > 0) {
      found.before -= 1;
      return undefined;
    }
    found.left -= 1;
    return found.fault;
  };
  return {
    failNext: (match, fault, times = 1) => {
      pending.push({ match, fault, before: match.after ?? 0, left: times });
    },
    clear: () => {
      pending.length = 0;
    },
    takeOuter: (api, operation) => take(operation, api, (kind) => !INNER.includes(kind)),
    takeInner: <K extends FaultKind>(operation: string, kind: K) =>
      take(operation, undefined, (candidate) => candidate === kind) as Extract<EmulatorFault, { kind: K }> | undefined,
  };
}
