import { canonicalJson } from '../metadata/digest';
import { recordOf } from '../metadata/records/words';
import { itemsOf } from './items';
import type { AppPlan, FieldChange, OrgPlan } from './plan';

/** A change as a drift report lists it: enough to tell whether it is still the same one. */
export interface ReportedChange extends Pick<FieldChange, 'type' | 'field' | 'before' | 'after'> {
  /** API name; absent for an org setting. */
  readonly app?: string;
  /** Name of the custom scope or token exchange handler. */
  readonly record?: string;
}

/** What is known of what a plan of Terraform showed, which itself compares nothing but code with earlier code. */
export interface TerraformEvidence {
  /** What the org differs in from each declaration that an earlier run of Terraform was given, if any is on record. */
  readonly earlier: readonly OrgPlan[];
  /** API names that the last completed run of Terraform applied. */
  readonly applied: ReadonlySet<string>;
  /** What the drift report said that the plan of Terraform printed. */
  readonly reported: readonly ReportedChange[];
  /** Apps that the same report listed as missing. */
  readonly reportedMissing: readonly string[];
}

/**
 * `drift`: the org has another value than the one that Terraform showed as the old one, or Terraform showed nothing.
 * `adoption`: Terraform showed a new app, yet one of that name exists. `unknown`: there is no record of what Terraform
 * compared with. `missing`: the app was applied before and is gone.
 */
export interface HiddenChange {
  readonly why: 'drift' | 'adoption' | 'unknown' | 'missing';
  /** Absent for an org setting. */
  readonly app?: AppPlan;
  /** Absent for a missing app. */
  readonly change?: FieldChange;
}

/** The changes of the org that a plan of Terraform did not show (D26). */
export function hiddenChanges(plan: OrgPlan, evidence: TerraformEvidence): readonly HiddenChange[] {
  const apps = plan.apps.flatMap((app): readonly HiddenChange[] => {
    if (app.missing && app.action !== 'none') {
      const gone = evidence.applied.has(app.api_name) && !evidence.reportedMissing.includes(app.api_name);
      return gone && !plan.consents.allow_recreate.includes(app.api_name) ? [{ why: 'missing', app }] : [];
    }
    const why = reasonOf(app, evidence);
    return app.changes
      .filter((change) => !isReported(change, evidence, app.api_name) && !showedField(change, evidence, app))
      .map((change) => ({ why, app, change }));
  });
  // Before the first run of all, Terraform shows every setting that the code states.
  const first = evidence.earlier.length === 0 && isFirst(plan);
  const settings = itemsOf(plan)
    .flatMap(({ changes }) => changes)
    .filter((change) => !first && !isReported(change, evidence) && !showedSetting(change, evidence))
    .map((change): HiddenChange => ({ why: evidence.earlier.length === 0 ? 'unknown' : 'drift', change }));
  return [...settings, ...apps];
}

function reasonOf(app: AppPlan, evidence: TerraformEvidence): HiddenChange['why'] {
  if (app.adopts) return 'adoption';
  if (evidence.earlier.length === 0) return 'unknown';
  return evidence.earlier.some((plan) => declaredIn(plan, app)) ? 'drift' : 'adoption';
}

/** Nothing of this program is in the org yet, and something will be. */
function isFirst({ apps, consents }: OrgPlan): boolean {
  const counted = apps.filter(({ api_name: name }) => !consents.except.includes(name));
  return counted.length > 0 && counted.every(({ action }) => action === 'create');
}

/** The org still has what Terraform showed as the old value, or the field is new to the code. */
const showedField = ({ type, field }: FieldChange, { earlier }: TerraformEvidence, app: AppPlan): boolean =>
  !app.adopts &&
  earlier.some((plan) => {
    const before = declaredIn(plan, app);
    return before?.changes.every((drift) => drift.type !== type || drift.field !== field) ?? false;
  });

const showedSetting = ({ type, full_name: name, field }: FieldChange, { earlier }: TerraformEvidence): boolean =>
  earlier.some((plan) =>
    itemsOf(plan)
      .flatMap(({ changes }) => changes)
      .every((drift) => drift.type !== type || drift.full_name !== name || drift.field !== field),
  );

/** The same app in an earlier declaration; one that was only owned then does not count. */
const declaredIn = (plan: OrgPlan, { api_name: name }: AppPlan): AppPlan | undefined =>
  plan.manifest.apps.some((app) => app.api_name === name) ? plan.apps.find((app) => app.api_name === name) : undefined;

const isReported = (change: FieldChange, { reported }: TerraformEvidence, app?: string): boolean =>
  reported.some((each) => each.app === app && each.record === recordOf(change) && sameChange(each, change));

const sameChange = (a: Omit<ReportedChange, 'app' | 'record'>, b: FieldChange): boolean =>
  a.type === b.type && a.field === b.field && canonicalJson([a.before, a.after]) === canonicalJson([b.before, b.after]);
