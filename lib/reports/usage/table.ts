import { overview } from '../../usage/overview';
import { overdue, unknownApps, type UsageReport } from '../../usage/report';
import { csvLine } from '../../values/csv-line';
import { markdownTable } from '../../values/markdown-table';
import { prose } from '../markdown-prose';
import { code } from '../markdown-text';
import { dayOf, overdueWords, standingWord } from './words';

const HEADER = [
  ...['org', 'app', 'api_name', 'platform', 'standing', 'publisher', 'look_alike_of', 'owner', 'review'],
  ...['tokens', 'users_active', 'users_inactive', 'uses', 'first_granted', 'last_used'],
  ...['logins', 'failed_logins', 'login_types', 'networks', 'last_login', 'reach'],
];

/** Every app as a line; what was not evaluated is an empty cell in a line of its own at the end. */
export function usageCsv(reports: readonly UsageReport[]): string {
  const lines = reports.flatMap((report) => [
    ...report.apps.map((app) => {
      const { tokens, logins, known } = app;
      return csvLine([
        ...[report.org, app.label, app.api_name ?? '', app.platform ?? '', standingWord(app), app.publisher],
        ...[app.look_alike?.of ?? '', known?.owner ?? '', known?.review ?? ''],
        ...(tokens
          ? [tokens.count, tokens.users_active, tokens.users_inactive, tokens.uses].map(String)
          : ['', '', '', '']),
        ...[tokens?.first_granted ?? '', tokens?.last_used ?? ''],
        ...(logins ? [logins.count, logins.failed].map(String) : ['', '']),
        ...[logins?.types.join('; ') ?? '', logins ? String(logins.networks) : '', logins?.last ?? '', app.reach],
      ]);
    }),
    ...overview(report)
      .slice(1)
      .map((gap) => csvLine(HEADER.map((_, index) => [report.org, '', '', '', 'not evaluated', gap][index] ?? ''))),
  ]);
  return [csvLine(HEADER), ...lines].join('');
}

/** The same for a pull request or a page. */
export const usageMarkdown = (reports: readonly UsageReport[]): string => `${reports.map(section).join('\n\n')}\n`;

/** What remains where there is no room for the table. */
export function usageSummary(report: UsageReport): string {
  const unknown = unknownApps(report).map(({ label }) => code(label));
  const [first = '', ...gaps] = overview(report);
  return [
    `Usage of ${code(report.org)}: ${first}`,
    ...(unknown.length > 0 ? [`unknown or look-alike: ${unknown.join(', ')}`] : []),
    ...gaps.map(code),
  ].join('; ');
}

function section(report: UsageReport): string {
  const [first = '', ...gaps] = overview(report);
  const unknown = unknownApps(report);
  const rows = report.apps.map((app) => [
    code(app.label),
    app.look_alike
      ? `**${standingWord(app)}**, looks like ${code(app.look_alike.of)}: ${prose(app.look_alike.why)}`
      : standingWord(app),
    app.tokens === undefined ? '?' : `${app.tokens.users_active}+${app.tokens.users_inactive}`,
    app.tokens === undefined ? '?' : String(app.tokens.count),
    app.tokens === undefined ? '?' : String(app.tokens.uses),
    app.tokens === undefined ? '?' : dayOf(app.tokens.last_used),
    prose(app.publisher),
  ]);
  return [
    `## Usage of ${code(report.org)}`,
    first,
    ...gaps.map((gap) => `> ${prose(gap)}`),
    ...(unknown.length > 0 ? [`**Unknown or look-alike: ${unknown.map(({ label }) => code(label)).join(', ')}**`] : []),
    ...overdue(report).map((app) => `> ${code(app.label)}: ${prose(overdueWords(app))}`),
    markdownTable(['app', 'standing', 'users (active+inactive)', 'tokens', 'uses', 'last used', 'publisher'], rows),
  ].join('\n\n');
}
