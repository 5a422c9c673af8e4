import { APP_STATES, type FleetRow, fleetRows, type OrgStatus } from '../../plan/status';
import { displayWidth, padded } from '../../values/display-width';
import { visible } from '../../values/visible';
import { BLANK, type Line, line, printLines, type Tone } from '../lines';
import type { RenderOptions } from '../style';
import { calendarLines } from './calendar';
import { cellWords, detailsOf, fleetWords, orgWords, rowName, STATE_MEANINGS, STATE_WORDS } from './words';

/** Wider columns than that are cut into several tables, each with its own orgs. */
const WIDTH = 120;
const NAME = 32;
const GAP = 2;

/** The fleet for people: apps by orgs, what the words mean, and what differs. */
export function statusText(orgs: readonly OrgStatus[], today: string, options: RenderOptions = {}): string {
  const rows = fleetRows(orgs);
  const [heading, ...ends] = calendarLines(orgs, today);
  const lines = [
    ...tables(rows, orgs, options.width ?? WIDTH),
    ...legend(rows),
    BLANK,
    ...orgs.flatMap((org) => [
      line(0, visible(`${org.org}: ${orgWords(org)}`), toneOf(org)),
      ...detailsOf(org).map((text) => line(1, visible(text))),
    ]),
    BLANK,
    line(0, heading),
    ...ends.map((text) => line(1, visible(text))),
    BLANK,
    line(0, `${fleetWords(orgs)}.`, 'bold'),
  ];
  return printLines(lines, options);
}

const toneOf = ({ state, in_sync: inSync }: OrgStatus): Tone => (state !== 'read' ? 'bad' : inSync ? 'good' : 'warn');

function tables(rows: readonly FleetRow[], orgs: readonly OrgStatus[], width: number): readonly Line[] {
  if (rows.length === 0) return [];
  const names = rows.map((row) => visible(rowName(row)));
  const name = Math.max(Math.min(NAME, Math.floor(width / 3)), ...names.map(displayWidth));
  const columns = orgs.map((org, index) => {
    const cells = [org.org, ...rows.map(({ cells: of }) => cellWords(of[index], org))].map(visible);
    return { cells, width: Math.max(...cells.map(displayWidth)) + GAP };
  });
  if (columns.some((column) => name + GAP + column.width > width)) return lists(names, orgs, columns);
  return inGroups(columns, width - name - GAP).flatMap((group) => [
    ...[0, ...rows.map((_, index) => index + 1)].map((at) => {
      const cells = group.map((column) => padded(column.cells[at] ?? '', column.width));
      const text = `${padded(names[at - 1] ?? 'app', name + GAP)}${cells.join('')}`.trimEnd();
      return line(0, text, at === 0 ? 'bold' : undefined);
    }),
    BLANK,
  ]);
}

/** Where a name and one column do not fit beside each other. */
const lists = (
  names: readonly string[],
  orgs: readonly OrgStatus[],
  columns: readonly { readonly cells: readonly string[] }[],
): readonly Line[] =>
  names.flatMap((name, at) => [
    line(0, name, 'bold'),
    ...columns.map(({ cells }, index) => line(1, `${visible(orgs[index]?.org ?? '')}: ${cells[at + 1] ?? ''}`)),
    BLANK,
  ]);

/** As many columns beside each other as there is room for, and at least one. */
function inGroups<T extends { readonly width: number }>(
  columns: readonly T[],
  room: number,
): readonly (readonly T[])[] {
  const groups: T[][] = [];
  let used = Infinity;
  for (const column of columns) {
    if (used + column.width > room) {
      groups.push([]);
      used = 0;
    }
    groups.at(-1)?.push(column);
    used += column.width;
  }
  return groups;
}

function legend(rows: readonly FleetRow[]): readonly Line[] {
  const states = new Set(rows.flatMap(({ cells }) => cells.map((cell) => cell?.state)));
  return APP_STATES.filter((state) => states.has(state)).map((state) =>
    line(0, `${STATE_WORDS[state]}: ${STATE_MEANINGS[state]}`, 'dim'),
  );
}
