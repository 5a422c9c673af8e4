import type { SettingName } from '../options/settings';
import { isOrgError } from '../org/org-error';
import { terraformRemedy } from '../values/catalog';
import { NOTHING_TO_DO } from '../values/catalog/entry';
import { type Diagnostic, isClientAppsError } from '../values/diagnostic';
import { capital } from '../values/plural';
import { attributeOf, CONNECTED_APP, EXTERNAL_CLIENT_APP } from './app/app-model';
import type { TerraformDiagnostic } from './resource';
import {
  APP_COMPONENTS,
  type ComponentAttribute,
  CONNECTED_APP_COMPONENTS,
  RECORD_COMPONENTS,
  SETTINGS_COMPONENTS,
} from './schema/component-attributes';
import type { Values } from './wire/value';

/** Settings that the guards call by the name of an option. */
const OPTIONS: Readonly<Record<string, SettingName>> = {
  permittedUsers: 'permittedUsers',
  'permittedUsers.permissionSets': 'permissionSets',
  codeAndCredentials: 'codeAndCredentials',
  'clientCredentials.runAs': 'runAsUser',
};

/** What stands beside the components. */
const BESIDE: readonly string[] = ['certificate', 'consumer_key'];

/** A diagnostic of ours as Terraform shows it. */
export function toTerraform(diagnostic: Diagnostic, severity?: TerraformDiagnostic['severity']): TerraformDiagnostic {
  const { code, problem, value, allowed, source } = diagnostic;
  const lines = [sentence(problem), ''];
  if (value !== undefined) lines.push(`given:   ${value}`);
  if (allowed !== undefined) lines.push(`allowed: ${allowed}`);
  const remedy = terraformRemedy(code) ?? diagnostic.remedy;
  if (remedy !== NOTHING_TO_DO) lines.push(`to do:   ${remedy}`);
  if (source !== undefined) lines.push(`source:  ${source}`);
  lines.push(`code:    ${code}`);
  const attribute = attributeFor(diagnostic);
  return {
    severity: severity ?? (diagnostic.severity === 'error' ? 'error' : 'warning'),
    summary: `${diagnostic.path}: ${wordsOf(code)}`,
    detail: lines.join('\n'),
    ...(attribute && { attribute }),
  };
}

/**
 * Remarks about what was done. Not as errors where a resource was created: Terraform would take it for tainted then, and
 * make it anew at the next apply.
 */
export const outcomeDiagnostics = (
  remarks: readonly Diagnostic[],
  prior: Values | undefined,
): readonly TerraformDiagnostic[] =>
  remarks.map((diagnostic) => toTerraform(diagnostic, prior ? undefined : 'warning'));

/** A code is its words; an id of a control stays as it is, for people to look it up. */
const wordsOf = (code: string): string => (/[A-Z]/.test(code) ? code : code.replaceAll('-', ' '));

/** Whatever was thrown, reported without anything that was not meant to be shown. */
export function errorDiagnostics(error: unknown, doing: string): readonly TerraformDiagnostic[] {
  if (isClientAppsError(error)) return error.diagnostics.map((diagnostic) => toTerraform(diagnostic, 'error'));
  if (isOrgError(error)) {
    const detail = `${error.message}\n\nto do:   ${error.remedy}`;
    return [{ severity: 'error', summary: `The org could not be asked while ${doing}`, detail }];
  }
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : 'no reason given';
  return [{ severity: 'error', summary: `A bug of this provider while ${doing}`, detail }];
}

const COMPONENTS: readonly ComponentAttribute[] = [
  ...APP_COMPONENTS,
  ...CONNECTED_APP_COMPONENTS,
  ...SETTINGS_COMPONENTS,
  ...RECORD_COMPONENTS,
];

/** The attribute that a diagnostic is about: named by `Type.field`, by an option, or in Salesforce's own words. */
function attributeFor({ path, field, problem }: Diagnostic): readonly string[] | undefined {
  if (field === undefined) return undefined;
  const connected = path.startsWith('salesforce_connected_app ');
  if (BESIDE.includes(field)) return [field];
  if (connected && field === 'platform') return ['api_name'];
  const setting = OPTIONS[field];
  if (setting) return attributeOf(connected ? CONNECTED_APP : EXTERNAL_CLIENT_APP, setting);
  const [type = '', ...names] = field.split('.');
  const name = names.join('.');
  const components = COMPONENTS.filter((candidate) => candidate.type.name === type);
  if (connected && type !== 'ConnectedApp') return undefined;
  const [first] = components;
  if (!first) return undefined;
  if (/(^|\.)certificate$/.test(name)) return ['certificate'];
  const stated = components.flatMap((component) =>
    component.fields
      .filter((candidate) => name === candidate.field.name || name.startsWith(`${candidate.field.name}.`))
      .map((found) => [component.name, found.name]),
  );
  return stated[0] ?? mentionedIn(components, problem) ?? [first.name];
}

/** Salesforce's messages name the field, without the section it stands in. */
function mentionedIn(components: readonly ComponentAttribute[], problem: string): readonly string[] | undefined {
  const words = new Set(problem.toLowerCase().match(/\w+/g) ?? []);
  const found = components.flatMap((component) =>
    component.fields
      .filter(({ field }) => words.has(field.name.slice(field.name.indexOf('.') + 1).toLowerCase()))
      .map(({ name }) => [component.name, name]),
  );
  return found[0];
}

/** A problem as the sentence that a detail begins with. */
export const sentence = (problem: string): string => `${capital(problem.replace(/\.$/, ''))}.`;
