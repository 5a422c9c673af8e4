import { withPermissionSetNames } from '../metadata/connected-app/permission-set-names';
import { EXTERNAL_CLIENT_APP_TYPES, OAUTH_RECORD_TYPES, PRESERVED_TYPES, SETTINGS_TYPES } from '../metadata/fields';
import { APP_TYPES } from '../metadata/live-app';
import type { Manifest } from '../metadata/manifest';
import { presentComponent } from '../metadata/observe';
import type { ObservedApp, ObservedOrg, ObservedRecords } from '../metadata/observed';
import { settingsMember } from '../metadata/settings-components';
import type { CallOptions, Org } from '../org/org';
import type { Phase } from '../plan/phases';
import { appNamedBy, automaticName, isPolicy } from './policy-names';
import { type OrgReading, retrieveApps } from './read-org';

const CONNECTED_APP = APP_TYPES['connected-app'];

/** What some deploys wrote or deleted. */
interface Written {
  /** API names of External Client Apps. */
  readonly apps: ReadonlySet<string>;
  /** Components of other types, by type: each stands for itself. */
  readonly others: ReadonlyMap<string, ReadonlySet<string>>;
  /** What the External Client Apps were sent as, by type. */
  readonly sent: ReadonlyMap<string, readonly string[]>;
}

/**
 * The org again, as far as these deploys wrote to it, in one retrieve. Everything else, the facts about users and
 * permissions among it, is as it was read before them.
 */
export async function readWritten(
  org: Org,
  before: OrgReading,
  phases: readonly Phase[],
  { manifest, ...options }: CallOptions & { readonly manifest: Manifest },
): Promise<OrgReading> {
  const written = writtenBy(phases);
  const types = membersOf(written, before.observed);
  const asking = { org, apiVersion: manifest.org.api_version, options };
  const concerns = ({ apiName }: ObservedApp): boolean => written.apps.has(apiName);
  // An app that these deploys made has nothing that no deploy of ours writes.
  const offered = new Set([...types.keys(), ...PRESERVED_TYPES.map(({ name }) => name)]);
  const { observed } = await retrieveApps(asking, { types, offered }, { concerns });
  const labels = before.facts.permissionSetLabels;
  const named = labels ? withPermissionSetNames(observed, labels).observed : observed;
  return { ...before, observed: over(before.observed, named, written) };
}

function writtenBy(phases: readonly Phase[]): Written {
  const apps = new Set<string>();
  const others = new Map<string, Set<string>>();
  const sent = new Map<string, readonly string[]>();
  const put = (type: string, name: string, app: string): void => {
    if (!EXTERNAL_CLIENT_APP_TYPES.some((each) => each.name === type)) {
      others.set(type, (others.get(type) ?? new Set()).add(name));
      return;
    }
    apps.add(app);
    sent.set(type, [...(sent.get(type) ?? []), name]);
  };
  for (const { writes, deletes } of phases) {
    for (const write of writes) put(write.type, write.fullName, appNamedBy(write));
    for (const { type, apiName } of deletes) put(type, apiName, apiName);
  }
  return { apps, others, sent };
}

/** The records of these apps by their names, and all policies: those are the org's to name. */
function membersOf(
  { apps, others, sent }: Written,
  { apps: known }: ObservedOrg,
): ReadonlyMap<string, readonly string[]> {
  const types = new Map<string, readonly string[]>();
  if (apps.size > 0) {
    for (const { name: type } of EXTERNAL_CLIENT_APP_TYPES) {
      const had = [...apps].flatMap((app) => presentComponent(known.get(app), type)?.fullName ?? []);
      const policies = isPolicy({ type }) ? ['*', ...[...apps].map((app) => automaticName(type, app))] : [];
      types.set(type, [...new Set([...policies, ...had, ...(sent.get(type) ?? [])])]);
    }
  }
  const settings: string[] = [];
  for (const [type, names] of others) {
    if (SETTINGS_TYPES.some(({ name }) => name === type)) settings.push(settingsMember(type));
    else types.set(type, [...names]);
  }
  return settings.length === 0 ? types : types.set('Settings', settings);
}

/** The view of before, with what was read of it again. */
function over(before: ObservedOrg, now: ObservedOrg, { apps: names, others }: Written): ObservedOrg {
  const apps = new Map(before.apps);
  const connectedApps = new Map(before.connectedApps);
  for (const name of others.get(CONNECTED_APP) ?? []) {
    replace(connectedApps, name, now.connectedApps.get(name));
    if (apps.get(name)?.platform !== 'external-client-app') replace(apps, name, connectedApps.get(name));
  }
  for (const name of names) {
    const found = now.apps.get(name);
    const again = found?.platform === 'external-client-app' ? reread(before.apps.get(name), found) : undefined;
    replace(apps, name, again ?? connectedApps.get(name));
  }
  const settings = { ...before.settings };
  for (const type of others.keys()) if (now.settings[type] && type in settings) settings[type] = now.settings[type];
  const oauthRecords = { ...before.oauthRecords };
  for (const { name: type } of OAUTH_RECORD_TYPES) {
    const written = others.get(type);
    if (written) oauthRecords[type] = recordsOver(before.oauthRecords[type], now.oauthRecords[type], written);
  }
  return { ...before, apps, connectedApps, settings, oauthRecords, unplaced: [...before.unplaced, ...now.unplaced] };
}

function replace<T>(map: Map<string, T>, name: string, value: T | undefined): void {
  if (value === undefined) map.delete(name);
  else map.set(name, value);
}

/** Parts of the app that no deploy of ours writes are as they were. */
function reread(before: ObservedApp | undefined, now: ObservedApp): ObservedApp {
  if (before?.platform !== now.platform) return now;
  const own = EXTERNAL_CLIENT_APP_TYPES.flatMap(({ name }) => {
    const found = now.components[name];
    return found ? [[name, found] as const] : [];
  });
  const { otherComponents, pluginSettings } = before;
  return {
    ...now,
    components: { ...before.components, ...Object.fromEntries(own) },
    otherComponents,
    ...(pluginSettings && { pluginSettings }),
  };
}

function recordsOver(
  before: ObservedRecords | undefined,
  now: ObservedRecords | undefined,
  names: ReadonlySet<string>,
): ObservedRecords {
  const byName = new Map(before?.byName);
  for (const name of names) replace(byName, name, now?.byName.get(name));
  const unread = now?.unread ?? before?.unread;
  return { byName, ...(unread !== undefined && { unread }) };
}
