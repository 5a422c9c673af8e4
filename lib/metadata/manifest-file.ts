import type { Diagnostic } from '../values/diagnostic';
import { fail, ok, type Result } from '../values/result';
import { digest } from './digest';
import { type Complain, complaints, readDocument } from './json-document';
import { type Manifest, MANIFEST_FORMAT_VERSION, manifestDigest } from './manifest';
import { manifestSchema } from './manifest-schema';

const KIND = {
  what: 'a manifest',
  code: 'manifest-unusable',
  version: MANIFEST_FORMAT_VERSION,
  schema: manifestSchema,
} as const;

/**
 * Reads a manifest that synth wrote. Fails with every problem, each with the path of the JSON field: no JSON, another
 * major version, a field of the wrong shape, content that does not fit its digest.
 * @param path What to call the file in messages.
 */
export function readManifest(text: string, path: string): Result<Manifest, readonly Diagnostic[]> {
  const read = readDocument(text, path, KIND);
  if (!read.ok) return read;
  const problems = digestProblems(read.value, complaints(KIND, path));
  return problems.length > 0 ? fail(problems) : ok(read.value);
}

/**
 * Problems of a manifest whose content does not fit its digests: it was edited, or damaged on the way.
 * @param prefix JSON path of the manifest inside a larger document.
 */
export function digestProblems(manifest: Manifest, complain: Complain, prefix = ''): readonly Diagnostic[] {
  const { digest: stated, ...body } = manifest;
  const edited = manifest.apps.flatMap((app, index) =>
    digest(app.components) === app.digest
      ? []
      : [complain('the app was changed after synth: its digest does not fit', { field: `${prefix}apps[${index}]` })],
  );
  if (edited.length > 0 || manifestDigest(body) === stated) return edited;
  const field = `${prefix}digest`;
  return [complain('the manifest was changed after synth: its content does not fit its digest', { field })];
}
