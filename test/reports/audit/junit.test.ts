import { parseXml, type XmlElement } from '../../../lib/metadata/package/xml';
import type { CheckReport } from '../../../lib/policy/report';
import { auditJunit } from '../../../lib/reports/audit/junit';
import { excuse, privateApp, reportOf, TODAY, withExceptions } from '../../policy/support';
import { junitProblems } from '../junit-schema';
import { HOSTILE_TEXTS, insecureReport } from './support';

function read(reports: readonly CheckReport[], source = 'prod'): XmlElement {
  const parsed = parseXml(auditJunit([{ source, reports }]));
  if (!parsed.ok) throw new Error(`line ${parsed.error.line}: ${parsed.error.problem}`);
  expect(junitProblems(parsed.value)).toEqual([]);
  return parsed.value;
}

const casesOf = ({ children }: XmlElement): readonly XmlElement[] => children.filter(({ name }) => name === 'testcase');

describe('a JUnit report', () => {
  it.each(HOSTILE_TEXTS)('is what readers of JUnit reports accept, whatever an app is called: %j', (text) => {
    const [suite] = read([insecureReport(text, text)]).children;
    // eslint-disable-next-line no-control-regex -- XML cannot hold them, and terminals obey them
    const obeyed = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF]|\p{Cs}/gu;
    const seen = text.replace(obeyed, '\uFFFD');
    // Attributes have no line breaks of their own (XML 1.0, 3.3.3), unless written as references.
    expect(suite?.attributes['name']?.replace(/\s/g, ' ')).toBe(`app ${seen}`.replace(/\s/g, ' '));
  });

  it.each(HOSTILE_TEXTS)('can be printed by a CI server: %j', (text) => {
    const xml = auditJunit([{ source: text, reports: [insecureReport(text, text)] }]);
    // eslint-disable-next-line no-control-regex -- they are what is looked for
    expect(xml).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/);
    expect(xml).not.toMatch(/##\w*\[|(^|\s)::\w+[^\n]*::/m);
  });

  it('counts what it holds', () => {
    const root = read([insecureReport(), insecureReport('Other')]);
    const cases = root.children.flatMap(casesOf);
    expect(Number(root.attributes['tests'])).toBe(cases.length);
    const failures = cases.filter(({ children }) => children[0]?.name === 'failure');
    expect(Number(root.attributes['failures'])).toBe(failures.length);
    expect(failures.length).toBe(2);
  });

  it('explains the score of each app', () => {
    const report = insecureReport();
    const [properties] = read([report]).children[0]?.children ?? [];
    const values = new Map(properties?.children.map(({ attributes }) => [attributes['name'], attributes['value']]));
    expect(values.get('posture_score')).toBe(report.score.value?.toFixed(1));
    const lost = [...values].filter(([name]) => name?.startsWith('lost_to_')).map(([, value]) => Number(value));
    expect(lost.reduce((sum, points) => sum + points, report.score.value ?? 0)).toBeCloseTo(100, 5);
  });

  it('skips what somebody answered for, and says who and until when', () => {
    const report = reportOf(
      privateApp({ global: { isPkceRequired: false } }),
      withExceptions([excuse('Portal', 'SFCA-ECA-PKCE')], TODAY),
    );
    const cases = read([report]).children.flatMap(casesOf);
    const pkce = cases.find(({ attributes }) => attributes['name']?.startsWith('SFCA-ECA-PKCE'));
    expect(pkce?.children[0]?.name).toBe('skipped');
    expect(pkce?.children[0]?.attributes['message']).toMatch(/until 2026-12-31 by security@acme.example/);
  });

  it('says in a failure where the setting stands, what was read and how to fix it', () => {
    const places = { controls: { 'SFCA-ECA-PKCE': { file: 'a/B.ecaGlblOauth', line: 7 } } };
    const cases = read([{ ...insecureReport(), places }]).children.flatMap(casesOf);
    const pkce = cases.find(({ attributes }) => attributes['name']?.startsWith('SFCA-ECA-PKCE'));
    expect(pkce?.attributes['file']).toBe('a/B.ecaGlblOauth');
    for (const part of ['at a/B.ecaGlblOauth:7', 'isPkceRequired: false', 'in Setup:']) {
      expect(pkce?.children[0]?.text).toContain(part);
    }
  });
});
