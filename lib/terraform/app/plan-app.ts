import { canonicalJson } from '../../metadata/digest';
import { exists } from '../../metadata/fields/field';
import { liveApp } from '../../metadata/live-app';
import { NO_CERTIFICATE } from '../../metadata/ownership-line';
import { TOKEN_FORMAT } from '../../options/settings';
import type { Session } from '../org/session';
import type { Planned, TerraformDiagnostic } from '../resource';
import { isUnknown, text, Unknown, type Value, type Values, values } from '../wire/value';
import { certificateOf, clientTypeOf, configured, switchesOf } from './app-config';
import { type AppModel, attributeOf, type AttributePath, attributesOf, pathOf, STOPS } from './app-model';
import { removal, rename } from './deletion';
import { judgeApp } from './judge-app';
import { plannedOwner } from './ownership';
import { planComponent } from './plan-fields';
import { computedNames } from './schema';
import { secureDefaults } from './secure-defaults';
import { newAppProblems } from './validate-app';

/** What an apply will do to the app, attribute by attribute, and what a reviewer should know about it. */
export async function planAppChange(
  model: AppModel,
  change: { readonly prior: Values | undefined; readonly config: Values | undefined; readonly asImported: boolean },
  session: Session,
): Promise<Planned> {
  const { prior, config } = change;
  if (!config) return { state: null, diagnostics: prior ? await removal(model, prior, session) : [] };
  const diagnostics = [
    ...unknownType(config),
    ...tooNew(model, config, session.config.apiVersion),
    ...(prior ? [] : newAppProblems(model, config)),
  ];
  if (diagnostics.length > 0) return { state: prior ?? config, diagnostics };
  const { apiVersion } = session.config;
  // What an import found unset stays so until something is changed; then the secure defaults come with the change.
  const kept =
    change.asImported && prior ? plannedState(model, { prior, config, keepsUnset: true }, apiVersion) : undefined;
  const asImported = prior !== undefined && kept !== undefined && !touchesOrg(model, prior, kept);
  const unread = prior === undefined && (await mayExist(model, config, session));
  const fields = asImported ? kept : plannedState(model, { prior, config, keepsUnset: false, unread }, apiVersion);
  const touched = prior === undefined || touchesOrg(model, prior, fields);
  const owner = plannedOwner({ prior, touched, imported: change.asImported }, session.config.managedBy);
  const planned = { ...fields, managed_by: owner };
  const renamed = prior !== undefined && prior['api_name'] !== config['api_name'];
  const changed = touched || owner !== prior['managed_by'] || asksToLoosen(model, prior, config);
  const judging = { model, prior, planned, config, changed, asImported, imported: change.asImported };
  const judged = renamed ? [] : await judgeApp(judging, session);
  return {
    state: planned,
    asImported,
    requiresReplace: renamed ? ['api_name'] : [],
    diagnostics: [
      ...(renamed ? await rename(model, prior, config, session) : []),
      ...(prior && !renamed ? staysPackaged(model, prior, config) : []),
      ...judged,
    ],
  };
}

/** A create may take over an app, which keeps what neither the configuration nor a secure default states. */
async function mayExist({ platform }: AppModel, config: Values, session: Session): Promise<boolean> {
  if (!session.reachable || isUnknown(config['api_name'])) return true;
  const { observed } = await session.reading();
  return liveApp(observed, { platform, api_name: text(config['api_name']) ?? '' }) !== undefined;
}

/** False where only something of ours changes, such as the deletion protection. */
const touchesOrg = ({ components }: AppModel, prior: Values, planned: Values): boolean =>
  [...components.map(({ name }) => name), 'certificate_fingerprint'].some(
    (name) => canonicalJson(prior[name] ?? null) !== canonicalJson(planned[name] ?? null),
  );

/** The configuration says false where the org has true and some orgs keep it so (D7). */
const asksToLoosen = ({ components }: AppModel, prior: Values, config: Values): boolean =>
  components.some(({ name, fields }) =>
    fields.some(
      ({ name: attribute, field }) =>
        field.serverWins === true &&
        configured(config, name, attribute) === false &&
        values(prior[name])[attribute] === true,
    ),
  );

interface Planning {
  readonly prior: Values | undefined;
  readonly config: Values;
  /** What is not stated and has no value keeps none, although its secure default is one. */
  readonly keepsUnset: boolean;
  /** The org may have the app already, with values that are known after the apply. Default: false. */
  readonly unread?: boolean;
}

/** The planned values; what only the apply can tell is unknown. */
export function plannedState(model: AppModel, planning: Planning, apiVersion: number): Values {
  const { prior, config, keepsUnset, unread = false } = planning;
  const defaults = secureDefaults(
    model.platform,
    clientTypeOf(config) ?? 'private',
    switchesOf(model, config),
    apiVersion,
  );
  const untouched = [
    ...(isPackaged(model, prior) ? attributesOf(model, ['distributionState']) : []),
    ...(isStopped(model, prior) && config['re_enable'] !== true ? attributesOf(model, STOPS) : []),
    // Only defaults are held back: what the configuration states is planned as it is stated.
    ...(keepsJwtFormat(model, prior, config)
      ? attributesOf(model, TOKEN_FORMAT).filter(
          ([component, member]) => (configured(config, component, member) ?? null) === null,
        )
      : []),
  ];
  const components = model.components.map((component): [string, Value] => [
    component.name,
    planComponent(component, {
      config,
      prior,
      defaults: defaults.get(component.type.name),
      apiVersion,
      keepsUnset,
      unread,
      untouched: membersOf(untouched, component.name),
    }),
  ]);
  const computed = computedNames(model).map((name): [string, Value] => [
    name,
    prior ? (prior[name] ?? null) : new Unknown(),
  ]);
  return {
    ...config,
    deletion_protection: config['deletion_protection'] ?? true,
    ...Object.fromEntries(components),
    ...Object.fromEntries(computed),
    certificate: null,
    certificate_fingerprint: plannedFingerprint(prior, config),
  };
}

function plannedFingerprint(prior: Values | undefined, config: Values): Value {
  const given = certificateOf(config);
  if (given.state === 'unknown') return new Unknown();
  if (given.state === 'given') return given.certificate.fingerprint;
  // A create may adopt an app, whose certificate stays what it is.
  if (prior === undefined) return new Unknown();
  if (config['allow_certificate_removal'] === true) return NO_CERTIFICATE;
  return prior['certificate_fingerprint'] ?? null;
}

/** Someone switched the app off in the org (D12). */
const isStopped = (model: AppModel, prior: Values | undefined): boolean =>
  attributesOf(model, STOPS).some(([component, member]) => values(prior?.[component])[member] === false);

/** The app is part of a package, or may be: no deploy takes it back. */
const isPackaged = (model: AppModel, prior: Values | undefined): boolean =>
  attributesOf(model, ['distributionState']).some(([component, member]) => {
    const state = text(values(prior?.[component])[member]);
    return state !== undefined && state !== 'Local';
  });

/** What is stated of it, and stays otherwise. */
function staysPackaged(model: AppModel, prior: Values, config: Values): readonly TerraformDiagnostic[] {
  if (!isPackaged(model, prior)) return [];
  return attributesOf(model, ['distributionState']).flatMap(([component, member]): readonly TerraformDiagnostic[] => {
    const is = text(values(prior[component])[member]);
    const stated = configured(config, component, member) ?? null;
    if (stated === null || isUnknown(stated) || stated === is) return [];
    const summary = `${pathOf(model, text(config['api_name']) ?? '')}: ${member} stays ${is ?? ''}`;
    const detail = `An app that a package may hold does not become local again. Leave ${member} out, or state what the org has.`;
    return [{ severity: 'warning', summary, detail, attribute: [component, member] }];
  });
}

/** The app issues JWTs, and the configuration says nothing about it: a default never takes them away. */
function keepsJwtFormat(model: AppModel, prior: Values | undefined, config: Values): boolean {
  const [component, member] = attributeOf(model, 'jwtAccessTokens') ?? ['', ''];
  return values(prior?.[component])[member] === true && (configured(config, component, member) ?? null) === null;
}

const membersOf = (places: readonly AttributePath[], component: string): ReadonlySet<string> =>
  new Set(places.filter(([name]) => name === component).map(([, member]) => member));

function unknownType(config: Values): readonly TerraformDiagnostic[] {
  if (!isUnknown(config['client_type'])) return [];
  const detail = 'The secure defaults depend on client_type, so it must be known when the plan is made.';
  return [{ severity: 'error', summary: 'client_type is not known yet', detail, attribute: ['client_type'] }];
}

function tooNew({ components }: AppModel, config: Values, apiVersion: number): readonly TerraformDiagnostic[] {
  return components.flatMap((component) =>
    component.fields.flatMap(({ name, field }): readonly TerraformDiagnostic[] => {
      const value = configured(config, component.name, name);
      if (value === undefined || value === null || exists(field, apiVersion)) return [];
      return [
        {
          severity: 'error',
          summary: `${name} does not exist at API version ${apiVersion}`,
          detail: `${field.name} exists from API version ${field.since}${field.until === undefined ? '' : ` to ${field.until}`}. See api_version of the provider.`,
          attribute: [component.name, name],
        },
      ];
    }),
  );
}
