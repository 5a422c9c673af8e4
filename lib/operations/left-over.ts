import { APP_TYPES, everyApp, liveApp } from '../metadata/live-app';
import type { ManifestApp } from '../metadata/manifest';
import type { ObservedApp, ObservedOrg } from '../metadata/observed';
import { itemsOf, makesChange, type PlanItem, sameItem } from '../plan/items';
import type { AppPlan, FieldChange, OrgPlan } from '../plan/plan';
import type { Diagnostic } from '../values/diagnostic';
import { nothingHappened, stillDiffers } from './apply-remarks';
import type { PhaseOutcome } from './deploy-phases';

/** The org after the deploys, and what the declaration still asks for. */
export interface Left {
  readonly plan: OrgPlan;
  readonly observed: ObservedOrg;
}

const keyOf = ({ type, field }: FieldChange): string => `${type}.${field}`;

/** Whether the org has what was planned for an app, or a part of it; undefined where a reading cannot show it. */
export function tookEffect(app: AppPlan, declaration: ManifestApp | undefined, left: Left): boolean | undefined {
  if (app.action === 'delete') return !everyApp(left.observed).some((each) => isSame(each, app));
  const live = declaration && liveApp(left.observed, declaration);
  if (app.action === 'create') return live !== undefined && live.condition !== 'absent';
  if (app.changes.length === 0) return undefined;
  const remaining = new Set(changesOf(app, left.plan).map(keyOf));
  return app.changes.some((change) => !remaining.has(keyOf(change)));
}

/** An app of the other platform may have the name. */
const isSame = ({ platform, apiName }: ObservedApp, { api_name: name, names }: AppPlan): boolean =>
  apiName === name && APP_TYPES[platform] in names;

const changesOf = (app: AppPlan, plan: OrgPlan): readonly FieldChange[] =>
  plan.apps.find(({ api_name: name, action }) => name === app.api_name && action !== 'delete')?.changes ?? [];

/** Fields of an item beside the apps that still differ. */
export function leftOfItem(item: PlanItem, left: Left): ReadonlySet<string> {
  return new Set(sameItem(left.plan, item)?.changes.map(({ field }) => field));
}

/**
 * What Salesforce accepted and the reading does not find; nothing about deploys that were not done, of which no one
 * expects it. What Salesforce forces and what no one can read is listed, too (D7), and what was written and is off.
 */
export function leftOver(plan: OrgPlan, left: Left, phases: readonly PhaseOutcome[]): readonly Diagnostic[] {
  const done = phases.filter(({ state }) => state === 'done').map(({ phase }) => phase.plan);
  const apps = done.flatMap((phase) => phase.apps);
  const differing = [
    ...plan.apps.filter(({ api_name: name }) => apps.includes(name)).flatMap((app) => appLeft(app, plan, left)),
    ...itemsOf(left.plan).flatMap((item) =>
      stillDiffers(
        plan.path,
        item.changes.filter((change) => done.some((phase) => makesChange(phase, item, change))),
      ),
    ),
  ];
  const written = new Set(plan.apps.filter(({ api_name: name }) => apps.includes(name)).map(({ path }) => path));
  const remarks = left.plan.diagnostics.filter(
    // Someone may have switched an app off meanwhile, of which the plan knew nothing.
    ({ code, path }) => code === 'server-wins' || (code === 'app-stopped' && written.has(path)),
  );
  return [...differing, ...remarks];
}

/** Of an app that is not there, one line says more than a hundred. */
function appLeft(app: AppPlan, plan: OrgPlan, left: Left): readonly Diagnostic[] {
  const declaration = plan.manifest.apps.find(({ api_name: name }) => name === app.api_name);
  if (app.action === 'update' || tookEffect(app, declaration, left) !== false) {
    return app.action === 'delete' ? [] : stillDiffers(plan.path, changesOf(app, left.plan));
  }
  return [nothingHappened(app.path, app.api_name, app.action === 'delete')];
}
