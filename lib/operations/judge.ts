import { APP_TYPES } from '../metadata/live-app';
import { checkApp, type CheckContext, checkOrg, type OrgCheck } from '../policy/check';
import type { KindVerdict, StatedKind } from '../policy/client-kind';
import { allUses, type Exception, type ExceptionUse, NO_EXCEPTIONS, unusedProblems } from '../policy/exceptions';
import { placesIn, type WrittenFile } from '../policy/places';
import type { AppPosture } from '../policy/posture';
import type { CheckReport, ControlResult, Places, Score } from '../policy/report';
import { combinedScore } from '../policy/score';

/** Judges app by app, keeping nothing of an app but its report. */
export interface Judge {
  readonly app: (posture: AppPosture, stated?: StatedKind, written?: readonly WrittenFile[], places?: Places) => void;
  readonly settings: (written?: readonly WrittenFile[]) => void;
  /** Everything that was judged, in the order it was. */
  readonly done: () => OrgCheck;
}

export function startJudging(context: CheckContext): Judge {
  const index = context.exceptions ?? NO_EXCEPTIONS;
  const reports: CheckReport[] = [];
  const uses = new Map<Exception, ExceptionUse>();
  const [results, kinds, scores] = [sharing<ControlResult>(), sharing<KindVerdict>(), sharing<Score>()];
  const keep = (report: CheckReport, places: Places | undefined): void => {
    allUses([report], index, uses);
    reports.push({
      subject: report.subject,
      ...(report.kind && { kind: kinds(report.kind) }),
      results: report.results.map(results),
      score: scores(report.score),
      ...(report.pack && { pack: report.pack }),
      ...(places && { places }),
    });
  };
  return {
    app(posture, stated, written = [], places) {
      const report = checkApp(posture, context, stated);
      const found = written.length > 0 ? placesIn(written, APP_TYPES[posture.platform], report.results) : places;
      keep(report, found);
    },
    settings(written = []) {
      if (!context.org || context.pack) return;
      const report = checkOrg(context.org, context);
      keep(report, written.length > 0 ? placesIn(written, 'OauthOidcSettings', report.results) : undefined);
    },
    done: () => ({
      reports,
      // A justification of another control excuses nothing here, and loses nothing by it.
      diagnostics: [...index.problems, ...(context.pack ? [] : unusedProblems(index, uses, reports))],
      score: combinedScore(reports),
    }),
  };
}

/**
 * Most results are the same for most apps, to the letter. Keeping one of each makes a thousand reports not much larger
 * than the apps' names.
 */
function sharing<T extends object>(): (value: T) => T {
  const known = new Map<string, T>();
  return (value) => {
    const key = JSON.stringify(value);
    const twin = known.get(key);
    if (twin) return twin;
    known.set(key, value);
    return value;
  };
}
