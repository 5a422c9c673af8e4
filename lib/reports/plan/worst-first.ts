import { mayWiden } from '../../plan/effect';
import type { AppPlan, Effect, FieldChange, OrgPlan, RecordPlan } from '../../plan/plan';

/** What is worst for security first. */
export const EFFECTS: readonly Effect[] = ['widens', 'mixed', 'unknown', 'narrows', 'neutral'];

export const worstChangesFirst = (changes: readonly FieldChange[]): readonly FieldChange[] =>
  [...changes].sort((a, b) => EFFECTS.indexOf(a.effect) - EFFECTS.indexOf(b.effect));

/** What a plan writes, or refuses to: the org settings of an org, a record beside the apps, or an app. */
export type PlanPart =
  | { readonly kind: 'settings'; readonly org: OrgPlan }
  | { readonly kind: 'record'; readonly org: OrgPlan; readonly record: RecordPlan }
  | { readonly kind: 'app'; readonly org: OrgPlan; readonly app: AppPlan };

/** Across orgs, so that the worst of the last org stands before the harmless of the first. */
export function worstFirst(orgs: readonly OrgPlan[]): readonly PlanPart[] {
  const settings = orgs
    .filter((org) => org.settings.some(({ changes }) => changes.length > 0))
    .map((org) => ({ rank: settingsRank(org), part: { kind: 'settings', org } as const }));
  const records = orgs.flatMap((org) =>
    org.records
      .filter(({ action }) => action !== 'none')
      .map((record) => ({ rank: recordRank(record), part: { kind: 'record', org, record } as const })),
  );
  const apps = orgs.flatMap((org) =>
    org.apps
      .filter(({ action, stopped }) => action !== 'none' || stopped)
      .map((app) => ({ rank: rankOf(app), part: { kind: 'app', org, app } as const })),
  );
  return [...settings, ...records, ...apps].sort((a, b) => a.rank - b.rank).map(({ part }) => part);
}

const UPDATE_RANK: Readonly<Record<Effect, number>> = { widens: 2, mixed: 2, unknown: 2, narrows: 4, neutral: 6 };
const CREATE_RANK: Readonly<Record<Effect, number>> = { widens: 3, mixed: 3, unknown: 5, narrows: 5, neutral: 5 };

/** What ends an app or opens one comes first; of new apps, those with more than the platform gives by itself. */
function rankOf({ action, effect, changes }: AppPlan): number {
  if (action === 'delete' || action === 'blocked') return 0;
  if (action === 'orphaned') return 7;
  return action === 'create' ? CREATE_RANK[effect] : updateRank(effect, changes);
}

/** What breaks clients never comes last, however little it means for security. */
const updateRank = (effect: Effect, changes: readonly FieldChange[]): number =>
  effect === 'neutral' && changes.some(({ impact }) => impact.level !== 'none')
    ? UPDATE_RANK.narrows
    : UPDATE_RANK[effect];

/** Before the apps of the same rank: a setting concerns every app of the org. */
function settingsRank({ settings }: OrgPlan): number {
  const changes = settings.flatMap((record) => record.changes);
  const worst = EFFECTS.find((effect) => changes.some((change) => change.effect === effect)) ?? 'neutral';
  return mayWiden(worst) ? 1 : updateRank(worst, changes);
}

/** As an app of the same action: what is new opens something only where a field says so. */
function recordRank({ action, changes }: RecordPlan): number {
  if (action === 'blocked') return 0;
  const worst = EFFECTS.find((effect) => changes.some((change) => change.effect === effect)) ?? 'neutral';
  return action === 'create' ? CREATE_RANK[worst] : updateRank(worst, changes);
}
