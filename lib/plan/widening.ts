import { switchesOn } from '../metadata/declared-setting';
import { appsInRows } from '../metadata/records/app-rows';
import { mayWiden } from './effect';
import type { PlanItem } from './items';
import { HEADLESS_LOGIN_SWITCH } from './opened-apps';
import type { FieldChange, OrgPlan } from './plan';

/** Changes of what stands beside the apps that widen access which exists: not where they serve new apps alone. */
export function wideningOf(item: PlanItem, plan: OrgPlan): readonly FieldChange[] {
  if (item.action === 'none' || item.action === 'blocked') return [];
  return item.changes.filter((change) => mayWiden(change.effect) && !servesNewAppsOnly(item, change, plan));
}

function servesNewAppsOnly(item: PlanItem, { field }: FieldChange, { apps, manifest }: OrgPlan): boolean {
  const created = new Set(
    apps.filter(({ action }) => action === 'create').map(({ api_name: name }) => name.toLowerCase()),
  );
  if (item.kind === 'record') return item.action === 'create' && namesOnly(created, item);
  // The one org setting that an app can depend on (D6): it opens nothing else while no app of the org has the flow on.
  if (field !== HEADLESS_LOGIN_SWITCH || item.opens_apps.length > 0) return false;
  return manifest.apps.some((app) => created.has(app.api_name.toLowerCase()) && switchesOn(app, 'codeAndCredentials'));
}

const namesOnly = (created: ReadonlySet<string>, { changes }: PlanItem): boolean =>
  changes
    .flatMap(({ after }) => (after.state === 'value' ? appsInRows(after.value) : []))
    .every(({ apiName }) => created.has(apiName.toLowerCase()));
