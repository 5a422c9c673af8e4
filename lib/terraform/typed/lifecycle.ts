import { applyAppChange } from '../app/apply-app';
import { planAppChange } from '../app/plan-app';
import { readApp } from '../app/read-app';
import type { Session } from '../org/session';
import type { Answered, Planned, TerraformDiagnostic } from '../resource';
import { text, type Values, values } from '../wire/value';
import { declareTyped, type Declaring } from './declare';
import { atOption } from './diagnostics';
import { refreshed, stateOf, wireState } from './state';
import type { TypedModel } from './typed-model';

export { moveTyped } from './move';

// A typed resource is another way to write `salesforce_external_client_app`: everything is planned, judged and written by
// the functions of that one.

export async function readTyped(model: TypedModel, state: Values, session: Session): Promise<Answered> {
  const imported = (state['metadata'] ?? null) === null;
  const wire = wireState(model, state);
  // Of an imported app the kind is the org's to tell.
  const answer = await readApp(model.app, imported ? { ...wire, client_type: null } : wire, session);
  const found = values(answer.state);
  const diagnostics = answer.diagnostics.map((each) => atOption(model.app, each));
  if (answer.state === null) return { state: null, diagnostics };
  if (diagnostics.some(({ severity }) => severity === 'error')) return { state, diagnostics };
  const kind = text(found['client_type']) ?? model.kind;
  return {
    state: refreshed(model, found, state, session.config.apiVersion),
    diagnostics: [...diagnostics, ...(imported && kind !== model.kind ? [anotherKind(model, kind, state)] : [])],
  };
}

const anotherKind = ({ app, kind }: TypedModel, found: string, state: Values): TerraformDiagnostic => ({
  severity: 'warning',
  summary: `${app.resourceType} ${text(state['api_name']) ?? ''}: looks like a ${found} client`,
  detail: `The flows of the app are those of a ${found} client. As a ${kind} client it gets the secure defaults of one: the plan shows, below metadata, every setting that changes. To keep it as it is, import it to a salesforce_${found}_client_app.`,
});

export async function planTyped(
  model: TypedModel,
  change: { readonly prior: Values | undefined; readonly config: Values | undefined; readonly asImported: boolean },
  session: Session,
): Promise<Planned> {
  const { prior, config, asImported } = change;
  const wirePrior = prior && wireState(model, prior);
  if (!config) return planAppChange(model.app, { prior: wirePrior, config, asImported }, session);
  const declared = declareTyped(model, config, declaring(session, prior));
  if (!declared.config) return { state: prior ?? config, diagnostics: declared.diagnostics };
  const planned = await planAppChange(model.app, { prior: wirePrior, config: declared.config, asImported }, session);
  const diagnostics = [...declared.diagnostics, ...planned.diagnostics.map((each) => atOption(model.app, each))];
  if (diagnostics.some(({ severity }) => severity === 'error')) return { state: prior ?? config, diagnostics };
  return {
    ...planned,
    state: stateOf(model, values(planned.state), config, session.config.apiVersion),
    diagnostics,
  };
}

export async function applyTyped(
  model: TypedModel,
  change: { readonly prior: Values | undefined; readonly planned: Values | undefined; readonly config: Values },
  session: Session,
): Promise<Answered> {
  const { prior, planned } = change;
  const wirePrior = prior && wireState(model, prior);
  if (!planned) {
    const answer = await applyAppChange(model.app, { prior: wirePrior, planned, config: {} }, session);
    return { ...answer, state: answer.state === null ? null : (prior ?? null) };
  }
  const config = asPlanned(model, planned, change.config);
  const declared = declareTyped(model, config, declaring(session, prior));
  if (!declared.config) return { state: prior ?? null, diagnostics: declared.diagnostics };
  const exception = declared.config['exception'] ?? null;
  const wanted = { ...wireState(model, planned), exception };
  const answer = await applyAppChange(
    model.app,
    { prior: wirePrior, planned: wanted, config: declared.config },
    session,
  );
  const diagnostics = answer.diagnostics.map((each) => atOption(model.app, each));
  if (answer.state === null) return { state: null, diagnostics };
  const state = values(answer.state);
  // What was refused leaves the state as it was.
  if (answer.state === wirePrior) return { state: prior ?? null, diagnostics };
  return { state: stateOf(model, state, planned, session.config.apiVersion), diagnostics };
}

const declaring = ({ config, today }: Session, prior: Values | undefined): Declaring => ({
  apiVersion: config.apiVersion,
  today: today(),
  prior,
});

/** What is configured, with the values of the plan: Terraform takes what `ignore_changes` names out of the plan alone. */
const asPlanned = ({ options }: TypedModel, planned: Values, config: Values): Values => ({
  exception: planned['exception'] ?? null,
  ...Object.fromEntries(
    options.map(({ attribute, row }) => {
      const given = config[attribute] ?? null;
      return [attribute, given === null || row.name === 'certificate' ? given : (planned[attribute] ?? null)];
    }),
  ),
});
