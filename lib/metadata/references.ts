import type { Platform } from '../declaration/client-app';
import type { ObservedOrg } from './observed';
import { parseXml, type XmlElement } from './package/xml';
import type { Files } from './package/zip';
import { appsInRows } from './records/app-rows';
import { recordKindOf } from './records/words';

/** Metadata types beside the apps whose records name an app, or its consumer key. */
export const REFERRING_TYPES = [
  'AuthProvider',
  'CustomPermission',
  'NotificationTypeConfig',
  'UserProvisioningConfig',
] as const;

/** How people call them. */
const WORDS: Readonly<Record<string, string>> = {
  AuthProvider: 'authentication provider',
  CustomPermission: 'custom permission',
  NotificationTypeConfig: 'notification type',
  UserProvisioningConfig: 'user provisioning',
};

/** A record that names an app. */
export interface Reference {
  /** `custom permission Invoices`. */
  readonly from: string;
  readonly apiName?: string;
  /** @default - either platform */
  readonly platform?: Platform;
  readonly consumerKey?: string;
}

/** Which records name apps, and what of it could not be read. */
export interface ReferencesReading {
  readonly found: readonly Reference[];
  readonly unread: readonly string[];
}

/** The references in retrieved files; a file that is not XML is reported, never taken for one without references. */
export function referencesIn(files: Files): ReferencesReading {
  const found: Reference[] = [];
  const unread: string[] = [];
  for (const [path, content] of files) {
    const document = parseXml(content);
    const name = decodeURIComponent(path.slice(path.lastIndexOf('/') + 1, path.lastIndexOf('.')));
    if (document.ok) found.push(...referencesOf(document.value, name));
    else unread.push(`${path}: ${document.error.problem}`);
  }
  return { found, unread };
}

function referencesOf(root: XmlElement, name: string): readonly Reference[] {
  const child = (of: XmlElement, field: string): string =>
    of.children.find((each) => each.name === field)?.text.trim() ?? '';
  const from = `${WORDS[root.name] ?? ''} ${name}`;
  const named = (field: string, platform: Platform): readonly Reference[] => {
    const apiName = child(root, field);
    return apiName === '' ? [] : [{ from, apiName, platform }];
  };
  switch (root.name) {
    case 'AuthProvider': {
      const consumerKey = child(root, 'consumerKey');
      return consumerKey === '' ? [] : [{ from, consumerKey }];
    }
    case 'CustomPermission':
      return [...named('externalClientApplication', 'external-client-app'), ...named('connectedApp', 'connected-app')];
    case 'UserProvisioningConfig':
      return named('connectedApp', 'connected-app');
    case 'NotificationTypeConfig':
      return notificationReferences(root, child);
    default:
      return [];
  }
}

const PLATFORMS: Readonly<Record<string, Platform>> = {
  CONNECTED_APP: 'connected-app',
  EXTERNAL_CLIENT_APP: 'external-client-app',
};

function notificationReferences(
  root: XmlElement,
  child: (of: XmlElement, field: string) => string,
): readonly Reference[] {
  return root.children
    .filter(({ name }) => name === 'notificationTypeSettings')
    .flatMap((settings) =>
      settings.children
        .filter(({ name }) => name === 'appSettings')
        .map((app) => {
          const platform = PLATFORMS[child(app, 'appType')];
          const from = `${WORDS[root.name] ?? ''} ${child(settings, 'notificationType')}`;
          return { from, apiName: child(app, 'connectedAppName'), ...(platform && { platform }) };
        }),
    );
}

/** The records beside the apps that name apps; every reading has those. */
export function recordReferences({ oauthRecords }: Pick<ObservedOrg, 'oauthRecords'>): ReferencesReading {
  const found: Reference[] = [];
  const unread: string[] = [];
  for (const [type, { byName, unread: reason }] of Object.entries(oauthRecords)) {
    const kind = recordKindOf(type);
    if (!kind?.apps) continue;
    if (reason !== undefined) unread.push(`${kind.words}s: ${reason}`);
    for (const [name, record] of byName) {
      const from = `${kind.words} ${name}`;
      if (record.state === 'unreadable') unread.push(`${from}: ${record.reason}`);
      if (record.state !== 'present') continue;
      const apps = appsInRows(record.component.fields[kind.apps.field]);
      found.push(...apps.map(({ apiName, platform }) => ({ from, apiName, platform })));
    }
  }
  return { found, unread };
}

/** An app as references know it. */
export interface NamedApp {
  readonly platform: Platform;
  readonly apiName: string;
  /** @default - not known */
  readonly consumerKey?: string | undefined;
}

/** The records that name this app, each once. */
export function referringTo(app: NamedApp, references: readonly Reference[]): readonly string[] {
  const named = references.filter(({ apiName, platform, consumerKey }) => {
    if (consumerKey !== undefined) return consumerKey === app.consumerKey;
    return apiName?.toLowerCase() === app.apiName.toLowerCase() && (platform ?? app.platform) === app.platform;
  });
  return [...new Set(named.map(({ from }) => from))].sort();
}
