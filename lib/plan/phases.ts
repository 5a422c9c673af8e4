import type { Component } from '../metadata/component';
import { PHASES, type PhaseName } from '../metadata/phases';
import { recordKindOf } from '../metadata/records';
import { capital } from '../values/plural';
import type { AppDraft } from './plan-app';
import type { RecordDraft } from './plan-record';
import type { SettingsDraft } from './plan-settings';
import type { FieldChange, PhasePlan } from './plan';

/** An app to delete, and the metadata type of the component that takes it away. */
export interface DeletedApp {
  readonly type: string;
  readonly apiName: string;
  /** How diagnostics call it. */
  readonly path: string;
}

/** What is to be carried out. */
export interface Work {
  readonly apps: readonly AppDraft[];
  readonly settings: readonly SettingsDraft[];
  readonly records: readonly RecordDraft[];
  readonly deletes: readonly DeletedApp[];
}

export const NO_WORK: Work = { apps: [], settings: [], records: [], deletes: [] };

/** One deploy: what it writes and what it removes. */
export interface Phase {
  readonly plan: PhasePlan;
  readonly writes: readonly Component[];
  readonly deletes: readonly DeletedApp[];
  /** API names of the apps in this phase that Salesforce keeps for a package. */
  readonly packagedApps: ReadonlySet<string>;
  /** The settings and records that this phase writes, as they were before it; those that it creates are missing. */
  readonly before: readonly Component[];
}

/**
 * What an org needs, in the order of `PHASES`; none is empty (D6). Without apps to write there is nothing to order: one
 * deploy.
 */
export function planPhases({ apps, settings, records, deletes }: Work): readonly Phase[] {
  const written = apps.filter((app) => app.writes.length > 0);
  const changed = settings.filter((draft) => draft.plan.changes.length > 0 && draft.live && draft.merged);
  const touched = records.filter(({ plan: { action }, merged }) => merged && ['create', 'update'].includes(action));
  if (written.length === 0 && deletes.length === 0) {
    return present([
      orgPhase(
        'tighten',
        '',
        settingsPart(changed, () => true, true),
        touched,
      ),
    ]);
  }
  const opens = (change: FieldChange): boolean => change.effect === 'widens';
  const recordsOf = (phase: PhaseName): readonly RecordDraft[] =>
    touched.filter(({ plan: { type } }) => recordKindOf(type)?.phase === phase);
  const phases: Readonly<Record<PhaseName, Phase | undefined>> = {
    enable: orgPhase('enable', ' that the apps need', settingsPart(changed, opens, false), recordsOf('enable')),
    apps: appsPhase(written, deletes),
    handlers: orgPhase('handlers', '', NO_SETTINGS, recordsOf('handlers')),
    tighten: orgPhase(
      'tighten',
      ' that tighten',
      settingsPart(changed, (change) => !opens(change), true),
      [],
    ),
  };
  return present(PHASES.map((name) => phases[name]));
}

const present = (phases: readonly (Phase | undefined)[]): readonly Phase[] =>
  phases.filter((phase) => phase !== undefined);

/** What a phase does to the org's settings. */
interface SettingsPart {
  readonly settings: readonly string[];
  readonly writes: readonly Component[];
  readonly before: readonly Component[];
}

const NO_SETTINGS: SettingsPart = { settings: [], writes: [], before: [] };

function settingsPart(
  drafts: readonly SettingsDraft[],
  takes: (change: FieldChange) => boolean,
  last: boolean,
): SettingsPart {
  const taken = drafts.filter((draft) => draft.plan.changes.some(takes));
  return {
    settings: taken.flatMap((draft) => draft.plan.changes.filter(takes).map(({ type, field }) => `${type}.${field}`)),
    writes: taken.map((draft) => recordAfter(draft, takes, last)),
    before: taken.flatMap((draft) => (draft.live ? [draft.live] : [])),
  };
}

/** A deploy of settings, or records, or both. `why` ends its title. */
function orgPhase(
  name: Exclude<PhaseName, 'apps'>,
  why: string,
  part: SettingsPart,
  records: readonly RecordDraft[],
): Phase | undefined {
  if (part.writes.length === 0 && records.length === 0) return undefined;
  const titles = [
    ...(part.writes.length > 0 ? ['org settings'] : []),
    ...new Set(records.map(({ plan: { title } }) => `${title.toLowerCase().replace('oauth', 'OAuth')}s`)),
  ];
  return {
    plan: {
      name,
      title: `${capital(titles.join(', '))}${why}`,
      settings: part.settings,
      records: records.map(({ plan: { type, full_name: fullName } }) => `${type}:${fullName}`),
      apps: [],
    },
    writes: [...part.writes, ...records.flatMap(({ merged }) => (merged ? [merged] : []))],
    deletes: [],
    packagedApps: new Set(),
    before: [...part.before, ...records.flatMap(({ live }) => (live ? [live] : []))],
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

function appsPhase(apps: readonly AppDraft[], deletes: readonly DeletedApp[]): Phase {
  return {
    plan: {
      name: 'apps',
      title: 'Client apps',
      settings: [],
      records: [],
      apps: [...apps.map(({ plan }) => plan.api_name), ...deletes.map(({ apiName }) => apiName)],
    },
    writes: apps.flatMap(({ writes }) => writes),
    deletes,
    packagedApps: new Set(apps.filter(({ packaged }) => packaged).map(({ plan }) => plan.api_name)),
    before: [],
  };
}
