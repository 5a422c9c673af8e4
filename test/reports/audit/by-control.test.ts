import { byControl } from '../../../lib/policy/by-control';
import { auditHtml } from '../../../lib/reports/audit/html/page';
import { auditMarkdown } from '../../../lib/reports/audit/markdown';
import { auditText } from '../../../lib/reports/audit/text';
import { auditOf, insecureReport } from './support';

const audits = [auditOf([insecureReport('Weak'), insecureReport('Weaker'), insecureReport('Weakest')])];
const reports = audits.flatMap((audit) => audit.reports);
const RANK = ['critical', 'high', 'medium', 'low'];

describe('an audit by control', () => {
  it('has every violation once, the worst control first', () => {
    const groups = byControl(reports);
    const failures = reports.flatMap(({ results }) => results.filter(({ outcome }) => outcome === 'fail'));
    expect(failures.length).toBeGreaterThan(2);
    expect(groups.flatMap(({ findings }) => findings)).toHaveLength(failures.length);
    const ranks = groups.map(({ severity }) => RANK.indexOf(severity));
    expect(ranks).toEqual([...ranks].sort());
    expect(new Set(groups.map(({ control }) => control)).size).toBe(groups.length);
  });

  it.each([
    ['text', auditText(audits, { by: 'control' })],
    ['Markdown', auditMarkdown(audits, { by: 'control' })],
  ])('says each remedy once and names the apps below it, as %s', (_, shown) => {
    for (const { control, findings } of byControl(reports)) {
      const from = shown.indexOf(`(${control}): ${findings.length} app`);
      expect([control, from > 0]).toEqual([control, true]);
      const part = shown.slice(from).split(/\n {2}\w+ {2,}|<\/details>/)[0] ?? '';
      expect(part.match(/in code:|In code:/gi)).toHaveLength(1);
      for (const name of ['Weak', 'Weaker', 'Weakest']) expect(part).toContain(name);
    }
  });

  it('stands first in the page where it was asked for', () => {
    const at = (html: string, id: string): number => html.indexOf(`<h2 id="${id}">`);
    const page = (by: 'app' | 'control'): string => auditHtml(audits, { version: '1', today: '2026-11-28', by });
    expect(at(page('control'), 'controls')).toBeLessThan(at(page('control'), 'apps'));
    expect(at(page('app'), 'apps')).toBeLessThan(at(page('app'), 'controls'));
  });
});
