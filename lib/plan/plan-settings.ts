import type { Component } from '../metadata/component';
import { componentType } from '../metadata/fields';
import type { ManifestComponent } from '../metadata/manifest';
import type { Diagnostic } from '../values/diagnostic';
import { diagnose } from '../values/diagnose';
import { diffComponent } from './diff';
import { openedApps, openedAppsWarning } from './opened-apps';
import type { SettingsPlan } from './plan';
import type { Situation } from './situation';

/** The plan of one settings record, with the record as it is and as it would be. */
export interface SettingsDraft {
  readonly plan: SettingsPlan;
  readonly live?: Component;
  readonly merged?: Component;
  readonly diagnostics: readonly Diagnostic[];
}

/** Compares the stated org settings with the org; settings the code does not state stay as they are (D1). */
export function planSettings(declared: ManifestComponent, { manifest, observed }: Situation): SettingsDraft {
  const title = componentType(declared.type)?.title ?? declared.type;
  const record = observed.settings[declared.type] ?? { state: 'unreadable', reason: 'it was not read' };
  if (record.state === 'unreadable') {
    return {
      plan: { type: declared.type, title, action: 'blocked', changes: [], kept: [], opens_apps: [] },
      diagnostics: [
        diagnose(
          'settings-unreadable',
          { path: manifest.org.path, field: declared.type },
          { title, reason: record.reason },
        ),
      ],
    };
  }
  const live =
    record.state === 'present' ? record.component : { type: declared.type, fullName: declared.name, fields: {} };
  const diff = diffComponent(declared, live, manifest.org.api_version, declared.name);
  const opened = openedApps(diff.changes, observed, manifest.org.api_version);
  return {
    plan: {
      type: declared.type,
      title,
      action: diff.changes.length > 0 ? 'update' : 'none',
      changes: diff.changes,
      kept: diff.kept,
      opens_apps: opened,
    },
    live,
    merged: diff.merged,
    diagnostics: openedAppsWarning(opened, manifest.org.path),
  };
}
