import type { Platform } from '../../declaration/client-app';
import type { FieldValue } from '../../metadata/component';
import { liveApp } from '../../metadata/live-app';
import type { ManifestApp } from '../../metadata/manifest';
import type { ObservedApp } from '../../metadata/observed';
import type { OrgReading } from '../../operations/read-org';
import type { AppConsent } from '../../options/consents';
import type { Diagnostic } from '../../values/diagnostic';

/** What the org had, by `Type.field`, in every field that the reviewed plan changes. Undefined: no value. */
export type Reviewed = ReadonlyMap<string, FieldValue | undefined>;

/** What the state says about an app that Terraform knows. */
export interface KnownApp {
  readonly consumerKey: string | undefined;
  /** Undefined: its description names no one. */
  readonly managedBy: string | undefined;
}

/** One change of one app. */
export type AppOperation =
  | {
      readonly kind: 'write';
      readonly app: ManifestApp;
      /** Undefined: the app is created. */
      readonly reviewed: Reviewed | undefined;
      /** Whose app it was in the reviewed plan, and its consumer key. Undefined: the app is created. */
      readonly known: KnownApp | undefined;
      /** A create may take over an app that carries our line. */
      readonly mayAdopt: boolean;
      /** What the configuration agrees to for the app. */
      readonly consents: readonly AppConsent[];
      /** `certificate_fingerprint` when the plan was made. Undefined: the app is created. */
      readonly reviewedFingerprint?: string | null;
    }
  | {
      readonly kind: 'delete';
      readonly platform: Platform;
      readonly apiName: string;
      readonly path: string;
      /** Of the app that is meant; another app of that name is left alone. */
      readonly consumerKey: string | undefined;
      /** What the state agrees to for the app: there is no configuration any more. */
      readonly consents: readonly AppConsent[];
    };

/** What became of an operation. A failed one changed nothing. */
export type AppResult =
  | {
      readonly status: 'done';
      /** As read back; undefined where there is none, or where it could not be read. */
      readonly observed: ObservedApp | undefined;
      readonly diagnostics: readonly Diagnostic[];
    }
  | { readonly status: 'failed'; readonly diagnostics: readonly Diagnostic[] };

/** Tells apps apart: an External Client App and a Connected App may share a name. */
export const appKey = (operation: AppOperation): string =>
  `${operation.kind === 'write' ? operation.app.platform : operation.platform} ${nameOf(operation)}`;

export const nameOf = (operation: AppOperation): string =>
  operation.kind === 'write' ? operation.app.api_name : operation.apiName;

/** The app of the org that is meant, never the one of the other platform that shares its name. */
export function liveOf({ observed }: OrgReading, operation: AppOperation): ObservedApp | undefined {
  const { platform } = operation.kind === 'write' ? operation.app : operation;
  const live = liveApp(observed, { platform, api_name: nameOf(operation) });
  return live?.platform === platform ? live : undefined;
}

/** How diagnostics call the app. */
export const pathOfOperation = (operation: AppOperation): string =>
  operation.kind === 'write' ? operation.app.path : operation.path;
