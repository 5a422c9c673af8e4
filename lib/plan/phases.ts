import type { Component } from '../metadata/component';
import type { AppDraft } from './plan-app';
import type { SettingsDraft } from './plan-settings';
import type { FieldChange, PhasePlan } from './plan';

/** An app to delete, and the metadata type of the component that takes it away. */
export interface DeletedApp {
  readonly type: string;
  readonly apiName: string;
}

/** One deploy: what it writes and what it removes. */
export interface Phase {
  readonly plan: PhasePlan;
  readonly writes: readonly Component[];
  /** Components deleted, by type. */
  readonly deletes: ReadonlyMap<string, readonly string[]>;
  /** API names of the apps in this phase that Salesforce keeps for a package. */
  readonly packagedApps: ReadonlySet<string>;
  /** The settings records this phase writes, as they were before it. */
  readonly before: readonly Component[];
}

/**
 * Settings that open something go first, because Salesforce refuses apps that need what the org does not allow yet, also
 * within one deploy; settings that tighten go last, because apps may have to become ready for them (D6). Without apps
 * to write there is nothing to order: one deploy.
 */
export function planPhases(
  apps: readonly AppDraft[],
  settings: readonly SettingsDraft[],
  deletes: readonly DeletedApp[],
): readonly Phase[] {
  const written = apps.filter((app) => app.writes.length > 0);
  const changed = settings.filter((draft) => draft.plan.changes.length > 0 && draft.live && draft.merged);
  if (written.length === 0 && deletes.length === 0) {
    const only = settingsPhase('tighten', 'Org settings', changed, () => true, true);
    return only ? [only] : [];
  }
  const opens = (change: FieldChange): boolean => change.effect === 'widens';
  const enable = settingsPhase('enable', 'Org settings that the apps need', changed, opens, false);
  const tighten = settingsPhase('tighten', 'Org settings that tighten', changed, (change) => !opens(change), true);
  return [...(enable ? [enable] : []), appsPhase(written, deletes), ...(tighten ? [tighten] : [])];
}

function settingsPhase(
  name: 'enable' | 'tighten',
  title: string,
  drafts: readonly SettingsDraft[],
  takes: (change: FieldChange) => boolean,
  last: boolean,
): Phase | undefined {
  const taken = drafts.filter((draft) => draft.plan.changes.some(takes));
  if (taken.length === 0) return undefined;
  return {
    plan: {
      name,
      title,
      settings: taken.flatMap((draft) => draft.plan.changes.filter(takes).map(({ type, field }) => `${type}.${field}`)),
      apps: [],
    },
    writes: taken.map((draft) => recordAfter(draft, takes, last)),
    deletes: new Map(),
    packagedApps: new Set(),
    before: taken.flatMap((draft) => (draft.live ? [draft.live] : [])),
  };
}

/** The last phase writes the final record; an earlier one the record as it is, plus the fields it takes. */
function recordAfter(draft: SettingsDraft, takes: (change: FieldChange) => boolean, last: boolean): Component {
  const { live, merged } = draft;
  if (!live || !merged) throw new TypeError(`No record for ${draft.plan.type}`);
  if (last) return merged;
  const fields = { ...live.fields };
  for (const { field } of draft.plan.changes.filter(takes)) {
    const value = merged.fields[field];
    if (value !== undefined) fields[field] = value;
  }
  return { ...live, fields };
}

function byType(deletes: readonly DeletedApp[]): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const { type, apiName } of deletes) names.set(type, [...(names.get(type) ?? []), apiName]);
  return names;
}

function appsPhase(apps: readonly AppDraft[], deletes: readonly DeletedApp[]): Phase {
  return {
    plan: {
      name: 'apps',
      title: 'Client apps',
      settings: [],
      apps: [...apps.map(({ plan }) => plan.api_name), ...deletes.map(({ apiName }) => apiName)],
    },
    writes: apps.flatMap(({ writes }) => writes),
    deletes: byType(deletes),
    packagedApps: new Set(apps.filter(({ packaged }) => packaged).map(({ plan }) => plan.api_name)),
    before: [],
  };
}
