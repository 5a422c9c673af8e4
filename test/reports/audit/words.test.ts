import type { Audit } from '../../../lib/operations/audit';
import type { CheckReport } from '../../../lib/policy/report';
import { combinedScore } from '../../../lib/policy/score';
import { auditCsv } from '../../../lib/reports/audit/csv';
import { auditHtml } from '../../../lib/reports/audit/html/page';
import { auditJunit } from '../../../lib/reports/audit/junit';
import { auditMarkdown } from '../../../lib/reports/audit/markdown';
import { auditSarif } from '../../../lib/reports/audit/sarif';
import { auditText } from '../../../lib/reports/audit/text';
import { privateApp, reportOf } from '../../policy/support';

const FILE = 'force-app/main/Portal.ecaGlblOauth-meta.xml';

function auditOf(report: CheckReport): Audit {
  const reports = [report];
  return {
    format_version: '1.1',
    origin: 'files',
    source: 'force-app',
    reports,
    diagnostics: [],
    score: combinedScore(reports),
    unread: [],
    excluded: [],
  };
}

const FORMATS: Readonly<Record<string, (audit: Audit) => string>> = {
  text: (audit) => auditText([audit]),
  JSON: (audit) => JSON.stringify([audit]),
  SARIF: (audit) => auditSarif([audit], { version: '1.0.0' }),
  JUnit: (audit) => auditJunit([audit]),
  CSV: (audit) => auditCsv([audit]),
  Markdown: (audit) => auditMarkdown([audit]),
  HTML: (audit) => auditHtml([audit], { version: '1.0.0', today: '2026-06-30' }),
};
const NAMES = Object.keys(FORMATS);
const render = (format: string, report: CheckReport): string => FORMATS[format]?.(auditOf(report)) ?? '';

const insecure = (more: Parameters<typeof privateApp>[0] = {}): CheckReport => ({
  ...reportOf(privateApp({ global: { isPkceRequired: false }, ...more })),
  places: { subject: { file: FILE, line: 2 }, controls: { 'SFCA-ECA-PKCE': { file: FILE, line: 12 } } },
});

describe('an audit, in every format', () => {
  it.each(NAMES)('%s heads a violation with what is wrong', (format) => {
    expect(render(format, insecure())).toContain('PKCE is not required');
  });

  it('text says what is wrong before it names the control, and never heads it with what would be right', () => {
    const text = render('text', insecure());
    expect(text).toMatch(/high +PKCE is not required \(SFCA-ECA-PKCE\)/);
    expect(text).not.toContain('PKCE is required');
  });

  it.each(['text', 'Markdown', 'HTML', 'JUnit'])('%s says in which line of which file', (format) => {
    expect(render(format, insecure())).toContain(`${FILE}:12`);
  });

  it.each(NAMES)('%s says that an app is stopped', (format) => {
    const stopped = insecure({ general: { isEnabled: false } });
    expect(stopped.subject).toMatchObject({ stopped: true });
    const words = { CSV: /"true"\r/, JSON: /"stopped":true/, JUnit: /name="stopped" value="true"/ };
    expect(render(format, stopped)).toMatch(words[format as 'CSV'] ?? /\(stopped\)|badge stopped/);
    expect(render(format, insecure())).not.toMatch(words[format as 'CSV'] ?? /\(stopped\)|"badge stopped/);
  });

  it.each(['Markdown', 'HTML', 'JUnit'])('%s names the place in Setup of the platform of the app', (format) => {
    const report = reportOf(privateApp({ global: { isIntrospectAllTokens: true } }));
    const connected = { ...report, subject: { ...report.subject, platform: 'connected-app' } } as CheckReport;
    const only = {
      ...connected,
      results: connected.results.filter(({ control }) => control === 'SFCA-APP-INTROSPECTION'),
    };
    const text = render(format, only).replaceAll('&gt;', '>').replaceAll('\\', '');
    expect(text).toContain('Setup > App Manager > (app)');
    expect(text).not.toContain('External Client App Manager');
  });

  it.each(['text', 'Markdown', 'HTML'])(
    '%s says how few controls a score rests on, where most were not evaluated',
    (format) => {
      const report = insecure();
      const thin = { ...report, score: { value: 100, losses: [], evaluated: 2, not_evaluated: 31 } };
      expect(render(format, thin)).toContain('100.0 of 100, with only 2 of 33 controls evaluated');
      expect(render(format, report)).not.toContain('with only');
    },
  );
});
