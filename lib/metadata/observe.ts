import { CONSUMER, HEADER, OAUTH_POLICIES, OAUTH_SETTINGS } from '../values/metadata-types';
import type { Component, FieldValue } from './component';
import { observedConnectedApp } from './connected-app/observe';
import { canonicalJson } from './digest';
import { EXTERNAL_CLIENT_APP_TYPES, OAUTH_RECORD_TYPES, PRESERVED_TYPES, SETTINGS_TYPES } from './fields';
import { connectedApp } from './fields/connected-app';
import type { ComponentType } from './fields/field';
import { observeComponent } from './observe-component';
import { observeOauthRecords } from './observe-oauth-records';
import type { ObservedApp, ObservedComponent, ObservedOrg } from './observed';
import { appNamedIn } from './package/app-named';
import { CONNECTED_APP, entryOf, OTHER_PLUGIN_TYPES, type PackageEntry } from './package/layout';
import { parseXml } from './package/xml';
import type { Files } from './package/zip';

const ALL_TYPES = [...EXTERNAL_CLIENT_APP_TYPES, ...PRESERVED_TYPES];
const CONNECTED_APPS = /\bConnectedApp\b(?!.*\bSettings\b)/;
const SECURITY_SETTINGS = /\bSecuritySettings\b|'Security'/;
const NOT_FOUND = /^Entity of type '.*' named '.*' cannot be found/;

export interface Reading {
  readonly files: Files;
  /** Record ids by package path. */
  readonly ids?: ReadonlyMap<string, string>;
  /** When records were last changed, by package path. */
  readonly changed?: ReadonlyMap<string, string>;
  /** What the org could not read, by package path. */
  readonly problems: readonly { readonly fileName: string; readonly problem: string }[];
  /** Metadata types the org offers; a type that is missing cannot have been read (D8). */
  readonly types: ReadonlySet<string>;
}

interface Plugin {
  readonly type: string;
  readonly fullName: string;
  readonly app?: string;
  readonly settings?: Readonly<Record<string, string>>;
}

interface Collected {
  readonly headers: Map<string, ObservedComponent>;
  /** By app name, then type. */
  readonly satellites: Map<string, Map<string, ObservedComponent>>;
  /** Satellites whose content cannot be read, so that only their file name hints at the app. */
  readonly nameless: { readonly type: string; readonly fullName: string; readonly reason: string }[];
  readonly plugins: Plugin[];
  readonly connectedApps: Map<string, ObservedComponent>;
  /** Problems with Connected Apps that name none. */
  readonly connectedAppProblems: string[];
  readonly settings: Record<string, ObservedComponent>;
  /** Problems that name no component. */
  readonly unplaced: string[];
}

/** Puts what was read from an org, or from a package on disk, together into apps and settings. Loses nothing. */
export function observe(reading: Reading): ObservedOrg {
  const collected = collect(reading);
  const names = new Set([...collected.headers.keys(), ...collected.satellites.keys()]);
  for (const { fullName } of collected.nameless) {
    const app = appOf(fullName, names);
    // No one knows whose it is: it stands as an app of its own that cannot be read, never as nothing.
    if (app === undefined) names.add(fullName);
  }
  const apps = new Map<string, ObservedApp>();
  const isOf = (type: string) => (entry: PackageEntry) => entry.kind === 'modeled' && entry.type.name === type;
  const ids = byName(reading.ids, isOf(HEADER));
  const changed = byName(reading.changed, isOf(OAUTH_POLICIES));
  for (const name of [...names].sort()) {
    const app = assemble(name, collected, names, reading.types);
    const policies = presentComponent(app, OAUTH_POLICIES)?.fullName ?? '';
    apps.set(name, withRecordFacts(app, ids.get(name), changed.get(policies)));
  }
  const isConnectedApp = ({ kind }: PackageEntry): boolean => kind === 'connected-app';
  const connectedAppIds = byName(reading.ids, isConnectedApp);
  const connectedAppsChanged = byName(reading.changed, isConnectedApp);
  const connectedApps = new Map(
    [...collected.connectedApps].map(([name, record]) => {
      const app = observedConnectedApp(name, record);
      return [name, withRecordFacts(app, connectedAppIds.get(name), connectedAppsChanged.get(name))] as const;
    }),
  );
  for (const [name, app] of connectedApps) if (!apps.has(name)) apps.set(name, app);
  const settings: Record<string, ObservedComponent> = {};
  for (const { name } of SETTINGS_TYPES) {
    settings[name] = collected.settings[name] ?? { state: 'unreadable', reason: 'the org did not return this record' };
  }
  const [unread = reading.types.has(CONNECTED_APP.name) ? undefined : 'the org did not offer them'] =
    collected.connectedAppProblems;
  return {
    apps,
    connectedApps,
    ...(unread !== undefined && { connectedAppsUnread: unread }),
    settings,
    oauthRecords: observeOauthRecords(reading),
    unplaced: collected.unplaced,
  };
}

/** What the org returned about the records that `wanted` lets through, by API name. */
function byName(
  facts: ReadonlyMap<string, string> = new Map(),
  wanted: (entry: PackageEntry) => boolean,
): ReadonlyMap<string, string> {
  return new Map(
    [...facts].flatMap(([path, fact]) => {
      const entry = entryOf(path);
      return 'fullName' in entry && wanted(entry) ? [[entry.fullName, fact] as const] : [];
    }),
  );
}

const withRecordFacts = (app: ObservedApp, id: string | undefined, changed: string | undefined): ObservedApp => ({
  ...app,
  ...(id !== undefined && { id }),
  ...(changed !== undefined && { policiesChanged: changed }),
});

function collect({ files, problems }: Reading): Collected {
  const collected: Collected = {
    headers: new Map(),
    satellites: new Map(),
    nameless: [],
    plugins: [],
    connectedApps: new Map(),
    connectedAppProblems: [],
    settings: {},
    unplaced: [],
  };
  for (const [path, content] of files) {
    const entry = entryOf(path);
    if (entry.kind === 'connected-app') {
      collected.connectedApps.set(entry.fullName, observeComponent(connectedApp, entry.fullName, content));
    }
    if (entry.kind === 'plugin') {
      const app = appNamedIn(content);
      const settings = judgedSettings(entry.type, content);
      collected.plugins.push({
        type: entry.type,
        fullName: entry.fullName,
        ...(app !== undefined && { app }),
        ...(settings && { settings }),
      });
    }
    if (entry.kind === 'modeled')
      place(collected, entry.type, entry.fullName, observeComponent(entry.type, entry.fullName, content));
  }
  for (const { fileName, problem } of problems) {
    // Names are asked for one by one only where a record may well not exist; a wildcard never finds nothing.
    if (NOT_FOUND.test(problem)) continue;
    const entry = concerned(fileName, problem);
    if (entry?.kind === 'modeled') {
      place(collected, entry.type, entry.fullName, { state: 'unreadable', reason: problem });
    } else if (entry?.kind === 'connected-app') {
      collected.connectedApps.set(entry.fullName, { state: 'unreadable', reason: problem });
    } else if (CONNECTED_APPS.test(problem)) {
      collected.connectedAppProblems.push(problem);
    } else if (entry === undefined) {
      collected.unplaced.push(problem);
    }
  }
  return collected;
}

/** Salesforce often names package.xml as the file and the component only in its words. */
function concerned(fileName: string, problem: string): PackageEntry | undefined {
  const entry = entryOf(fileName);
  if (entry.kind !== 'other') return entry;
  const name = /'([^']+)'[^']*$/.exec(problem)?.[1];
  const type = ALL_TYPES.find((candidate) => new RegExp(`\\b${candidate.name}\\b`).test(problem));
  if (type && name !== undefined && name !== type.name) return { kind: 'modeled', type, fullName: name };
  if (name !== undefined && name !== CONNECTED_APP.name && CONNECTED_APPS.test(problem)) {
    return { kind: 'connected-app', fullName: name };
  }
  // Beside apps, only what decides about them counts; the session timeout is then simply not known.
  if (SECURITY_SETTINGS.test(problem)) return { kind: 'other' };
  const harmless = [...OTHER_PLUGIN_TYPES, ...OAUTH_RECORD_TYPES, CONNECTED_APP].some((other) =>
    problem.includes(other.name),
  );
  return harmless ? { kind: 'other' } : undefined;
}

/** The few elements of a plugin that controls judge. */
function judgedSettings(type: string, content: string): Readonly<Record<string, string>> | undefined {
  const { judged = [] } = OTHER_PLUGIN_TYPES.find(({ name }) => name === type) ?? {};
  const document = parseXml(content);
  if (judged.length === 0 || !document.ok) return undefined;
  const elements = document.value.children.filter(({ name }) => judged.includes(name));
  return Object.fromEntries(elements.map(({ name, text }) => [name, text.trim()]));
}

function place(collected: Collected, type: ComponentType, fullName: string, component: ObservedComponent): void {
  if (type.directory === 'settings') {
    collected.settings[type.name] = oneOf(collected.settings[type.name], component);
  } else if (type.name === HEADER) {
    collected.headers.set(fullName, oneOf(collected.headers.get(fullName), component));
  } else if (component.state === 'present') {
    const app = component.component.fields['externalClientApplication'];
    if (typeof app !== 'string') {
      collected.nameless.push({ type: type.name, fullName, reason: 'the record names no external client app' });
      return;
    }
    const components = collected.satellites.get(app) ?? new Map<string, ObservedComponent>();
    const twin = components.get(type.name);
    const isSame = twin !== undefined && canonicalJson(twin) === canonicalJson(component);
    components.set(type.name, twin && !isSame ? duplicate(twin, fullName) : component);
    collected.satellites.set(app, components);
  } else if (component.state === 'unreadable') {
    collected.nameless.push({ type: type.name, fullName, reason: component.reason });
  }
}

/** The record, where nothing else is said about it elsewhere; two files may hold one. */
function oneOf(twin: ObservedComponent | undefined, found: ObservedComponent): ObservedComponent {
  if (twin === undefined || canonicalJson(twin) === canonicalJson(found)) return found;
  if (twin.state === 'unreadable') return twin;
  return found.state === 'unreadable' ? found : { state: 'unreadable', reason: 'two files hold it, and not the same' };
}

function duplicate(twin: ObservedComponent, fullName: string): ObservedComponent {
  const other = twin.state === 'present' ? twin.component.fullName : 'another record';
  return { state: 'unreadable', reason: `the app has two records of this type: ${other} and ${fullName}` };
}

/** The longest app name that the satellite's name starts with. */
function appOf(fullName: string, names: ReadonlySet<string>): string | undefined {
  return [...names].filter((name) => fullName.startsWith(name)).sort((a, b) => b.length - a.length)[0];
}

function assemble(
  name: string,
  collected: Collected,
  names: ReadonlySet<string>,
  types: ReadonlySet<string>,
): ObservedApp {
  const components: Record<string, ObservedComponent> = {};
  for (const type of [...EXTERNAL_CLIENT_APP_TYPES, ...PRESERVED_TYPES]) {
    const found = type.name === HEADER ? collected.headers.get(name) : collected.satellites.get(name)?.get(type.name);
    const nameless = collected.nameless.find(
      (candidate) => candidate.type === type.name && (appOf(candidate.fullName, names) ?? candidate.fullName) === name,
    );
    if (found) components[type.name] = found;
    else if (nameless) components[type.name] = { state: 'unreadable', reason: nameless.reason };
    else if (types.has(type.name)) components[type.name] = { state: 'absent' };
    else components[type.name] = { state: 'unreadable', reason: `no ${type.name} was read` };
  }
  const plugins = collected.plugins.filter(
    (plugin) => plugin.app === name || (plugin.app === undefined && appOf(plugin.fullName, names) === name),
  );
  return {
    platform: 'external-client-app',
    apiName: name,
    ...condition(components),
    components,
    otherComponents: plugins.map((plugin) => `${plugin.type}:${plugin.fullName}`).sort(),
    ...(plugins.length > 0 && {
      pluginSettings: Object.fromEntries(plugins.flatMap(({ type, settings }) => (settings ? [[type, settings]] : []))),
    }),
  };
}

/** Absent, unreadable and broken are three things (D8). */
function condition(components: Readonly<Record<string, ObservedComponent>>): Pick<ObservedApp, 'condition' | 'reason'> {
  const header = components[HEADER];
  const unreadable = EXTERNAL_CLIENT_APP_TYPES.flatMap(({ name, title }) => {
    const component = components[name];
    return component?.state === 'unreadable' ? [`${title}: ${component.reason}`] : [];
  });
  if (unreadable.length > 0) return { condition: 'unreadable', reason: unreadable.join('; ') };
  if (header?.state !== 'present') {
    return { condition: 'broken', reason: 'there are OAuth records that name this app, but no app of this name' };
  }
  const consumer = components[CONSUMER];
  const settings = components[OAUTH_SETTINGS];
  if (consumer?.state !== 'present') return { condition: 'broken', reason: 'the app has no OAuth consumer' };
  if (settings?.state !== 'present') return { condition: 'broken', reason: 'the app has no OAuth settings' };
  if (consumer.component.fields['consumerKey'] === undefined) {
    return { condition: 'broken', reason: 'the OAuth consumer has no consumer key' };
  }
  return { condition: 'present' };
}

/** The component, where it is present. */
export function presentComponent(app: ObservedApp | undefined, type: string): Component | undefined {
  const component = app?.components[type];
  return component?.state === 'present' ? component.component : undefined;
}

/** A text field of a present component. */
export function textField(app: ObservedApp | undefined, type: string, field: string): string | undefined {
  const value: FieldValue | undefined = presentComponent(app, type)?.fields[field];
  return typeof value === 'string' ? value : undefined;
}
