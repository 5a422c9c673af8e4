import { recordOf } from '../../metadata/records/words';
import { valueText } from '../../plan/change-text';
import type { HiddenChange } from '../../plan/hidden-changes';
import type { OrgPlan } from '../../plan/plan';
import { standingOf } from '../../plan/standing';
import { visible } from '../../values/visible';
import { named } from '../plan/change-lines';

/** What Terraform's own plan does not show, one plain line each, for the check block of the stack. Never a secret. */
export function driftLines(plan: OrgPlan, hidden: readonly HiddenChange[]): readonly string[] {
  const stopped = standingOf(plan).stopped.map(
    (app) => `${visible(app.api_name)}: stopped in the org; an apply leaves it so`,
  );
  return [...hidden.map(lineOf), ...stopped];
}

function lineOf({ why, app, change }: HiddenChange): string {
  const record = change && recordOf(change);
  const owner = visible(app?.api_name ?? record ?? 'Org settings');
  if (!change) return `${owner}: was applied before and is no longer in the org`;
  const { type, field, title, before, after } = change;
  const values = `declared ${valueText(type, field, after)}, the org has ${valueText(type, field, before)}`;
  return `${owner}: ${named(title, field)}: ${values}${why === 'adoption' ? ' (the app exists and would be taken over)' : ''}`;
}
