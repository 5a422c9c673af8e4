import type { Diagnostic } from '../values/diagnostic';
import type { Manifest } from './manifest';

/** The diagnostics, each with the line of the program that declares what it is about, where the manifest knows it. */
export function located(diagnostics: readonly Diagnostic[], { apps, records = [] }: Manifest): readonly Diagnostic[] {
  const places = new Map([...apps, ...records].flatMap(({ path, source }) => (source ? [[path, source]] : [])));
  return diagnostics.map((diagnostic) => {
    const place = places.get(diagnostic.path);
    if (!place || diagnostic.declaredAt !== undefined) return diagnostic;
    return { ...diagnostic, declaredAt: `${place.file}:${place.line}` };
  });
}
