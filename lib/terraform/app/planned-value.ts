import type { FieldValue, OwnedValue } from '../../metadata/component';
import type { Field } from '../../metadata/fields/field';
import { fromValue, sameMeaning, toValue } from '../schema/field-value';
import { isUnknown, type Value, type Values } from '../wire/value';
import { certificateOf } from './app-config';
import type { AppModel } from './app-model';
import type { SecureDefault } from './secure-defaults';

/** What decides about one field of a declaration. */
export interface FieldWish {
  /** What the configuration says; null or undefined: nothing. */
  readonly given: Value | undefined;
  readonly planned: Value | undefined;
  /** Undefined where the object does not exist yet. */
  readonly prior: Value | undefined;
  readonly secure?: SecureDefault | undefined;
  /** An emergency stop that the plan leaves as it is. */
  readonly staysOff?: boolean;
}

/**
 * A field as the plan has it, if the plan decides it: it is stated, it has a secure default, or the plan changes it.
 * Terraform takes what `ignore_changes` names out of the plan alone, and gives an apply the configuration as it is typed;
 * so a value never comes from there.
 */
export function plannedValue(field: Field, wish: FieldWish): OwnedValue | undefined {
  const { given, planned, prior, secure, staysOff = false } = wish;
  if (isUnknown(given) || isUnknown(planned)) return undefined;
  // The plan keeps the org's true; that the author asked for false is still worth a remark (D7).
  if (field.serverWins && given === false) return { value: false, ownership: 'stated' };
  // An empty list or text states that there is no value.
  const value: FieldValue = fromValue(field, planned) ?? [];
  if (given !== undefined && given !== null) return { value, ownership: 'stated' };
  if (secure?.known) {
    const same = (staysOff && planned === false) || sameMeaning(field, planned, toValue(field, secure.value));
    return { value: same ? secure.value : value, ownership: 'default' };
  }
  const changes = prior !== undefined && !sameMeaning(field, prior, planned);
  return changes ? { value, ownership: 'default' } : undefined;
}

/**
 * The configuration as the plan took it, without what `ignore_changes` names. Write-only arguments stand in no plan; a
 * certificate is the planned one where its fingerprint is.
 */
export function asPlanned({ components }: AppModel, planned: Values, config: Values): Values {
  const typed = components.map(({ name }) => [name, config[name] ?? null] as const);
  const given = certificateOf(config);
  const expected = planned['certificate_fingerprint'];
  const other = given.state === 'given' && !isUnknown(expected) && given.certificate.fingerprint !== expected;
  return { ...planned, ...Object.fromEntries(typed), certificate: other ? null : (config['certificate'] ?? null) };
}
