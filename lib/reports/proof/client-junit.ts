import type { XmlNode } from '../../metadata/package/xml';
import type { ClientProof, ClientRun, ScenarioResult } from '../../proof/clients/report';
import { junitText, legal } from '../junit';
import { becauseWords, callWords, CLIENT_WORDS, clientConclusion, resultToday } from './client-words';
import { appHeading, wireLines } from './words';

/**
 * A suite per org, a test case per scenario on the declared settings: a client that breaks fails. An error is a run that
 * says nothing about the client, also on the settings of --as-in, so that no build server takes it for a pass. What
 * breaks today alone is text: the plan mends it.
 */
export function clientJunit(proofs: readonly ClientProof[]): string {
  return junitText(
    'client-apps prove',
    proofs.map((proof) => suite(proofs.length > 1 ? `${proof.org} ` : '', proof)),
  );
}

function suite(prefix: string, proof: ClientProof): XmlNode {
  const { declared, today } = proof;
  const name = legal(`${prefix}${appHeading(proof)}`);
  const cases = [
    ...declared.scenarios.map((result, index) => testCase(name, proof, { result, index })),
    ...(today?.run.outcome === 'not-evaluated' ? [notEvaluatedToday(name, today.org, today.run)] : []),
  ];
  const count = (verdict: string): string =>
    String(cases.filter(({ children }) => children?.some((child) => child.name === verdict)).length);
  return {
    name: 'testsuite',
    attributes: {
      name,
      tests: String(cases.length),
      failures: count('failure'),
      errors: count('error'),
      skipped: count('skipped'),
      time: '0',
    },
    children: [
      { name: 'properties', children: [property('conclusion', clientConclusion(proof))] },
      ...cases,
      ...output('what it sent:', declared.wire.map(callWords)),
    ],
  };
}

const property = (name: string, value: string): XmlNode => ({
  name: 'property',
  attributes: { name, value: legal(value) },
  children: [],
});

function testCase(
  classname: string,
  proof: ClientProof,
  { result, index }: { readonly result: ScenarioResult; readonly index: number },
): XmlNode {
  const { outcome, about, did, because } = result;
  const message = [CLIENT_WORDS[outcome], did, ...(because ? [becauseWords(because)] : [])].join('; ');
  const today = resultToday(proof, result.scenario);
  return {
    name: 'testcase',
    attributes: { name: about, classname, time: '0' },
    children: [
      ...(outcome === 'survives' ? [] : [verdict(verdictOf(proof.declared, result, index), message)]),
      ...output(did, [
        ...(today === undefined ? [] : [today]),
        ...wireLines({ wire: result.exchanges ?? [] }),
        ...(result.output ?? '').split('\n').filter(Boolean),
      ]),
    ],
  };
}

/** Of a run that says nothing, the first scenario is the error, and those that were not played for it are skipped. */
function verdictOf(run: ClientRun, { outcome }: ScenarioResult, index: number): 'failure' | 'error' | 'skipped' {
  if (outcome === 'breaks') return 'failure';
  return run.outcome === 'not-evaluated' && index === 0 ? 'error' : 'skipped';
}

const notEvaluatedToday = (classname: string, org: string, { scenarios: [first] }: ClientRun): XmlNode => ({
  name: 'testcase',
  attributes: { name: legal(`on the settings of ${org} today`), classname, time: '0' },
  children: [verdict('error', `${CLIENT_WORDS['not-evaluated']}; ${first?.did ?? 'nothing was tried'}`)],
});

const verdict = (name: 'failure' | 'error' | 'skipped', message: string): XmlNode => ({
  name,
  attributes: { message: legal(message) },
  children: [],
});

const output = (head: string, lines: readonly string[]): readonly XmlNode[] =>
  lines.length === 0 ? [] : [{ name: 'system-out', text: legal([head, ...lines].join('\n')), children: [] }];
