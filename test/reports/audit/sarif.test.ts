import type { CheckReport } from '../../../lib/policy/report';
import { combinedScore } from '../../../lib/policy/score';
import { auditSarif, SARIF_MAX_RESULTS } from '../../../lib/reports/audit/sarif';
import { excuse, privateApp, reportOf, TODAY, withExceptions } from '../../policy/support';
import { HOSTILE_TEXTS, insecureReport, sarifProblems } from './support';

interface Result {
  readonly ruleId: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation?: {
      readonly artifactLocation: { readonly uri: string };
      readonly region: { readonly startLine: number };
    };
  }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions: readonly { readonly kind: string; readonly justification: string }[];
}

interface Log {
  readonly runs: readonly {
    readonly results: readonly Result[];
    readonly invocations: readonly {
      readonly toolExecutionNotifications: readonly { readonly message: { readonly text: string } }[];
    }[];
  }[];
}

function logOf(
  reports: readonly CheckReport[],
  more: { org?: string; fallback?: { file: string; line: number } } = {},
  unread: readonly { path: string; reason: string }[] = [],
): Log {
  const { org, fallback } = more;
  const text = auditSarif([{ reports, unread, score: combinedScore(reports), ...(org !== undefined && { org }) }], {
    version: '1.2.3',
    ...(fallback && { fallback }),
  });
  const log: unknown = JSON.parse(text);
  expect(sarifProblems(log)).toEqual([]);
  return log as Log;
}

const resultsOf = (log: Log): readonly Result[] => log.runs[0]?.results ?? [];
const printsOf = (log: Log): readonly string[] =>
  resultsOf(log).flatMap((each) => Object.values(each.partialFingerprints));

describe('a SARIF log', () => {
  it('is one by the official schema, whatever an app or a file is called', () => {
    for (const text of HOSTILE_TEXTS) logOf([insecureReport(text, text)], {}, [{ path: text, reason: text }]);
  });

  it('is none where something is wrong with it', () => {
    expect(sarifProblems({ version: '2.1.0', runs: [{ tool: {} }] })).not.toEqual([]);
  });

  it('takes nothing of what an app is called for a link or a placeholder', () => {
    const [first] = resultsOf(logOf([insecureReport('[text](1) {0}')]));
    expect(first?.message.text).toContain('\\[text\\](1) {{0}}');
  });

  it('keeps its fingerprints when lines, severities and words change, and gives each finding one of its own', () => {
    const report = insecureReport();
    const moved = {
      ...insecureReport('Portal', 'In other words.'),
      places: { subject: { file: 'a', line: 9 }, controls: {} },
    };
    const prints = printsOf(logOf([report]));
    expect(printsOf(logOf([moved]))).toEqual(prints);
    const two = printsOf(logOf([report, insecureReport('Other')]));
    expect(new Set(two).size).toBe(two.length);
    expect(printsOf(logOf([report], { org: 'prod' }))).not.toEqual(prints);
  });

  it('points to the line of the element, else of the app, else to what it was told', () => {
    const places = {
      subject: { file: 'main.ts', line: 12 },
      controls: {
        'SFCA-ECA-PKCE': { file: 'force-app/extlClntAppGlobalOauthSets/A b_ö.ecaGlblOauth-meta.xml', line: 7 },
      },
    };
    const at = (report: CheckReport, control: string) =>
      resultsOf(logOf([report], { fallback: { file: 'cdktf.json', line: 1 } })).find(({ ruleId }) => ruleId === control)
        ?.locations[0]?.physicalLocation;
    expect(at({ ...insecureReport(), places }, 'SFCA-ECA-PKCE')).toEqual({
      artifactLocation: { uri: 'force-app/extlClntAppGlobalOauthSets/A%20b_%C3%B6.ecaGlblOauth-meta.xml' },
      region: { startLine: 7 },
    });
    expect(at({ ...insecureReport(), places }, 'SFCA-ECA-ROTATION')?.region.startLine).toBe(12);
    expect(at(insecureReport(), 'SFCA-ECA-PKCE')?.artifactLocation.uri).toBe('cdktf.json');
  });

  it('carries excused violations as suppressed, with who answers for them until when, and all others as not', () => {
    const report = reportOf(
      privateApp({ global: { isPkceRequired: false, isRefreshTokenRotationEnabled: false } }),
      withExceptions([excuse('Portal', 'SFCA-ECA-PKCE')], TODAY),
    );
    const results = resultsOf(logOf([report]));
    const excused = results.filter(({ suppressions }) => suppressions.length > 0);
    expect(excused.map(({ ruleId }) => ruleId)).toEqual(['SFCA-ECA-PKCE']);
    expect(excused[0]?.suppressions[0]?.justification).toContain('security@acme.example until 2026-12-31');
    expect(results.find(({ ruleId }) => ruleId === 'SFCA-ECA-ROTATION')?.suppressions).toEqual([]);
  });

  it('has room for 25,000 results: the worst stay, and the report says how many others there were', () => {
    const report = insecureReport();
    const each = resultsOf(logOf([report])).length;
    const many = Array.from({ length: Math.ceil(SARIF_MAX_RESULTS / each) + 500 }, (_, n) =>
      insecureReport(`App_${n}`),
    );
    const text = auditSarif([{ reports: many, unread: [], score: combinedScore([report]) }], { version: '1' });
    const log = JSON.parse(text) as Log;
    const results = resultsOf(log);
    expect(results).toHaveLength(SARIF_MAX_RESULTS);
    const lost = many.length * each - SARIF_MAX_RESULTS;
    expect(log.runs[0]?.invocations[0]?.toolExecutionNotifications[0]?.message.text).toContain(`${lost} results`);
    const levels = results.map(({ level }) => ['error', 'warning', 'note'].indexOf(level));
    expect(levels).toEqual([...levels].sort((a, b) => a - b));
  });

  it('carries the score, and what it lost to which control', () => {
    const report = insecureReport();
    const log = logOf([report]) as unknown as {
      runs: { properties: { posture: { value: number; losses: object[] }[] } }[];
    };
    expect(log.runs[0]?.properties.posture).toEqual([combinedScore([report])]);
    expect(log.runs[0]?.properties.posture[0]?.losses.length).toBeGreaterThan(2);
  });

  it('tells which files were not read', () => {
    const log = logOf([], {}, [{ path: 'connectedApps/Broken.connectedApp', reason: 'line 3: no end tag' }]);
    const [notification] = log.runs[0]?.invocations[0]?.toolExecutionNotifications ?? [];
    expect(notification?.message.text).toContain('Broken.connectedApp could not be read');
  });
});
