import type { FieldRecord } from '../metadata/component';
import { ENABLEMENT_FIELD } from '../metadata/oauth-record-components';
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
  return changes.flatMap(appsOf).every((name) => created.has(name.toLowerCase()));
}

/** The apps that a list of rows names. */
function appsOf({ after }: FieldChange): readonly string[] {
  if (after.state !== 'value' || !Array.isArray(after.value)) return [];
  const rows = after.value as readonly (string | FieldRecord)[];
  return rows.flatMap((row) =>
    typeof row === 'string'
      ? []
      : Object.values(ENABLEMENT_FIELD).flatMap((field) => (typeof row[field] === 'string' ? [row[field]] : [])),
  );
}
