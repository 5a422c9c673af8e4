import type { Diagnostic } from '../values/diagnostic';
import type { OrgInputs } from './org-inputs';

/** Says where in the author's program the app of a diagnostic is declared, or the exemption that it is about. */
export function withSource(
  diagnostics: readonly Diagnostic[],
  { options, apps, records, exemptions }: OrgInputs,
): readonly Diagnostic[] {
  const places = new Map([...apps, ...records].flatMap(({ path, source }) => (source ? [[path, source]] : [])));
  for (const { subject, control, source } of exemptions) {
    if (source) places.set(`${subject ?? options.path} exempt(${String(control)})`, source);
  }
  return diagnostics.map((diagnostic) => {
    const { path, field = '' } = diagnostic;
    const [call = ''] = /^exempt\([^)]*\)/.exec(field) ?? [];
    const place = places.get(`${path} ${call}`) ?? places.get(path);
    return place ? { ...diagnostic, declaredAt: `${place.file}:${place.line}` } : diagnostic;
  });
}
