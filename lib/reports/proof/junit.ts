import type { XmlNode } from '../../metadata/package/xml';
import type { AppProof, OrgProof, ProofResult } from '../../proof/report';
import { junitText, legal } from '../junit';
import { appHeading, didWords, meaning, OUTCOME_WORDS, wireLines } from './words';

/** A suite per app, a test case per attack or use. */
export function proofJunit(orgs: readonly OrgProof[]): string {
  return junitText(
    'client-apps prove',
    orgs.flatMap(({ org, apps }) => apps.map((app) => suite(orgs.length > 1 ? `${org} ` : '', app))),
  );
}

function suite(prefix: string, app: AppProof): XmlNode {
  const name = legal(`${prefix}${appHeading(app)}`);
  const count = (...outcomes: readonly string[]): string =>
    String(app.results.filter(({ outcome }) => outcomes.includes(outcome)).length);
  return {
    name: 'testsuite',
    attributes: {
      name,
      tests: String(app.results.length),
      failures: count('violated'),
      errors: '0',
      skipped: count('not-evaluated', 'excepted'),
      time: '0',
    },
    children: app.results.map((result) => testCase(name, result)),
  };
}

function testCase(classname: string, result: ProofResult): XmlNode {
  const { outcome } = result;
  const message = legal([OUTCOME_WORDS[outcome], meaning(result), didWords(result)].filter(Boolean).join('; '));
  const child: readonly XmlNode[] =
    outcome === 'as-declared'
      ? []
      : [{ name: outcome === 'violated' ? 'failure' : 'skipped', attributes: { message }, children: [] }];
  const wire = wireLines(result);
  const out: readonly XmlNode[] =
    wire.length === 0 ? [] : [{ name: 'system-out', text: legal(wire.join('\n')), children: [] }];
  return { name: 'testcase', attributes: { name: result.about, classname, time: '0' }, children: [...child, ...out] };
}
