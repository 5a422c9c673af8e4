import { rehearsalWords } from '../../policy/usage-facts';
import { overview } from '../../usage/overview';
import { type AppUsage, goneApps, isComplete, overdue, unknownApps, type UsageReport } from '../../usage/report';
import { displayWidth, padded } from '../../values/display-width';
import { plural } from '../../values/plural';
import { visible } from '../../values/visible';
import { BLANK, type Line, line, marked, printLines } from '../lines';
import type { RenderOptions } from '../style';
import { ago, dayOf, figures, overdueWords, standingWord } from './words';

/** Where there is no terminal. */
const WIDTH = 80;
/** What stands right of the label, with the indentation. */
const FIGURES = 52;
/** Below that every label stands on a line of its own. */
const NARROWEST_LABEL = 20;

/** Usage reports for people: what needs someone first, then one line for each app. */
export const usageText = (reports: readonly UsageReport[], options: RenderOptions = {}): string =>
  printLines(
    reports.flatMap((report) => reportLines(report, options)),
    { width: WIDTH, ...options },
  );

/** What the gate says of each org: who is unknown, whose review is overdue, and whether everything was seen. */
export const unknownAppsText = (reports: readonly UsageReport[], options: RenderOptions = {}): string =>
  printLines(reports.flatMap(gateLines), options);

function gateLines(report: UsageReport): readonly Line[] {
  const unknown = unknownApps(report);
  const late = overdue(report);
  const [, ...gaps] = overview(report);
  const words =
    unknown.length > 0
      ? `${plural(unknown.length, 'app')} that no program declares and no allow-list names`
      : isComplete(report)
        ? `${plural(report.apps.length, 'app')} looked at, none of them unknown`
        : 'no unknown app was found, but not everything could be seen';
  return [
    line(0, visible(`Apps that use ${report.org}: ${words}`), 'bold'),
    ...gaps.map((gap) => marked(1, '!', 'warn', visible(gap))),
    ...unknown.flatMap((app) => alarmLines(app, report)),
    ...late.map((app) => overdueLine(app)),
    ...goneApps(report).map(({ label, logins }) =>
      line(1, visible(`"${label}" no longer has a token; its last login: ${ago(logins?.last, report.today)}`), 'dim'),
    ),
    BLANK,
  ];
}

const overdueLine = (app: AppUsage): Line => marked(1, '!', 'warn', visible(`${app.label}: ${overdueWords(app)}`));

/** What would stop working if API Access Control were turned on. */
export function rehearsalText({ org, rehearsal }: UsageReport, options: RenderOptions = {}): string {
  const words =
    rehearsal === undefined || 'not_evaluated' in rehearsal
      ? `not evaluated: ${rehearsal?.not_evaluated ?? 'it was not read'}`
      : rehearsalWords(rehearsal, Infinity);
  return printLines([line(0, visible(`API Access Control of ${org}: ${words}`)), BLANK], { width: WIDTH, ...options });
}

/** One report as lines: what needs someone first, then one line for each app. */
export function reportLines(report: UsageReport, { width = WIDTH }: RenderOptions = {}): readonly Line[] {
  const [first = '', ...gaps] = overview(report);
  const unknown = unknownApps(report);
  return [
    line(0, `Usage of ${visible(report.org)} (${report.org_id}): ${first}`, 'bold'),
    ...gaps.map((gap) => marked(1, '!', 'warn', visible(gap))),
    BLANK,
    ...unknown.flatMap((app) => [...alarmLines(app, report), BLANK]),
    ...overdue(report).map(overdueLine),
    ...otherLookAlikes(report).map(({ label, look_alike: look }) =>
      marked(1, '!', 'warn', visible(`${label} looks like ${look?.of}: ${look?.why}`)),
    ),
    ...tableLines(report, width),
    BLANK,
    line(0, `${summaryOf(report)} ${plural(report.api_calls, 'API call')}.`, 'dim'),
    BLANK,
  ];
}

/** Those that the allow-list names, or that have no token any more: no alarm, but listed all the same. */
function otherLookAlikes(report: UsageReport): readonly AppUsage[] {
  const alarming = unknownApps(report);
  return report.apps.filter((app) => app.look_alike !== undefined && !alarming.includes(app));
}

function alarmLines(app: AppUsage, report: UsageReport): readonly Line[] {
  const { look_alike: look } = app;
  const kind = app.standing === 'unknown' ? 'unknown app' : 'look-alike';
  return [
    marked(1, kind, 'bad', visible(`"${app.label}"`)),
    ...(look ? [line(2, visible(`looks like ${look.of}: ${look.why}`), 'bad')] : []),
    line(2, figures(app, report)),
    line(2, visible(`publisher ${app.publisher}`)),
    line(2, visible(`reaches ${app.reach}`)),
    line(2, `first approved ${ago(app.tokens?.first_granted, report.today)}`, 'dim'),
  ];
}

/** A label that does not fit into its column stands above its figures. */
function tableLines({ apps }: UsageReport, width: number): readonly Line[] {
  if (apps.length === 0) return [];
  const labels = apps.map(({ label }) => visible(label));
  const room = Math.min(width, WIDTH) - FIGURES;
  const column = room < NARROWEST_LABEL ? 0 : room;
  const figuresOf = ([standing = '', users = '', tokens = '', uses = '', last = '']: readonly string[]): string =>
    `${standing.padEnd(9)} ${users.padStart(8)} ${tokens.padStart(6)} ${uses.padStart(9)}  ${last}`;
  const row = (label: string, cells: readonly string[]): readonly string[] => {
    const figures = figuresOf(cells);
    if (displayWidth(label) > column) return [label, `${' '.repeat(Math.max(column, 1))} ${figures}`];
    return [`${padded(label, column)} ${figures}`];
  };
  return [
    ...row('app', ['standing', 'users', 'tokens', 'uses', 'last used']).map((text) => line(1, text, 'dim')),
    ...apps.flatMap((app, index) =>
      row(labels[index] ?? '', [standingWord(app), ...cellsOf(app)]).map((text) => line(1, text)),
    ),
  ];
}

/** Active and inactive users, tokens, uses, day of the last one. */
function cellsOf({ tokens }: AppUsage): readonly string[] {
  if (tokens === undefined) return ['?', '?', '?', '?'];
  const { users_active: active, users_inactive: inactive, count, uses, last_used: last } = tokens;
  return [
    inactive > 0 ? `${active}+${inactive}` : String(active),
    count.toLocaleString('en-US'),
    uses.toLocaleString('en-US'),
    dayOf(last),
  ];
}

function summaryOf(report: UsageReport): string {
  const counts = new Map<string, number>();
  for (const app of report.apps) counts.set(standingWord(app), (counts.get(standingWord(app)) ?? 0) + 1);
  const parts = [...counts].map(([word, count]) => `${count.toLocaleString('en-US')} ${word}`);
  return `${parts.length === 0 ? 'No app is listed' : parts.join(', ')}. Users: active+inactive.`;
}
