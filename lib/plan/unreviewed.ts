import { endsLockOut, LOCK_OUT_FIELDS } from '../metadata/connected-app/lock-out';
import { fieldsOf } from '../options/settings';
import { diagnose } from '../values/diagnose';
import type { Diagnostic } from '../values/diagnostic';
import { transitionText } from './change-text';
import { mayWiden } from './effect';
import { itemsOf } from './items';
import { HEADLESS_LOGIN_SWITCH } from './opened-apps';
import type { AppPlan, Effect, FieldChange, OrgPlan } from './plan';
import { wideningOf } from './widening';

/** How far a plan was approved. The default of both is no. */
export interface Approval {
  /** Someone saw this very plan and agreed to it: all of it may be carried out. */
  readonly reviewed?: boolean;
  /** What widens access that exists may be written without that. Deletions still need the name of each app. */
  readonly allowWidening?: boolean;
  /** API names of new apps that an apply which was cut off left closed: to open them was agreed to then. */
  readonly opensLeftClosed?: readonly string[];
}

const SWITCHES = fieldsOf('appEnabled', 'oauthEnabled');

/** What the plan would do and may not without a review (D12). Empty means that it may be carried out as a whole. */
export function notReviewed(
  plan: OrgPlan,
  { reviewed, allowWidening, opensLeftClosed = [] }: Approval,
): readonly Diagnostic[] {
  if (reviewed === true) return [];
  return [...(allowWidening === true ? [] : unreviewedWidening(plan, opensLeftClosed)), ...unnamedDeletions(plan)];
}

/**
 * The changes that widen access someone has today: never applied by --auto-approve alone (D12). New apps, repairs that
 * narrow, and what was asked for by name are no such changes.
 */
export function unreviewedWidening(plan: OrgPlan, leftClosed: readonly string[] = []): readonly Diagnostic[] {
  const apps = plan.apps
    .filter(({ action, api_name: name }) => action === 'update' && !leftClosed.includes(name))
    .flatMap((app) =>
      app.changes
        .filter((change) => widens(change) && !isAskedFor(app, change, plan))
        .map((change) => refused(app.path, change, [], app.api_name)),
    );
  const items = itemsOf(plan).flatMap((item) =>
    wideningOf(item, plan).map((change) => refused(item.path, change, item.opens_apps)),
  );
  return [...items, ...apps];
}

const widens = ({ effect }: FieldChange): boolean => mayWiden(effect);

/** --re-enable names both the app and this very change. */
function isAskedFor({ api_name: name, changes }: AppPlan, { field }: FieldChange, { consents }: OrgPlan): boolean {
  if (!consents.re_enable.includes(name)) return false;
  return SWITCHES.has(field) || (LOCK_OUT_FIELDS.includes(field) && changes.some(endsLockOut));
}

const OPENS: Readonly<Partial<Record<Effect, string>>> = {
  mixed: 'this change widens existing access in one respect',
  unknown: 'it is not known whether this change widens existing access',
};

function refused(path: string, change: FieldChange, opened: readonly string[] = [], app?: string): Diagnostic {
  const also =
    change.field === HEADLESS_LOGIN_SWITCH && opened.length > 0
      ? `; it also opens the flow for ${opened.join(', ')}`
      : '';
  const why = change.reason === undefined ? '' : ` (${change.reason})`;
  const place = { path, field: `${change.type}.${change.field}` };
  const facts = {
    effect: OPENS[change.effect] ?? 'this change widens existing access',
    change: `${transitionText(change)}${also}${why}`,
  };
  return app === undefined
    ? diagnose('widening-not-reviewed', place, facts)
    : diagnose('widening-not-reviewed/of-app', place, { ...facts, app });
}

/** Deleting an app revokes its key for good, so no one unattended does it by --prune alone: each app has to be named. */
export const unnamedDeletions = (plan: OrgPlan): readonly Diagnostic[] =>
  plan.apps
    .filter(({ action, api_name: name, names }) => {
      const named = [name, ...Object.keys(names).map((type) => `${type}:${name}`)];
      return action === 'delete' && !named.some((each) => plan.consents.allow_delete.includes(each));
    })
    .map(({ api_name: name }) => diagnose('deletion-not-named', { path: plan.path, value: name }, { app: name }));
