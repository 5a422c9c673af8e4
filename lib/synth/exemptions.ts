import { readJustification } from '../declaration/read/justification';
import { Reading, type DeclareContext } from '../declaration/reading';
import type { Exemption } from '../metadata/manifest';
import type { Diagnostic } from '../values/diagnostic';
import type { OrgInputs, RegisteredExemption } from './org-inputs';

export interface Exemptions {
  /** By construct path of the app, or of the org for its own settings. */
  readonly byPath: ReadonlyMap<string, readonly Exemption[]>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the calls of `exempt`. Whether the control exists, may be excused and has anything to excuse is judged with the
 * controls themselves.
 */
export function readExemptions(
  { exemptions, apps, path, name }: OrgInputs,
  org: Pick<DeclareContext, 'apiVersion' | 'today'>,
): Exemptions {
  const subjects = new Set([path, ...apps.map((app) => app.path)]);
  const byPath = new Map<string, Exemption[]>();
  const diagnostics = exemptions.flatMap(({ subject, control, justification }: RegisteredExemption) => {
    const reading = new Reading({ path: subject ?? path, org: name, id: name, ...org }, 'org');
    if (subject === undefined || !subjects.has(subject)) {
      reading.found('exemption-out-of-place', { field: 'exempt' });
    }
    if (typeof control !== 'string') reading.wrongType('exempt', control, 'the id of a control');
    const id = typeof control === 'string' ? control : '';
    readJustification(justification, `exempt(${id})`, 'an exemption', reading);
    const [read] = reading.exceptions;
    if (read && subject !== undefined && reading.diagnostics.length === 0) {
      byPath.set(subject, [...(byPath.get(subject) ?? []), { control: id, justification: read.justification }]);
    }
    return reading.diagnostics;
  });
  return { byPath, diagnostics };
}
