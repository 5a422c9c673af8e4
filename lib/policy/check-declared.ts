import type { FieldValue } from '../metadata/component';
import type { Manifest, ManifestApp, ManifestComponent } from '../metadata/manifest';
import type { ObservedApp, ObservedComponent, ObservedOrg } from '../metadata/observed';
import { diagnoseOther } from '../values/diagnose';
import { type Diagnostic, formatDiagnostic, isError } from '../values/diagnostic';
import { checkAll, type CheckContext, type OrgCheck } from './check';
import type { StatedKind } from './client-kind';
import { controlById } from './controls';
import { fieldsOf } from './describe';
import { declaredExceptions, indexExceptions, orgExceptions } from './exceptions';
import type { AppPosture } from './posture';
import { exchangeHandlers } from './posture/exchange-handlers';
import { postureOf } from './posture/of-app';
import { orgPosture } from './posture/org';
import type { ControlResult } from './report';
import { FAIL_ON, SEVERITIES } from './severity';

export interface DeclaredCheck {
  /** Violations and what is wrong with exceptions, each once. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What the security controls say about a program: its apps, and the settings of the org that it states (D21). Fields that
 * it leaves to the org count with what Salesforce's default is; values that only Terraform knows are not judged.
 * @param today `YYYY-MM-DD`.
 */
export function checkDeclared(manifest: Manifest, today: string): DeclaredCheck {
  const { reports, diagnostics } = judgeDeclared(manifest, today, { violationsOnly: true });
  const apps = new Map(manifest.apps.map((app) => [app.api_name, app]));
  const violations = reports.flatMap((report) => {
    const app = report.subject.type === 'app' ? apps.get(report.subject.api_name) : undefined;
    return report.results
      .filter((result) => result.outcome === 'fail' && !isUnsettled(result, app) && result.control !== CHECKED_BEFORE)
      .map((result) => violation(result, app?.path ?? manifest.org.path));
  });
  // Justifications of options were judged where they are declared; that one of them excuses nothing is no problem.
  const others = diagnostics.filter(
    ({ code, field }) => code !== 'exception-unused' || field?.startsWith('exempt') === true,
  );
  return { diagnostics: unique([...violations, ...others]) };
}

/** Every control's word on a program: its apps, and the settings of the org that it states. */
export function judgeDeclared(
  manifest: Manifest,
  today: string,
  { violationsOnly = false }: Pick<CheckContext, 'violationsOnly'> = {},
): OrgCheck {
  const apiVersion = manifest.org.api_version;
  const exceptions = indexExceptions([...manifest.apps.flatMap(declaredExceptions), ...orgExceptions(manifest)], today);
  const { code_and_credentials_flow: assumed } = manifest.assumptions;
  const org = orgPosture(observedSettings(manifest), {
    origin: 'declared',
    assumptions: assumed === undefined ? {} : { codeAndCredentialsFlow: assumed },
  });
  const kinds = new Map(
    manifest.apps.map((app): [string, StatedKind] => [app.api_name, { kind: app.kind, by: 'declared' }]),
  );
  const postures = manifest.apps.map((app) => declaredPosture(app, apiVersion));
  const facts = { exchangeHandlers: exchangeHandlers(undefined, manifest.records) };
  return checkAll(postures, { today, org, facts, exceptions, violationsOnly }, kinds);
}

/** True where the result depends on a value of the app that only Terraform knows. */
export const isUnsettled = (result: ControlResult, app: ManifestApp | undefined): boolean =>
  readsAny(result, unknownFields(app));

/** A scope that needs the other format is an error of the declaration, which says the same. */
const CHECKED_BEFORE = 'SFCA-APP-TOKEN-FORMAT';

/** What a declared app says about itself. */
export const declaredPosture = (app: ManifestApp, apiVersion: number): AppPosture =>
  postureOf(observedApp(app), { apiVersion, origin: 'declared' });

/** A declared app as controls and diffs see any app. */
function observedApp({ api_name: apiName, platform, components }: ManifestApp): ObservedApp {
  return {
    platform,
    apiName,
    condition: 'present',
    components: Object.fromEntries(components.map((component) => [component.type, observed(component)])),
    otherComponents: [],
  };
}

const observedSettings = ({ settings }: Manifest): ObservedOrg['settings'] =>
  Object.fromEntries(settings.map((component) => [component.type, observed(component)]));

function observed({ type, name, fields }: ManifestComponent): ObservedComponent {
  const values: Record<string, FieldValue> = {};
  for (const [field, { value }] of Object.entries(fields)) {
    // An empty list says that there is no value.
    if (!Array.isArray(value) || value.length > 0) values[field] = value;
  }
  return { state: 'present', component: { type, fullName: name, fields: values } };
}

/** `Type.field` of everything that only Terraform knows. */
export const unknownFields = (app: ManifestApp | undefined): ReadonlySet<string> =>
  new Set(app?.components.flatMap(({ type, late = [] }) => late.map((field) => `${type}.${field}`)));

function readsAny({ control: id }: ControlResult, late: ReadonlySet<string>): boolean {
  const control = late.size === 0 ? undefined : controlById(id);
  return control !== undefined && fieldsOf(control).some((field) => late.has(field));
}

function violation(result: ControlResult, path: string): Diagnostic {
  const control = controlById(result.control);
  const { severity = 'low' } = result;
  const serious = SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(FAIL_ON);
  const seen = result.observed.find(({ state }) => state === 'value' || state === 'default');
  const excuse = control?.exemptable === true ? `; or have it approved: org.exempt(app, '${result.control}', …)` : '';
  return diagnoseOther(result.control, {
    severity: serious && control?.advisory !== true ? 'error' : 'warning',
    path,
    ...(seen && { field: seen.field }),
    problem: `${result.because} (${severity})`,
    ...(seen?.value !== undefined && { value: seen.value }),
    ...(control && { allowed: control.recommended }),
    remedy: `${control?.remedy.code ?? 'correct the declaration'}${excuse}`,
    ...(control && { source: control.source }),
  });
}

function unique(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const byText = new Map(diagnostics.map((diagnostic) => [formatDiagnostic(diagnostic), diagnostic]));
  return [...byText.values()].sort((a, b) => Number(isError(b)) - Number(isError(a)));
}
