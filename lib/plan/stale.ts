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
    found.push(moved(reviewed.path, 'org', reviewed.org_id, fresh.org_id, 'the plan was made for another org'));
  }
  const freshApps = new Map(fresh.apps.map((app) => [appKey(app), app]));
  for (const app of reviewed.apps) found.push(...appMoved(app, freshApps.get(appKey(app))));
  const known = new Set(reviewed.apps.map(appKey));
  for (const app of fresh.apps) {
    if (!known.has(appKey(app)) && app.action === 'delete') {
      found.push(moved(app.path, app.api_name, 'absent', 'delete', 'the plan did not delete this app'));
    }
  }
  const items = itemsOf(reviewed).map((item) => ({ item, current: sameItem(fresh, item) }));
  for (const { item, current } of items) {
    const { path, type, opens_apps: named } = item;
    const unseen = current?.opens_apps.filter((name) => !named.includes(name)) ?? [];
    if (unseen.length > 0) {
      const problem = 'the org-wide switch of the plan would open the flow for apps that it did not name';
      found.push(moved(path, type, named.join(', ') || 'no other app', unseen.join(', '), problem));
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
  const more = (path: string, field: string, problem: string): Diagnostic =>
    diagnose('plan-stale', { path, field, problem: `the reviewed plan did not have this: ${problem}` });
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
        return [more(app.path, app.api_name, `the app is to be ${app.action}`)];
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
    return [
      moved(reviewed.path, name, reviewed.action, 'blocked', 'the plan can no longer be applied, see the error below'),
    ];
  }
  // Created or gone meanwhile: every field differs then, and one line says more than a hundred.
  const appeared = reviewed.action === 'create' || action === 'create' || action === 'absent';
  if (action !== reviewed.action && appeared) {
    const what =
      reviewed.action === 'create'
        ? 'the app was created in the org after the plan was made'
        : 'the app was deleted in the org after the plan was made';
    return [moved(reviewed.path, name, reviewed.action, action, what)];
  }
  const moves = changesMoved(reviewed.path, reviewed.changes, fresh?.changes ?? []);
  if (action === reviewed.action || moves.length > 0) return moves;
  return [moved(reviewed.path, name, reviewed.action, action, 'the app is in another state than reviewed')];
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
    found.push(
      moved(
        path,
        name,
        describe(change),
        current ? describe(current) : 'no longer differs',
        'the org changed after the plan was made',
      ),
    );
  }
  for (const [name, change] of now) {
    if (!before.has(name)) {
      found.push(moved(path, name, 'as declared', describe(change), 'the org changed after the plan was made'));
    }
  }
  return found;
}

function describe({ type, field, before }: FieldChange): string {
  if (before.state !== 'value') return before.state;
  // The bytes of two certificates begin alike.
  return isCertificate(type, field) ? valueText(type, field, before) : canonicalJson(before.value);
}

const moved = (path: string, field: string, planned: string, now: string, problem: string): Diagnostic =>
  diagnose('plan-stale', {
    path,
    field,
    problem: `${problem}: planned ${planned.slice(0, 120)}, now ${now.slice(0, 120)}`,
  });
