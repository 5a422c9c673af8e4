import { recordedFingerprint } from '../../metadata/certificate-in-org';
import { canonicalJson } from '../../metadata/digest';
import { componentType } from '../../metadata/fields';
import { whereIs } from '../../metadata/live-app';
import { sameValue } from '../../metadata/normalize';
import type { ObservedApp } from '../../metadata/observed';
import { fieldsOf } from '../../options/settings';
import type { FieldChange } from '../../plan/plan';
import { diagnose } from '../../values/diagnose';
import type { Diagnostic } from '../../values/diagnostic';
import type { AppOperation, Reviewed } from './operation';

/** Shown in a plan as certificate_fingerprint, if at all: see movedCertificate. */
const UNSEEN = fieldsOf('managedBy', 'certificateFingerprint', 'certificate');

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
      diagnose('plan-stale', {
        path,
        field: `${change.type}.${change.field}`,
        value: `now ${now === undefined ? 'no value' : canonicalJson(now).slice(0, 120)}`,
      }),
    ];
  });
}

/** A certificate that is written or removed takes the place of the one that the reviewed plan was made with (D22). */
export function movedCertificate(
  { app, reviewedFingerprint }: AppOperation & { readonly kind: 'write' },
  live: ObservedApp,
  changes: readonly FieldChange[],
): readonly Diagnostic[] {
  const { type, field } = whereIs(app.platform, 'certificate');
  const now = recordedFingerprint(live) ?? null;
  const writes = changes.some((change) => change.type === type && change.field === field);
  if (!writes || reviewedFingerprint === undefined || now === reviewedFingerprint) return [];
  return [
    diagnose('plan-stale/certificate', {
      path: app.path,
      field: 'certificate_fingerprint',
      value: `now ${now ?? 'not known'}`,
    }),
  ];
}
