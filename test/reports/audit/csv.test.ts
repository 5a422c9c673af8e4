import { auditCsv } from '../../../lib/reports/audit/csv';
import { HOSTILE_TEXTS, insecureReport } from './support';

/** RFC 4180, every cell quoted: as strict a reader as there can be. */
function read(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  for (let at = 0; at < text.length;) {
    if (text[at] !== '"') throw new Error(`a cell does not begin with a quote at ${at}`);
    let value = '';
    for (at++; ; at++) {
      if (at >= text.length) throw new Error('a cell does not end');
      if (text[at] !== '"') value += text[at] ?? '';
      else if (text[at + 1] === '"') value += text[++at] ?? '';
      else break;
    }
    rows.at(-1)?.push(value);
    at++;
    if (text.startsWith('\r\n', at)) {
      rows.push([]);
      at += 2;
    } else if (text[at] === ',') at++;
    else throw new Error(`neither a comma nor the end of a line at ${at}`);
  }
  return rows.slice(0, -1);
}

// eslint-disable-next-line no-control-regex -- they are what is looked for
const CONTROLS = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/g;

describe('evidence as CSV', () => {
  it('has a line for each result, and as many cells in each as in its header', () => {
    const reports = [insecureReport()];
    const rows = read(auditCsv([{ source: 'prod', reports }]));
    expect(rows).toHaveLength(1 + (reports[0]?.results.length ?? 0));
    for (const row of rows) expect(row).toHaveLength(rows[0]?.length ?? 0);
  });

  it.each(HOSTILE_TEXTS)('has no cell that a spreadsheet would run: %j', (text) => {
    const rows = read(auditCsv([{ source: text, reports: [insecureReport(text, text)] }]));
    for (const cell of rows.flat()) expect(cell.trimStart()).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/u);
    // Changed or not, nothing of it is lost, but for what a terminal or a CI server would obey.
    const [cell = ''] = rows[1] ?? [];
    const respelled = cell.replace(/^'/, '').replaceAll('\\u0023', '#').replaceAll('\\u003a', ':');
    expect(respelled).toBe(text.replace(CONTROLS, '\uFFFD'));
  });

  it.each(HOSTILE_TEXTS)('can be printed by a CI server: %j', (text) => {
    const csv = auditCsv([{ source: text, reports: [insecureReport(text, text)] }]);
    expect(csv).not.toMatch(CONTROLS);
    expect(csv).not.toMatch(/##\w*\[|(^|\s)::\w+[^\n]*::/m);
  });
});
