import { METADATA_NAMESPACE, parseXml, type XmlElement } from '../../metadata/package/xml';
import type { Files } from '../../metadata/package/zip';
import { typeKnown, typeOfPath, typesAt, typesOfManifest } from '../schema/schema';
import type { MetadataType } from '../schema/types';
import { type DeployMessage, packageMessage } from './messages';

/** A component to write: its file, found and named by the manifest. */
export interface PackagedFile {
  readonly type: MetadataType;
  readonly fullName: string;
  readonly path: string;
  readonly text: string;
}

export interface Deletion {
  readonly type: MetadataType;
  readonly fullName: string;
  readonly manifest: string;
}

/** A package as it was sent: what to write, what to delete before and after that. */
export interface DeployPackage {
  readonly version: number;
  readonly files: readonly PackagedFile[];
  readonly deleteFirst: readonly Deletion[];
  readonly deleteLast: readonly Deletion[];
  readonly problems: readonly DeployMessage[];
}

interface Member {
  readonly manifest: string;
  readonly fullName: string;
}

const MANIFESTS = ['package.xml', 'destructiveChanges.xml', 'destructiveChangesPre.xml', 'destructiveChangesPost.xml'];

/** Reads a deploy zip's files. `singlePackage` says where package.xml stands: at the root, or in one folder. */
export function readPackage(
  files: Files,
  options: { readonly singlePackage: boolean; readonly allowMissingFiles: boolean; readonly latestVersion: number },
): DeployPackage {
  const root = options.singlePackage ? '' : folderOf(files);
  const manifestText = root === undefined ? undefined : files.get(`${root}package.xml`);
  if (root === undefined || manifestText === undefined) return broken('No package.xml found');
  const problems: DeployMessage[] = [];
  const manifest = readManifest(manifestText, 'package.xml', problems);
  const version = versionOf(manifest, options.latestVersion, problems);
  const wanted = membersOf(manifest);
  return {
    version,
    files: packagedFiles(files, root, wanted, version, options.allowMissingFiles, problems),
    deleteFirst: [
      ...deletions(files, root, 'destructiveChangesPre.xml', version, problems),
      ...deletions(files, root, 'destructiveChanges.xml', version, problems),
    ],
    deleteLast: deletions(files, root, 'destructiveChangesPost.xml', version, problems),
    problems,
  };
}

const broken = (problem: string): DeployPackage => ({
  version: 0,
  files: [],
  deleteFirst: [],
  deleteLast: [],
  problems: [packageMessage(problem)],
});

/** The one folder that holds package.xml when the zip is not a single package. */
function folderOf(files: Files): string | undefined {
  const path = [...files.keys()].find((candidate) => /^[^/]+\/package\.xml$/.test(candidate));
  return path?.slice(0, -'package.xml'.length);
}

function readManifest(text: string, fileName: string, problems: DeployMessage[]): XmlElement | undefined {
  const parsed = parseXml(text);
  if (!parsed.ok) {
    problems.push(
      packageMessage(`Error parsing file: ${parsed.error.problem} (line ${parsed.error.line})`, { fileName }),
    );
    return undefined;
  }
  const root = parsed.value;
  if (root.name !== 'Package' || root.namespace !== METADATA_NAMESPACE) {
    problems.push(packageMessage(`Error parsing file: the root element is ${root.name}, not Package`, { fileName }));
    return undefined;
  }
  return root;
}

const child = (element: XmlElement | undefined, name: string): string | undefined =>
  element?.children.find((candidate) => candidate.name === name)?.text.trim();

function versionOf(manifest: XmlElement | undefined, latest: number, problems: DeployMessage[]): number {
  const text = child(manifest, 'version');
  if (manifest === undefined) return latest;
  if (text === undefined || !/^\d{2}(\.0)?$/.test(text) || Number(text) > latest || Number(text) < 31) {
    problems.push(packageMessage(`Invalid version specified:${text ?? ''}`));
    return latest;
  }
  return Number(text);
}

const membersOf = (manifest: XmlElement | undefined): readonly Member[] =>
  (manifest?.children ?? [])
    .filter((element) => element.name === 'types')
    .flatMap((types) =>
      types.children
        .filter((element) => element.name === 'members')
        .map((member) => ({ manifest: child(types, 'name') ?? '', fullName: member.text.trim() })),
    );

function packagedFiles(
  files: Files,
  root: string,
  wanted: readonly Member[],
  version: number,
  allowMissing: boolean,
  problems: DeployMessage[],
): readonly PackagedFile[] {
  const found: PackagedFile[] = [];
  const named = new Set(wanted.map(({ manifest, fullName }) => `${manifest}/${fullName}`));
  for (const [path, text] of files) {
    const inside = path.startsWith(root) ? path.slice(root.length) : undefined;
    if (inside === undefined || MANIFESTS.includes(inside)) continue;
    const at = typeOfPath(inside);
    if (at === undefined) {
      problems.push(
        packageMessage(`Unknown file: no metadata type the emulator knows has its files at ${inside}`, {
          fileName: path,
        }),
      );
    } else if (!named.has(`${at.type.manifest}/${at.fullName}`) && !named.has(`${at.type.manifest}/*`)) {
      problems.push(
        packageMessage('Not in package.xml', {
          fileName: path,
          fullName: at.fullName,
          componentType: at.type.manifest,
        }),
      );
    } else {
      found.push({ ...at, path, text });
    }
  }
  const inZip = new Set(found.map((file) => `${file.type.manifest}/${file.fullName}`));
  for (const { manifest, fullName } of wanted) {
    if (!knownManifest(manifest, version)) {
      problems.push(unknownType(manifest, fullName, version, 'package.xml'));
    } else if (fullName !== '*' && !allowMissing && !inZip.has(`${manifest}/${fullName}`)) {
      const problem = `An object '${fullName}' of type ${manifest} was named in package.xml, but was not found in zipped directory`;
      problems.push(packageMessage(problem, { fullName }));
    }
  }
  return found.filter((file) => typeKnown(file.type, version));
}

const knownManifest = (manifest: string, version: number): boolean =>
  typesOfManifest(manifest).some((type) => typeKnown(type, version));

function unknownType(manifest: string, fullName: string, version: number, fileName: string): DeployMessage {
  const known = typesOfManifest(manifest).length > 0;
  const why = known ? ` in API version ${version.toFixed(1)}` : ' (outside the types the emulator implements)';
  return packageMessage(`Entity type: '${manifest}' is unknown${why}`, { fileName, fullName });
}

function deletions(
  files: Files,
  root: string,
  fileName: string,
  version: number,
  problems: DeployMessage[],
): readonly Deletion[] {
  const text = files.get(root + fileName);
  if (text === undefined) return [];
  return membersOf(readManifest(text, fileName, problems)).flatMap(({ manifest, fullName }) => {
    const type = typesAt(version).find(
      (candidate) => candidate.manifest === manifest && (candidate.member ?? fullName) === fullName,
    );
    if (fullName === '*') {
      problems.push(packageMessage(`Wildcards are not allowed in ${fileName}: ${manifest}`, { fileName, fullName }));
      return [];
    }
    if (type === undefined) {
      problems.push(unknownType(manifest, fullName, version, fileName));
      return [];
    }
    return [{ type, fullName, manifest: fileName }];
  });
}
