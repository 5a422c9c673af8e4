import { diagnose } from '../values/diagnose';
import type { Diagnostic } from '../values/diagnostic';
import { isIsoDate } from '../values/iso-date';
import type { KnownApp } from '../values/known-app';
import type { OrgInputs } from './org-inputs';

export interface KnownApps {
  readonly known: readonly KnownApp[];
  readonly diagnostics: readonly Diagnostic[];
}

const REQUIRED = ['app', 'owner', 'purpose', 'review'] as const;

/** Reads the calls of `knows`. A review that is over is no error of the program: it is reported where the org is looked at. */
export function readKnownApps({ knownApps, options: { path } }: OrgInputs): KnownApps {
  const diagnostics: Diagnostic[] = [];
  const known: KnownApp[] = [];
  for (const stated of knownApps) {
    const problems = problemsOf(stated, known);
    const name = isRecord(stated) && typeof stated['app'] === 'string' ? stated['app'] : '';
    const field = `knows(${name})`;
    diagnostics.push(...problems.map((problem) => diagnose('known-app-unusable', { path, field }, { problem })));
    if (problems.length > 0) continue;
    const { app, owner, purpose, vendor, review } = stated as KnownApp;
    known.push({ app, owner, purpose, ...(vendor !== undefined && { vendor }), review });
  }
  return { known, diagnostics };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function problemsOf(stated: unknown, earlier: readonly KnownApp[]): readonly string[] {
  if (!isRecord(stated)) return ['this is not a known app'];
  const empty = (value: unknown): boolean => typeof value !== 'string' || value.trim() === '';
  const { app, vendor, review } = stated;
  return [
    ...REQUIRED.filter((name) => empty(stated[name])).map((name) => `${name} is missing`),
    ...(vendor !== undefined && empty(vendor) ? ['vendor is empty'] : []),
    ...(typeof review === 'string' && review.trim() !== '' && !isIsoDate(review)
      ? ['review is not a calendar date written YYYY-MM-DD']
      : []),
    ...(earlier.some((other) => other.app === app) ? ['the app is named twice'] : []),
  ];
}
