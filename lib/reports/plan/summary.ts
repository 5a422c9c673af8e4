import { RECORDS_COUNTED } from '../../metadata/records/words';
import { mayWiden } from '../../plan/effect';
import { itemsOf } from '../../plan/items';
import type { AppPlan, FieldChange, OrgPlan } from '../../plan/plan';
import { standingOf } from '../../plan/standing';
import { wideningOf } from '../../plan/widening';
import { count } from './words';

/** What a plan comes down to, in numbers of apps; `settings` counts fields of org settings that change. */
export interface PlanSummary {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  readonly inSync: number;
  /** As declared in what was compared. */
  readonly inPart: number;
  /** Not as declared: Salesforce forces a field. */
  readonly overruled: number;
  /** Left alone by --except or --target. */
  readonly excepted: number;
  readonly blocked: number;
  readonly orphaned: number;
  readonly unmanaged: number;
  readonly stopped: number;
  readonly settings: number;
  /** Records beside the apps that are written. */
  readonly records: number;
  readonly errors: number;
  /** Fields whose change widens access, of existing apps and of org settings. */
  readonly widening: number;
  /** Those that widen it in one respect and narrow it in another. */
  readonly mixed: number;
  /** Those of which it is not known whether they do. */
  readonly uncertain: number;
}

export function summarize(orgs: readonly OrgPlan[]): PlanSummary {
  const apps = orgs.flatMap((org) => org.apps);
  const standings = orgs.map(standingOf);
  const settings = orgs.flatMap((org) => org.settings.flatMap((record) => record.changes));
  const having = (action: OrgPlan['apps'][number]['action']): number =>
    apps.filter((app) => app.action === action).length;
  const existing = apps.filter(({ action }) => action === 'update').flatMap((app) => app.changes);
  const opening = [...[...existing, ...settings].filter(widens), ...orgs.flatMap(wideningRecords)];
  const uncertain = opening.filter(({ effect }) => effect === 'unknown').length;
  return {
    create: having('create'),
    update: having('update'),
    delete: having('delete'),
    inSync: sumOf(standings.map(({ asDeclared }) => asDeclared)),
    inPart: sumOf(standings.map(({ inPart }) => inPart)),
    overruled: sumOf(standings.map(({ overruled }) => overruled)),
    excepted: sumOf(standings.map(({ leftAlone }) => leftAlone)),
    blocked: having('blocked'),
    orphaned: having('orphaned'),
    unmanaged: sumOf(orgs.map(({ unmanaged }) => unmanaged)),
    stopped: sumOf(standings.map(({ stopped }) => stopped)),
    settings: settings.length,
    records: orgs.flatMap((org) => org.records).filter(({ action }) => action === 'create' || action === 'update')
      .length,
    errors: orgs.flatMap((org) => org.diagnostics).filter(({ severity }) => severity === 'error').length,
    widening: opening.length - uncertain + apps.filter(byControl).length,
    mixed: opening.filter(({ effect }) => effect === 'mixed').length,
    uncertain,
  };
}

const widens = ({ effect }: FieldChange): boolean => mayWiden(effect);

/** A new record that serves new apps alone opens nothing; an org setting is counted whatever it serves. */
const wideningRecords = (org: OrgPlan): readonly FieldChange[] =>
  itemsOf(org).flatMap((item) => (item.kind === 'record' ? wideningOf(item, org) : []));

/** True where a control sees what no field alone tells. */
const byControl = ({ action, effect, changes }: AppPlan): boolean =>
  action === 'update' && effect === 'widens' && !changes.some(widens);

const sumOf = (lists: readonly (readonly unknown[])[]): number => lists.reduce((sum, { length }) => sum + length, 0);

/** `2 changes widen existing access, 1 of them in one respect only`, and of how many that is not known. */
export function wideningTexts(summary: PlanSummary): readonly string[] {
  const { widening, uncertain } = summary;
  return [
    ...(widening > 0
      ? [`${count(widening, 'change widens', 'changes widen')} existing access${mixedText(summary)}`]
      : []),
    ...(uncertain > 0 ? [`${count(uncertain, 'change')} might widen existing access`] : []),
  ];
}

/** `, 18 of them in one respect only`; nothing where there are none. */
export const mixedText = ({ mixed, widening }: PlanSummary): string =>
  mixed === 0 ? '' : widening === mixed ? ', in one respect only' : `, ${mixed} of them in one respect only`;

/** `3 to create, 4 unmanaged; 4 org settings to change`: zeros are left out. */
export function summaryText(summary: PlanSummary): string {
  const counts: readonly (readonly [number, string])[] = [
    [summary.create, 'to create'],
    [summary.update, 'to update'],
    [summary.delete, 'to delete'],
    [summary.inSync, 'in sync'],
    [summary.inPart, 'compared in part'],
    [summary.overruled, 'not as declared'],
    [summary.blocked, 'blocked'],
    [summary.unmanaged, 'unmanaged'],
    [summary.orphaned, 'orphaned'],
    [summary.excepted, 'left alone'],
    [summary.stopped, 'stopped'],
  ];
  const apps = counts.filter(([number]) => number > 0).map(([number, words]) => `${number} ${words}`);
  const { settings, records } = summary;
  const parts = [
    ...(apps.length > 0 ? [apps.join(', ')] : []),
    ...(settings > 0 ? [`${count(settings, 'org setting')} to change`] : []),
    ...(records > 0 ? [`${count(records, ...RECORDS_COUNTED)} to write`] : []),
  ];
  return parts.length > 0 ? parts.join('; ') : 'no apps';
}
