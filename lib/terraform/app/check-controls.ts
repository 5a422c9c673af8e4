import type { ObservedApp, ObservedOrg } from '../../metadata/observed';
import { type Violation, violationDiagnostic, violationsOf } from '../../plan/gate';
import { checkApp, type CheckContext } from '../../policy/check';
import type { CheckFacts } from '../../policy/control';
import { controlById } from '../../policy/controls';
import { fieldsOf, setupOf } from '../../policy/describe';
import { exceptionUses, indexExceptions, unusedProblems } from '../../policy/exceptions';
import { withDeclaredCertificate } from '../../policy/posture/certificate';
import { exchangeHandlers } from '../../policy/posture/exchange-handlers';
import { postureOf } from '../../policy/posture/of-app';
import { orgPosture } from '../../policy/posture/org';
import type { ControlResult } from '../../policy/report';
import type { FailOn } from '../../policy/severity';
import type { TerraformDiagnostic } from '../resource';
import { toTerraform } from '../terraform-diagnostic';
import { text, type Values, values } from '../wire/value';
import { certificateOf, clientTypeOf, configured, exceptionsOf, unknownExceptions } from './app-config';
import { type AppModel, pathOf } from './app-model';
import { judgedApp } from './judged-app';

interface Checking {
  readonly model: AppModel;
  readonly planned: Values;
  readonly config: Values;
  readonly apiVersion: number;
  /** Violations of this severity or a worse one block the change that brings them. */
  readonly failOn: FailOn;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** The org as it is; without it, what depends on it is not judged. */
  readonly org?: ObservedOrg;
  /** What was read beside metadata, such as the users that apps run as. */
  readonly facts?: CheckFacts;
  /** The app without this change; undefined where there is none. */
  readonly before: Before | undefined;
  /** The org is not asked, now or later in this plan: what is not judged for that is told. Default: false. */
  readonly offline?: boolean;
}

/** An app as a change finds it. */
export interface Before {
  readonly app: ObservedApp;
  readonly origin: 'read' | 'declared';
  readonly settings?: ObservedOrg['settings'];
}

/**
 * What the security controls say about the app as it is planned (D21). A control that looks at something not known yet
 * says nothing, and neither does one that an exception is for of which something is not known yet.
 * @param blocking The app is created or changed: serious violations that this brings are errors. The others, and those of
 * an untouched app, are warnings. What speaks for an app is no news.
 */
export function checkControls(checking: Checking, blocking: boolean): readonly TerraformDiagnostic[] {
  const { model, planned, config, apiVersion, failOn, today, org, facts, before, offline = false } = checking;
  const apiName = text(config['api_name']) ?? '';
  const path = pathOf(model, apiName);
  const stated = exceptionsOf(config).map((exception) => ({ ...exception, app: apiName, path }));
  const exceptions = indexExceptions(stated, today);
  const late = unknownExceptions(config);
  const { app, unknown } = judgedApp(model, { planned: asStated(model, planned, config), config }, apiName, org);
  const kind = clientTypeOf(config);
  const given = certificateOf(config);
  const certificate = given.state === 'given' ? given.certificate.base64 : undefined;
  const known = { ...facts, exchangeHandlers: exchangeHandlers(org?.oauthRecords) };
  const judge = (judged: ObservedApp, origin: Before['origin'], settings: ObservedOrg['settings'] | undefined) => {
    const context: CheckContext = {
      today,
      exceptions,
      ...(settings && { org: orgPosture(settings, { origin: 'read' }) }),
      facts: known,
    };
    const posture = withDeclaredCertificate(postureOf(judged, { apiVersion, origin }), certificate);
    return checkApp(posture, context, kind && { kind, by: 'declared' });
  };
  const report = judge(app, 'declared', org?.settings);
  const earlier = before && judge(before.app, before.origin, org && before.settings);
  const settled = (id: string): boolean => {
    const control = controlById(id);
    return control === undefined || !fieldsOf(control).some((field) => unknown.has(field));
  };
  const judgeable = ({ control: id }: ControlResult): boolean => {
    const control = controlById(id);
    if (control === undefined || control.advisory) return false;
    if (control.exemptable && (late.all || late.controls.has(id))) return false;
    return settled(id);
  };
  const of = (outcome: ControlResult['outcome']): readonly ControlResult[] =>
    report.results.filter((result) => result.outcome === outcome && judgeable(result));
  const valid = exceptions.valid.filter(({ controls }) => controls.every(settled));
  const unused = unusedProblems({ ...exceptions, valid }, exceptionUses(report, exceptions), [report]);
  return [
    ...[
      ...exceptions.problems.map((problem) => toTerraform(problem, blocking ? undefined : 'warning')),
      ...unused.map((problem) => toTerraform(problem, 'warning')),
    ].map((diagnostic) => ({ ...diagnostic, attribute: ['exception'] })),
    ...violationsOf(earlier?.results, of('fail'), failOn).map((violation) =>
      violationToTerraform({ ...violation, blocks: blocking && violation.blocks }, path),
    ),
    ...(offline ? notEvaluated(report.results, settled, path) : []),
  ];
}

/** Controls that no one can judge without the org, each with the reason. */
function notEvaluated(
  results: readonly ControlResult[],
  settled: (id: string) => boolean,
  path: string,
): readonly TerraformDiagnostic[] {
  const lines = results.flatMap(({ control: id, outcome, because }) => {
    const control = controlById(id);
    if (!control || control.advisory || control.needsUsage || outcome === 'not-applicable') return [];
    if (outcome === 'not-evaluated') return [`${id}: ${because}`];
    return settled(id) ? [] : [`${id}: it reads a setting that is not stated here, and that the org decides`];
  });
  if (lines.length === 0) return [];
  const detail = `${path}:\n${lines.join('\n')}`;
  return [{ severity: 'warning', summary: `${resourceOf(path)}: controls that are not evaluated offline`, detail }];
}

/**
 * The planned app with what the configuration asks for where a plan keeps the org's true (D7): to ask for the insecure
 * value is a violation, whether or not the org listens.
 */
function asStated(model: AppModel, planned: Values, config: Values): Values {
  const components = model.components.map(({ name, fields }) => {
    const asked = fields.filter(
      ({ name: attribute, field }) => field.serverWins && configured(config, name, attribute) === false,
    );
    return [
      name,
      { ...values(planned[name]), ...Object.fromEntries(asked.map((field) => [field.name, false])) },
    ] as const;
  });
  return { ...planned, ...Object.fromEntries(components) };
}

/** False for parts of an app that no attribute holds: no one can correct them here. */
function isOurs({ control: id }: ControlResult): boolean {
  const control = controlById(id);
  return control?.level !== 'app' || control.concern !== 'plugin';
}

const resourceOf = (path: string): string => path.split(' ')[0] ?? path;

function violationToTerraform(violation: Violation, path: string): TerraformDiagnostic {
  const { result, blocks } = violation;
  const control = controlById(result.control);
  const excuse =
    control?.exemptable === true ? `or excuse it with an exception for ${result.control}` : 'it cannot be excused';
  const correct = control && !isOurs(result) ? `correct it in ${setupOf(control)}` : 'correct the configuration';
  const said = toTerraform({ ...violationDiagnostic(violation, path), remedy: `${correct}, ${excuse}` });
  const violated = `${result.control} is violated${control ? `: ${control.title}` : ''}`;
  // Terraform counts warnings with the same words and shows one of them; it spends a second on three that differ.
  return blocks
    ? { ...said, summary: `${path}: ${violated}` }
    : { ...said, summary: `${resourceOf(path)}: ${violated}`, detail: `${path}: ${said.detail}` };
}
