import { offersClientCredentials } from '../metadata/declared-setting';
import { liveApp, liveText } from '../metadata/live-app';
import type { ManifestApp } from '../metadata/manifest';
import { presentComponent } from '../metadata/observe';
import { itemsOf, makesChange, type PlanItem } from '../plan/items';
import type { AppPlan, FieldChange, OrgPlan } from '../plan/plan';
import type { Diagnostic } from '../values/diagnostic';
import { settledByReading } from './apply-remarks';
import type { Outcome, PhaseOutcome } from './deploy-phases';
import { type Left, leftOfItem, leftOver, tookEffect } from './left-over';
import type { OrgReading } from './read-org';
import { type AppReceipt, type OrgReceipt, type PhaseState, RECEIPT_FORMAT_VERSION } from './types';

/** The org after the deploys; empty where it could not be read. */
export interface Afterward {
  readonly reading?: OrgReading;
  /** What the declaration still asks for. */
  readonly left?: OrgPlan;
}

interface Applied {
  readonly plan: OrgPlan;
  readonly before: OrgReading;
  readonly afterward?: Afterward;
  readonly outcome: Outcome;
  readonly remarks?: readonly Diagnostic[];
}

/** What happened, from what became of each deploy and from the reading afterward, not from what was meant to happen. */
export function buildReceipt({ plan, before, afterward = {}, outcome, remarks = [] }: Applied): OrgReceipt {
  const declared = new Map(plan.manifest.apps.map((app) => [app.api_name, app]));
  const reading = afterward.reading ?? before;
  const left: Left | undefined = afterward.reading &&
    afterward.left && { plan: afterward.left, observed: afterward.reading.observed };
  const phases = outcome.phases.map((each) => settled(each, left));
  const doubts = outcome.phases.filter(({ state }, index) => state !== phases[index]?.state);
  const stateOfApps = phases.find(({ phase }) => phase.plan.name === 'apps')?.state ?? 'not-begun';
  return {
    format_version: RECEIPT_FORMAT_VERSION,
    org: plan.org,
    org_id: plan.org_id,
    manifest_id: plan.manifest.id,
    plan_digest: plan.digest,
    apps: plan.apps.flatMap((app) => {
      // What is no longer declared may share its name with a declared app of the other platform.
      const declaration = app.kind === undefined ? undefined : declared.get(app.api_name);
      const action = actionOf(app, plan, stateOfApps, left && tookEffect(app, declaration, left));
      if (declaration) return [appReceipt(app, declaration, reading, action)];
      return app.action === 'delete' ? [deletedReceipt(app, action)] : [];
    }),
    settings: itemsOf(plan)
      .map((item) => ({ type: item.type, changes: writtenChanges(item, phases, left) }))
      .filter(({ changes }) => changes.length > 0),
    ...(phases.length > 0 && {
      phases: phases.map(({ phase, state }) => ({ name: phase.plan.name, title: phase.plan.title, state })),
    }),
    remarks: [
      ...(doubts.length > 0 && phases.every(({ state }) => state === 'done') ? [] : outcome.problems),
      ...doubts.map(({ phase }) => settledByReading(plan.path, phase)),
      ...(left ? leftOver(plan, left, phases) : []),
      ...plan.diagnostics.filter(({ code }) => code === 'self-lockout-accepted'),
      ...remarks,
    ],
  };
}

/** A deploy that no one answered for is done where the org has everything of it. The other way round nothing is proven. */
function settled(each: PhaseOutcome, left: Left | undefined): PhaseOutcome {
  if (each.state !== 'in-doubt' || !left) return each;
  const { apps, settings, records } = each.phase.plan;
  const remains = (names: readonly string[], of: 'apps' | 'settings' | 'records'): boolean =>
    left.plan.phases.some((phase) => phase[of].some((name) => names.includes(name)));
  const open = remains(apps, 'apps') || remains(settings, 'settings') || remains(records, 'records');
  return open ? each : { ...each, state: 'done' };
}

/** Settings and records that deploys wrote, less what the reading afterward still finds as it was. */
function writtenChanges(
  item: PlanItem,
  phases: readonly PhaseOutcome[],
  left: Left | undefined,
): readonly FieldChange[] {
  const written = phases.filter(({ state }) => state === 'done').map(({ phase }) => phase.plan);
  const remaining = left && leftOfItem(item, left);
  return item.changes.filter(
    (change) => written.some((phase) => makesChange(phase, item, change)) && remaining?.has(change.field) !== true,
  );
}

const ACTIONS = { create: 'created', update: 'updated', delete: 'deleted' } as const;

/** @param took Whether the org has what was planned, by the reading afterward; undefined where it cannot tell. */
function actionOf(
  { action, api_name: apiName }: AppPlan,
  { consents }: OrgPlan,
  state: PhaseState,
  took: boolean | undefined,
): AppReceipt['action'] {
  if (action === 'blocked' || action === 'orphaned' || consents.except.includes(apiName)) return 'skipped';
  if (action === 'none') return 'unchanged';
  if (state === 'done' && took !== false) return ACTIONS[action];
  if (state === 'in-doubt') return took === true ? ACTIONS[action] : 'unknown';
  return 'not-applied';
}

function appReceipt(
  app: AppPlan,
  declaration: ManifestApp,
  after: OrgReading,
  action: AppReceipt['action'],
): AppReceipt {
  const consumerKey = liveText(liveApp(after.observed, declaration), 'consumerKey');
  return {
    api_name: app.api_name,
    path: app.path,
    kind: declaration.kind,
    action,
    ...(consumerKey !== undefined && { consumer_key: consumerKey }),
    ...(hasSecretToHandOver(declaration) && { secret_in_setup: setupPath(declaration) }),
    names: { ...app.names, ...realNames(app, declaration, after) },
    managed: declaration.components.flatMap(({ type, fields }) => Object.keys(fields).map((name) => `${type}.${name}`)),
  };
}

/** What the org calls the records of the app, which it may have named itself. */
const realNames = (app: AppPlan, declaration: ManifestApp, { observed }: OrgReading): AppPlan['names'] =>
  Object.fromEntries(
    Object.keys(app.names).flatMap((type) => {
      const live = presentComponent(liveApp(observed, declaration), type);
      return live ? [[type, live.fullName]] : [];
    }),
  );

export const deletedReceipt = (app: Pick<AppPlan, 'api_name' | 'path'>, action: AppReceipt['action']): AppReceipt => ({
  api_name: app.api_name,
  path: app.path,
  action,
  names: {},
  managed: [],
});

/** A public client has a secret nothing demands, and a machine with only a certificate signs instead of using one. */
export const hasSecretToHandOver = (app: ManifestApp): boolean =>
  app.kind === 'private' || offersClientCredentials(app);

const setupPath = ({ label, platform }: ManifestApp): string =>
  platform === 'connected-app'
    ? `Setup > App Manager > ${label} > View > Manage Consumer Details`
    : `Setup > External Client App Manager > ${label} > Settings > OAuth Settings > Consumer Key and Secret`;
