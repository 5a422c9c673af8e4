import type { AppPlan, OrgPlan } from '../plan';
import { wideningOfRecords } from '../widening';
import { count } from './words';

/** What a plan comes down to, in numbers of apps; `settings` counts fields of org settings that change. */
export interface PlanSummary {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  readonly inSync: number;
  /** Left alone by --except. */
  readonly excepted: number;
  readonly blocked: number;
  readonly orphaned: number;
  readonly unmanaged: number;
  readonly stopped: number;
  readonly settings: number;
  /** Custom scopes and token exchange handlers that are written. */
  readonly records: number;
  readonly errors: number;
  /** Fields whose change widens access, of existing apps and of org settings. */
  readonly widening: number;
}

export function summarise(orgs: readonly OrgPlan[]): PlanSummary {
  const apps = orgs.flatMap((org) => org.apps);
  const excepted = orgs.flatMap((org) => org.apps.filter((app) => isExcepted(org, app))).length;
  const settings = orgs.flatMap((org) => org.settings.flatMap((record) => record.changes));
  const having = (action: OrgPlan['apps'][number]['action']): number =>
    apps.filter((app) => app.action === action).length;
  const existing = apps.filter(({ action }) => action === 'update').flatMap((app) => app.changes);
  return {
    create: having('create'),
    update: having('update'),
    delete: having('delete'),
    inSync: having('none') - excepted,
    excepted,
    blocked: having('blocked'),
    orphaned: having('orphaned'),
    unmanaged: orgs.reduce((sum, org) => sum + org.unmanaged.length, 0),
    stopped: apps.filter((app) => app.stopped).length,
    settings: settings.length,
    records: orgs.flatMap((org) => org.records).filter(({ action }) => action === 'create' || action === 'update')
      .length,
    errors: orgs.flatMap((org) => org.diagnostics).filter(({ severity }) => severity === 'error').length,
    widening:
      [...existing, ...settings].filter(({ effect }) => effect === 'widens').length +
      orgs.flatMap(wideningOfRecords).length +
      apps.filter(byControl).length,
  };
}

/** True where a control sees what no field alone tells. */
const byControl = ({ action, effect, changes }: AppPlan): boolean =>
  action === 'update' && effect === 'widens' && changes.every((change) => change.effect !== 'widens');

/** True for an app that this run leaves alone, whatever the code says. */
export const isExcepted = (org: OrgPlan, app: AppPlan): boolean => org.consents.except.includes(app.api_name);

/** `3 to create, 0 to update, 0 in sync, 0 blocked, 4 unmanaged, 0 orphaned; 4 org settings to change`. */
export function summaryText(summary: PlanSummary): string {
  const parts = [
    `${summary.create} to create`,
    `${summary.update} to update`,
    ...(summary.delete > 0 ? [`${summary.delete} to delete`] : []),
    `${summary.inSync} in sync`,
    `${summary.blocked} blocked`,
    `${summary.unmanaged} unmanaged`,
    `${summary.orphaned} orphaned`,
    ...(summary.excepted > 0 ? [`${summary.excepted} left alone`] : []),
    ...(summary.stopped > 0 ? [`${summary.stopped} stopped`] : []),
  ];
  const settings = summary.settings > 0 ? `; ${count(summary.settings, 'org setting')} to change` : '';
  const records =
    summary.records > 0
      ? `; ${count(summary.records, 'custom scope or handler', 'custom scopes and handlers')} to write`
      : '';
  return `${parts.join(', ')}${settings}${records}`;
}
