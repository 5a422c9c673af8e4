import type { EvidenceChange } from '../org/usage/facts';
import type { AppPlan, OrgPlan } from './plan';
import { standingOf } from './standing';

/**
 * Who may have changed an app that is not as declared. `named`: a row of the setup audit trail names the app; it does not
 * name the field, so that it may be about another one. `not-known`: no row of the time names it. `not-evaluated`: the trail
 * was not read.
 */
export interface Attribution {
  readonly api_name: string;
  readonly state: 'named' | 'not-known' | 'not-evaluated';
  /** Latest first. */
  readonly rows: readonly { readonly time: string; readonly user: string; readonly display: string }[];
  readonly because?: string;
}

/** No more of them are shown: the latest tell most. */
const MOST_ROWS = 3;

/** What the trail says of each app that differs, is missing or was stopped. @param trail Its rows, latest first, and why some or all were not read. */
export function attribute(
  plan: OrgPlan,
  trail: { readonly rows?: readonly EvidenceChange[]; readonly unread?: string },
): readonly Attribution[] {
  const { differing, missing, stopped } = standingOf(plan);
  return [...differing, ...missing, ...stopped].map((app): Attribution => {
    const rows = (trail.rows ?? []).filter(({ display }) => names(display, app)).slice(0, MOST_ROWS);
    // What was not read may hold the row that names it.
    if (rows.length === 0 && trail.unread !== undefined) {
      return { api_name: app.api_name, state: 'not-evaluated', rows, because: trail.unread };
    }
    return {
      api_name: app.api_name,
      state: rows.length > 0 ? 'named' : 'not-known',
      rows: rows.map(({ time, user, display }) => ({ time, user, display })),
    };
  });
}

/** As a whole name: `Portal` is not named by `Portal_Sync`. */
const names = (display: string, { api_name: name, label }: AppPlan): boolean =>
  [name, label].some((each) => {
    const escaped = each.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return each !== '' && new RegExp(`(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`, 'u').test(display);
  });
