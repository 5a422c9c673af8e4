import { type AppClaims, claimsOf } from '../declaration/check-org';
import type { ClientKind, Platform } from '../declaration/client-app';
import { isPlainObject } from '../declaration/read/values';
import { type StatedOrgs, statedOrgs } from '../declaration/stated-orgs';
import type { RecordDeclaration, RecordKind } from '../metadata/records/kind';
import type { ClientApp } from '../options/client-app';
import { declareClientApp } from '../options/declare';
import { platformOf } from '../options/platform';
import type { Diagnostic } from '../values/diagnostic';
import type { Result } from '../values/result';
import { contextIn, type OrgOptions } from './org-options';
import type { SourceLocation } from './source/location';

/** Something that a constructor declared in an org. */
interface Declared<T> {
  readonly path: string;
  readonly source?: SourceLocation;
  /** What was declared, or everything wrong with it: one synth reports the problems of all declarations. */
  readonly result: Result<T, readonly Diagnostic[]>;
  /** What is stated org by org: which orgs there are is known at synth. */
  readonly perOrg: readonly StatedOrgs[];
}

/** One app as its constructor declared it. */
export interface DeclaredApp extends Declared<ClientApp> {
  readonly platform: Platform;
  readonly claims: AppClaims;
}

/** One record beside the apps as its constructor declared it. */
export type DeclaredRecord = Declared<RecordDeclaration>;

/** Where something is declared. */
export interface Place {
  readonly path: string;
  readonly id: string;
  readonly source: SourceLocation | undefined;
}

/** Declares an app in an org. Nothing is thrown: problems are part of what was declared. */
export function declareApp(
  org: OrgOptions,
  kind: ClientKind,
  props: unknown,
  { path, id, source }: Place,
): DeclaredApp {
  return {
    path,
    ...(source && { source }),
    result: declareClientApp(kind, props, contextIn(org, path, id)),
    platform: platformOf(isPlainObject(props) ? props['platform'] : undefined),
    claims: claimsOf(props, kind, path, id),
    perOrg: statedOrgs(props),
  };
}

/** As {@link declareApp}, for what an org has beside its apps. */
export function declareRecord(
  org: OrgOptions,
  kind: RecordKind,
  props: unknown,
  { path, id, source }: Place,
): DeclaredRecord {
  return {
    path,
    ...(source && { source }),
    result: kind.declare(props, contextIn(org, path, id)),
    perOrg: statedOrgs(props),
  };
}

/** One call of `exempt`, as it was written. */
export interface StatedExemption {
  /** Construct path of what is to be exempt; undefined: it is no construct. */
  readonly subject: string | undefined;
  readonly control: unknown;
  readonly justification: unknown;
  readonly source?: SourceLocation;
}

/** One org as it was declared so far. */
export interface OrgInputs {
  readonly options: OrgOptions;
  readonly apps: readonly DeclaredApp[];
  readonly records: readonly DeclaredRecord[];
  /** Arguments of each call of `oauthSettings`, `assumes` and `knows`. */
  readonly settings: readonly unknown[];
  readonly assumptions: readonly unknown[];
  readonly knownApps: readonly unknown[];
  readonly exemptions: readonly StatedExemption[];
}
