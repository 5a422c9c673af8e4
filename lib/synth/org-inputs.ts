import type { ClientKind } from '../declaration/client-app';
import type { ClientApp } from '../options/client-app';
import type { OauthRecordDeclaration } from '../declaration/oauth-records';
import type { DeclareContext } from '../declaration/reading';
import type { Diagnostic } from '../values/diagnostic';
import type { Result } from '../values/result';
import type { SourceLocation } from './source/location';

/** One app as its constructor was called. Nothing is judged before synth. */
export interface RegisteredApp {
  readonly kind: ClientKind;
  readonly path: string;
  readonly id: string;
  readonly props: unknown;
  readonly source?: SourceLocation;
  readonly declare: (props: unknown, context: DeclareContext) => Result<ClientApp, readonly Diagnostic[]>;
}

/** One custom scope or token exchange handler as its constructor was called. */
export interface RegisteredRecord {
  readonly type: 'OauthCustomScope' | 'OauthTokenExchangeHandler';
  readonly path: string;
  readonly id: string;
  readonly props: unknown;
  readonly source?: SourceLocation;
  readonly declare: (props: unknown, context: DeclareContext) => Result<OauthRecordDeclaration, readonly Diagnostic[]>;
}

/** One call of `exempt`, as it was written. */
export interface RegisteredExemption {
  /** Construct path of what is to be exempt; undefined: it is no construct. */
  readonly subject: string | undefined;
  readonly control: unknown;
  readonly justification: unknown;
  readonly source?: SourceLocation;
}

/** One org as it was declared so far. */
export interface OrgInputs {
  readonly path: string;
  /** Construct id of the org. */
  readonly name: string;
  /** Id of the stack. */
  readonly stack: string;
  readonly props: unknown;
  /** The real date, or the one that the app's context states. */
  readonly clock: string;
  readonly apps: readonly RegisteredApp[];
  readonly records: readonly RegisteredRecord[];
  readonly settings: readonly unknown[];
  readonly assumptions: readonly unknown[];
  readonly exemptions: readonly RegisteredExemption[];
  /** What `knows` was called with. */
  readonly knownApps: readonly unknown[];
}
