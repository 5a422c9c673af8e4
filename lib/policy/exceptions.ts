import type { Platform } from '../declaration/client-app';
import type { Manifest, ManifestApp, ManifestException } from '../metadata/manifest';
import { EXCUSES } from '../options/table';
import { diagnose, diagnoseInWords } from '../values/diagnose';
import { type Diagnostic, isError, shown } from '../values/diagnostic';
import { daysUntil } from '../values/iso-date';
import { type Justification, justificationProblems } from '../values/justification';
import { nearest } from '../values/nearest';
import { controlById, CONTROLS } from './controls';
import type { CheckReport } from './report';

/** Someone's decision that a violation may stay, for one app (or the org-wide settings), until a date. */
export interface Exception extends Justification {
  /** API name of the app; undefined: the org-wide settings. */
  readonly app?: string;
  /** @default - apps of that name on either platform */
  readonly platform?: Platform;
  /** One control, or those that an option's justification belongs to. */
  readonly controls: readonly string[];
  /** The option whose justification this is. */
  readonly option?: string;
  /** Where it is written: a construct path, or file and line. */
  readonly path: string;
}

/** Exceptions, looked through once: what is wrong with them, and those that count, by app (`undefined`: the org). */
export interface ExceptionIndex {
  readonly problems: readonly Diagnostic[];
  readonly valid: readonly Exception[];
  readonly byApp: ReadonlyMap<string | undefined, readonly Exception[]>;
}

export const NO_EXCEPTIONS: ExceptionIndex = { problems: [], valid: [], byApp: new Map() };

/** Days before the expiry from which on a warning is given. */
const WARNING_DAYS = 30;

/** The exceptions of a declared app: justifications on its options, and controls that the program exempts it from. */
export function declaredExceptions(app: ManifestApp): readonly Exception[] {
  const { api_name: name, platform, path } = app;
  return app.exceptions.map((exception) => ({ app: name, platform, ...exceptionOf(exception, path) }));
}

/** The exceptions of the org-wide settings. */
export const orgExceptions = ({ exceptions = [], org }: Manifest): readonly Exception[] =>
  exceptions.map((exception) => exceptionOf(exception, org.path));

function exceptionOf(exception: ManifestException, path: string): Exception {
  const { option, control, reason, approved_by: approvedBy, expires, ticket } = exception;
  return {
    controls: control === undefined ? (EXCUSES[option ?? ''] ?? []) : [control],
    ...(option !== undefined && { option }),
    path,
    reason,
    approvedBy,
    expires,
    ...(ticket !== undefined && { ticket }),
  };
}

/**
 * Judges exceptions on the given day (`YYYY-MM-DD`). One with an error excuses nothing: unknown control, a control that
 * no one may excuse, incomplete, expired, or longer than a year. The last 30 days bring a warning.
 */
export function indexExceptions(exceptions: readonly Exception[], today: string): ExceptionIndex {
  const problems: Diagnostic[] = [];
  const valid: Exception[] = [];
  const byApp = new Map<string | undefined, Exception[]>();
  for (const exception of exceptions) {
    const found = problemsOf(exception, today);
    problems.push(...found);
    if (found.some(isError)) continue;
    valid.push(exception);
    const others = byApp.get(exception.app);
    if (others) others.push(exception);
    else byApp.set(exception.app, [exception]);
  }
  return { problems, valid, byApp };
}

function problemsOf(exception: Exception, today: string): readonly Diagnostic[] {
  const at = { path: exception.path, field: fieldOf(exception) };
  const problems: Diagnostic[] = [];
  if (exception.option !== undefined && exception.controls.length === 0) {
    const allowed = Object.keys(EXCUSES).join(', ');
    problems.push(diagnose('exception-unknown-control/option', { ...at, value: shown(exception.option), allowed }));
  }
  for (const id of exception.controls) problems.push(...controlProblems(id, exception, at));
  for (const { code, member, problem, allowed, remedy } of justificationProblems(exception, today)) {
    const value = exception[member];
    const given = value === undefined ? {} : { value: shown(value) };
    problems.push(
      diagnoseInWords(code, { ...at, problem: `the exception cannot count: ${problem}`, ...given, allowed, remedy }),
    );
  }
  if (problems.length === 0 && daysUntil(exception.expires, today) <= WARNING_DAYS) {
    problems.push(diagnose('exception-expires-soon', { ...at }, { expires: exception.expires }));
  }
  return problems;
}

function controlProblems(
  id: string,
  exception: Exception,
  at: Pick<Diagnostic, 'path' | 'field'>,
): readonly Diagnostic[] {
  const control = controlById(id);
  if (control === undefined) {
    const guess = nearest(
      id,
      CONTROLS.map((each) => each.id),
    );
    const place = { ...at, value: shown(id) };
    return [
      guess === undefined
        ? diagnose('exception-unknown-control/id', place)
        : diagnose('exception-unknown-control/nearly', place, { guess }),
    ];
  }
  if ((control.level === 'org') !== (exception.app === undefined)) {
    const entry = control.level === 'org' ? 'exception-out-of-place/for-app' : 'exception-out-of-place/for-org';
    return [diagnose(entry, at, { control: id })];
  }
  if (!control.exemptable) {
    const { risk, remedy } = control;
    return [diagnose('exception-not-allowed', at, { control: id, risk, remedy: remedy.code })];
  }
  return [];
}

const fieldOf = ({ option, controls }: Exception): string =>
  option === undefined ? `exemption from ${controls.join(', ')}` : `${option}.justification`;

/** The exceptions that count for an app, or without one for the org-wide settings. */
export function exceptionsFor(
  { byApp }: ExceptionIndex,
  app?: { readonly name: string; readonly platform: Platform },
): readonly Exception[] {
  const named = byApp.get(app?.name) ?? [];
  return named.filter(({ platform }) => platform === undefined || platform === app?.platform);
}

/**
 * `used`: it excuses something. `unsettled`: a control it is for could not be evaluated, so that no one knows. `unused`:
 * the app complies without it.
 */
export type ExceptionUse = 'used' | 'unsettled' | 'unused';

/** What became of the valid exceptions for the app or org of a report. */
export function exceptionUses(report: CheckReport, index: ExceptionIndex): ReadonlyMap<Exception, ExceptionUse> {
  const { subject } = report;
  const app = subject.type === 'app' ? { name: subject.api_name, platform: subject.platform } : undefined;
  const uses = new Map<Exception, ExceptionUse>();
  for (const exception of exceptionsFor(index, app)) {
    const results = report.results.filter(({ control }) => exception.controls.includes(control));
    const used = results.some(({ exception: applied }) => applied?.path === exception.path && same(applied, exception));
    const open = results.some(({ outcome }) => outcome === 'not-evaluated');
    uses.set(exception, used ? 'used' : open ? 'unsettled' : 'unused');
  }
  return uses;
}

/** Uses over several reports: apps of both platforms can share a name, and one use of an exception is enough. */
export function allUses(
  reports: Iterable<CheckReport>,
  index: ExceptionIndex,
  uses = new Map<Exception, ExceptionUse>(),
): Map<Exception, ExceptionUse> {
  for (const report of reports) {
    for (const [exception, use] of exceptionUses(report, index)) {
      const known = uses.get(exception);
      if (known === undefined || MATTERS.indexOf(use) < MATTERS.indexOf(known)) uses.set(exception, use);
    }
  }
  return uses;
}

const MATTERS: readonly ExceptionUse[] = ['used', 'unsettled', 'unused'];

const same = (a: { reason: string; option?: string; expires: string }, b: Exception): boolean =>
  a.reason === b.reason && a.option === b.option && a.expires === b.expires;

/**
 * Exceptions that excuse nothing: an error each, because the next reader would take them for true.
 * @param reports Of the apps, to name what is violated.
 */
export function unusedProblems(
  index: ExceptionIndex,
  uses: ReadonlyMap<Exception, ExceptionUse>,
  reports: readonly CheckReport[] = [],
): readonly Diagnostic[] {
  return index.valid
    .filter((exception) => (uses.get(exception) ?? 'unused') === 'unused')
    .map((exception) => {
      const place = { path: exception.path, field: fieldOf(exception) };
      const violated = instead(violationsOf(exception, reports));
      return uses.has(exception)
        ? diagnose('exception-unused', place, { violated })
        : diagnose('exception-unused/not-judged', place, { what: exception.app ?? 'the org-wide settings', violated });
    });
}

const instead = (ids: readonly string[]): string => (ids.length === 0 ? '' : `; what is violated: ${ids.join(', ')}`);

function violationsOf({ app, platform }: Exception, reports: readonly CheckReport[]): readonly string[] {
  const own = reports.filter(({ subject }) =>
    subject.type === 'org'
      ? app === undefined
      : subject.api_name === app && (platform === undefined || subject.platform === platform),
  );
  const failed = own.flatMap(({ results }) => results.filter(({ outcome }) => outcome === 'fail'));
  return [...new Set(failed.map(({ control }) => control))];
}
