import type { Component, FieldValue } from '../../metadata/component';
import type { ObservedApp, ObservedOrg } from '../../metadata/observed';
import { checkApp } from '../../policy/check';
import { controlById } from '../../policy/controls';
import { fieldsOf } from '../../policy/describe';
import { indexExceptions } from '../../policy/exceptions';
import { externalClientAppPosture } from '../../policy/posture/external-client-app';
import { orgPosture } from '../../policy/posture/org';
import type { ControlResult } from '../../policy/report';
import type { Told } from '../resource';
import { APP_COMPONENTS } from '../schema/component-attributes';
import { fromValue, hasUnknown } from '../schema/field-value';
import { tell } from '../told';
import { text, type Values, values } from '../wire/value';
import { clientTypeOf, exceptionsOf } from './app-config';
import { pathOf } from './declare-app';

interface Checking {
  readonly planned: Values;
  readonly config: Values;
  readonly apiVersion: number;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** The org as it is; without it, what depends on it is not judged. */
  readonly org?: ObservedOrg;
}

/**
 * What the security controls say about the app as it is planned (D21). A control that looks at something not known yet
 * says nothing.
 * @param blocking Violations of high and critical severity are errors: they block what is created or changed. The others,
 * and those of an untouched app, are only told.
 */
export function checkControls(checking: Checking, blocking: boolean): readonly Told[] {
  const { planned, config, apiVersion, today, org } = checking;
  const apiName = text(config['api_name']) ?? '';
  const path = pathOf(apiName);
  const stated = exceptionsOf(config).map((exception) => ({ ...exception, app: apiName, path }));
  const exceptions = indexExceptions(stated, today);
  const { app, unknown } = plannedApp(planned, apiName, org);
  const kind = clientTypeOf(config);
  const report = checkApp(
    externalClientAppPosture(app, { apiVersion, origin: 'declared' }),
    { today, exceptions, ...(org && { org: orgPosture(org.settings, { origin: 'read' }) }) },
    kind && { kind, by: 'declared' },
  );
  const judgeable = ({ control: id }: ControlResult): boolean => {
    const control = controlById(id);
    return control !== undefined && !control.advisory && !fieldsOf(control).some((field) => unknown.has(field));
  };
  const violations = report.results.filter((result) => result.outcome === 'fail' && judgeable(result));
  return [
    ...exceptions.problems.map((problem) => ({
      ...tell(problem, blocking ? undefined : 'warning'),
      attribute: ['exception'],
    })),
    ...violations.map((result) => violation(result, path, blocking && isSerious(result) ? 'error' : 'warning')),
  ];
}

const isSerious = ({ severity }: ControlResult): boolean => severity === 'high' || severity === 'critical';

function violation(result: ControlResult, path: string, severity: Told['severity']): Told {
  const control = controlById(result.control);
  const lines = [`${result.title}. ${result.because}`, ''];
  if (result.severity !== undefined) lines.push(`severity: ${result.severity}`);
  if (control) lines.push(`allowed:  ${control.recommended}`);
  const excuse =
    control?.exemptable === true ? `or excuse it with an exception for ${result.control}` : 'nobody may excuse it';
  lines.push(`to do:    correct the configuration, ${excuse}`);
  if (control) lines.push(`source:   ${control.source}`);
  const field = result.observed.find(({ state }) => state === 'value' || state === 'default')?.field;
  const { attribute } = tell({
    code: result.control,
    severity: 'error',
    path,
    problem: result.because,
    remedy: '',
    ...(field !== undefined && { field }),
  });
  return { severity, summary: `${path}: ${result.control}`, detail: lines.join('\n'), ...(attribute && { attribute }) };
}

/** The planned state as something that controls can judge, and the fields that are not known yet, as `Type.field`. */
function plannedApp(
  planned: Values,
  apiName: string,
  org: ObservedOrg | undefined,
): { readonly app: ObservedApp; readonly unknown: ReadonlySet<string> } {
  const unknown = new Set<string>();
  const components = APP_COMPONENTS.map(({ name, type, fields }) => {
    const found: Record<string, FieldValue> = {};
    const object = values(planned[name]);
    for (const { name: attribute, field } of fields) {
      if (hasUnknown(object[attribute])) unknown.add(`${type.name}.${field.name}`);
      const value = fromValue(field, object[attribute]);
      if (value !== undefined) found[field.name] = value;
    }
    const fingerprint = text(planned['certificate_fingerprint']);
    if (name === 'app' && fingerprint !== undefined) found['certificateFingerprint'] = fingerprint;
    const component: Component = { type: type.name, fullName: apiName, fields: found };
    return [type.name, { state: 'present', component }] as const;
  });
  if (hasUnknown(planned['certificate_fingerprint'])) unknown.add('ExtlClntAppGlobalOauthSettings.certificate');
  return {
    app: {
      platform: 'external-client-app',
      apiName,
      condition: 'present',
      components: Object.fromEntries(components),
      otherComponents: org?.apps.get(apiName)?.otherComponents ?? [],
    },
    unknown,
  };
}
