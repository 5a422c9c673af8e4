import { writeXml, type XmlNode } from '../../metadata/package/xml';
import type { Files } from '../../metadata/package/zip';
import { recordId } from '../ids';
import { profileRecords } from '../profiles';
import { pathOf, typesAt } from '../schema/schema';
import { METADATA_TYPES, type MetadataType, OAUTH_POLICY, POLICY, PROFILE } from '../schema/types';
import { type Component, componentOf, componentsOf, deployingUser, type OrgState } from '../state';
import { type Reader, view } from './view';

/** One entry of `fileProperties` and of listMetadata. */
export interface FileProperties {
  readonly type: MetadataType;
  readonly component: Component;
  readonly fileName: string;
}

export interface Wanted {
  readonly manifest: string;
  readonly members: readonly string[];
}

export interface RetrieveOutcome {
  readonly files: Files;
  readonly properties: readonly FileProperties[];
  readonly messages: readonly { readonly fileName: string; readonly problem: string }[];
}

/** Whether the named component cannot be read right now (fault injection). */
export type Unreadable = (type: MetadataType, fullName: string) => boolean;

/** The records of a type; settings and profiles have theirs, stated or not. */
export function componentsIncludingSettings(org: OrgState, type: MetadataType): readonly Component[] {
  if (type.name === PROFILE) return profileRecords(org);
  if (type.member === undefined) return componentsOf(org, type.name);
  const time = '2020-01-01T00:00:00.000Z';
  const untouched: Component = {
    id: recordId(type.idPrefix, 1),
    fullName: type.member,
    fields: {},
    createdDate: time,
    lastModifiedDate: time,
  };
  return [componentOf(org, type.name, type.member) ?? untouched];
}

/** The files of a package.xml's members, with a message for every name that cannot be had. */
export function retrieveFiles(
  wanted: readonly Wanted[],
  reader: Reader,
  root: string,
  unreadable: Unreadable,
): RetrieveOutcome {
  const files = new Map<string, string>();
  const properties: FileProperties[] = [];
  const messages: { fileName: string; problem: string }[] = [];
  const complain = (problem: string): void => {
    messages.push({ fileName: `${root}package.xml`, problem });
  };
  for (const { manifest, members } of wanted) {
    const types = typesAt(reader.version).filter((type) => type.manifest === manifest);
    if (types.length === 0) {
      complain(`Entity type: '${manifest}' is unknown`);
      continue;
    }
    const available = new Map(
      types.flatMap((type) =>
        componentsIncludingSettings(reader.org, type).map(
          (component) => [component.fullName, { type, component }] as const,
        ),
      ),
    );
    const names = members.flatMap((name) => (name === '*' ? wildcard(available, reader) : [name]));
    for (const name of new Set(names)) {
      const found = available.get(name);
      if (found === undefined) complain(`Entity of type '${manifest}' named '${name}' cannot be found`);
      else if (unreadable(found.type, name)) complain(`Unable to retrieve ${manifest} '${name}': UNKNOWN_EXCEPTION`);
      else {
        const fileName = root + pathOf(found.type, name);
        files.set(fileName, writeXml({ name: found.type.name, children: view(found.type, found.component, reader) }));
        properties.push({ ...found, fileName });
      }
    }
  }
  files.set(`${root}package.xml`, manifestOf(properties, reader.version));
  return { files, properties, messages };
}

/** What `*` stands for. Who knows a name can always ask for it. */
const wildcard = (
  available: ReadonlyMap<string, { readonly type: MetadataType; readonly component: Component }>,
  { switches }: Reader,
): readonly string[] =>
  [...available]
    .filter(([, { type, component }]) => switches.automaticPoliciesRetrieved || !isAutomaticPolicy(type, component))
    .map(([name]) => name);

const isAutomaticPolicy = ({ name }: MetadataType, { automatic }: Component): boolean =>
  automatic === true && (name === POLICY || name === OAUTH_POLICY);

function manifestOf(properties: readonly FileProperties[], version: number): string {
  const manifests = [...new Set(METADATA_TYPES.map(({ manifest }) => manifest))].sort();
  const types = manifests.flatMap((manifest) => {
    const names = properties
      .filter(({ type }) => type.manifest === manifest)
      .map(({ component }) => component.fullName);
    const members = names.sort().map((text) => ({ name: 'members', text }));
    return members.length === 0 ? [] : [{ name: 'types', children: [...members, { name: 'name', text: manifest }] }];
  });
  return writeXml({ name: 'Package', children: [...types, { name: 'version', text: version.toFixed(1) }] });
}

/** `FileProperties` as elements, in the WSDL's order. */
export function propertiesNode(name: string, { type, component, fileName }: FileProperties, org: OrgState): XmlNode {
  const user = deployingUser(org);
  const by = (role: string): readonly XmlNode[] => [
    { name: `${role}ById`, text: user?.id ?? '' },
    { name: `${role}ByName`, text: user?.username ?? '' },
  ];
  return {
    name,
    children: [
      ...by('created'),
      { name: 'createdDate', text: component.createdDate },
      { name: 'fileName', text: fileName },
      { name: 'fullName', text: component.fullName },
      { name: 'id', text: component.id },
      ...by('lastModified'),
      { name: 'lastModifiedDate', text: component.lastModifiedDate },
      { name: 'manageableState', text: 'unmanaged' },
      { name: 'type', text: type.manifest },
    ],
  };
}

/** The components listMetadata names for one type. */
export function listed(org: OrgState, type: MetadataType, automaticListed: boolean): readonly FileProperties[] {
  const hidden = (component: Component): boolean => !automaticListed && isAutomaticPolicy(type, component);
  return componentsIncludingSettings(org, type)
    .filter((component) => !hidden(component))
    .map((component) => ({ type, component, fileName: pathOf(type, component.fullName) }));
}
