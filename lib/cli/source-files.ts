import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

import { entryOf } from '../metadata/package/layout';
import { readZip, type Files } from '../metadata/package/zip';
import { errnoOf, invalidInput, messageOf } from './files';

/** Longer than any metadata file of an OAuth client; what is larger is kept out of memory and told as unread. */
const MAX_BYTES = 8 * 1024 * 1024;
const NEVER = new Set(['node_modules', '.git']);

/**
 * The metadata files of a folder (Salesforce DX project or Metadata API package) or a zip, by path relative to it. A file
 * that is too large or no text is given as its reason, which no XML reader takes for metadata.
 * @throws ClientAppsError where nothing can be read there, or nothing there is metadata of a client app.
 */
export async function readSource(path: string): Promise<Files> {
  const all = isFolder(path) ? readFolder(path) : await readArchive(path);
  const files = new Map([...all].filter(([name]) => entryOf(name).kind !== 'other'));
  if (files.size > 0) return files;
  throw invalidInput({
    code: 'source-without-apps',
    path,
    problem: 'there is no metadata of client apps or OAuth settings',
    allowed: 'folders such as externalClientApps, connectedApps and settings, at any depth',
    remedy: 'name the folder of the project, or retrieve the metadata first',
  });
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw invalidInput({
      code: 'source-unusable',
      path,
      problem: errnoOf(error) === 'ENOENT' ? 'there is no such file or folder' : messageOf(error),
      remedy: 'correct --source',
    });
  }
}

function readFolder(root: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const visit = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !NEVER.has(entry.name)) visit(path);
      else if (entry.isFile()) {
        const name = relative(root, path).split(sep).join('/');
        if (entryOf(name).kind !== 'other') files.set(name, contentOf(path));
      }
    }
  };
  visit(root);
  return files;
}

function contentOf(path: string): string {
  const { size } = statSync(path);
  if (size > MAX_BYTES) return `(${size} bytes, more than the ${MAX_BYTES} that are read)`;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    return `(not readable as UTF-8 text: ${messageOf(error)})`;
  }
}

async function readArchive(path: string): Promise<Files> {
  const read = await readZip(readFileSync(path));
  if (read.ok) return read.value;
  throw invalidInput({ code: 'source-unusable', path, problem: read.error, remedy: 'name a folder or a whole zip' });
}
