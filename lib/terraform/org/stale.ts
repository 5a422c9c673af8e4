import { canonicalJson } from '../../metadata/digest';
import { componentType } from '../../metadata/fields';
import { sameValue } from '../../metadata/normalise';
import type { FieldChange } from '../../plan/plan';
import type { Diagnostic } from '../../values/diagnostic';
import type { Reviewed } from './operation';

/** Ours, never shown in a plan: the ownership line, and a certificate that nobody can read. */
const UNSEEN = new Set(['managedBy', 'certificateFingerprint', 'certificate', 'oauthConfig.certificate']);

/** Fields that would be changed and were not reviewed, or whose value moved after the plan was made (D22). */
export function moved(path: string, changes: readonly FieldChange[], reviewed: Reviewed): readonly Diagnostic[] {
  return changes.flatMap((change): readonly Diagnostic[] => {
    const fields = componentType(change.type)?.fields ?? [];
    // A member of a record is named behind the record; a section is a part of the name.
    const whole = fields.find(({ name }) => name === change.field);
    const field = whole ?? fields.find(({ name }) => change.field.startsWith(`${name}.`));
    if (!field || UNSEEN.has(field.name)) return [];
    const key = `${change.type}.${field.name}`;
    const now = change.before.state === 'value' ? change.before.value : undefined;
    const same =
      reviewed.has(key) && (whole === undefined || sameValue(field, reviewed.get(key) ?? field.default, now));
    if (same) return [];
    return [
      {
        code: 'plan-stale',
        severity: 'error',
        path,
        field: `${change.type}.${change.field}`,
        problem: 'the org changed after the plan was made',
        value: `now ${now === undefined ? 'no value' : canonicalJson(now).slice(0, 120)}`,
        remedy: 'make a new plan and review it',
      },
    ];
  });
}
