import type { Component } from '../metadata/component';
import { componentType } from '../metadata/fields';
import type { ManifestComponent, ManifestRecord } from '../metadata/manifest';
import type { ObservedComponent } from '../metadata/observed';
import { diagnose } from '../values/diagnose';
import { type Diagnostic, isError } from '../values/diagnostic';
import { type ComponentDiff, diffComponent } from './diff';
import { guardApiAccess } from './guards/api-access';
import { guardRecord } from './guards/guard-record';
import type { PlanItem } from './items';
import { openedApps, openedAppsWarning } from './opened-apps';
import type { Situation } from './situation';

/** The plan of one item beside the apps, with the record as it is and as it would be. */
export interface ItemDraft {
  readonly plan: PlanItem;
  readonly live?: Component;
  readonly merged?: Component;
  readonly diagnostics: readonly Diagnostic[];
}

/** What org settings and records differ in. */
interface Subject {
  readonly kind: PlanItem['kind'];
  readonly path: string;
  readonly found: ObservedComponent;
  readonly declared: ManifestComponent;
  readonly unreadable: (title: string, reason: string) => Diagnostic;
  readonly judge: (diff: ComponentDiff, live: Component | undefined) => Judged;
}

interface Judged {
  readonly diagnostics: readonly Diagnostic[];
  /** Apps that the change opens although they are not part of it. */
  readonly opens: readonly string[];
}

/** Compares org settings, or a record beside the apps, with the org; what the code leaves open stays as it is (D1). */
export function planItem(declared: ManifestComponent | ManifestRecord, situation: Situation): ItemDraft {
  const { type, name } = declared;
  const subject = 'path' in declared ? recordSubject(declared, situation) : settingsSubject(declared, situation);
  const { kind, path, found } = subject;
  const title = componentType(type)?.title ?? type;
  const plan = { kind, type, full_name: name, path, title };
  if (found.state === 'unreadable') {
    const blocked = { ...plan, action: 'blocked' as const, changes: [], kept: [], opens_apps: [] };
    return { plan: blocked, diagnostics: [subject.unreadable(title, found.reason)] };
  }
  const live = found.state === 'present' ? found.component : undefined;
  const fullName = live?.fullName ?? name;
  const diff = diffComponent(subject.declared, live, situation.manifest.org.api_version, fullName);
  const { diagnostics, opens } = subject.judge(diff, live);
  const written = diff.changes.length === 0 ? 'none' : live ? 'update' : 'create';
  const action = diagnostics.some(isError) ? 'blocked' : written;
  const { changes, kept, merged } = diff;
  return {
    plan: { ...plan, full_name: fullName, action, changes, kept, opens_apps: opens },
    ...(live && { live }),
    merged,
    diagnostics,
  };
}

function settingsSubject(declared: ManifestComponent, situation: Situation): Subject {
  const { manifest, observed } = situation;
  const { type, name } = declared;
  const { path, api_version: apiVersion } = manifest.org;
  const found = observed.settings[type] ?? { state: 'unreadable', reason: 'it was not read' };
  return {
    kind: 'settings',
    path,
    // There is nothing to create: every org has its settings.
    found: found.state === 'absent' ? { state: 'present', component: { type, fullName: name, fields: {} } } : found,
    declared,
    unreadable: (title, reason) => diagnose('settings-unreadable', { path, field: type }, { title, reason }),
    judge: ({ changes }) => {
      const opens = openedApps(changes, observed, apiVersion);
      return { diagnostics: [...openedAppsWarning(opens, path), ...guardApiAccess(changes, situation, path)], opens };
    },
  };
}

function recordSubject(record: ManifestRecord, situation: Situation): Subject {
  const { path, type, name } = record;
  const found = findRecord(record, situation);
  return {
    kind: 'record',
    path,
    found,
    declared: found.state === 'present' ? named(record, found.component) : record,
    unreadable: (title, reason) =>
      diagnose('record-unreadable', { path, field: type }, { title: title.toLowerCase(), name, reason }),
    judge: (diff, live) => ({ diagnostics: guardRecord({ record, live, diff, situation }), opens: [] }),
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
function named(declared: ManifestRecord, live: Component): ManifestRecord {
  const name = live.fields['developerName'];
  const stated = declared.fields['developerName'];
  if (typeof name !== 'string' || !stated || name.toLowerCase() !== declared.name.toLowerCase()) return declared;
  return { ...declared, fields: { ...declared.fields, developerName: { ...stated, value: name } } };
}
