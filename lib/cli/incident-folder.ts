import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

import { readDocument } from '../metadata/json-document';
import type { Files } from '../metadata/package/zip';
import { INCIDENT, type Incident } from '../usage/incident';
import { jsonText } from '../values/ci-commands';
import { diagnose } from '../values/diagnose';
import { type ClientAppsError, isClientAppsError } from '../values/diagnostic';
import {
  errnoOf,
  invalidInput,
  makeFolder,
  messageOf,
  readText,
  syncFolder,
  usable,
  writeDurably,
  writeText,
} from './files';

const OWNER_ONLY = { folder: 0o700, file: 0o600 } as const;
const JOURNAL = 'incident.json';
/** What {@link writeDurably} leaves of a journal that it did not finish. */
const DRAFT = /^incident\.json\.[0-9a-f]+\.tmp$/;
const REPORT = 'report.md';
const EVIDENCE = 'evidence';
const MANIFEST = 'manifest.sha256';
/** What a process that died left of evidence that was not complete. */
const PARTIAL = 'evidence.partial';

/** What one incident leaves on disk, for its owner alone. */
export interface IncidentFolder {
  readonly path: string;
  readonly save: (incident: Incident) => void;
  readonly report: (text: string) => void;
  /** Keeps the evidence whole or not at all, and gives its seal: the sha256 of the manifest. */
  readonly seal: (files: Files) => string;
  /** The seal of evidence that is there; undefined where there is none. @throws ClientAppsError where it was changed. */
  readonly sealed: () => string | undefined;
}

/** Makes the folder; takes one without a journal and evidence, as a process leaves that died here. @throws ClientAppsError where there is something of that name. */
export function makeIncidentFolder(path: string): IncidentFolder {
  try {
    makeFolder(dirname(path), OWNER_ONLY.folder);
    if (isUnbegun(path)) chmodSync(path, OWNER_ONLY.folder);
    else mkdirSync(path, { mode: OWNER_ONLY.folder });
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') throw invalidInput(diagnose('incident-folder-in-use', { path }, { folder: path }));
    throw invalidInput(diagnose('file-unusable/folder', { path }, { reason: messageOf(error) }));
  }
  return folderAt(path);
}

/** True where there is at most what a first writing of the journal leaves that was cut off: drafts, which are removed. */
function isUnbegun(path: string): boolean {
  try {
    const names = readdirSync(path);
    if (!names.every((name) => DRAFT.test(name))) return false;
    for (const name of names) rmSync(join(path, name));
    return true;
  } catch {
    return false;
  }
}

/** An incident that was begun. @throws ClientAppsError where the folder holds none. */
export function openIncident(path: string): { readonly folder: IncidentFolder; readonly incident: Incident } {
  const file = join(path, JOURNAL);
  const incident = usable(readDocument<Incident>(readText(file, 'file-missing/incident'), file, INCIDENT));
  return { folder: folderAt(path), incident };
}

const folderAt = (path: string): IncidentFolder => ({
  path,
  save: (incident) => writeDurably(join(path, JOURNAL), jsonText(incident), OWNER_ONLY.file),
  report: (text) => writeText(join(path, REPORT), text, OWNER_ONLY.file),
  seal: (files) => {
    try {
      return seal(path, files);
    } catch (error) {
      if (isClientAppsError(error)) throw error;
      throw invalidInput(diagnose('file-unusable/evidence', { path }, { reason: messageOf(error) }));
    }
  },
  sealed: () => verify(join(path, EVIDENCE)),
});

function seal(path: string, files: Files): string {
  const partial = join(path, PARTIAL);
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { mode: OWNER_ONLY.folder });
  const lines: string[] = [];
  for (const [name, text] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const file = inside(partial, name);
    mkdirSync(dirname(file), { recursive: true, mode: OWNER_ONLY.folder });
    writeText(file, text, OWNER_ONLY.file);
    lines.push(`${sha256(text)}  ${name}\n`);
  }
  const manifest = lines.join('');
  writeText(join(partial, MANIFEST), manifest, OWNER_ONLY.file);
  renameSync(partial, join(path, EVIDENCE));
  syncFolder(path);
  return sha256(manifest);
}

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

/** Names come from the org: none may lead out of the folder. */
function inside(folder: string, name: string): string {
  const file = resolve(folder, ...name.split('/'));
  if (file.startsWith(`${resolve(folder)}${sep}`)) return file;
  throw invalidInput(diagnose('package-path-outside', { path: folder, value: name }));
}

const LINE = /^([0-9a-f]{64}) {2}(.+)$/;

function verify(evidence: string): string | undefined {
  let manifest: string;
  try {
    manifest = readFileSync(join(evidence, MANIFEST), 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  const listed = new Map<string, string>();
  for (const line of manifest.split('\n').filter((each) => each !== '')) {
    const [, hash, name] = LINE.exec(line) ?? [];
    if (hash === undefined || name === undefined)
      throw changed(evidence, `${MANIFEST} has a line in an unexpected format`);
    listed.set(name, hash);
  }
  const there = filesBelow(evidence).filter((name) => name !== MANIFEST);
  const other = there.find((name) => sha256(readFileSync(join(evidence, name))) !== listed.get(name));
  if (other !== undefined) throw changed(evidence, listed.has(other) ? `${other} was changed` : `${other} was added`);
  const gone = [...listed.keys()].find((name) => !there.includes(name));
  if (gone !== undefined) throw changed(evidence, `${gone} is gone`);
  return sha256(manifest);
}

const changed = (path: string, problem: string): ClientAppsError =>
  invalidInput(diagnose('incident-evidence-changed', { path }, { problem }));

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
