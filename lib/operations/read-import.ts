import type { ImportedOrg } from '../import/model';
import { buildManifest } from '../metadata/manifest';
import type { ObservedApp } from '../metadata/observed';
import type { CallOptions, Org } from '../org/org';
import { CONSUMER, HEADER, OAUTH_SETTINGS } from '../values/metadata-types';
import { readGroup } from './read-group';
import { readOrg } from './read-org';
import type { SourceFiles, UnreadFile } from './source-files';

/** Everything of an org that a program could declare, by one reading. Writes nothing. */
export async function readForImport(
  org: Org,
  name: string,
  apiVersion: number,
  options: CallOptions = {},
): Promise<ImportedOrg> {
  const nothing = buildManifest({
    id: name,
    name,
    path: name,
    apiVersion,
    engine: 'provider',
    settings: {},
    assumptions: {},
    apps: [],
  });
  const { observed, identity, facts, checkFacts } = await readOrg(org, nothing, { ...options, others: true });
  // Users are looked up by the names in a program, and there is none yet: no one was found to be missing.
  const { users: _, ...known } = facts;
  return { name, observed, apiVersion, identity, facts: known, checkFacts };
}

/** The same of files. What is not among them is not declared, whatever the org has. */
export function filesForImport(
  source: SourceFiles,
  name: string,
  apiVersion: number,
): { readonly org: ImportedOrg; readonly unread: readonly UnreadFile[] } {
  const { observed, unread } = readGroup(source, source.paths);
  const { connectedAppsUnread: _, ...rest } = observed;
  const apps = new Map([...observed.apps].map(([apiName, app]) => [apiName, withoutKey(app)]));
  return { org: { name, observed: { ...rest, apps }, apiVersion }, unread: [...source.unread, ...unread] };
}

/** Projects leave the consumer key out, which the org makes itself: no reason to call an app broken. */
function withoutKey(app: ObservedApp): ObservedApp {
  const whole = [HEADER, CONSUMER, OAUTH_SETTINGS].every((type) => app.components[type]?.state === 'present');
  if (app.condition !== 'broken' || !whole) return app;
  const { reason: _, ...rest } = app;
  return { ...rest, condition: 'present' };
}
