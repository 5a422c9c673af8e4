import type { EvidenceChange, SetupChanges } from '../org/usage/facts';
import type { AppPlan, OrgPlan } from './plan';
import { standingOf } from './standing';

/**
 * Who may have changed an app that is not as declared, and how sure that is. A row of the setup audit trail names an app
 * and no field, so that it may always be about another change. `one-user`: since the last row by this login, one user alone
 * has rows that name it. `several-users`: any of them may have. `own-login`: the last row is by this login, so that it is of
 * an apply, or of someone who uses the same login. `not-known`: no row of the time names it. `not-evaluated`: the trail was
 * not read.
 */
export interface Attribution {
  readonly api_name: string;
  readonly state: 'one-user' | 'several-users' | 'own-login' | 'not-known' | 'not-evaluated';
  /** The latest row of each user, latest first. */
  readonly rows: readonly AttributedRow[];
  /** Why nothing, or not everything, was read. */
  readonly because?: string;
}

export interface AttributedRow {
  readonly time: string;
  /** Empty where the trail names none. */
  readonly user: string;
  /** Where in Setup. */
  readonly section: string;
  readonly display: string;
  /** How many rows of that user name the app. */
  readonly count: number;
  /** The user is the one that this run is logged in as. */
  readonly own: boolean;
}

/** Who may have changed the apps of one org. */
export interface OrgAttributions {
  readonly org: string;
  /** ISO time: older rows of the trail were not looked at. */
  readonly since: string;
  /** The user of this run; absent where the org did not tell. */
  readonly login?: string;
  readonly apps: readonly Attribution[];
}

/** True where something is there whose changer can be asked for. */
export const hasUnexplained = (plan: OrgPlan): boolean => unexplained(plan).length > 0;

const unexplained = (plan: OrgPlan): readonly AppPlan[] => {
  const { differing, missing, stopped } = standingOf(plan);
  return [...differing, ...missing, ...stopped];
};

/** What the trail says of each app that differs, is missing or was stopped. @param unread Why some or all rows were not read. */
export function attribute(
  plan: OrgPlan,
  { changes = [], login }: Pick<SetupChanges, 'changes' | 'login'>,
  unread?: string,
): readonly Attribution[] {
  return unexplained(plan).map((app): Attribution => {
    const rows = byUser(
      changes.filter(({ display }) => names(display, app)),
      login,
    );
    // What was not read may hold the row that names it, or another user.
    const because = unread === undefined ? {} : { because: unread };
    const state = rows.length > 0 ? sureness(rows) : unread === undefined ? 'not-known' : 'not-evaluated';
    return { api_name: app.api_name, state, rows, ...because };
  });
}

function sureness(rows: readonly AttributedRow[]): Attribution['state'] {
  const { length } = sinceOwn(rows);
  return length === 0 ? 'own-login' : length === 1 ? 'one-user' : 'several-users';
}

/** Those after the last one by this login: what was changed before it, an apply has most likely put right. */
export function sinceOwn(rows: readonly AttributedRow[]): readonly AttributedRow[] {
  const own = rows.findIndex((row) => row.own);
  return own < 0 ? rows : rows.slice(0, own);
}

/** @param rows Latest first. */
function byUser(rows: readonly EvidenceChange[], login: string | undefined): readonly AttributedRow[] {
  const users = new Map<string, AttributedRow>();
  for (const { time, user, section, display } of rows) {
    const latest = users.get(user) ?? { time, user, section, display, count: 0, own: user !== '' && user === login };
    users.set(user, { ...latest, count: latest.count + 1 });
  }
  return [...users.values()];
}

/** As a whole name: `Portal` is not named by `Portal_Sync`. */
const names = (display: string, { api_name: name, label }: AppPlan): boolean =>
  [name, label].some((each) => {
    const escaped = each.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return each !== '' && new RegExp(`(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`, 'u').test(display);
  });
