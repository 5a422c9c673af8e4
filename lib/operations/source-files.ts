import { appNamedIn } from '../metadata/package/app-named';
import { entryOf } from '../metadata/package/layout';
import { groupBy } from '../values/group-by';
import { HEADER } from '../values/metadata-types';
import type { Result } from '../values/result';

/** A file, or folder, that could not be read, and why. */
export interface UnreadFile {
  readonly path: string;
  readonly reason: string;
}

/** Files to audit, read one by one when they are needed, so that no more than one app is in memory at a time. */
export interface SourceFiles {
  /** Of the metadata files, relative to what was named, with forward slashes. */
  readonly paths: readonly string[];
  /** Of the security settings of the org, of which one fact is read. @default - none */
  readonly securitySettings?: readonly string[];
  /** Folders and links that could not be looked into. */
  readonly unread: readonly UnreadFile[];
  /** The text of a file, or why there is none. */
  readonly read: (path: string) => Result<string, string>;
  /** The path by which reports name a file: from the root of the reader's project. */
  readonly shown: (path: string) => string;
}

/** The files of a source that belong together. */
export interface SourceGroups {
  /** Of External Client Apps. An app that is there twice, in two projects, is two. */
  readonly apps: readonly { readonly apiName: string; readonly paths: readonly string[] }[];
  readonly connectedApps: readonly { readonly apiName: string; readonly path: string }[];
  readonly settings: readonly string[];
}

/**
 * Sorts files by app, keeping nothing but paths. A record says whose it is; where it cannot be read, its name hints at it,
 * and a record that no one can place is an app of its own.
 */
export function groupFiles({ paths, read }: SourceFiles): SourceGroups {
  const apps = new Map<string, string[]>();
  const connectedApps: { apiName: string; path: string }[] = [];
  const settings: string[] = [];
  const nameless: { fullName: string; path: string }[] = [];
  const add = (app: string, path: string): void => {
    const others = apps.get(app);
    if (others) others.push(path);
    else apps.set(app, [path]);
  };
  for (const path of paths) {
    const entry = entryOf(path);
    if (entry.kind === 'other') continue;
    if (entry.kind === 'connected-app') connectedApps.push({ apiName: entry.fullName, path });
    else if (entry.kind === 'modeled' && entry.type.directory === 'settings') settings.push(path);
    else if (entry.kind === 'modeled' && entry.type.name === HEADER) add(entry.fullName, path);
    else {
      const text = read(path);
      const app = text.ok ? appNamedIn(text.value) : undefined;
      if (app !== undefined) add(app, path);
      else nameless.push({ fullName: entry.fullName, path });
    }
  }
  const names = [...apps.keys()].sort((a, b) => b.length - a.length);
  for (const { fullName, path } of nameless) add(names.find((name) => fullName.startsWith(name)) ?? fullName, path);
  return {
    apps: [...apps]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([apiName, all]) => copiesOf(all).map((own) => ({ apiName, paths: own }))),
    connectedApps: connectedApps.sort((a, b) => (a.apiName < b.apiName ? -1 : 1)),
    settings,
  };
}

/**
 * The files of one app, or of several of its name: a repository may hold the metadata of many orgs. Only where a record is
 * there twice; else an app may well be spread over folders.
 */
function copiesOf(paths: readonly string[]): readonly (readonly string[])[] {
  const records = paths.map(recordOf);
  if (new Set(records).size === records.length) return [paths];
  const heads = paths.filter((path) => recordOf(path) === HEADER).map(rootOf);
  const roots = [...new Set(heads.length > 1 ? heads : paths.map(rootOf))];
  return [...groupBy(paths, (path) => nearestOf(roots, path)).values()];
}

/** What an app has one of: a type; of plugins several records may be there. */
function recordOf(path: string): string {
  const entry = entryOf(path);
  if (entry.kind === 'modeled') return entry.type.name;
  return entry.kind === 'plugin' ? `${entry.type}:${entry.fullName}` : path;
}

/** The folder that holds the folders of types. */
const rootOf = (path: string): string => path.split('/').slice(0, -2).join('/');

/** The root that shares most folders with the file. */
function nearestOf(roots: readonly string[], path: string): string {
  const way = rootOf(path).split('/');
  const shared = (root: string): number => {
    const parts = root.split('/');
    const fork = parts.findIndex((part, n) => part !== way[n]);
    return fork < 0 ? parts.length + 1 : fork;
  };
  return roots.reduce((best, root) => (shared(root) > shared(best) ? root : best), roots[0] ?? '');
}
