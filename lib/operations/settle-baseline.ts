import type { Baseline, BaselineException } from '../policy/baseline';
import { indexExceptions } from '../policy/exceptions';
import type { CheckReport } from '../policy/report';
import { diagnose } from '../values/diagnose';
import { type Diagnostic, shown } from '../values/diagnostic';
import { nearest } from '../values/nearest';
import type { Audit } from './audit';

/**
 * Judges a baseline after everything was audited with it. An exception may be for any one of several orgs, so no single
 * audit can tell whether it was needed: what they say about the baseline is replaced by one judgment of all.
 * @param today ISO date.
 * @param complete False where an org could not be read: then no one knows what its exceptions would have excused.
 */
export function settleBaseline(
  baseline: Baseline,
  audits: readonly Audit[],
  { today, complete }: { readonly today: string; readonly complete: boolean },
): readonly Audit[] {
  const paths = new Set(baseline.exceptions.map(({ path }) => path));
  const { problems, valid } = indexExceptions(baseline.exceptions, today);
  const counted = new Set(valid.map(({ path }) => path));
  const found = baseline.exceptions.flatMap((exception): readonly Diagnostic[] => {
    const own = problems.filter(({ path }) => path === exception.path);
    return complete && counted.has(exception.path) ? [...own, ...idle(exception, audits)] : own;
  });
  const placeOf = ({ path }: Diagnostic): string | undefined => {
    const org = baseline.exceptions.find((exception) => exception.path === path)?.org;
    return audits.some(({ source }) => source === org) ? org : audits[0]?.source;
  };
  return audits.map((audit) => ({
    ...audit,
    diagnostics: [
      ...audit.diagnostics.filter(({ path }) => !paths.has(path)),
      ...found.filter((diagnostic) => placeOf(diagnostic) === audit.source),
    ],
  }));
}

/** What is wrong with an exception that excused nothing, or not everything it names. */
function idle(exception: BaselineException, audits: readonly Audit[]): readonly Diagnostic[] {
  const { app, org } = exception;
  const places = audits.filter(({ origin, source }) => org === undefined || (origin === 'org' && source === org));
  if (places.length === 0) return notAudited(exception);
  const reports = places.flatMap((audit) => audit.reports.filter((report) => isAbout(exception, report)));
  if (reports.length === 0) return app === undefined ? [] : unknownApp(exception, app, places);
  const unused = exception.controls.filter((control) => !isNeeded(control, exception, reports));
  if (unused.length === 0) return [];
  const whole = unused.length === exception.controls.length;
  const place = { path: exception.path, field: 'controls', value: shown(unused.join(', ')) };
  return [diagnose(whole ? 'exception-unused/in-baseline' : 'exception-unused/in-part', place)];
}

function notAudited({ path, org }: BaselineException): readonly Diagnostic[] {
  return [
    diagnose('baseline-org-not-audited', { path, field: 'org', ...(org !== undefined && { value: shown(org) }) }),
  ];
}

const isAbout = ({ app, platform }: BaselineException, { subject }: CheckReport): boolean =>
  subject.type === 'org'
    ? app === undefined
    : subject.api_name === app && (platform === undefined || subject.platform === platform);

/** Where a control could not be evaluated no one knows, and the exception stays. */
const isNeeded = (control: string, { path }: BaselineException, reports: readonly CheckReport[]): boolean =>
  reports.some(({ results }) =>
    results.some(
      (result) => result.control === control && (result.outcome === 'not-evaluated' || result.exception?.path === path),
    ),
  );

function unknownApp({ path }: BaselineException, app: string, places: readonly Audit[]): readonly Diagnostic[] {
  const at = { path, field: 'api_name', value: shown(app) };
  if (places.some(({ excluded }) => excluded.some(({ api_name: name }) => name === app))) {
    return [diagnose('baseline-app-excluded', at)];
  }
  const names = places.flatMap(({ reports }) =>
    reports.flatMap(({ subject }) => (subject.type === 'app' ? [subject.api_name] : [])),
  );
  const guess = nearest(
    app,
    names.filter((name) => name !== app),
  );
  if (names.includes(app)) return [diagnose('baseline-unknown-app/elsewhere', at)];
  return [
    guess === undefined ? diagnose('baseline-unknown-app', at) : diagnose('baseline-unknown-app/nearly', at, { guess }),
  ];
}
