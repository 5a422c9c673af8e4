import { parseXml, type XmlElement } from '../../../lib/metadata/package/xml';
import type { ClientProof, ClientRun, ScenarioResult } from '../../../lib/proof/clients/report';
import { clientJunit } from '../../../lib/reports/proof/client-junit';
import { clientMarkdown } from '../../../lib/reports/proof/client-markdown';
import { HOSTILE_TEXTS } from '../audit/support';
import { junitProblems } from '../junit-schema';

const LOGIN: ScenarioResult = { scenario: 'login', about: 'logs in', outcome: 'survives', did: 'got a token' };
const BROKEN: ScenarioResult = {
  scenario: 'sessions-over',
  about: 'comes back three times',
  outcome: 'breaks',
  did: 'a person had to log in again',
  because: {
    field: 'ExtlClntAppGlobalOauthSettings.isRefreshTokenRotationEnabled',
    value: 'true',
    value_today: 'false',
    why: 'it uses a refresh token again',
  },
  output: 'Error: expired\nat sync',
};
const SILENT: ScenarioResult = { ...LOGIN, outcome: 'not-evaluated', did: 'it made no call to the org' };
const WIRE = [{ operation: 'query', count: 2 }];

const survives: ClientRun = { outcome: 'survives', scenarios: [LOGIN], wire: WIRE };
const breaks: ClientRun = { outcome: 'breaks', scenarios: [LOGIN, BROKEN], wire: WIRE };
const silent: ClientRun = {
  outcome: 'not-evaluated',
  scenarios: [SILENT, { ...BROKEN, outcome: 'not-evaluated', did: 'it does not log in' }],
  wire: [],
};

const proofOf = (declared: ClientRun, more: Partial<ClientProof> = {}): ClientProof => ({
  org: 'prod',
  app: 'Portal',
  label: 'Portal',
  platform: 'external-client-app',
  kind: 'private',
  path: 'prod/Portal',
  declared,
  ...more,
});

const today = (run: ClientRun, change: 'is-mended' | 'not-evaluated'): Pick<ClientProof, 'today'> => ({
  today: { org: 'prod', run, change, newly_broken: [] },
});

function junit(...proofs: readonly ClientProof[]): XmlElement {
  const parsed = parseXml(clientJunit(proofs));
  if (!parsed.ok) throw new Error(parsed.error.problem);
  expect(junitProblems(parsed.value)).toEqual([]);
  return parsed.value;
}

/** What each test case is called, and how it ended. */
const verdicts = ({ children: suites }: XmlElement): readonly (readonly (string | undefined)[])[] =>
  suites.flatMap(({ children }) =>
    children
      .filter(({ name }) => name === 'testcase')
      .map(({ attributes, children: [first] }) => [
        attributes['name'],
        first === undefined || first.name === 'system-out' ? 'passed' : first.name,
      ]),
  );

const counts = ({ attributes: { tests, failures, errors } }: XmlElement): unknown => ({ tests, failures, errors });

describe('the JUnit report about a client', () => {
  it('fails the scenario that breaks, with the setting that breaks it and its value today', () => {
    const root = junit(proofOf(breaks));
    expect(counts(root)).toEqual({ tests: '2', failures: '1', errors: '0' });
    expect(verdicts(root)).toEqual([
      ['logs in', 'passed'],
      ['comes back three times', 'failure'],
    ]);
    const xml = clientJunit([proofOf(breaks)]);
    expect(xml).toContain('isRefreshTokenRotationEnabled is true (today false): it uses a refresh token again');
    for (const part of ['Error: expired', 'at sync', '2× query']) expect(xml).toContain(part);
  });

  it('has an error, and no pass, for a run that says nothing', () => {
    const root = junit(proofOf(silent));
    expect(counts(root)).toEqual({ tests: '2', failures: '0', errors: '1' });
    expect(verdicts(root)).toEqual([
      ['logs in', 'error'],
      ['comes back three times', 'skipped'],
    ]);
  });

  it('has an error where nothing could be said of the settings of today', () => {
    const root = junit(proofOf(survives, today(silent, 'not-evaluated')));
    expect(verdicts(root)).toEqual([
      ['logs in', 'passed'],
      ['on the settings of prod today', 'error'],
    ]);
  });

  it('passes a client that breaks today and works after the plan, and says both', () => {
    const mended = proofOf(
      { ...survives, scenarios: [LOGIN, { ...LOGIN, scenario: 'sessions-over' }] },
      today(breaks, 'is-mended'),
    );
    expect(counts(junit(mended))).toEqual({ tests: '2', failures: '0', errors: '0' });
    const xml = clientJunit([mended]);
    expect(xml).toContain('Breaks today in prod, and works after this plan.');
    expect(xml).toContain('today in prod: BREAKS: a person had to log in again');
  });

  it('names the org of each suite where there are several', () => {
    const names = (root: XmlElement): readonly unknown[] => root.children.map(({ attributes }) => attributes['name']);
    const heading = 'Portal (External Client App, private client)';
    expect(names(junit(proofOf(survives)))).toEqual([heading]);
    const two = junit(proofOf(survives), proofOf(breaks, { org: 'uat' }));
    expect(names(two)).toEqual([`prod ${heading}`, `uat ${heading}`]);
    expect(counts(two)).toEqual({ tests: '3', failures: '1', errors: '0' });
  });
});

describe('the Markdown report about a client', () => {
  it('has the conclusion, a row for each scenario, and what the client sent and printed', () => {
    const text = clientMarkdown([proofOf(breaks)]);
    expect(text).toMatch(
      /^## Client\n\n### `prod: Portal \(External Client App, private client\)`\n\n\*\*The client breaks/,
    );
    expect(text).toMatch(/\| BREAKS +\| comes back three times \| a person had to log in again; isRefreshToken/);
    expect(text).toContain('\n    Error: expired\n    at sync\n');
    expect(text).toContain('\n    2× query\n');
    expect(text).toContain('client-apps sent no request to Salesforce');
    const compared = clientMarkdown([proofOf(survives, today(breaks, 'is-mended'))]);
    expect(compared).toContain('today in prod: survives: got a token');
    expect(compared).toContain('of prod, only settings were read');
  });
});

describe.each(HOSTILE_TEXTS)('a client that prints, and an org that says, %j', (text) => {
  const hostile = { ...BROKEN, did: text, output: text, because: { why: text, value: text } };
  const proofs = [proofOf({ ...breaks, scenarios: [hostile] }, { org: text, app: text })];

  it('leaves the JUnit report whole', () => {
    expect(counts(junit(...proofs))).toEqual({ tests: '1', failures: '1', errors: '0' });
    // eslint-disable-next-line no-control-regex -- they are what is looked for
    expect(clientJunit(proofs)).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]|##\w*\[/);
  });

  it('writes no markup into the Markdown report', () => {
    const shown = clientMarkdown(proofs)
      // Code: the heading, and the blocks of what was printed and sent.
      .replace(/^(### `| {4}).*$/gm, '')
      .replace(/\\./g, '');
    expect(shown).not.toMatch(/<script|\]\(|@\w|:\/\/|##vso|^::/m);
    expect(shown.match(/^\|.*\|$/gm)).toHaveLength(3);
  });
});
