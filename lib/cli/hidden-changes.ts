import { transitionText } from '../plan/change-text';
import { mayWiden } from '../plan/effect';
import type { HiddenChange } from '../plan/hidden-changes';
import type { OrgPlan } from '../plan/plan';
import type { Diagnostic } from '../values/diagnostic';

const REASONS: Readonly<Record<HiddenChange['why'], string>> = {
  drift: 'the org was changed since the last Terraform apply, and the plan did not show it',
  adoption: 'the plan showed a new app, yet the org has one of this name, and its values would be overwritten',
  unknown:
    'there is no record here of what the last Terraform apply declared, so the plan may not have shown this change',
  missing: 'the app was applied before and is no longer in the org; a new one would have another consumer key',
};

/** The changes that an apply run by Terraform does not make (D26). */
export const notInTerraformPlan = (plan: OrgPlan, unshown: readonly HiddenChange[]): readonly Diagnostic[] =>
  unshown.map(({ why, app, change }) => ({
    code: why === 'missing' ? 'missing-not-in-terraform-plan' : 'not-in-terraform-plan',
    severity: 'error' as const,
    path: app?.path ?? plan.path,
    ...(change && { field: `${change.type}.${change.field}` }),
    problem: change ? `${REASONS[why]}: ${transitionText(change)}` : REASONS[why],
    remedy:
      why === 'missing'
        ? `apply it by hand: client-apps apply --allow-recreate ${app?.api_name ?? ''}`
        : 'run client-apps drift before terraform plan, which then shows it; or settle it with client-apps apply' +
          (change && mayWiden(change.effect) ? '' : '; or set reapplyOnDrift on the SalesforceOrg'),
  }));
