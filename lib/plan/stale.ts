import { canonicalJson } from '../metadata/digest';
import { diagnose } from '../values/diagnose';
import { type Diagnostic, isError } from '../values/diagnostic';
import { located } from '../values/located';
import { isCertificate, valueText } from './change-text';
import { itemsOf, sameItem } from './items';
import type { AppPlan, FieldChange, OrgPlan } from './plan';

/**
 * What changed since the plan was made, as far as the plan touches it: fields whose value moved, changes that came or
 * went, apps that appeared or vanished, and what keeps the plan from being applied now: a permission set that is gone, a
 * justification that has ended. Empty means that applying does exactly what was reviewed.
 */
export function staleness(reviewed: OrgPlan, fresh: OrgPlan): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  if (reviewed.org_id !== fresh.org_id) {
    found.push(moved('plan-stale/org', reviewed.path, 'org', reviewed.org_id, fresh.org_id));
  }
  const freshApps = new Map(fresh.apps.map((app) => [appKey(app), app]));
  for (const app of reviewed.apps) found.push(...appMoved(app, freshApps.get(appKey(app))));
  const known = new Set(reviewed.apps.map(appKey));
  for (const app of fresh.apps) {
    if (!known.has(appKey(app)) && app.action === 'delete') {
      found.push(moved('plan-stale/deletes', app.path, app.api_name, 'absent', 'delete'));
    }
  }
  const items = itemsOf(reviewed).map((item) => ({ item, current: sameItem(fresh, item) }));
  for (const { item, current } of items) {
    const { path, type, opens_apps: named } = item;
    const unseen = current?.opens_apps.filter((name) => !named.includes(name)) ?? [];
    if (unseen.length > 0) {
      found.push(moved('plan-stale/opens', path, type, named.join(', ') || 'no other app', unseen.join(', ')));
    }
  }
  for (const { item, current } of items) found.push(...changesMoved(item.path, item.changes, current?.changes ?? []));
  // Without them the lines above would say that something moved, and not why.
  return found.length === 0 ? [] : located([...found, ...newErrors(reviewed, fresh)], reviewed.manifest);
}

/**
 * What a plan would do that is no part of an earlier one. An apply of the earlier one was cut off: what is there already
 * is not stale, and nothing else may have come.
 */
export function beyond(reviewed: OrgPlan, rest: OrgPlan): readonly Diagnostic[] {
  const more = (path: string, field: string, what: string): Diagnostic =>
    diagnose('plan-stale/not-reviewed', { path, field }, { what });
  const known = new Map(reviewed.apps.map((app) => [appKey(app), app]));
  const unseen = (path: string, changes: readonly FieldChange[], before: readonly FieldChange[]) => {
    const seen = new Set(before.map(changeKey));
    return changes
      .filter((change) => !seen.has(changeKey(change)))
      .map((change) => more(path, `${change.type}.${change.field}`, `${describe(change)} would be changed`));
  };
  return located(
    [
      ...rest.apps.flatMap((app) => {
        const earlier = known.get(appKey(app));
        // All of a new app was reviewed with it.
        if (earlier?.action === 'create' || ['none', 'orphaned'].includes(app.action)) return [];
        if (app.action === earlier?.action) return unseen(app.path, app.changes, earlier.changes);
        return [more(app.path, app.api_name, `the app would be ${app.action}`)];
      }),
      ...itemsOf(rest).flatMap((item) => unseen(item.path, item.changes, sameItem(reviewed, item)?.changes ?? [])),
    ],
    reviewed.manifest,
  );
}

const changeKey = ({ type, field, before, after }: FieldChange): string =>
  canonicalJson({ type, field, before, after });

/** An app that is no longer declared may share its name with one of the other platform. */
const appKey = ({ api_name: name, kind, names }: AppPlan): string =>
  kind === undefined ? `${Object.keys(names).join()}:${name}` : name;

function newErrors(reviewed: OrgPlan, fresh: OrgPlan): readonly Diagnostic[] {
  const known = new Set(reviewed.diagnostics.map((diagnostic) => canonicalJson(diagnostic)));
  return fresh.diagnostics.filter((each) => isError(each) && !known.has(canonicalJson(each)));
}

function appMoved(reviewed: AppPlan, fresh: AppPlan | undefined): readonly Diagnostic[] {
  const action = fresh?.action ?? 'absent';
  const name = reviewed.api_name;
  if (action === 'blocked' && reviewed.action !== 'blocked') {
    return [moved('plan-stale/blocked', reviewed.path, name, reviewed.action, 'blocked')];
  }
  // Created or gone meanwhile: every field differs then, and one line says more than a hundred.
  const appeared = reviewed.action === 'create' || action === 'create' || action === 'absent';
  if (action !== reviewed.action && appeared) {
    const entry = reviewed.action === 'create' ? 'plan-stale/app-created' : 'plan-stale/app-deleted';
    return [moved(entry, reviewed.path, name, reviewed.action, action)];
  }
  const moves = changesMoved(reviewed.path, reviewed.changes, fresh?.changes ?? []);
  if (action === reviewed.action || moves.length > 0) return moves;
  return [moved('plan-stale/other-state', reviewed.path, name, reviewed.action, action)];
}

function changesMoved(
  path: string,
  reviewed: readonly FieldChange[],
  fresh: readonly FieldChange[],
): readonly Diagnostic[] {
  const key = (change: FieldChange): string => `${change.type}.${change.field}`;
  const before = new Map(reviewed.map((change) => [key(change), change]));
  const now = new Map(fresh.map((change) => [key(change), change]));
  const found: Diagnostic[] = [];
  for (const [name, change] of before) {
    const current = now.get(name);
    if (current && canonicalJson(current) === canonicalJson(change)) continue;
    const live = current ? describe(current) : 'no longer differs';
    found.push(moved('plan-stale/value', path, name, describe(change), live));
  }
  for (const [name, change] of now) {
    if (!before.has(name)) {
      found.push(moved('plan-stale/value', path, name, 'as declared', describe(change)));
    }
  }
  return found;
}

function describe({ type, field, before }: FieldChange): string {
  if (before.state !== 'value') return before.state;
  // The bytes of two certificates begin alike.
  return isCertificate(type, field) ? valueText(type, field, before) : canonicalJson(before.value);
}

type Moved = 'app-created' | 'app-deleted' | 'blocked' | 'deletes' | 'opens' | 'org' | 'other-state' | 'value';

const moved = (entry: `plan-stale/${Moved}`, path: string, field: string, planned: string, now: string): Diagnostic =>
  diagnose(entry, { path, field }, { planned: planned.slice(0, 120), now: now.slice(0, 120) });
