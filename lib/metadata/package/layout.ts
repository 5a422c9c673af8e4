import { nearest } from '../../values/nearest';
import { componentType, EXTERNAL_CLIENT_APP_TYPES, PRESERVED_TYPES, SETTINGS_TYPES } from '../fields';
import type { ComponentType } from '../fields/field';
import { settingsMember } from '../settings-components';

/** Plugins of an External Client App that this library does not model: seen and shown, never dropped or changed. */
export const OTHER_PLUGIN_TYPES: readonly {
  readonly name: string;
  readonly directory: string;
  readonly suffix: string;
  readonly since: number;
  /** Settings that security controls judge; nothing else of a plugin is kept, for some hold keys and passwords. */
  readonly judged?: readonly string[];
}[] = [
  {
    name: 'ExtlClntAppSamlConfigurablePolicies',
    directory: 'extlClntAppSamlConfigurablePolicies',
    suffix: 'ecaSamlPlcy',
    since: 63,
    judged: ['signingAlgorithmType', 'encryptionType', 'encryptionCertificate'],
  },
  {
    name: 'ExtlClntAppMobileSettings',
    directory: 'extlClntAppMobileSettings',
    suffix: 'ecaMobile',
    since: 64,
    judged: ['isScreenLockEnabled'],
  },
  {
    name: 'ExtlClntAppMobileConfigurablePolicies',
    directory: 'extlClntAppMobilePolicies',
    suffix: 'ecaMobilePlcy',
    since: 64,
    judged: ['screenLockTimeout'],
  },
  {
    name: 'ExtlClntAppNotificationSettings',
    directory: 'extlClntAppNotifSettings',
    suffix: 'ecaNotifications',
    since: 64,
  },
  { name: 'ExtlClntAppPushSettings', directory: 'extlClntAppPushSettings', suffix: 'ecaPush', since: 64 },
  {
    name: 'ExtlClntAppPushConfigurablePolicies',
    directory: 'extlClntAppPushPolicies',
    suffix: 'ecaPushPlcy',
    since: 64,
    judged: ['isFullContent'],
  },
  { name: 'ExtlClntAppCanvasSettings', directory: 'extlClntAppCanvasSettings', suffix: 'ecaCanvas', since: 66 },
  { name: 'ExtlClntAppAttestSettings', directory: 'extlClntAppAttestSettings', suffix: 'ecaAttest', since: 68 },
  {
    name: 'ExtlClntAppAttestConfigurablePolicies',
    directory: 'extlClntAppAttestPolicies',
    suffix: 'ecaAttestPlcy',
    since: 68,
  },
];

export const CONNECTED_APP = { name: 'ConnectedApp', directory: 'connectedApps', suffix: 'connectedApp' } as const;

/** What a file of a package is, by its path. */
export type PackageEntry =
  | { readonly kind: 'modeled'; readonly type: ComponentType; readonly fullName: string }
  | { readonly kind: 'plugin'; readonly type: string; readonly fullName: string }
  | { readonly kind: 'connected-app'; readonly fullName: string }
  | { readonly kind: 'other' };

const MODELED = [...EXTERNAL_CLIENT_APP_TYPES, ...PRESERVED_TYPES];

/** `<directory>/<fullName>.<suffix>`, the path of a component in a package. */
export function componentPath(typeName: string, fullName: string): string {
  const type = componentType(typeName);
  if (!type) throw new TypeError(`No component type ${typeName} in the field table`);
  return `${type.directory}/${fullName}.${type.suffix}`;
}

/**
 * Tells what the file at a package path is; a path of a Salesforce DX project (deeper, `-meta.xml`) will do as well. Names
 * that contain blanks or other characters may be percent-encoded.
 */
export function entryOf(path: string): PackageEntry {
  const [file = '', directory = ''] = path
    .replace(/-meta\.xml$/, '')
    .split('/')
    .reverse();
  const cut = file.lastIndexOf('.');
  if (cut <= 0) return { kind: 'other' };
  const fullName = decodeName(file.slice(0, cut));
  const suffix = file.slice(cut + 1);
  // A Salesforce DX project may keep a file anywhere: there the suffix says what it is.
  const anywhere = path.endsWith('-meta.xml');
  const fits = (type: { readonly directory: string; readonly suffix: string }): boolean =>
    type.suffix === suffix && (anywhere || type.directory === directory);
  const modeled = MODELED.find(fits);
  if (modeled) return { kind: 'modeled', type: modeled, fullName };
  const plugin = OTHER_PLUGIN_TYPES.find(fits);
  if (plugin) return { kind: 'plugin', type: plugin.name, fullName };
  if (fits(CONNECTED_APP)) return { kind: 'connected-app', fullName };
  const settings = SETTINGS_TYPES.find((type) => fits(type) && settingsMember(type.name) === fullName);
  return settings ? { kind: 'modeled', type: settings, fullName } : { kind: 'other' };
}

interface Place {
  readonly directory: string;
  readonly suffix: string;
  /** Where only some names of the folder are ours. */
  readonly fullName?: string;
}

const PLACES: readonly Place[] = [
  ...MODELED,
  ...OTHER_PLUGIN_TYPES,
  CONNECTED_APP,
  ...SETTINGS_TYPES.map(({ name, directory, suffix }) => ({ directory, suffix, fullName: settingsMember(name) })),
];
const DIRECTORIES = new Set(PLACES.flatMap(({ directory, fullName }) => (fullName === undefined ? [directory] : [])));

/**
 * Why a file that looks like a client app is not one: a suffix that its folder does not have, or a folder or case of letters
 * that Salesforce does not know. Undefined where it is one, or is no metadata (hidden files, notes).
 */
export function strangerReason(path: string): string | undefined {
  const [file = '', directory = ''] = path.split('/').reverse();
  const name = file.replace(/-meta\.xml$/i, '');
  const cut = name.lastIndexOf('.');
  if (file.startsWith('.') || entryOf(path).kind !== 'other') return undefined;
  const suffix = cut < 0 ? '' : name.slice(cut + 1);
  const fullName = cut < 0 ? name : name.slice(0, cut);
  const meant = PLACES.find((place) => same(place.suffix, suffix) && same(place.fullName ?? fullName, fullName));
  if (meant && cut > 0) {
    return `Salesforce reads it from ${meant.directory}/${meant.fullName ?? fullName}.${meant.suffix} only; upper and lower case count`;
  }
  // A Salesforce DX project may keep a file anywhere; no other metadata has a suffix that begins like this one.
  const anywhere = file !== name && (/^eca[A-Z]/.test(suffix) || OF_CLIENT_APPS.test(suffix));
  if (OF_CLIENT_APPS.test(directory) && !DIRECTORIES.has(directory)) {
    return `this version knows no metadata in the folder ${directory}, so what the file holds is not evaluated`;
  }
  if (!DIRECTORIES.has(directory) && !anywhere) return undefined;
  const isMetadata = file !== name || /^(eca|connectedApp|xml$)/i.test(suffix) || suffix === '';
  if (!isMetadata) return undefined;
  const known = PLACES.filter((place) => place.directory === directory).map((place) => place.suffix);
  const guess = known.length === 1 ? known[0] : nearest(suffix, [...new Set(PLACES.map((place) => place.suffix))]);
  const where = DIRECTORIES.has(directory) ? ` in ${directory}` : '';
  return (
    `Salesforce has no metadata${where} with the suffix ${suffix === '' ? '(none)' : suffix}` +
    (guess === undefined ? '' : `; rename the file to ${fullName}.${guess}${file === name ? '' : '-meta.xml'}`)
  );
}

/** What every folder of client apps begins with, and what files are called by those who guess their suffix. */
const OF_CLIENT_APPS = /^(extlClntApp|externalClientApp)/i;

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
