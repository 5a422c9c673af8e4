import { writeXml, type XmlNode } from '../../metadata/package/xml';
import type { CheckReport, ControlResult } from '../report';
import { subjectName } from './findings';

/** A suite per app, a test case per control: failures fail, what nobody could evaluate is skipped and says why. */
export function auditJunit(reports: readonly CheckReport[]): string {
  const suites = reports.map(suite);
  return writeXml({ name: 'testsuites', attributes: { name: 'client-apps audit' }, children: suites }, '').replace(
    ' xmlns=""',
    '',
  );
}

function suite(report: CheckReport): XmlNode {
  const judged = report.results.filter(({ outcome }) => outcome !== 'not-applicable');
  const count = (...outcomes: readonly string[]): string =>
    String(judged.filter(({ outcome }) => outcomes.includes(outcome)).length);
  return {
    name: 'testsuite',
    attributes: {
      name: subjectName(report),
      tests: String(judged.length),
      failures: count('fail'),
      skipped: count('not-evaluated', 'justified'),
    },
    children: judged.map((result) => testCase(subjectName(report), result)),
  };
}

function testCase(subject: string, result: ControlResult): XmlNode {
  const attributes = { classname: subject, name: `${result.control} ${result.title}` };
  const { outcome, because, severity } = result;
  if (outcome === 'fail') {
    const failure = { name: 'failure', attributes: { type: severity ?? 'low', message: because } };
    return { name: 'testcase', attributes, children: [failure] };
  }
  if (outcome === 'not-evaluated' || outcome === 'justified') {
    const message = result.exception
      ? `justified until ${result.exception.expires}: ${result.exception.reason}`
      : because;
    return { name: 'testcase', attributes, children: [{ name: 'skipped', attributes: { message } }] };
  }
  return { name: 'testcase', attributes };
}
