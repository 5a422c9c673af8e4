import type { FieldValue } from '../../metadata/component';
import { componentType } from '../../metadata/fields';
import type { Field } from '../../metadata/fields/field';
import type { ManifestComponent } from '../../metadata/manifest';
import type { Observed } from '../../metadata/observed';
import { effectOf } from '../../plan/effect';
import type { Effect, FieldChange } from '../../plan/plan';

/**
 * What the org's value does to security compared with the declared one: the way there, where a plan's change is the way
 * back. Not simply the opposite: a certificate replaced by another widens in both directions.
 * @param declared All declared components of the app, or of the org settings.
 * @param siblings All changes of the app, or of the org settings.
 */
export function driftEffect(
  change: FieldChange,
  declared: readonly ManifestComponent[],
  siblings: readonly FieldChange[],
): Effect {
  const field = tableField(change);
  // A certificate that the code has given up still lets its key in.
  if (change.before.state === 'unreadable' && change.after.state === 'absent') return 'widens';
  if (!field || change.before.state === 'unreadable') return change.effect;
  // What a missing value stands for was read when the plan was made.
  if (typeof field.direction === 'string' && READ_ELSEWHERE.has(field.direction)) return OPPOSITE[change.effect];
  const { type } = change;
  const wanted = fieldsOf(declared, type);
  const live: Record<string, FieldValue> = { ...wanted };
  for (const sibling of siblings.filter((each) => each.type === type)) {
    const value = valueOf(sibling.before);
    if (value === undefined) Reflect.deleteProperty(live, sibling.field);
    else live[sibling.field] = value;
  }
  const [before, after] = [valueOf(change.after), valueOf(change.before)];
  return effectOf({
    field,
    before,
    after,
    recordBefore: { type, fields: wanted },
    recordAfter: { type, fields: live },
  });
}

const READ_ELSEWHERE: ReadonlySet<string> = new Set(['session-timeout', 'jwt-lifetime']);
const OPPOSITE: Readonly<Record<Effect, Effect>> = {
  widens: 'narrows',
  narrows: 'widens',
  mixed: 'mixed',
  unknown: 'unknown',
  neutral: 'neutral',
};

const valueOf = (observed: Observed): FieldValue | undefined =>
  observed.state === 'value' ? observed.value : undefined;

function tableField({ type, field }: FieldChange): Field | undefined {
  const fields = componentType(type)?.fields ?? [];
  // The section of a Connected App is a part of the name: `oauthConfig.scopes`.
  const whole = fields.find((candidate) => candidate.name === field);
  const record = fields.find((candidate) => field.startsWith(`${candidate.name}.`));
  if (whole || record?.kind.kind !== 'record') return whole;
  return record.kind.fields.find((candidate) => field === `${record.name}.${candidate.name}`);
}

function fieldsOf(declared: readonly ManifestComponent[], type: string): Readonly<Record<string, FieldValue>> {
  const fields = declared.find((component) => component.type === type)?.fields ?? {};
  return Object.fromEntries(Object.entries(fields).map(([name, { value }]) => [name, value]));
}
