import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

import { entryOf, strangerReason } from '../metadata/package/layout';
import { isSecuritySettings } from '../metadata/session-timeout';
import type { SourceFiles, UnreadFile } from '../operations/source-files';
import { diagnose } from '../values/diagnose';
import { fail, type Result } from '../values/result';
import { errnoOf, invalidInput, messageOf } from './files';
import { MAX_BYTES, NEVER, textOf } from './source-text';
import { openZip } from './source-zip';

/**
 * The metadata files of a folder (Salesforce DX project or Metadata API package) or a zip. Those of a folder are read when
 * they are asked for.
 * @param cwd What paths in reports are relative to.
 * @throws ClientAppsError where nothing can be read there, or nothing there is metadata of a client app.
 */
export async function openSource(path: string, cwd: string): Promise<SourceFiles> {
  const source = isFolder(path) ? openFolder(path, cwd) : await openZip(path, shownFrom(cwd, path));
  if (source.paths.length > 0) return source;
  const [first] = source.unread;
  throw invalidInput(
    first
      ? diagnose('source-without-apps/unread', { path }, { file: first.path, reason: first.reason })
      : diagnose('source-without-apps', { path }),
  );
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw invalidInput(
      errnoOf(error) === 'ENOENT'
        ? diagnose('source-unusable/missing', { path })
        : diagnose('source-unusable/refused', { path }, { reason: messageOf(error) }),
    );
  }
}

/** With forward slashes; as it is where it lies outside. */
function shownFrom(cwd: string, path: string): string {
  const way = relative(cwd, path);
  return (way.startsWith('..') ? path : way).split(sep).join('/');
}

function openFolder(root: string, cwd: string): SourceFiles {
  const paths: string[] = [];
  const securitySettings: string[] = [];
  const unread: UnreadFile[] = [];
  const visit = (folder: string): void => {
    for (const entry of listed(folder)) {
      const path = join(folder, entry.name);
      const name = shownFrom(root, path);
      if (entry.isDirectory()) {
        if (!NEVER.has(entry.name)) visit(path);
      } else if (entry.isSymbolicLink() && leadsToFolder(path)) {
        unread.push({ path: shownFrom(cwd, path), reason: 'a link to a folder is not followed' });
      } else if (entryOf(name).kind !== 'other') {
        paths.push(name);
      } else if (isSecuritySettings(name)) {
        securitySettings.push(name);
      } else {
        const reason = strangerReason(name);
        if (reason !== undefined) unread.push({ path: shownFrom(cwd, path), reason });
      }
    }
  };
  const listed = (folder: string): readonly Dirent[] => {
    try {
      return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch (error) {
      unread.push({ path: shownFrom(cwd, folder), reason: messageOf(error) });
      return [];
    }
  };
  visit(root);
  return {
    paths,
    securitySettings,
    unread,
    read: (path) => contentOf(join(root, path)),
    shown: (path) => shownFrom(cwd, join(root, path)),
  };
}

function leadsToFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function contentOf(path: string): Result<string, string> {
  try {
    const stats = statSync(path);
    // A pipe or device would block or never end.
    if (!stats.isFile()) return fail('it is not a regular file');
    if (stats.size > MAX_BYTES) return fail(`it has ${stats.size} bytes, more than the ${MAX_BYTES} that are read`);
    return textOf(readFileSync(path));
  } catch (error) {
    return fail(messageOf(error));
  }
}
