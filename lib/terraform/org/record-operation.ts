import type { ManifestRecord } from '../../metadata/manifest';
import type { ObservedComponent } from '../../metadata/observed';
import { diagnose } from '../../values/diagnose';
import type { Diagnostic } from '../../values/diagnostic';
import type { Reviewed } from './operation';

/** One custom scope or token exchange handler to be written. */
export interface RecordOperation {
  readonly record: ManifestRecord;
  /** What the org had in the fields that the reviewed plan changes. Undefined: Terraform did not know the record. */
  readonly reviewed: Reviewed | undefined;
}

/** What became of it. A failed one changed nothing. */
export type RecordResult =
  | {
      readonly status: 'done';
      /** As read back; undefined where it could not be read. */
      readonly observed: ObservedComponent | undefined;
      readonly diagnostics: readonly Diagnostic[];
    }
  | { readonly status: 'failed'; readonly diagnostics: readonly Diagnostic[] };

/** For those that were not begun. */
export const recordNotStarted = ({ record }: RecordOperation): RecordResult => ({
  status: 'failed',
  diagnostics: [diagnose('stopped-on-request', { path: record.path })],
});
