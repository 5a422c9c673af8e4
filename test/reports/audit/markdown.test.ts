import { AUDIT_MARKDOWN_MARKER, auditMarkdown } from '../../../lib/reports/audit/markdown';
import { excuse, privateApp, publicApp, reportOf, TODAY, withExceptions } from '../../policy/support';
import { auditOf, HOSTILE_TEXTS, insecureReport } from './support';

const LIMIT = 65_536;

/** What is left when everything that Markdown shows letter by letter is taken out. */
const active = (markdown: string): string =>
  markdown.replace(/(`+)[\s\S]*?[^`]\1(?!`)/g, '').replace(/<code>.*?<\/code>/g, '');

describe('an audit as a comment on a pull request', () => {
  it('begins with a marker by which a script finds it again', () => {
    expect(auditMarkdown([auditOf([insecureReport()])]).startsWith(`${AUDIT_MARKDOWN_MARKER}\n`)).toBe(true);
  });

  it('tells the worst first, however the apps are ordered', () => {
    const text = auditMarkdown([auditOf([reportOf(publicApp()), insecureReport('Weak'), insecureReport('Weaker')])]);
    const order = ['**High**', '**Medium**', 'Low risk (', 'Not evaluated (', 'All 3 subjects'].map((words) =>
      text.indexOf(words),
    );
    expect(order.filter((at) => at >= 0)).toEqual([...order].filter((at) => at >= 0).sort((a, b) => a - b));
    expect(text.indexOf('`Weak`')).toBeGreaterThan(0);
  });

  it('folds away what passed', () => {
    const text = auditMarkdown([auditOf([reportOf(publicApp())])]);
    const [open = ''] = text.split('<details>');
    expect(open).toContain('no violations');
    expect(open).not.toMatch(/ pass/);
    expect(text).toMatch(/\d+ pass/);
  });

  it('names who answers for an exception, until when and why', () => {
    const report = reportOf(
      privateApp({ global: { isPkceRequired: false } }),
      withExceptions([excuse('Portal', 'SFCA-ECA-PKCE')], TODAY),
    );
    expect(auditMarkdown([auditOf([report])])).toMatch(
      /Justified.*PKCE is not required \(SFCA-ECA-PKCE\) until 2026-12-31 by `security@acme.example`: The client/,
    );
  });

  it.each([1, 60, 600, 6000])('fits into a comment with %i apps, and counts what it leaves out', (count) => {
    const reports = Array.from({ length: count }, (_, n) => insecureReport(`App_${n}_${'ö'.repeat(30)}`));
    const unread = Array.from({ length: count }, (_, n) => ({ path: `apps/${n}`, reason: 'broken' }));
    const text = auditMarkdown([auditOf(reports, { unread })]);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(LIMIT);
    expect(text.includes('Too long for one comment')).toBe(count > 1);
    expect(/\d+ entries left out/.test(text)).toBe(count > 60);
    expect(text).toContain(`${count} of ${count} apps and settings violate`);
    expect((text.match(/<details>/g) ?? []).length).toBe((text.match(/<\/details>/g) ?? []).length);
  });

  it.each(HOSTILE_TEXTS)('takes nothing for markup, a mention or a link: %j', (hostile) => {
    const shown = active(
      auditMarkdown([
        auditOf([insecureReport(hostile, hostile)], { source: hostile, unread: [{ path: hostile, reason: hostile }] }),
        auditOf([]),
      ]),
    );
    const ours = /^(details|summary|code|br|!--)/;
    const tags = [...shown.matchAll(/<\/?([^>\s]*)/g)].map(([, name = '']) => name);
    expect(tags.filter((name) => !ours.test(name))).toEqual([]);
    expect(shown).not.toMatch(/@\w|(?<!\\)#\d|(?<!\\)\[|(?<!\\):\/\/|(?<!>)\bwww\./);
    // eslint-disable-next-line no-control-regex -- nothing invisible is left
    expect(shown).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u202E\uFFFF]|\p{Cs}/u);
  });
});
