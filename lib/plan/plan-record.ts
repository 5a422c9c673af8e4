import type { Component } from '../metadata/component';
import { componentType } from '../metadata/fields';
import type { ManifestRecord } from '../metadata/manifest';
import type { ObservedComponent } from '../metadata/observed';
import { type Diagnostic, isError } from '../values/diagnostic';
import { diagnose } from '../values/diagnose';
import { diffComponent } from './diff';
import { guardRecord } from './guards/guard-record';
import type { RecordPlan } from './plan';
import type { Situation } from './situation';

/** The plan of one custom scope or token exchange handler, with the record as it is and as it would be. */
export interface RecordDraft {
  readonly plan: RecordPlan;
  readonly live?: Component;
  readonly merged?: Component;
  readonly diagnostics: readonly Diagnostic[];
}

/** Compares a declared record with the org; what the code leaves open stays as it is (D1). */
export function planRecord(declared: ManifestRecord, situation: Situation): RecordDraft {
  const found = findRecord(declared, situation);
  const title = componentType(declared.type)?.title ?? declared.type;
  const plan = { type: declared.type, full_name: declared.name, path: declared.path, title };
  if (found.state === 'unreadable') {
    const blocked = { ...plan, action: 'blocked' as const, changes: [], kept: [] };
    return { plan: blocked, diagnostics: [unreadable(declared, title, found.reason)] };
  }
  const live = found.state === 'present' ? found.component : undefined;
  const fullName = live?.fullName ?? declared.name;
  const diff = diffComponent(named(declared, live), live, situation.manifest.org.api_version, fullName);
  const diagnostics = guardRecord({ record: declared, live, diff, situation });
  const written = diff.changes.length === 0 ? 'none' : live ? 'update' : 'create';
  const action = diagnostics.some(isError) ? 'blocked' : written;
  return {
    plan: { ...plan, full_name: fullName, action, changes: diff.changes, kept: diff.kept },
    ...(live && { live }),
    merged: diff.merged,
    diagnostics,
  };
}

/** The record of that name, case aside. What could not be read is never taken for missing (D8). */
export function findRecord(
  { type, name }: Pick<ManifestRecord, 'type' | 'name'>,
  { observed }: Pick<Situation, 'observed'>,
): ObservedComponent {
  const records = observed.oauthRecords[type];
  const [, found] = [...(records?.byName ?? [])].find(([other]) => other.toLowerCase() === name.toLowerCase()) ?? [];
  if (found) return found;
  if (records && records.unread === undefined) return { state: 'absent' };
  return { state: 'unreadable', reason: records?.unread ?? 'it was not read' };
}

/** Names differ in case without differing; the org's spelling stands. */
function named(declared: ManifestRecord, live: Component | undefined): ManifestRecord {
  const name = live?.fields['developerName'];
  const stated = declared.fields['developerName'];
  if (typeof name !== 'string' || !stated || name.toLowerCase() !== declared.name.toLowerCase()) return declared;
  return { ...declared, fields: { ...declared.fields, developerName: { ...stated, value: name } } };
}

const unreadable = ({ path, type, name }: ManifestRecord, title: string, reason: string): Diagnostic =>
  diagnose('record-unreadable', { path, field: type }, { title: title.toLowerCase(), name, reason });
