import { appsInRows } from '../metadata/records/app-rows';
import { mayWiden } from './effect';
import type { FieldChange, OrgPlan, RecordPlan } from './plan';

const widens = ({ effect }: FieldChange): boolean => mayWiden(effect);

/**
 * Changes of custom scopes and token exchange handlers that widen access which exists. A new record opens nothing where
 * all apps that it names are new as well.
 */
export const wideningOfRecords = (plan: OrgPlan): readonly FieldChange[] =>
  plan.records
    .filter((record) => record.action === 'update' || (record.action === 'create' && !servesNewAppsOnly(record, plan)))
    .flatMap(({ changes }) => changes.filter(widens));

function servesNewAppsOnly({ changes }: RecordPlan, { apps }: OrgPlan): boolean {
  const created = new Set(
    apps.filter(({ action }) => action === 'create').map(({ api_name: name }) => name.toLowerCase()),
  );
  return changes
    .flatMap(({ after }) => (after.state === 'value' ? appsInRows(after.value) : []))
    .every(({ apiName }) => created.has(apiName.toLowerCase()));
}
