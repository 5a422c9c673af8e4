import type { Platform } from '../declaration/client-app';
import { APP_TYPES, fullNameOf } from '../metadata/live-app';
import type { Manifest } from '../metadata/manifest';
import { recordOf } from '../metadata/records/words';
import type { CatalogCode } from '../values/catalog';
import { isError } from '../values/diagnostic';
import type { OrgAttributions } from './attribution';
import type { OrgEnd } from './calendar';
import { itemsOf } from './items';
import type { AppPlan, OrgPlan } from './plan';
import { isInSync, type Standing, standingOf } from './standing';

/** Version of the shape of `status --format json`. */
export const STATUS_FORMAT_VERSION = '1.2';

/**
 * How one app of one org stands. `in-part`: as declared in what the org returns, and it returns less than was declared.
 * `migrated`: a Connected App that Salesforce migrated to the External Client App of its name. `forced`: Salesforce keeps a field at another value. `removed`: ours, in the org, and no longer declared.
 */
export const APP_STATES = [
  'in-sync',
  'in-part',
  'drifted',
  'forced',
  'missing',
  'stopped',
  'removed',
  'migrated',
  'unmanaged',
  'not-evaluated',
] as const;
export type AppState = (typeof APP_STATES)[number];

export interface AppStatus {
  readonly api_name: string;
  readonly platform: Platform;
  readonly state: AppState;
  /** Fields that differ from the declaration, as `Type.field`; of a stopped app, too. */
  readonly fields: readonly string[];
  /** Why it is not evaluated. */
  readonly because?: string;
}

/** How one org stands. Where it was not read, its declared apps are not evaluated. */
export interface OrgStatus {
  readonly org: string;
  readonly state: 'read' | 'not-reachable' | 'not-evaluated';
  readonly org_id?: string;
  /** True where all that was compared is as declared, and nothing kept it from being compared. Absent: not read. */
  readonly in_sync?: boolean;
  readonly apps: readonly AppStatus[];
  /** Fields of org settings, custom scopes and token exchange handlers that differ, as `Type:name.field`. */
  readonly beside: readonly string[];
  /** Who may have changed the apps that differ, with --who; absent without it. */
  readonly changed_by?: OrgAttributions;
  /** What is left of rotations of credentials, as far as this machine knows: cut off, or past their overlap. */
  readonly rotations: readonly string[];
  /** Everything declared or on record that expires, soonest first. */
  readonly ends: readonly OrgEnd[];
  /** What was not read, and why. */
  readonly not_evaluated: readonly string[];
}

/** An org that was read: its plan, put in the words of a status. */
export function orgStatus(plan: OrgPlan, ends: readonly OrgEnd[]): OrgStatus {
  const standing = standingOf(plan);
  const incomplete = plan.diagnostics.filter(({ code }) => INCOMPLETE.has(code));
  const errors = plan.diagnostics.filter((found) => isError(found) && found.path === plan.path);
  return {
    org: plan.org,
    state: 'read',
    org_id: plan.org_id,
    in_sync: isInSync(plan) && !plan.diagnostics.some(isError),
    apps: [
      ...GROUPS.flatMap(([group, state]) => standing[group].map((app) => appStatus(app, state, plan))),
      ...(plan.migrated ?? []).map((name) => undeclaredApp(name, 'migrated')),
      ...plan.unmanaged.map((name) => undeclaredApp(name, 'unmanaged')),
    ],
    beside: itemsOf(plan).flatMap(({ changes }) =>
      changes.map((change) => `${recordOf(change) ?? change.type}.${change.field}`),
    ),
    rotations: plan.diagnostics.filter(({ code }) => OF_ROTATIONS.has(code)).map(({ problem }) => problem),
    ends,
    not_evaluated: [
      ...[...new Set([...errors, ...incomplete])].map(({ problem }) => problem),
      ...standing.unreadable.map((field) => `the org does not return ${field}`),
      ...standing.certificateUnknown.map((path) => `whether ${path} has a certificate`),
    ],
  };
}

/** What was read is not all of it, or may not stay so. */
const INCOMPLETE: ReadonlySet<string> = new Set<CatalogCode>([
  ...(['reading-incomplete', 'clock-off', 'apply-unfinished'] as const),
  ...(['switch-unfinished', 'revocation-unfinished', 'incident-unfinished'] as const),
]);

const OF_ROTATIONS: ReadonlySet<string> = new Set<CatalogCode>([
  'rotation-cut-off',
  'former-credentials-due',
  'secret-access-cut-off',
  'rotation-running',
  'rotation-elsewhere',
  'rotation-unusable',
  'rotation-of-another',
]);

/** An org that was not read. */
export const unreadOrg = (
  org: string,
  state: Exclude<OrgStatus['state'], 'read'>,
  because: string,
  { manifest, ends }: { readonly manifest: Manifest; readonly ends: readonly OrgEnd[] },
): OrgStatus => ({
  org,
  state,
  apps: manifest.apps.map(({ api_name: name, platform }) => ({
    api_name: name,
    platform,
    state: 'not-evaluated',
    fields: [],
    because,
  })),
  beside: [],
  rotations: [],
  ends,
  not_evaluated: [because],
});

/** One app in every org of the fleet; undefined where an org neither declares it nor was seen to have it. */
export interface FleetRow {
  readonly api_name: string;
  readonly platform: Platform;
  readonly cells: readonly (AppStatus | undefined)[];
}

/** Apps by orgs. Declared apps first, each part by name. */
export function fleetRows(orgs: readonly OrgStatus[]): readonly FleetRow[] {
  const names = new Map<string, AppStatus>();
  for (const app of orgs.flatMap(({ apps }) => apps)) {
    const name = keyOf(app);
    if (names.get(name) === undefined || app.state !== 'unmanaged') names.set(name, app);
  }
  const byOrg = orgs.map(({ apps }) => new Map(apps.map((app) => [keyOf(app), app])));
  return [...names]
    .sort(([a, one], [b, other]) => {
      const apart = Number(one.state === 'unmanaged') - Number(other.state === 'unmanaged');
      return apart !== 0 ? apart : a < b ? -1 : 1;
    })
    .map(([name, { api_name, platform }]) => ({ api_name, platform, cells: byOrg.map((apps) => apps.get(name)) }));
}

const keyOf = ({ api_name: apiName, platform }: AppStatus): string =>
  `${apiName}\n${fullNameOf({ platform, apiName })}`;

type Group = Exclude<keyof Standing, 'unreadable' | 'certificateUnknown' | 'forced'>;

const GROUPS: readonly (readonly [Group, AppState])[] = [
  ['asDeclared', 'in-sync'],
  ['inPart', 'in-part'],
  ['differing', 'drifted'],
  ['overruled', 'forced'],
  ['missing', 'missing'],
  ['stopped', 'stopped'],
  ['removed', 'removed'],
  ['unknown', 'not-evaluated'],
  ['leftAlone', 'not-evaluated'],
];

function appStatus(app: AppPlan, state: AppState, plan: OrgPlan): AppStatus {
  const { api_name: name, path } = app;
  const gap = plan.diagnostics.find(({ code }) => code === 'reading-incomplete');
  // What was not read may hold the app that seems to be missing.
  const unseen = state === 'missing' && gap !== undefined;
  const because = unseen
    ? gap.problem
    : state === 'not-evaluated'
      ? (plan.diagnostics.find((found) => found.path === path && isError(found))?.problem ??
        'it was left out of this run')
      : undefined;
  return {
    api_name: name,
    platform: platformOf(app, plan.manifest),
    state: unseen ? 'not-evaluated' : state,
    fields: state === 'missing' ? [] : [...fieldsOf(app), ...forcedOf(app, plan)],
    ...(because !== undefined && { because }),
  };
}

const fieldsOf = ({ changes }: AppPlan): readonly string[] => changes.map(({ type, field }) => `${type}.${field}`);

/** Salesforce keeps them at another value than the declared one (D7). */
const forcedOf = ({ path }: AppPlan, { diagnostics }: OrgPlan): readonly string[] =>
  diagnostics.flatMap((found) => (found.code === 'server-wins' && found.path === path ? (found.field ?? []) : []));

function platformOf(app: AppPlan, { apps }: Manifest): Platform {
  const declared = apps.find(({ path, api_name: name }) => path === app.path && name === app.api_name);
  return declared?.platform ?? (APP_TYPES['connected-app'] in app.names ? 'connected-app' : 'external-client-app');
}

/** `ConnectedApp:Legacy` */
function undeclaredApp(fullName: string, state: AppState): AppStatus {
  const cut = fullName.indexOf(':');
  const isConnected = fullName.slice(0, cut) === APP_TYPES['connected-app'];
  return {
    api_name: fullName.slice(cut + 1),
    platform: isConnected ? 'connected-app' : 'external-client-app',
    state,
    fields: [],
  };
}
