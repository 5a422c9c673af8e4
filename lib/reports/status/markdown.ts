import type { OrgStatus } from '../../plan/status';
import { markdownTable } from '../../values/markdown-table';
import { prose } from '../markdown-prose';
import { code } from '../markdown-text';
import { calendarLines } from './calendar';
import { cellWords, detailsOf, fleetWords, orgWords, rowName } from './words';
import { worstRowsFirst } from './worst-first';

/** The fleet for a page or a pull request. */
export function statusMarkdown(orgs: readonly OrgStatus[], today: string): string {
  const rows = worstRowsFirst(orgs).map(({ row }) => [
    code(rowName(row)),
    ...orgs.map((org, index) => cellWords(row.cells[index], org)),
  ]);
  const details = orgs.flatMap((org) => {
    const found = detailsOf(org).map((text) => `  - ${prose(text)}`);
    return [`- ${code(org.org)}: ${prose(orgWords(org))}`, ...found];
  });
  const [heading, ...ends] = calendarLines(orgs, today);
  const parts = [
    `## Client apps by org, ${today}`,
    `${fleetWords(orgs)}.`,
    ...(rows.length > 0 ? [markdownTable(['app', ...orgs.map(({ org }) => code(org))], rows)] : []),
    details.join('\n'),
    [heading, ...(ends.length > 0 ? [''] : []), ...ends.map((text) => `- ${prose(text)}`)].join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}
