import { diagnose } from '../values/diagnose';
import type { Diagnostic } from '../values/diagnostic';
import { nearest } from '../values/nearest';
import type { OrgInputs } from './org-inputs';

/**
 * Values stated for an org that the program does not have: most likely a slip of the pen, and the value of nobody. A
 * warning, because a program may be synthesized for some of its orgs only; with a single org that is usual, and not reported.
 */
export function unknownOrgs(orgs: readonly OrgInputs[]): readonly Diagnostic[] {
  const known = [...new Set(orgs.map(({ options }) => options.name))];
  if (known.length < 2) return [];
  const reported = new Set<object>();
  return orgs
    .flatMap(({ apps, records }) => [...apps, ...records])
    .flatMap(({ perOrg, path }) =>
      perOrg.flatMap(({ value, field, orgs: stated }): readonly Diagnostic[] => {
        const unknown = stated.filter((name) => !known.includes(name));
        if (unknown.length === 0 || reported.has(value)) return [];
        reported.add(value);
        const names = { orgs: unknown.join(', '), known: known.join(', ') };
        const place = { path, field, value: names.orgs, meant: nearest(unknown[0] ?? '', known) };
        return [diagnose('value-for-unknown-org', place, names)];
      }),
    );
}
