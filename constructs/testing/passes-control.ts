import type { ManifestApp } from '../../lib/metadata/manifest';
import { isUnsettled, judgeDeclared } from '../../lib/policy/check-declared';
import { controlById, CONTROLS } from '../../lib/policy/controls';
import type { CheckReport, ControlResult } from '../../lib/policy/report';
import { diagnose } from '../../lib/values/diagnose';
import { ClientAppsError, type Diagnostic, formatDiagnostic, isError } from '../../lib/values/diagnostic';
import { nearest } from '../../lib/values/nearest';
import { answer, type MatcherResult, quoted } from './match';
import type { AskedOrg } from './subject';

/** How strictly `toPassControl` judges. */
export interface PassControlOptions {
  /**
   * Whether an exception that the program records counts as passed while it lasts.
   * @default false
   */
  readonly acceptExceptions?: boolean;
}

interface Judged {
  readonly path: string;
  readonly result: ControlResult;
  readonly unsettled: boolean;
}

const callOf = (id: string): string => `toPassControl(${quoted(id)})`;

/** @throws ClientAppsError where there is no such control. */
export function requireControl(id: string): void {
  if (controlById(id) !== undefined) return;
  const ids = CONTROLS.map((control) => control.id);
  throw new ClientAppsError('INVALID_INPUT', [
    diagnose('nothing-to-explain/control', { path: 'toPassControl', value: id, meant: nearest(id, ids) }),
  ]);
}

/** A program that synth refuses: by this control for what is meant, or for another reason, which is thrown by the caller. */
export function violatedAtSynth(
  id: string,
  diagnostics: readonly Diagnostic[],
  isMeant: (path: string) => boolean,
): MatcherResult | undefined {
  const errors = diagnostics.filter(isError);
  const own = errors.filter(({ code, path }) => code === id && isMeant(path));
  if (own.length === 0 || errors.some(({ code }) => code !== id)) return undefined;
  return answer(false, callOf(id), own.map(formatDiagnostic));
}

/** Whether everything that the control judges passes it, and that is something. */
export function passesControl(
  orgs: readonly AskedOrg[],
  id: string,
  { acceptExceptions = false }: PassControlOptions,
): MatcherResult {
  const judged = orgs.flatMap((org) => resultsOf(org, id)).filter(({ result }) => result.outcome !== 'not-applicable');
  const passes = ({ result: { outcome }, unsettled }: Judged): boolean =>
    !unsettled && (outcome === 'pass' || (outcome === 'justified' && acceptExceptions));
  const open = judged.filter(({ result, unsettled }) => unsettled || result.outcome === 'not-evaluated');
  const failed = judged.filter((each) => !passes(each) && !open.includes(each));
  if (failed.length > 0) return answer(false, callOf(id), failed.map(lineOf));
  // Neither passed nor failed: an answer either way would be a promise.
  if (open.length > 0 || judged.length === 0) {
    const lines = judged.length === 0 ? ['The control applies to nothing of it.'] : open.map(lineOf);
    throw new Error([`${callOf(id)} cannot be answered.`, '', ...lines].join('\n'));
  }
  return answer(true, callOf(id), judged.map(lineOf));
}

function resultsOf({ manifest, today, apps, whole }: AskedOrg, id: string): readonly Judged[] {
  const named = new Map(apps.map((app): [string, ManifestApp] => [app.api_name, app]));
  const isMeant = ({ subject }: CheckReport): boolean => (subject.type === 'org' ? whole : named.has(subject.api_name));
  return judgeDeclared(manifest, today)
    .reports.filter(isMeant)
    .flatMap(({ subject, results }) => {
      const app = subject.type === 'app' ? named.get(subject.api_name) : undefined;
      return results
        .filter(({ control }) => control === id)
        .map((result) => ({
          path: app?.path ?? manifest.org.path,
          result,
          unsettled: isUnsettled(result, app),
        }));
    });
}

function lineOf({ path, result, unsettled }: Judged): string {
  const { outcome, because, finding, exception } = result;
  if (unsettled) return `${path}: not evaluated: it depends on a value that only Terraform knows`;
  if (outcome === 'justified') {
    const until = exception === undefined ? '' : ` until ${exception.expires}: ${exception.reason}`;
    return `${path}: exempt${until} (acceptExceptions: true lets it pass)`;
  }
  return `${path}: ${outcome}: ${finding === undefined ? '' : `${finding}: `}${because}`;
}
