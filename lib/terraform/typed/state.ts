import { liveOf } from '../../import/live';
import type { Live } from '../../options/recall';
import { judgedApp } from '../app/judged-app';
import { computedNames } from '../app/schema';
import type { ComponentAttribute } from '../schema/component-attributes';
import { sameMeaning } from '../schema/field-value';
import { isUnknown, text, Unknown, type Value, type Values, values } from '../wire/value';
import { COMMON, isRecalled, type TypedModel, type TypedOption } from './typed-model';
import { inStatedWords } from './wording';

/** The state of a typed resource as that of `salesforce_external_client_app`, which it holds as `metadata`. */
export function wireState(model: TypedModel, typed: Values): Values {
  const metadata = values(typed['metadata']);
  return {
    ...Object.fromEntries([...COMMON, 'exception'].map((name) => [name, typed[name] ?? null])),
    client_type: model.kind,
    certificate: null,
    ...Object.fromEntries(model.app.components.map(({ name }) => [name, metadata[name] ?? null])),
    ...Object.fromEntries(computedNames(model.app).map((name) => [name, typed[name] ?? null])),
  };
}

/** What an option is where no one states it, or undefined to keep what is stated. */
type Recalled = (option: TypedOption) => Value | undefined;

function typedState(model: TypedModel, wire: Values, stated: Values, recalled: Recalled): Values {
  const options = model.options.map((option): [string, Value] => {
    const { attribute, row } = option;
    if (row.name === 'certificate') return [attribute, null];
    if (COMMON.includes(attribute)) return [attribute, wire[attribute] ?? null];
    const value = recalled(option);
    return [attribute, value === undefined ? (stated[attribute] ?? null) : value];
  });
  return {
    ...Object.fromEntries(options),
    exception: stated['exception'] ?? null,
    ...Object.fromEntries(computedNames(model.app).map((name) => [name, wire[name] ?? null])),
    metadata: Object.fromEntries(model.app.components.map(({ name }) => [name, wire[name] ?? null])),
  };
}

/** The state of a plan or an apply: what is configured as it is typed, and of the rest what the org has or will have. */
export function stateOf(model: TypedModel, wire: Values, config: Values, apiVersion: number): Values {
  const recall = recallFrom(model, wire, apiVersion);
  return typedState(model, wire, config, (option) => {
    const stated = config[option.attribute] ?? null;
    // A plan leaves open what only the apply can tell.
    return stated === null || (isRecalled(option) && isUnknown(stated)) ? recall(option) : undefined;
  });
}

/**
 * The state after a refresh: an option whose fields the org has changed is what the org has now, so that drift shows, and
 * `ignore_changes` leaves it alone. Every other one, and every part of one, keeps its words.
 * @param before Null: nothing is known yet, as after an import.
 */
export function refreshed(model: TypedModel, wire: Values, before: Values, apiVersion: number): Values {
  const recall = recallFrom(model, wire, apiVersion);
  if ((before['metadata'] ?? null) === null) return typedState(model, wire, before, (option) => recall(option));
  const earlier = wireState(model, before);
  const recalledThen = recallFrom(model, earlier, apiVersion);
  return typedState(model, wire, before, (option) => {
    if (!drifted(model.app.components, option, earlier, wire)) return undefined;
    const stated = before[option.attribute] ?? null;
    const [now, then] = [recall(option, stated !== null), recalledThen(option, stated !== null)];
    return inStatedWords(option.shape.type, { now, then, stated });
  });
}

function drifted(
  components: readonly ComponentAttribute[],
  { row }: TypedOption,
  before: Values,
  after: Values,
): boolean {
  return (row.fields ?? []).some(({ eca }) =>
    components.some(({ name, type, fields }) => {
      const found = type.name === eca?.type ? fields.find(({ field }) => field.name === eca.field) : undefined;
      if (!found) return false;
      return !sameMeaning(found.field, values(before[name])[found.name], values(after[name])[found.name]);
    }),
  );
}

/**
 * The option backwards, from what the org has or a plan leaves it; unknown where a field of it is. What no import states,
 * an option or Salesforce's default, is nothing, unless it is `stated`.
 */
function recallFrom(
  model: TypedModel,
  wire: Values,
  apiVersion: number,
): (option: TypedOption, stated?: boolean) => Value {
  const apiName = text(wire['api_name']) ?? '';
  const { app, unknown } = judgedApp(model.app, { planned: wire, config: {} }, apiName, undefined);
  const live: Live = liveOf(app, { kind: model.kind, apiVersion, expires: '', folder: '' });
  const whole: Live = { ...live, own: (places) => live.value(places) };
  return ({ row, shape }, stated = false) => {
    if ((row.fields ?? []).some(({ eca }) => eca && unknown.has(`${eca.type}.${eca.field}`))) return new Unknown();
    const seen = stated ? whole : live;
    const expression = row.recall ? row.recall(seen) : stated ? row.reread?.(seen) : undefined;
    return expression ? valueOf(shape.write(expression)) : null;
  };
}

/** Both types are what JSON holds; the compiler need not follow one recursion through the other. */
const valueOf = (plain: unknown): Value => JSON.parse(JSON.stringify(plain)) as Value;
