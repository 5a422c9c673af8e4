import { readJustification } from '../declaration/read/justification';
import { Reading } from '../declaration/reading';
import type { Exemption } from '../metadata/manifest';
import type { Diagnostic } from '../values/diagnostic';
import type { OrgInputs } from './org-inputs';
import { contextIn } from './org-options';

export interface Exemptions {
  /** By construct path of the app, or of the org for its own settings. */
  readonly byPath: ReadonlyMap<string, readonly Exemption[]>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the calls of `exempt`. Whether the control exists, may be excused and has anything to excuse is judged with the
 * controls themselves.
 */
export function readExemptions({ options, exemptions, apps }: OrgInputs): Exemptions {
  const { path, name } = options;
  const subjects = new Set([path, ...apps.map((app) => app.path)]);
  const byPath = new Map<string, Exemption[]>();
  const diagnostics = exemptions.flatMap(({ subject, control, justification }) => {
    const reading = new Reading(contextIn(options, subject ?? path, name), 'org');
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
