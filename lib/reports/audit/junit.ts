import type { XmlNode } from '../../metadata/package/xml';
import { headline, placeOf, remedyOf, subjectName } from '../../policy/findings';
import type { CheckReport, ControlResult } from '../../policy/report';
import { junitText, legal } from '../junit';

/** What one audit gives to a JUnit report. */
export interface JunitAudit {
  /** The org, or the path that was read. */
  readonly source: string;
  readonly reports: readonly CheckReport[];
}

/**
 * A suite per app, a test case per control: violations fail, what no one could evaluate and what someone answered for is
 * skipped and says why. Within what Jenkins' schema (junit-10.xsd) allows; GitLab and Azure DevOps read the same.
 */
export function auditJunit(audits: readonly JunitAudit[]): string {
  const several = audits.length > 1;
  const suites = audits.flatMap(({ source, reports }) =>
    reports.map((report) => suite(report, several ? `${source} ` : '')),
  );
  return junitText('client-apps audit', suites);
}

function suite(report: CheckReport, prefix: string): XmlNode {
  const judged = report.results.filter(({ outcome }) => outcome !== 'not-applicable');
  const count = (...outcomes: readonly string[]): string =>
    String(judged.filter(({ outcome }) => outcomes.includes(outcome)).length);
  const name = legal(`${prefix}${subjectName(report)}`);
  return {
    name: 'testsuite',
    attributes: {
      name,
      tests: String(judged.length),
      failures: count('fail'),
      errors: '0',
      skipped: count('not-evaluated', 'justified'),
      time: '0',
    },
    children: [properties(report), ...judged.map((result) => testCase(name, report, result))],
  };
}

/** The score, what it lost to which control, and whether someone switched the app off. */
function properties({ score, subject }: CheckReport): XmlNode {
  const property = (name: string, value: string): XmlNode => ({ name: 'property', attributes: { name, value } });
  return {
    name: 'properties',
    children: [
      property('posture_score', score.value?.toFixed(1) ?? 'not evaluated'),
      ...(subject.type === 'app' && subject.stopped ? [property('stopped', 'true')] : []),
      ...score.losses.map(({ control, points }) => property(`lost_to_${control}`, points.toFixed(1))),
    ],
  };
}

function testCase(classname: string, report: CheckReport, result: ControlResult): XmlNode {
  const { outcome, because, severity } = result;
  const place = placeOf(report, result);
  const attributes = {
    classname,
    name: `${result.control} ${result.title}`,
    time: '0',
    ...(place && { file: legal(place.file) }),
  };
  if (outcome === 'fail') {
    const failure = { name: 'failure', attributes: { type: severity ?? 'low', message: legal(headline(result)) } };
    return { name: 'testcase', attributes, children: [{ ...failure, text: legal(detail(report, result)) }] };
  }
  if (outcome === 'not-evaluated' || outcome === 'justified') {
    const { exception } = result;
    const message = exception
      ? `justified until ${exception.expires} by ${exception.approved_by}: ${exception.reason}`
      : because;
    return { name: 'testcase', attributes, children: [{ name: 'skipped', attributes: { message: legal(message) } }] };
  }
  return { name: 'testcase', attributes };
}

/** What a reader of the report sees when the failure is opened. */
function detail(report: CheckReport, result: ControlResult): string {
  const { because, observed } = result;
  const [place, remedy] = [placeOf(report, result), remedyOf(report, result)];
  const read = observed.map(({ field, state, value }) => `  ${field}: ${value ?? state}`);
  return [
    because,
    ...(place ? [`at ${place.file}:${place.line}`] : []),
    ...(read.length > 0 ? ['read:', ...read] : []),
    ...(remedy ? [`in code: ${remedy.code}`, `in Setup: ${remedy.setup}`] : []),
  ].join('\n');
}
