import { exists, type Field } from '../../metadata/fields/field';
import type { ComponentAttribute } from '../schema/component-attributes';
import { fromValue, hasUnknown, sameMeaning, toValue } from '../schema/field-value';
import { isUnknown, Unknown, type Value, type Values, values } from '../wire/value';
import { configured } from './app-config';
import type { SecureDefault } from './secure-defaults';

/** What one field is planned from. */
interface Planning {
  readonly field: Field;
  readonly config: Value | undefined;
  /** Undefined where the app does not exist yet. */
  readonly prior: Value | undefined;
  readonly secure: SecureDefault | undefined;
  /** The org decides until someone says otherwise by name: the switches of an app that was stopped. */
  readonly untouched: boolean;
  readonly keepsUnset: boolean;
  readonly unread: boolean;
}

export interface PlanningComponent {
  readonly config: Values;
  /** Undefined where the app does not exist yet. */
  readonly prior: Values | undefined;
  readonly defaults: ReadonlyMap<string, SecureDefault> | undefined;
  readonly apiVersion: number;
  /** Members that the org decides until someone says otherwise. */
  readonly untouched: ReadonlySet<string>;
  /** What is not stated and has no value keeps none, although its secure default is one. Default: false. */
  readonly keepsUnset?: boolean;
  /** The org may have the record already, and cannot be asked what it holds. Default: false. */
  readonly unread?: boolean;
}

/** The planned object of one component. */
export function planComponent(component: ComponentAttribute, planning: PlanningComponent): Value {
  const { config, prior, defaults, apiVersion, untouched, keepsUnset = false, unread = false } = planning;
  const stated = config[component.name] ?? null;
  if (component.onlyStated && (stated === null || isUnknown(stated))) return stated;
  const before = prior && values(prior[component.name]);
  const fields = component.fields.map(({ name, field }): [string, Value] => {
    const given = configured(config, component.name, name);
    if (!exists(field, apiVersion)) return [name, given ?? null];
    return [
      name,
      planField({
        field,
        config: given,
        prior: before && (before[name] ?? null),
        secure: defaults?.get(field.name),
        untouched: untouched.has(name),
        keepsUnset,
        unread,
      }),
    ];
  });
  return Object.fromEntries(fields);
}

/**
 * What is stated stays as it is typed, unless the org has the same in other words. What is left out gets the secure
 * default where it decides about security; everything else is the org's.
 */
function planField({ field, config, prior, secure, untouched, keepsUnset, unread }: Planning): Value {
  if (untouched && prior !== undefined) return prior;
  if (config !== undefined && config !== null) {
    if (isUnknown(config)) return config;
    if (prior !== undefined && prior !== null && keepsPrior(field, config, prior)) return prior;
    return field.kind.kind === 'record' ? planRecord(field.kind.fields, values(config), prior) : config;
  }
  if (keepsUnset && prior === null) return null;
  if (secure && !secure.known) return new Unknown();
  if (secure) {
    const wanted = toValue(field, emptyIsNothing(secure.value));
    return prior !== undefined && sameMeaning(field, prior, wanted) ? prior : wanted;
  }
  if (unread && prior === undefined) return new Unknown();
  return prior ?? initial(field, prior);
}

/** The same in other words, or something the org forces to true and that no one fights (D7). */
function keepsPrior(field: Field, config: Value, prior: Value): boolean {
  if (hasUnknown(config)) return false;
  if (field.serverWins && config === false && prior === true) return true;
  if (field.kind.kind === 'record') return false;
  return sameMeaning(field, config, prior) && fromValue(field, config) !== undefined;
}

function planRecord(fields: readonly Field[], config: Values, prior: Value | undefined): Value {
  const before = values(prior);
  const [names] = [Object.keys(config)];
  const members = names.map((name): [string, Value] => {
    const given = config[name] ?? null;
    if (given !== null) return [name, given];
    const field = fields.find((candidate) => sameName(candidate, name));
    return [name, before[name] ?? (field?.default?.valueOf() as Value) ?? null];
  });
  return Object.fromEntries(members);
}

const sameName = (field: Field, attribute: string): boolean =>
  field.name.toLowerCase() === attribute.replaceAll('_', '').toLowerCase();

const emptyIsNothing = <T>(value: T): T | undefined => (Array.isArray(value) && value.length === 0 ? undefined : value);

/** What a new app will have in a field that no one states; unknown where Salesforce fills something in. */
function initial(field: Field, prior: Value | undefined): Value {
  if (prior === null) return null;
  if (field.serverWins) return new Unknown();
  if (field.default !== undefined) return toValue(field, field.default);
  const filled = field.kind.kind === 'choice' || field.kind.kind === 'integer' || field.name === 'label';
  return filled ? new Unknown() : null;
}
