import { connectedApps } from './generated/connected-apps';
import { experienceCloud } from './generated/experience-cloud';
import { externalClientAppPlugins } from './generated/external-client-app-plugins';
import { externalClientApps } from './generated/external-client-apps';
import { permissionSets } from './generated/permission-sets';
import { profiles } from './generated/profiles';
import { references } from './generated/references';
import { settings } from './generated/settings';
import { type FieldSchema, readNotation, type TypeSchema } from './notation';
import { METADATA_TYPES, type MetadataType } from './types';

/** Oldest API version whose fields are known one by one; older calls see the types of this version, without ECA types. */
export const OLDEST_KNOWN_VERSION = 60;
/** Newest API version the schema describes. */
export const NEWEST_KNOWN_VERSION = 68;

const TYPES = readNotation(
  [
    externalClientApps,
    externalClientAppPlugins,
    connectedApps,
    settings,
    permissionSets,
    experienceCloud,
    profiles,
    references,
  ].join(''),
);

/** The schema of a metadata type, record or enum; undefined for the simple types (`string`, `boolean` …). */
export const schemaOf = (name: string): TypeSchema | undefined => TYPES.get(name);

const isEcaType = (type: MetadataType): boolean => type.satellite || type.name === 'ExternalClientApplication';

/** True when the type exists in an API version. */
export function typeKnown(type: MetadataType, version: number): boolean {
  const since = Math.max(schemaOf(type.name)?.since ?? Infinity, isEcaType(type) ? OLDEST_KNOWN_VERSION : 0);
  return version >= since;
}

/** True when the field exists in an API version; below the oldest known version that one's fields count. */
export function fieldKnown(field: FieldSchema, version: number): boolean {
  const known = Math.max(version, OLDEST_KNOWN_VERSION);
  return known >= field.since && known <= field.until;
}

/** The metadata types of an API version. */
export const typesAt = (version: number): readonly MetadataType[] =>
  METADATA_TYPES.filter((type) => typeKnown(type, version));

/** The type of a root element or CRUD call (`OauthOidcSettings`, `ConnectedApp` …). */
export const typeNamed = (name: string): MetadataType | undefined => METADATA_TYPES.find((type) => type.name === name);

/** The types of a `<name>` in package.xml: one, or all settings types for `Settings`. */
export const typesOfManifest = (manifest: string): readonly MetadataType[] =>
  METADATA_TYPES.filter((type) => type.manifest === manifest);

/** The type of a file's path inside a package, and its full name; undefined outside the known directories and suffixes. */
export function typeOfPath(path: string): { readonly type: MetadataType; readonly fullName: string } | undefined {
  const [directory, file, ...deeper] = path.split('/');
  if (file === undefined || deeper.length > 0) return undefined;
  const dot = file.lastIndexOf('.');
  const [fullName, suffix] = [file.slice(0, dot), file.slice(dot + 1)];
  const type = METADATA_TYPES.find(
    (candidate) =>
      candidate.directory === directory &&
      candidate.suffix === suffix &&
      (candidate.member === undefined || candidate.member === fullName),
  );
  return type && { type, fullName };
}

export const pathOf = (type: MetadataType, fullName: string): string => `${type.directory}/${fullName}.${type.suffix}`;
