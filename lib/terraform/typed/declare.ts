import { componentValues } from '../../metadata/component-values';
import { canonicalJson } from '../../metadata/digest';
import { exists } from '../../metadata/fields/field';
import { optionVersions } from '../../metadata/option-versions';
import { toComponents } from '../../metadata/to-components';
import { withoutTokenFormat } from '../../metadata/token-format';
import { checkFlows } from '../../options/check-flows';
import type { ClientApp } from '../../options/client-app';
import { declareClientApp } from '../../options/declare';
import { ROWS } from '../../options/table';
import { excusedControls } from '../../policy/excused-controls';
import { type Diagnostic, type DiagnosticCode, isError } from '../../values/diagnostic';
import { snakeCase } from '../../values/snake-case';
import { pathOf } from '../app/app-model';
import type { TerraformDiagnostic } from '../resource';
import { isUnknown, text, Unknown, type Value, type Values, values } from '../wire/value';
import { misfitDiagnostic, typedDiagnostic } from './diagnostics';
import { type Given, givenOf, isLate } from './given';
import { COMMON, type TypedModel } from './typed-model';

export interface Declaring {
  /** Metadata API version. */
  readonly apiVersion: number;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** Typed state. An insecure value that is there already, and that `ignore_changes` keeps, has no one to justify it. */
  readonly prior?: Values | undefined;
}

export interface TypedDeclaration {
  /** The configuration of `salesforce_external_client_app` that means the same; undefined where there is none. */
  readonly config: Values | undefined;
  readonly diagnostics: readonly TerraformDiagnostic[];
}

/** The arguments of a typed resource as those of `salesforce_external_client_app`: what the constructs make of them. */
export function declareTyped(model: TypedModel, config: Values, declaring: Declaring): TypedDeclaration {
  const typed = givenOf(model, config, declaring.today);
  const left = typed.misfits.filter(({ path }) => isKept(config, declaring.prior, optionOf(path)));
  const fitting = left.reduce((before, { path }) => put(before, path, null), config);
  const given = left.length === 0 ? typed : givenOf(model, fitting, declaring.today);
  const misfits = given.misfits.map(misfitDiagnostic);
  if (misfits.length > 0) return { config: undefined, diagnostics: misfits };
  const { app, problems, excused } = declareWith(model, { config: fitting, given }, declaring);
  const diagnostics = problems.filter(concerns(given)).map(typedDiagnostic);
  if (!app) return { config: undefined, diagnostics };
  return { config: wireConfig(model, { app, config: fitting, given, excused }, declaring), diagnostics };
}

interface Declared {
  readonly app: ClientApp | undefined;
  readonly problems: readonly Diagnostic[];
  /** Options that are excused by nobody. */
  readonly excused: ReadonlySet<string>;
}

function declareWith(
  model: TypedModel,
  { config, given }: { readonly config: Values; readonly given: Given },
  declaring: Declaring,
): Declared {
  const first = judge(model, given, config, declaring);
  const kept = first.problems.filter(
    ({ code, field = '' }) => KEPT.has(code) && isKept(config, declaring.prior, optionOf(field)),
  );
  if (kept.length === 0) return { ...first, excused: new Set() };
  const mended = kept.reduce((before, problem) => mend(before, problem, declaring.today), config);
  const again = givenOf(model, mended, declaring.today);
  const missing = kept.filter(({ code }) => code === 'missing-justification');
  const excused = new Set(missing.map(({ field = '' }) => optionOf(field)));
  return { ...judge(model, again, mended, declaring), excused };
}

/** What an author is to mend, and what the org and `ignore_changes` may make of a configuration that was right. */
const KEPT: ReadonlySet<string> = new Set([
  'missing-justification',
  'superfluous-justification',
  'superfluous-option',
] satisfies DiagnosticCode[]);

function judge(model: TypedModel, { props, unknown }: Given, config: Values, declaring: Declaring) {
  const { apiVersion, today, prior } = declaring;
  const apiName = text(config['api_name']) ?? 'App';
  const path = pathOf(model.app, apiName);
  // An app that was imported may have a longer name than a new one, of which the plan speaks.
  const whole = { ...props, adopt: true };
  const context = { path, org: '', id: 'App', apiVersion, today, engine: 'provider' } as const;
  const declared = declareClientApp(model.kind, whole, context);
  if (!declared.ok) return { app: undefined, problems: declared.error };
  const app: ClientApp = declared.value;
  const others = [
    ...optionVersions(app, apiVersion),
    ...(unknown.has('scopes') ? [] : checkFlows({ ...app, adopt: prior !== undefined })),
  ];
  return { app: others.some(isError) ? undefined : app, problems: others };
}

/** Nothing is said of what is not known yet. */
const concerns =
  ({ unknown }: Given) =>
  ({ field = '' }: Diagnostic): boolean =>
    !unknown.has(optionOf(field));

const optionOf = (field: string): string => /^\w+/.exec(field)?.[0] ?? '';

const isKept = (config: Values, prior: Values | undefined, option: string): boolean => {
  const attribute = snakeCase(option);
  return prior !== undefined && canonicalJson(prior[attribute] ?? null) === canonicalJson(config[attribute] ?? null);
};

/** The same configuration, in which the path of a justification has one, or what is superfluous is not there. */
function mend(config: Values, { code, field = '' }: Diagnostic, today: string): Values {
  const missing = code === 'missing-justification';
  return put(config, field, missing ? { reason: 'kept', approved_by: 'kept', expires: today } : null);
}

/** The same configuration with another value at the path of a member. */
function put(config: Values, path: string, other: Value): Values {
  const within = (value: Value, [name, ...deeper]: readonly string[]): Value =>
    name === undefined ? other : { ...values(value), [name]: within(values(value)[name] ?? null, deeper) };
  return values(within(config, path.split('.').map(snakeCase)));
}

interface Writing {
  readonly app: ClientApp;
  readonly config: Values;
  readonly given: Given;
  readonly excused: ReadonlySet<string>;
}

function wireConfig(model: TypedModel, { app, config, given, excused }: Writing, { apiVersion }: Declaring): Values {
  const declared = toComponents(app, '', apiVersion).map((component) => ({
    ...component,
    // Which tokens an app issues already is for the plan to see; a default takes none away.
    fields: withoutTokenFormat(component.fields, ({ ownership }) => ownership === 'default'),
  }));
  const found = componentValues(declared) as Readonly<Record<string, Values>>;
  const open = unknownFields(given);
  const components = model.app.components.map((component): [string, Value] => {
    const stated = found[component.name];
    const unknown = component.fields.filter(
      ({ field }) => open.has(`${component.type.name}.${field.name}`) && exists(field, apiVersion),
    );
    if (!stated && unknown.length === 0) return [component.name, null];
    // Whether there is one at all is not known either.
    if (!stated && component.onlyStated) return [component.name, new Unknown()];
    const known = Object.entries(stated ?? {}).map(([name, value]): [string, Value] => [name, withUnknowns(value)]);
    return [
      component.name,
      { ...Object.fromEntries(known), ...Object.fromEntries(unknown.map(({ name }) => [name, new Unknown()])) },
    ];
  });
  const own = Object.fromEntries([...COMMON, 'certificate'].map((name) => [name, config[name] ?? null]));
  return {
    ...own,
    client_type: model.kind,
    exception: exceptionsOf(app, config['exception'] ?? null, excused),
    ...Object.fromEntries(components),
  };
}

/** Where one option decides about the fields of another. */
const ALSO: Readonly<Record<string, readonly string[]>> = { certificate: ['scopes'] };

/** Fields whose options are not known yet, as `Type.field`. */
function unknownFields({ unknown }: Given): ReadonlySet<string> {
  const names = [...unknown].flatMap((name) => [name, ...(ALSO[name] ?? [])]);
  const rows = ROWS.filter(({ name }) => names.includes(name));
  return new Set(
    rows.flatMap(({ fields = [] }) => fields.flatMap(({ eca }) => (eca ? [`${eca.type}.${eca.field}`] : []))),
  );
}

const withUnknowns = (value: Value): Value => {
  if (typeof value === 'string') return isLate(value) ? new Unknown() : value;
  return Array.isArray(value) ? (value as readonly Value[]).map(withUnknowns) : value;
};

/** What the justifications of options excuse, and what the configuration excuses besides. */
function exceptionsOf(app: ClientApp, stated: Value, unexcused: ReadonlySet<string>): Value {
  if (isUnknown(stated)) return stated;
  const own = app.exceptions.flatMap(({ option, justification }): readonly Value[] => {
    const controls = excusedControls({ option }, app.platform);
    if (controls.length === 0 || unexcused.has(optionOf(option))) return [];
    const { reason, approvedBy, expires, ticket } = justification;
    return [{ controls, reason, approved_by: approvedBy, expires, ticket: ticket ?? null }];
  });
  const all = [...own, ...(Array.isArray(stated) ? (stated as readonly Value[]) : [])];
  return all.length === 0 ? null : all;
}
