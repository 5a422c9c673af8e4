import type { ObservedOrg } from '../../metadata/observed';
import { checkApp } from '../../policy/check';
import { controlById } from '../../policy/controls';
import { fieldsOf, setupOf } from '../../policy/describe';
import { headline } from '../../policy/formats/findings';
import { exceptionUses, indexExceptions, unusedProblems } from '../../policy/exceptions';
import type { CheckFacts } from '../../policy/control';
import { postureOf } from '../../policy/posture/of-app';
import { orgPosture } from '../../policy/posture/org';
import type { ControlResult } from '../../policy/report';
import { SEVERITIES, type Severity } from '../../policy/severity';
import type { Told } from '../resource';
import { tell } from '../told';
import { text, type Values, values } from '../wire/value';
import { pathOf, type AppModel } from './app-model';
import { judgedApp } from './judged-app';
import { clientTypeOf, configured, exceptionsOf, lateExceptions } from './app-config';

interface Checking {
  readonly model: AppModel;
  readonly planned: Values;
  readonly config: Values;
  readonly apiVersion: number;
  /** Violations of this severity or a worse one block. */
  readonly failOn: Severity;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** The org as it is; without it, what depends on it is not judged. */
  readonly org?: ObservedOrg;
  /** What was read beside metadata, such as the users that apps run as. */
  readonly facts?: CheckFacts;
}

/**
 * What the security controls say about the app as it is planned (D21). A control that looks at something not known yet
 * says nothing, and neither does one that an exception is for of which something is not known yet.
 * @param blocking The app is created or changed: serious violations are errors. The others, and those of an untouched
 * app, are only told; what is of low risk only of an app that is created or changed.
 */
export function checkControls(checking: Checking, blocking: boolean): readonly Told[] {
  const { model, planned, config, apiVersion, failOn, today, org, facts } = checking;
  const apiName = text(config['api_name']) ?? '';
  const path = pathOf(model, apiName);
  const stated = exceptionsOf(config).map((exception) => ({ ...exception, app: apiName, path }));
  const exceptions = indexExceptions(stated, today);
  const late = lateExceptions(config);
  const { app, unknown } = judgedApp(model, { planned: asStated(model, planned, config), config }, apiName, org);
  const kind = clientTypeOf(config);
  const report = checkApp(
    postureOf(app, { apiVersion, origin: 'declared' }),
    {
      today,
      exceptions,
      ...(org && { org: orgPosture(org.settings, { origin: 'read' }) }),
      ...(facts && { facts }),
    },
    kind && { kind, by: 'declared' },
  );
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
  const unused = unusedProblems({ ...exceptions, valid }, exceptionUses(report, exceptions));
  return [
    ...[
      ...exceptions.problems.map((problem) => tell(problem, blocking ? undefined : 'warning')),
      ...unused.map((problem) => tell(problem, 'warning')),
    ].map((told) => ({ ...told, attribute: ['exception'] })),
    ...of('fail').map((result) =>
      violation(result, path, blocking && isSerious(result, failOn) && isOurs(result) ? 'error' : 'warning'),
    ),
    ...(blocking ? lowRisks(of('low-risk'), model, apiName) : []),
  ];
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

/** One warning an app, under words that are the same for all: Terraform shows one of them and counts the rest. */
function lowRisks(results: readonly ControlResult[], { resourceType }: AppModel, apiName: string): readonly Told[] {
  if (results.length === 0) return [];
  const lines = results.map(({ control, because }) => `${because} (${control})`);
  return [
    {
      severity: 'warning',
      summary: `${resourceType}: low security risk`,
      detail: [`${apiName}:`, ...lines].join('\n'),
    },
  ];
}

const isSerious = ({ severity = 'low' }: ControlResult, failOn: Severity): boolean =>
  SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn);

/** False for parts of an app that no attribute holds: nobody can correct them here, so they hold nothing up. */
function isOurs({ control: id }: ControlResult): boolean {
  const control = controlById(id);
  return control?.level !== 'app' || control.concern !== 'plugin';
}

const resourceOf = (path: string): string => path.split(' ')[0] ?? path;

function violation(result: ControlResult, path: string, severity: Told['severity']): Told {
  const control = controlById(result.control);
  const lines = [`${path}: ${headline(result)} (${result.control}). ${result.because}`, ''];
  if (result.severity !== undefined) lines.push(`severity: ${result.severity}`);
  if (control) lines.push(`allowed:  ${control.recommended}`);
  const excuse =
    control?.exemptable === true ? `or excuse it with an exception for ${result.control}` : 'nobody may excuse it';
  const correct = control && !isOurs(result) ? `correct it in ${setupOf(control)}` : 'correct the configuration';
  lines.push(`to do:    ${correct}, ${excuse}`);
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
  // Terraform counts warnings with the same words and shows one of them; it spends a second on three that differ.
  const summary = severity === 'error' ? `${path}: ${result.control}` : `${resourceOf(path)}: ${result.control}`;
  return { severity, summary, detail: lines.join('\n'), ...(attribute && { attribute }) };
}
