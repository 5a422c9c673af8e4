import { readFileSync, statSync } from 'node:fs';

import JSZip from 'jszip';

import { entryOf, strangerReason } from '../metadata/package/layout';
import { unpack } from '../metadata/package/zip';
import { checkDirectory } from '../metadata/package/zip-directory';
import { isSecuritySettings } from '../metadata/session-timeout';
import type { SourceFiles } from '../operations/source-files';
import { diagnose } from '../values/diagnose';
import { fail, ok, type Result } from '../values/result';
import { invalidInput, messageOf } from './files';
import { MAX_BYTES, NEVER, textOf } from './source-text';

/** Entries of an archive: more than ten times what the Metadata API takes. */
const MAX_ENTRIES = 200_000;
/** Of the zip itself, in bytes: it is read into memory. */
const MAX_ARCHIVE = 500 * 1024 * 1024;
/** Of metadata files unpacked together. */
const MAX_TOTAL = 200 * 1024 * 1024;

/**
 * The metadata files of a zip; some tools of Windows write paths with backslashes. Anything else in it (images, static
 * resources) is never unpacked. An entry that is broken, huge or no text is unread; an archive that cannot be opened is
 * refused, because no one could say what it lacks.
 * @throws ClientAppsError
 */
export async function openZip(path: string, shown: string): Promise<SourceFiles> {
  const zip = await load(path);
  const files = Object.values(zip.files)
    .map((entry) => ({ entry, name: entry.name.replaceAll('\\', '/') }))
    .filter(({ entry, name }) => !entry.dir && !name.split('/').some((part) => NEVER.has(part)));
  const entries = files.filter(({ name }) => entryOf(name).kind !== 'other' || isSecuritySettings(name));
  const texts = new Map<string, Result<string, string>>();
  let left = MAX_TOTAL;
  for (const { entry, name } of entries) {
    const bytes = await unpacked(entry, Math.min(left, MAX_BYTES));
    if (bytes.ok) left -= bytes.value.length;
    texts.set(name, bytes.ok ? textOf(bytes.value) : bytes);
  }
  const unread = files.flatMap(({ name }) => {
    const reason = strangerReason(name);
    return reason === undefined ? [] : [{ path: `${shown}/${name}`, reason }];
  });
  return {
    paths: [...texts.keys()].filter((name) => !isSecuritySettings(name)).sort(),
    securitySettings: [...texts.keys()].filter(isSecuritySettings),
    unread,
    read: (name) => texts.get(name) ?? fail('there is no such entry'),
    shown: (name) => `${shown}/${name}`,
  };
}

async function load(path: string): Promise<JSZip> {
  const refuse = (problem: string): Error => invalidInput(diagnose('source-unusable/zip', { path }, { problem }));
  if (statSync(path).size > MAX_ARCHIVE) throw refuse(`the zip has more than ${MAX_ARCHIVE} bytes`);
  const bytes = readFileSync(path);
  const directory = checkDirectory(bytes, MAX_ENTRIES);
  if (!directory.ok) throw refuse(directory.error);
  try {
    return await JSZip.loadAsync(bytes);
  } catch (error) {
    throw refuse(`the zip cannot be read: ${messageOf(error)}`);
  }
}

async function unpacked(entry: JSZip.JSZipObject, limit: number): Promise<Result<Uint8Array, string>> {
  try {
    const bytes = await unpack(entry, limit);
    return bytes === undefined ? fail(`it unpacks to more than ${limit} bytes`) : ok(bytes);
  } catch (error) {
    return fail(`it cannot be unpacked: ${messageOf(error)}`);
  }
}
