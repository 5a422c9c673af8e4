import type { Manifest } from '../metadata/manifest';
import { draftPlan } from '../plan/draft-plan';
import { type HiddenChange, hiddenChanges, type ReportedChange } from '../plan/hidden-changes';
import { NO_CONSENTS, type OrgPlan } from '../plan/plan';
import { type PlanInput, readAndDraft } from './plan-org';

/** What runs of Terraform on this machine were given. */
export interface TerraformRuns {
  /** The organization id of the org that they were about. */
  readonly org_id: string;
  /** The declaration of the last run that completed. */
  readonly applied?: Manifest;
  /** The declaration of a later run that did not: Terraform's state has it all the same. */
  readonly attempted?: Manifest;
}

/** What the drift report beside the manifest said when Terraform planned. */
export interface ReportedDrift {
  readonly org_id: string;
  readonly changes: readonly ReportedChange[];
  readonly missing: readonly string[];
}

export interface TerraformInput extends PlanInput {
  readonly runs?: TerraformRuns;
  readonly report?: ReportedDrift;
}

/** The plan, and what in it a plan of Terraform did not show. */
export interface JudgedPlan {
  readonly plan: OrgPlan;
  readonly hidden: readonly HiddenChange[];
}

/**
 * Plans, and tells from one reading of the org what Terraform could not show: its plan compares the code with earlier
 * code. So the org is compared with that earlier code, by the same diff.
 * @throws OrgError where the org cannot be read completely; ClientAppsError (REFUSED) for the wrong org.
 */
export async function planForTerraform(input: TerraformInput): Promise<JudgedPlan> {
  const { draft, reading } = await readAndDraft(input);
  const { plan } = draft;
  const runs = input.runs?.org_id === plan.org_id ? input.runs : undefined;
  const declarations = [runs?.applied, runs?.attempted].filter((manifest) => manifest !== undefined);
  const nothing = { consents: NO_CONSENTS, today: input.today, lastReceipt: { apps: new Map<string, string>() } };
  const report = input.report?.org_id === plan.org_id ? input.report : undefined;
  const hidden = hiddenChanges(plan, {
    earlier: declarations.map((manifest) => draftPlan({ ...reading, ...nothing, manifest }).plan),
    applied: new Set(runs?.applied?.apps.map(({ api_name: name }) => name)),
    reported: report?.changes ?? [],
    reportedMissing: report?.missing ?? [],
  });
  return { plan, hidden };
}
