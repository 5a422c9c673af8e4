import { itemsOf, type PlanItem } from '../plan/items';
import { type Diagnostic, isError } from '../values/diagnostic';
import type { AppDiagnosis, HealPlan } from './heal';
import type { Refreshed } from './heal-refreshed';
import type { AppReceipt, OrgReceipt } from './types';

/** Version of the shape of what heal prints; an unknown major is refused on reading (D28). */
export const HEAL_FORMAT_VERSION = '1.0';

/** `left`: what the app lacks takes a person. `to-heal`: it would be repaired. `not-healed`: the receipt says why. */
export type HealOutcome = 'intact' | 'healed' | 'to-heal' | 'not-healed' | 'left' | 'not-looked-at';

/** What someone, or a script, does next. Never holds a secret. */
export interface NextStep {
  readonly what: string;
  readonly command?: string;
}

export interface HealedApp extends Omit<AppDiagnosis, 'has_secret'> {
  readonly outcome: HealOutcome;
  /** What the last apply to the former org told. */
  readonly former_consumer_key?: string;
  readonly next: readonly NextStep[];
}

/** Org settings, or a record beside the apps. */
export interface HealedItem {
  readonly type: string;
  readonly name: string;
  readonly fields: readonly string[];
  readonly outcome: HealOutcome;
}

export interface OrgHealing {
  readonly org: string;
  readonly org_id: string;
  readonly refreshed: Refreshed;
  readonly dry_run: boolean;
  readonly applied_by: 'cli' | 'terraform';
  readonly apps: readonly HealedApp[];
  readonly items: readonly HealedItem[];
  /** What concerns the org, its settings and records, and takes a person. */
  readonly left: readonly Diagnostic[];
  readonly notes: readonly Diagnostic[];
  readonly not_evaluated: readonly string[];
}

interface Ended {
  readonly dryRun: boolean;
  readonly appliedBy: 'cli' | 'terraform';
  /** Of the repair; absent where nothing was to be written, or not yet. */
  readonly receipt?: OrgReceipt;
  /** Of the last apply to the org that was there before. */
  readonly former?: OrgReceipt;
  readonly notes?: readonly Diagnostic[];
}

/** What became of the plan, from the receipt of the apply and not from what was meant to happen. */
export function healing(healed: HealPlan, ended: Ended): OrgHealing {
  const { plan, refreshed } = healed;
  const { dryRun, appliedBy, receipt, former, notes = [] } = ended;
  const appOf = (from: OrgReceipt | undefined, name: string): AppReceipt | undefined =>
    from?.apps.find(({ api_name: each }) => each === name);
  return {
    org: plan.org,
    org_id: plan.org_id,
    refreshed,
    dry_run: dryRun,
    applied_by: appliedBy,
    apps: healed.apps.map((app) =>
      healedApp(app, {
        ...{ org: plan.org, dryRun, refreshed },
        done: appOf(receipt, app.api_name),
        failed: (receipt?.remarks ?? []).filter((remark) => remark.path === app.path && keepsOut(remark)),
        former: former?.org_id === plan.org_id ? undefined : appOf(former, app.api_name)?.consumer_key,
      }),
    ),
    items: appliedBy === 'terraform' ? [] : itemsOf(plan).flatMap((item) => healedItem(item, dryRun, receipt)),
    left: healed.besides,
    notes,
    not_evaluated: healed.not_evaluated,
  };
}

interface About {
  readonly org: string;
  readonly dryRun: boolean;
  readonly refreshed: Refreshed;
  readonly done: AppReceipt | undefined;
  readonly failed: readonly Diagnostic[];
  readonly former: string | undefined;
}

function healedApp(app: AppDiagnosis, about: About): HealedApp {
  const { consumer_key: before, has_secret: hasSecret, ...rest } = app;
  const outcome = outcomeOf(app, about);
  const gone = app.repair === 'create' || app.repair === 'rebuild';
  const key = about.done?.consumer_key ?? (gone ? undefined : before);
  return {
    ...rest,
    ...(key !== undefined && { consumer_key: key }),
    ...(about.former !== undefined && { former_consumer_key: about.former }),
    outcome,
    left: [...app.left, ...about.failed.filter(({ code }) => !app.left.some((each) => each.code === code))],
    next: nextSteps(app, { ...about, outcome, hasSecret, key }),
  };
}

/** What keeps clients out although the deploys were done: an app may have been switched off meanwhile. */
const keepsOut = (remark: Diagnostic): boolean => isError(remark) || remark.code === 'app-stopped';

function outcomeOf({ found, repair, left }: AppDiagnosis, { dryRun, done }: About): HealOutcome {
  if (found === 'not-looked-at') return 'not-looked-at';
  if (repair === 'none') return left.length > 0 || found !== 'intact' ? 'left' : 'intact';
  if (dryRun) return 'to-heal';
  return done?.action === 'created' || done?.action === 'updated' ? 'healed' : 'not-healed';
}

interface Handing extends About {
  readonly outcome: HealOutcome;
  readonly hasSecret: boolean;
  readonly key: string | undefined;
}

function nextSteps(
  app: AppDiagnosis,
  { org, outcome, refreshed, former, key, hasSecret }: Handing,
): readonly NextStep[] {
  if (outcome !== 'healed' && outcome !== 'intact') return [];
  const isNew = app.repair === 'create' || app.repair === 'rebuild';
  const another = former !== undefined && key !== undefined && former !== key;
  const copied = refreshed.verdict === 'certain' || refreshed.verdict === 'likely';
  return [
    ...(isNew || another
      ? [{ what: 'give its clients the consumer key', command: `client-apps outputs --org ${org} --json` }]
      : []),
    ...((isNew || another) && hasSecret
      ? [
          {
            what: 'hand over its secret',
            command: `client-apps rotate ${org}/${app.api_name} --first --to-command COMMAND`,
          },
        ]
      : []),
    ...(app.kind !== 'machine' && (isNew || copied)
      ? [{ what: 'its users have to authorize it again: tokens from before the refresh do not work here' }]
      : []),
  ];
}

function healedItem(
  { kind, type, full_name: name, action, changes }: PlanItem,
  dryRun: boolean,
  receipt: OrgReceipt | undefined,
): readonly HealedItem[] {
  if (action !== 'update' && action !== 'create') return [];
  // Of settings, an org has one record each.
  const written = receipt?.settings.some(
    (each) => each.type === type && (kind === 'settings' || each.changes.some((change) => change.full_name === name)),
  );
  const outcome = dryRun ? 'to-heal' : written ? 'healed' : 'not-healed';
  return [{ type, name, fields: changes.map(({ field }) => field), outcome }];
}
