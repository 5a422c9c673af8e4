import { EXTERNAL_CLIENT_APP_TYPES, PRESERVED_TYPES, SETTINGS_TYPES } from '../metadata/fields';
import type { Manifest } from '../metadata/manifest';
import { presentComponent } from '../metadata/observe';
import type { ObservedApp, ObservedOrg } from '../metadata/observed';
import { settingsMember } from '../metadata/settings-components';
import type { CallOptions, Org } from '../org/org';
import type { Phase } from '../plan/phases';
import { appNamedBy, automaticName, isPolicy } from './policy-names';
import { type OrgReading, retrieveApps, withSource } from './read-org';

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
  const { apps, members } = written(phases, before.observed);
  const asking = { org, apiVersion: manifest.org.api_version, options };
  const concerns = ({ apiName }: ObservedApp): boolean => apps.has(apiName);
  const { observed, ...source } = await retrieveApps(asking, members, before.source, { concerns });
  return withSource(before, source, observed);
}

/**
 * The External Client Apps that were written or deleted, and what to ask for: their records by name, all policies, since
 * the org may name those, and everything else by its name.
 */
function written(phases: readonly Phase[], { apps: known }: ObservedOrg) {
  const apps = new Set<string>();
  const members = new Map<string, Set<string>>();
  const ask = (type: string, ...names: readonly string[]): void => {
    members.set(type, new Set([...(members.get(type) ?? []), ...names]));
  };
  const own = new Set(EXTERNAL_CLIENT_APP_TYPES.map(({ name }) => name));
  for (const { writes, deletes } of phases) {
    for (const write of writes) {
      if (own.has(write.type)) apps.add(appNamedBy(write));
      const settings = SETTINGS_TYPES.some(({ name }) => name === write.type);
      if (settings) ask('Settings', settingsMember(write.type));
      else ask(write.type, write.fullName);
    }
    for (const { type, apiName } of deletes) {
      if (own.has(type)) apps.add(apiName);
      ask(type, apiName);
    }
  }
  for (const app of apps) {
    // What an app may have beside its own records ends with it.
    for (const { name: type } of [...EXTERNAL_CLIENT_APP_TYPES, ...PRESERVED_TYPES]) {
      const live = presentComponent(known.get(app), type);
      if (live) ask(type, live.fullName);
      if (isPolicy({ type })) ask(type, '*', automaticName(type, app));
    }
  }
  return { apps, members: new Map([...members].map(([type, names]) => [type, [...names]])) };
}
