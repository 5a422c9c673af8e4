import { decode } from '../metadata/decode';
import { canonicalJson } from '../metadata/digest';
import { connectedApp } from '../metadata/fields/connected-app';
import { observe } from '../metadata/observe';
import type { ObservedOrg } from '../metadata/observed';
import { entryOf } from '../metadata/package/layout';
import { parseXml, type XmlElement } from '../metadata/package/xml';
import { type WrittenFile, writtenFile } from '../policy/places';
import { CONNECTED_APP } from '../values/metadata-types';
import { fail, ok, type Result } from '../values/result';
import type { SourceFiles, UnreadFile } from './source-files';

/** The files of one app or of the settings: what they hold, where it stands, and what could not be read. */
export interface GroupReading {
  readonly observed: ObservedOrg;
  readonly written: readonly WrittenFile[];
  readonly unread: readonly UnreadFile[];
}

/** Reads files that belong together. No type counts as read completely: what is not here may well exist in the org. */
export function readGroup(source: SourceFiles, paths: readonly string[]): GroupReading {
  const files = new Map<string, string>();
  const problems: { fileName: string; problem: string }[] = [];
  const written: WrittenFile[] = [];
  const unread: UnreadFile[] = [];
  const records = new Map<string, { readonly path: string; readonly content: string }>();
  for (const path of paths) {
    const text = source.read(path);
    const document = text.ok ? documentOf(text.value) : text;
    const type = typeOf(path);
    if (document.ok) written.push(writtenFile(source.shown(path), type, document.value));
    const refused = document.ok
      ? (valueProblem(path, document.value) ?? twinProblem(source, path, document.value, records))
      : document.error;
    if (refused !== undefined) unread.push({ path: source.shown(path), reason: refused });
    if (text.ok) files.set(path, text.value);
    else problems.push({ fileName: path, problem: text.error });
  }
  return { observed: observe({ files, problems, types: new Set() }), written, unread };
}

function documentOf(text: string): Result<XmlElement, string> {
  const parsed = parseXml(text);
  return parsed.ok ? ok(parsed.value) : fail(`line ${parsed.error.line}: ${parsed.error.problem}`);
}

function typeOf(path: string): string {
  const entry = entryOf(path);
  switch (entry.kind) {
    case 'modeled':
      return entry.type.name;
    case 'plugin':
      return entry.type;
    default:
      return CONNECTED_APP;
  }
}

/** Another file of the group holds the same record, but not the same values. */
function twinProblem(
  source: SourceFiles,
  path: string,
  root: XmlElement,
  records: Map<string, { readonly path: string; readonly content: string }>,
): string | undefined {
  const entry = entryOf(path);
  if (entry.kind !== 'modeled') return undefined;
  const decoded = decode(entry.type, entry.fullName, root);
  const content = decoded.ok ? canonicalJson(decoded.value) : '';
  const record = `${entry.type.name}:${entry.fullName}`;
  const twin = records.get(record);
  if (twin) return twin.content === content ? undefined : `${source.shown(twin.path)} defines it differently`;
  records.set(record, { path, content });
  return undefined;
}

/** Well-formed, and yet not what the metadata type allows. */
export function valueProblem(path: string, root: XmlElement): string | undefined {
  const entry = entryOf(path);
  if (entry.kind === 'plugin' || entry.kind === 'other') return undefined;
  const type = entry.kind === 'modeled' ? entry.type : connectedApp;
  const decoded = decode(type, entry.fullName, root);
  if (decoded.ok) {
    const app = type.fields.find(({ role }) => role === 'join')?.name;
    return app === undefined || app in decoded.value.fields ? undefined : 'it names no external client app';
  }
  return decoded.error.map(({ line, problem }) => `line ${line}: ${problem}`).join('; ');
}
