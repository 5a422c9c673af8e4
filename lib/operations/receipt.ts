import { componentsInExternalWords } from '../metadata/connected-app/external-words';
import { liveApp, liveText } from '../metadata/live-app';
import type { ManifestApp } from '../metadata/manifest';
import { presentComponent } from '../metadata/observe';
import { type AppPlan, beside, type OrgPlan } from '../plan/plan';
import type { Diagnostic } from '../values/diagnostic';
import type { OrgReading } from './read-org';
import { RECEIPT_FORMAT_VERSION, type AppReceipt, type OrgReceipt } from './types';

interface Applied {
  readonly plan: OrgPlan;
  readonly before: OrgReading;
  readonly after: OrgReading;
  readonly remarks: readonly Diagnostic[];
}

/** What happened, told from the reading afterwards, not from what was meant to happen. */
export function buildReceipt({ plan, after, remarks }: Applied): OrgReceipt {
  const declared = new Map(plan.manifest.apps.map((app) => [app.api_name, app]));
  return {
    format_version: RECEIPT_FORMAT_VERSION,
    org: plan.org,
    org_id: plan.org_id,
    manifest_id: plan.manifest.id,
    plan_digest: plan.digest,
    apps: plan.apps.flatMap((app) => {
      const declaration = declared.get(app.api_name);
      if (declaration) return [appReceipt(app, declaration, after, plan)];
      return app.action === 'delete' ? [deletedReceipt(app)] : [];
    }),
    settings: beside(plan)
      .filter(({ changes }) => changes.length > 0)
      .map(({ type, changes }) => ({ type, changes })),
    remarks,
  };
}

const ACTIONS = { create: 'created', update: 'updated', none: 'unchanged', delete: 'deleted' } as const;

function appReceipt(app: AppPlan, declaration: ManifestApp, after: OrgReading, plan: OrgPlan): AppReceipt {
  const consumerKey = liveText(liveApp(after.observed, declaration), 'consumerKey');
  const excepted = plan.consents.except.includes(app.api_name);
  const action = app.action === 'blocked' || app.action === 'orphaned' || excepted ? 'skipped' : ACTIONS[app.action];
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

const deletedReceipt = (app: AppPlan): AppReceipt => ({
  api_name: app.api_name,
  path: app.path,
  action: 'deleted',
  names: {},
  managed: [],
});

/** A public client has a secret nothing demands, and a machine with only a certificate signs instead of using one. */
function hasSecretToHandOver(app: ManifestApp): boolean {
  if (app.kind === 'private') return true;
  return componentsInExternalWords(app).some(({ fields }) => fields['isClientCredentialsFlowEnabled']?.value === true);
}

const setupPath = ({ label, platform }: ManifestApp): string =>
  platform === 'connected-app'
    ? `Setup > App Manager > ${label} > View > Manage Consumer Details`
    : `Setup > External Client App Manager > ${label} > Settings > OAuth Settings > Consumer Key and Secret`;
