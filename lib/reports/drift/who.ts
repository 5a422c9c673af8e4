import { type AttributedRow, type Attribution, type OrgAttributions, sinceOwn } from '../../plan/attribution';
import { plural } from '../../values/plural';
import { visible } from '../../values/visible';
import { BLANK, type Line, line, printLines } from '../lines';
import type { RenderOptions } from '../style';

/** What the setup audit trail says of the apps that are not as declared, and how sure that is. */
export const whoText = (orgs: readonly OrgAttributions[], options: RenderOptions = {}): string =>
  printLines(orgs.filter(({ apps }) => apps.length > 0).flatMap(orgLines), options);

const orgLines = (found: OrgAttributions): readonly Line[] => [
  line(0, visible(`Who changed it in ${found.org}: ${sourceWords(found)}`), 'bold'),
  line(0, 'A row names no field, so it might be about another change of the app.', 'dim'),
  ...found.apps.flatMap((app) => [
    line(1, visible(attributionWords(app))),
    ...app.rows.map((row) => line(2, visible(rowWords(row)))),
  ]),
  BLANK,
];

/** Which rows were looked at. */
export const sourceWords = ({ since, login, apps }: OrgAttributions): string => {
  const source = `rows of the setup audit trail since ${since.slice(0, 10)} that name the app.`;
  const attributable = login !== undefined || apps.every(({ rows }) => rows.length === 0);
  return attributable
    ? source
    : `${source} The user of this login was not read, so no row can be attributed to an apply.`;
};

/** `Portal: likely ann@acme.example`, and how sure that is. */
export function attributionWords({ api_name: name, state, rows, because }: Attribution): string {
  const [last, ...others] = rows;
  const gap = because === undefined || state === 'not-evaluated' ? '' : `; not everything was read: ${because}`;
  switch (state) {
    case 'one-user':
      return `${name}: likely ${userWords(last)}: no one else has such a row${others.length > 0 ? ' after the last one by this login' : ''}${gap}`;
    case 'several-users':
      return `${name}: any of ${sinceOwn(rows).map(userWords).join(', ')}${gap}`;
    case 'own-login':
      return `${name}: not known: the last row is by this login: an apply, or someone who uses the same login${gap}`;
    case 'not-known':
      return `${name}: not known: no row names it`;
    case 'not-evaluated':
      return `${name}: not evaluated: ${because ?? ''}`;
  }
}

export function rowWords(row: AttributedRow): string {
  const more = row.count > 1 ? `, the last of ${plural(row.count, 'row')}` : '';
  return `${row.time} ${userWords(row)}${row.own ? ' (this login)' : ''}: ${row.display} (${row.section}${more})`;
}

const userWords = (row: AttributedRow | undefined): string =>
  row === undefined || row.user === '' ? '(user not named)' : row.user;
