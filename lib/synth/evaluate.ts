import { checkFlows } from '../options/check-flows';
import { checkOauthRecords } from '../options/check-oauth-records';
import { checkOrg, claimsOf } from '../declaration/check-org';
import { declareOrg, type DeclaredOrg } from '../declaration/declare-org';
import type { ClientApp } from '../options/client-app';
import type { OauthRecordDeclaration } from '../declaration/oauth-records';
import type { DeclareContext } from '../declaration/reading';
import type { OrgSettings } from '../declaration/org-settings';
import { DEFAULT_API_VERSION, NEWEST_API_VERSION, OLDEST_API_VERSION } from '../metadata/api-version';
import { buildManifest, type Manifest, type ManifestApp } from '../metadata/manifest';
import { isError, type Diagnostic, type DiagnosticCode } from '../values/diagnostic';
import { checkDeclared } from '../policy/check-declared';
import { FAIL_ON_VALUES, failOnOf } from '../policy/severity';
import { Engine } from '../declaration/options/engine';
import { type Exemptions, readExemptions } from './exemptions';
import { type KnownApps, readKnownApps } from './known-apps';
import { optionVersions } from '../metadata/option-versions';
import type { OrgInputs, RegisteredApp, RegisteredRecord } from './org-inputs';

/** The judgement of one org: its manifest if everything is valid, and whatever is wrong. */
export interface Evaluation {
  readonly diagnostics: readonly Diagnostic[];
  readonly manifest?: Manifest;
  /** API name of each app by construct path, for apps that are valid. */
  readonly apiNames: ReadonlyMap<string, string>;
  readonly engine: 'null' | 'provider';
  /** The valid apps by construct path. */
  readonly apps: ReadonlyMap<string, ClientApp>;
  readonly settings: OrgSettings;
  /** The valid custom scopes and token exchange handlers by construct path. */
  readonly records: ReadonlyMap<string, OauthRecordDeclaration>;
  /** The manifest's apps by construct path. */
  readonly manifestApps: ReadonlyMap<string, ManifestApp>;
  readonly writePackage: boolean;
}

interface Declared {
  readonly registered: RegisteredApp;
  readonly app?: ClientApp;
  readonly diagnostics: readonly Diagnostic[];
}

interface DeclaredRecord {
  readonly registered: RegisteredRecord;
  readonly result: ReturnType<RegisteredRecord['declare']>;
}

/** Declares, checks and builds. The same inputs always give the same evaluation. */
export function evaluate(inputs: OrgInputs): Evaluation {
  const org = declareOrg({
    ...inputs,
    apiVersions: { default: DEFAULT_API_VERSION, oldest: OLDEST_API_VERSION, newest: NEWEST_API_VERSION },
  });
  const declared = inputs.apps.map((registered) => declareApp(registered, inputs, org));
  const claims = inputs.apps.map(({ props, kind, path, id }) => claimsOf(props, kind, path, id));
  const records = inputs.records.map((registered) => ({
    registered,
    result: registered.declare(registered.props, contextOf(registered, inputs, org)),
  }));
  const valid = records.flatMap(({ result }) => (result.ok ? [result.value] : []));
  const exemptions = readExemptions(inputs, org);
  const knownApps = readKnownApps(inputs);
  const diagnostics = [
    ...org.diagnostics,
    ...engineProblems(org, inputs.path),
    ...exemptions.diagnostics,
    ...knownApps.diagnostics,
    ...declared.flatMap((each) => each.diagnostics),
    ...records.flatMap(({ result }) => (result.ok ? [] : result.error)),
    ...checkOauthRecords(
      valid,
      declared.flatMap(({ app }) => (app ? [app] : [])),
    ),
    ...checkOrg({ name: inputs.name, settings: org.settings, assumptions: org.assumptions }, claims),
  ];
  const apiNames = new Map(declared.flatMap(({ registered, app }) => (app ? [[registered.path, app.apiName]] : [])));
  const apps = new Map(declared.flatMap(({ registered, app }) => (app ? [[registered.path, app]] : [])));
  const known = {
    apiNames,
    apps,
    settings: org.settings,
    records: new Map(valid.map((record) => [record.path, record])),
    engine: engineName(org.engine),
  };
  const { writePackage } = org;
  const located = (found: readonly Diagnostic[]) => withSource(found, inputs);
  const invalid = (found: readonly Diagnostic[]): Evaluation => ({
    ...known,
    diagnostics: located(found),
    writePackage,
    manifestApps: new Map(),
  });
  if (diagnostics.some(isError)) return invalid(diagnostics);
  const parts = { declared, records, exemptions: exemptions.byPath, knownApps: knownApps.known };
  const manifest = buildManifest(orgDeclaration(inputs, org, parts));
  const judged = [...diagnostics, ...checkDeclared(manifest, org.today).diagnostics];
  if (judged.some(isError)) return invalid(judged);
  const manifestApps = new Map(manifest.apps.map((app) => [app.path, app]));
  // A package with fields that only Terraform can fill in would be installed without them.
  const components = [...manifest.apps.flatMap((app) => app.components), ...(manifest.records ?? [])];
  const late = components.some((component) => component.late !== undefined);
  return { ...known, diagnostics: located(judged), writePackage: writePackage && !late, manifest, manifestApps };
}

function declareApp(registered: RegisteredApp, inputs: OrgInputs, org: DeclaredOrg): Declared {
  const result = registered.declare(registered.props, contextOf(registered, inputs, org));
  if (!result.ok) return { registered, diagnostics: result.error };
  const app = result.value;
  return { registered, app, diagnostics: [...optionVersions(app, org.apiVersion), ...checkFlows(app)] };
}

const contextOf = (
  { path, id }: Pick<RegisteredApp, 'path' | 'id'>,
  inputs: OrgInputs,
  org: DeclaredOrg,
): DeclareContext => ({
  path,
  id,
  org: inputs.name,
  apiVersion: org.apiVersion,
  today: org.today,
  engine: engineName(org.engine),
  ...(org.contactEmail !== undefined && { contactEmail: org.contactEmail }),
});

/** Tells where in the author's program the app of a diagnostic is declared, or the exemption that it is about. */
function withSource(
  diagnostics: readonly Diagnostic[],
  { path: org, apps, records, exemptions }: OrgInputs,
): readonly Diagnostic[] {
  const places = new Map([...apps, ...records].flatMap(({ path, source }) => (source ? [[path, source]] : [])));
  for (const { subject, control, source } of exemptions) {
    if (source) places.set(`${subject ?? org} exempt(${String(control)})`, source);
  }
  return diagnostics.map((diagnostic) => {
    const { path, field = '' } = diagnostic;
    const [call = ''] = /^exempt\([^)]*\)/.exec(field) ?? [];
    const place = places.get(`${path} ${call}`) ?? places.get(path);
    return place ? { ...diagnostic, declaredAt: `${place.file}:${place.line}` } : diagnostic;
  });
}

interface Parts {
  readonly declared: readonly Declared[];
  readonly records: readonly DeclaredRecord[];
  readonly exemptions: Exemptions['byPath'];
  readonly knownApps: KnownApps['known'];
}

function orgDeclaration(inputs: OrgInputs, org: DeclaredOrg, { declared, records, exemptions, knownApps }: Parts) {
  return {
    id: `${inputs.stack}/${inputs.name}`,
    name: inputs.name,
    path: inputs.path,
    ...(org.orgId !== undefined && { orgId: org.orgId }),
    apiVersion: org.apiVersion,
    engine: engineName(org.engine),
    settings: org.settings,
    assumptions: org.assumptions,
    exemptions: exemptions.get(inputs.path) ?? [],
    knownApps,
    records: records.flatMap(({ registered: { source }, result }) =>
      result.ok ? [{ record: result.value, ...(source && { source }) }] : [],
    ),
    apps: declared.flatMap(({ app, registered: { path, source } }) =>
      app ? [{ app, exemptions: exemptions.get(path) ?? [], ...(source && { source }) }] : [],
    ),
  };
}

/** The engine that was asked for; what is none is reported, and treated like none. */
export const engineName = (engine: unknown): 'null' | 'provider' => (Engine.is(engine) ? engine.name : 'provider');

function engineProblems(
  { engine, movedFrom, reapplyOnDrift, failOn }: DeclaredOrg,
  path: string,
): readonly Diagnostic[] {
  const problems: Diagnostic[] = [];
  const report = (field: string, code: DiagnosticCode, problem: string, allowed: string, remedy: string): void => {
    problems.push({ code, severity: 'error', path, field, problem, allowed, remedy });
  };
  if (engine !== undefined && !Engine.is(engine)) {
    const engines = 'Engine.PROVIDER or Engine.NULL';
    report('engine', 'wrong-type', 'this is not an Engine', engines, 'leave the option out, or write Engine.NULL');
  }
  if (reapplyOnDrift && engineName(engine) === 'provider') {
    const problem = 'with the engine provider, Terraform itself plans the repair of what changed in the org';
    const remedy = 'leave the option out, or write engine: Engine.NULL';
    report('reapplyOnDrift', 'option-of-another-engine', problem, 'reapplyOnDrift with Engine.NULL', remedy);
  }
  if (failOn !== undefined && failOnOf(failOn) === undefined) {
    const allowed = FAIL_ON_VALUES.join(', ');
    report(
      'failOn',
      'wrong-type',
      'this is not a severity',
      allowed,
      `leave the option out, or give one of ${allowed}`,
    );
  }
  if (movedFrom === undefined) return problems;
  if (!Engine.is(movedFrom) || movedFrom.name !== 'null') {
    report('movedFrom', 'wrong-type', 'only the engine null can be moved from', 'Engine.NULL', 'remove the option');
  } else if (engineName(engine) === 'null') {
    const problem = 'the org is driven by the engine null and cannot be moved away from it at the same time';
    report('movedFrom', 'option-of-another-engine', problem, 'movedFrom with Engine.PROVIDER', 'remove movedFrom');
  }
  return problems;
}
