import type { Diagnostic } from './diagnostic';

interface Declared {
  readonly path: string;
  readonly source?: { readonly file: string; readonly line: number };
}

/** The diagnostics, each with the line of the program that declares what it is about, where the manifest knows it. */
export function located(
  diagnostics: readonly Diagnostic[],
  { apps, records = [] }: { readonly apps: readonly Declared[]; readonly records?: readonly Declared[] },
): readonly Diagnostic[] {
  const places = new Map([...apps, ...records].flatMap(({ path, source }) => (source ? [[path, source]] : [])));
  return diagnostics.map((diagnostic) => {
    const place = places.get(diagnostic.path);
    if (!place || diagnostic.declaredAt !== undefined) return diagnostic;
    return { ...diagnostic, declaredAt: `${place.file}:${place.line}` };
  });
}
