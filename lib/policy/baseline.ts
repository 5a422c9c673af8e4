import { z } from 'zod';

import { complaints, type DocumentKind, readDocument } from '../metadata/json-document';
import { type Diagnostic, shown } from '../values/diagnostic';
import type { Justification } from '../values/justification';
import { fail, ok, type Result } from '../values/result';
import { controlById } from './controls';
import type { Exception } from './exceptions';
import { failuresAtLeast, type Finding } from './findings';
import type { CheckReport } from './report';
import type { Severity } from './severity';

/** Version of the shape of baselines (D28). */
const BASELINE_FORMAT_VERSION = '1.0';

const Entry = z.strictObject({
  api_name: z
    .string()
    .min(1)
    .exactOptional()
    .meta({ description: 'API name of the app. Default: the exception is for the org-wide settings' }),
  platform: z
    .enum(['external-client-app', 'connected-app'])
    .exactOptional()
    .meta({ description: 'Default: apps with that name on either platform' }),
  org: z
    .string()
    .min(1)
    .exactOptional()
    .meta({ description: 'Name of the org. Default: every audited org, and files' }),
  controls: z.array(z.string().min(1)).min(1).meta({ description: 'Ids of the controls that are exempted' }),
  reason: z.string().meta({ description: 'Why, in a sentence that a reviewer can judge' }),
  approved_by: z.string().meta({ description: 'A person or a team, usually an email address' }),
  expires: z.string().meta({ description: 'Last day on which it is valid, YYYY-MM-DD, at most a year ahead' }),
  ticket: z.string().exactOptional().meta({ description: 'Where the decision is recorded' }),
});

/** What the file of `client-apps audit --baseline` must be. */
export const baselineSchema = z.strictObject({
  $schema: z.string().exactOptional(),
  format_version: z.string().meta({ description: 'Version of this shape, major.minor' }),
  exceptions: z.array(Entry).meta({ description: 'Accepted violations, each with an owner and an expiry date' }),
});

export type BaselineDocument = z.infer<typeof baselineSchema>;
type BaselineEntry = BaselineDocument['exceptions'][number];

const KIND: DocumentKind<BaselineDocument> = {
  what: 'a baseline',
  code: 'baseline-unusable',
  version: BASELINE_FORMAT_VERSION,
  schema: baselineSchema,
};

/** An exception that stands in a file instead of in a program. */
export interface BaselineException extends Exception {
  /** Name of the org; undefined: wherever the app is found. */
  readonly org?: string;
}

/** Exceptions for what no program declares, as a file states them. */
export interface Baseline {
  readonly path: string;
  readonly document: BaselineDocument;
  readonly exceptions: readonly BaselineException[];
}

/**
 * Reads a baseline completely or not at all. Whether its exceptions count on a given day is judged with
 * `indexExceptions`, like any others.
 * @param path What to call the file in messages.
 */
export function readBaseline(text: string, path: string): Result<Baseline, readonly Diagnostic[]> {
  const read = readDocument(text, path, KIND);
  if (!read.ok) return read;
  const { exceptions: entries } = read.value;
  const problems = entries.flatMap((entry, index) => twice(entry, index, entries, path));
  if (problems.length > 0) return fail(problems);
  return ok({ path, document: read.value, exceptions: entries.map((entry, index) => exceptionOf(entry, index, path)) });
}

/** The exceptions of a baseline that can be about an org, or about files. */
export const exceptionsIn = ({ exceptions }: Baseline, org: string | undefined): readonly BaselineException[] =>
  exceptions.filter((exception) => exception.org === undefined || exception.org === org);

function exceptionOf(entry: BaselineEntry, index: number, path: string): BaselineException {
  const { api_name: app, platform, org, controls, reason, approved_by: approvedBy, expires, ticket } = entry;
  return {
    ...(app !== undefined && { app }),
    ...(platform !== undefined && { platform }),
    ...(org !== undefined && { org }),
    controls,
    reason,
    approvedBy,
    expires,
    ...(ticket !== undefined && { ticket }),
    path: `${path} exceptions[${index}]`,
  };
}

/** One violation has one exception: of two, no one could say which one holds. */
function twice(
  entry: BaselineEntry,
  index: number,
  entries: readonly BaselineEntry[],
  path: string,
): readonly Diagnostic[] {
  const complain = complaints(KIND, path);
  return entry.controls.flatMap((control, at) => {
    const field = `exceptions[${index}].controls[${at}]`;
    const value = shown(control);
    if (entry.controls.indexOf(control) < at) return [complain('the control is named twice', { field, value })];
    const earlier = entries.findIndex(
      (other, before) => before < index && other.controls.includes(control) && overlap(entry, other),
    );
    return earlier < 0 ? [] : [complain(`the control is excused at exceptions[${earlier}] already`, { field, value })];
  });
}

const overlap = (a: BaselineEntry, b: BaselineEntry): boolean =>
  a.api_name === b.api_name && sameOrAny(a.platform, b.platform) && sameOrAny(a.org, b.org);

const sameOrAny = (a: string | undefined, b: string | undefined): boolean =>
  a === undefined || b === undefined || a === b;

/** What was judged in one place. */
export interface Judged {
  /** To be named in the entries, where there are several. */
  readonly org?: string;
  readonly reports: readonly CheckReport[];
}

/**
 * A baseline with which every failure at or above the threshold is excused, one entry for each app, after those that
 * there are; and the failures that no one may excuse.
 */
export function baselineFor(
  judged: readonly Judged[],
  threshold: Severity,
  { reason, approvedBy, expires, ticket }: Justification,
  existing?: BaselineDocument,
): { readonly document: BaselineDocument; readonly added: number; readonly inexcusable: readonly Finding[] } {
  const failures = judged.map(({ org, reports }) => ({ org, found: failuresAtLeast(reports, threshold) }));
  const entries = failures.flatMap(({ org, found }) =>
    [...bySubject(found.filter(isExcusable))].map(([subject, controls]): BaselineEntry => ({
      ...(subject.type === 'app' && { api_name: subject.api_name, platform: subject.platform }),
      ...(org !== undefined && { org }),
      controls: controls.sort(),
      reason,
      approved_by: approvedBy,
      expires,
      ...(ticket !== undefined && { ticket }),
    })),
  );
  const document = {
    ...existing,
    format_version: BASELINE_FORMAT_VERSION,
    exceptions: [...(existing?.exceptions ?? []), ...entries],
  };
  const inexcusable = failures.flatMap(({ found }) => found.filter((finding) => !isExcusable(finding)));
  return { document, added: entries.length, inexcusable };
}

const isExcusable = ({ result }: Finding): boolean => controlById(result.control)?.exemptable === true;

function bySubject(found: readonly Finding[]): ReadonlyMap<CheckReport['subject'], string[]> {
  const controls = new Map<CheckReport['subject'], string[]>();
  for (const { report, result } of found) {
    const others = controls.get(report.subject);
    if (others) others.push(result.control);
    else controls.set(report.subject, [result.control]);
  }
  return controls;
}
