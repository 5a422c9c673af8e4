import { transitionText } from '../plan/change-text';
import { mayWiden } from '../plan/effect';
import type { HiddenChange } from '../plan/hidden-changes';
import type { OrgPlan } from '../plan/plan';
import { diagnose } from '../values/diagnose';
import type { Diagnostic } from '../values/diagnostic';

const REASONS: Readonly<Record<Exclude<HiddenChange['why'], 'missing'>, string>> = {
  drift: 'the org has changed since the last Terraform apply, and the plan did not show it',
  adoption:
    'the plan showed a new app, but the org already has one with this name, and its values would be overwritten',
  unknown:
    'there is no record here of what the last Terraform apply declared, so the plan might not have shown this change',
};

/** The changes that an apply run by Terraform does not make (D26). */
export const notInTerraformPlan = (plan: OrgPlan, unshown: readonly HiddenChange[]): readonly Diagnostic[] =>
  unshown.map(({ why, app, change }) => {
    const place = {
      path: app?.path ?? plan.path,
      ...(change && { field: `${change.type}.${change.field}` }),
    };
    if (why === 'missing') return diagnose('missing-not-in-terraform-plan', place, { app: app?.api_name ?? '' });
    const widens = change && mayWiden(change.effect);
    const reason = change ? `${REASONS[why]}: ${transitionText(change)}` : REASONS[why];
    return diagnose(widens ? 'not-in-terraform-plan/widening' : 'not-in-terraform-plan', place, { why: reason });
  });
