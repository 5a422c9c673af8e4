import { digest } from '../metadata/digest';
import { complaints, readDocument } from '../metadata/json-document';
import { digestProblems } from '../metadata/manifest-file';
import type { Diagnostic } from '../values/diagnostic';
import { fail, ok, type Result } from '../values/result';
import { type OrgPlan, type Plan, PLAN_FORMAT_VERSION } from './plan';
import { planFileSchema } from './plan-schema';

const KIND = {
  what: 'a saved plan',
  code: 'saved-plan-unusable',
  version: PLAN_FORMAT_VERSION,
  schema: planFileSchema,
} as const;

/** The plans of a run as one. */
export const planOf = (orgs: readonly OrgPlan[]): Plan => ({ format_version: PLAN_FORMAT_VERSION, orgs });

/** The text of a saved plan: the plan as JSON, with a checksum that an edited or damaged file no longer fits. */
export function planFileText(plan: Plan): string {
  return `${JSON.stringify({ ...plan, checksum: digest(plan) }, null, 2)}\n`;
}

/**
 * Reads a saved plan, completely or not at all. Fails with every problem, each with the path of the JSON field: no
 * JSON, another major version, a field of the wrong shape, content that does not fit the checksum.
 * @param path What to call the file in messages.
 */
export function readPlan(text: string, path: string): Result<Plan, readonly Diagnostic[]> {
  const read = readDocument(text, path, KIND);
  if (!read.ok) return read;
  const complain = complaints(KIND, path);
  const { checksum, ...plan } = read.value;
  // Over the file as it is written: of an older minor version, what it lacks has been filled in.
  const { checksum: _checksum, ...written } = JSON.parse(text.replace(/^\uFEFF/, '')) as Readonly<
    Record<string, unknown>
  >;
  if (digest(written) !== checksum) {
    return fail([
      complain('the saved plan was changed after it was written: its content does not match its checksum', {
        field: 'checksum',
      }),
    ]);
  }
  const ids = plan.orgs.map(({ manifest }) => manifest.id);
  const problems = plan.orgs.flatMap((org, index) => [
    ...digestProblems(org.manifest, complain, `orgs[${index}].manifest.`),
    ...(ids.indexOf(org.manifest.id) < index
      ? [complain('the saved plan has this org twice', { field: `orgs[${index}].manifest.id` })]
      : []),
  ]);
  return problems.length > 0 ? fail(problems) : ok(plan);
}
