import type { Component } from '../metadata/component';
import { type PhaseName, PHASES } from '../metadata/phases';
import { recordKindOf } from '../metadata/records/words';
import { capital } from '../values/plural';
import { writtenItems } from './items';
import type { FieldChange, PhasePlan } from './plan';
import type { AppDraft } from './plan-app';
import type { ItemDraft } from './plan-item';

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
  /** What stands beside the apps. */
  readonly items: readonly ItemDraft[];
  readonly deletes: readonly DeletedApp[];
}

export const NO_WORK: Work = { apps: [], items: [], deletes: [] };

/** One deploy: what it writes and what it removes. */
export interface Phase {
  readonly plan: PhasePlan;
  readonly writes: readonly Component[];
  readonly deletes: readonly DeletedApp[];
  /** API names of the apps in this phase that Salesforce keeps for a package. */
  readonly packagedApps: ReadonlySet<string>;
  /** The items that this phase writes, as they were before it; those that it creates are missing. */
  readonly before: readonly Component[];
}

/**
 * What an org needs, in the order of `PHASES`; none is empty (D6). Without apps to write there is nothing to order: one
 * deploy.
 */
export function planPhases({ apps, items, deletes }: Work): readonly Phase[] {
  const written = apps.filter((app) => app.writes.length > 0);
  const changed = items.filter(({ plan: { action } }) => action === 'create' || action === 'update');
  if (written.length === 0 && deletes.length === 0) return present([itemsPhase('tighten', '', changed, () => true)]);
  const within = (phase: Exclude<PhaseName, 'apps'>, why: string): Phase | undefined =>
    itemsPhase(phase, why, changed, (change) => phaseOf(change) === phase);
  const phases: Readonly<Record<PhaseName, Phase | undefined>> = {
    enable: within('enable', ' that the apps need'),
    apps: appsPhase(written, deletes),
    handlers: within('handlers', ''),
    tighten: within('tighten', ' that tighten'),
  };
  return present(PHASES.map((name) => phases[name]));
}

/** A record is written in one phase, settings in that of each change. */
const phaseOf = ({ type, effect }: FieldChange): PhaseName =>
  recordKindOf(type)?.phase ?? (effect === 'widens' ? 'enable' : 'tighten');

const present = (phases: readonly (Phase | undefined)[]): readonly Phase[] =>
  phases.filter((phase) => phase !== undefined);

/** A deploy of the changes that it takes. `why` ends its title. */
function itemsPhase(
  name: Exclude<PhaseName, 'apps'>,
  why: string,
  items: readonly ItemDraft[],
  takes: (change: FieldChange) => boolean,
): Phase | undefined {
  const taken = items.filter(({ plan }) => plan.changes.some(takes));
  if (taken.length === 0) return undefined;
  const titles = taken.map(({ plan: { kind, title } }) =>
    kind === 'record' ? `${title.toLowerCase().replace('oauth', 'OAuth')}s` : 'org settings',
  );
  const { settings, records } = writtenItems(taken.map(({ plan }) => plan));
  return {
    plan: {
      name,
      title: `${capital([...new Set(titles)].join(', '))}${why}`,
      settings: settings.flatMap(({ changes }) => changes.filter(takes).map(({ type, field }) => `${type}.${field}`)),
      records: records.map(({ type, full_name: fullName }) => `${type}:${fullName}`),
      apps: [],
    },
    writes: taken.flatMap((draft) => recordAfter(draft, takes, name === 'enable') ?? []),
    deletes: [],
    packagedApps: new Set(),
    before: taken.flatMap(({ live }) => live ?? []),
  };
}

/** Settings that an earlier phase opens are otherwise as they are; the last phase writes the whole record. */
function recordAfter(
  { plan: { kind, changes }, live, merged }: ItemDraft,
  takes: (change: FieldChange) => boolean,
  opens: boolean,
): Component | undefined {
  if (!live || !merged || !opens || kind === 'record') return merged;
  const fields = { ...live.fields };
  for (const { field } of changes.filter(takes)) {
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
