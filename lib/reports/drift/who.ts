import type { Attribution } from '../../plan/attribution';
import { visible } from '../../values/visible';
import { BLANK, line, type Line, printLines } from '../lines';
import type { RenderOptions } from '../style';

/** Who may have changed the apps of one org. */
export interface OrgAttributions {
  readonly org: string;
  /** ISO time: older rows of the trail were not looked at. */
  readonly since: string;
  readonly apps: readonly Attribution[];
}

/** What the setup audit trail says of the apps that are not as declared, and how sure that is. */
export const whoText = (orgs: readonly OrgAttributions[], options: RenderOptions = {}): string =>
  printLines(orgs.filter(({ apps }) => apps.length > 0).flatMap(orgLines), options);

const orgLines = ({ org, since, apps }: OrgAttributions): readonly Line[] => [
  line(
    0,
    visible(`Who changed it in ${org}: rows of the setup audit trail since ${since.slice(0, 10)} that name the app.`),
    'bold',
  ),
  line(0, 'A row names no field, so that it may be about another change of the app.', 'dim'),
  ...apps.flatMap(appLines),
  BLANK,
];

function appLines({ api_name: name, state, rows, because }: Attribution): readonly Line[] {
  switch (state) {
    case 'named':
      return [
        line(1, visible(name)),
        ...rows.map(({ time, user, display }) =>
          line(2, visible(`${time} ${user === '' ? '(user not named)' : user}: ${display}`)),
        ),
      ];
    case 'not-known':
      return [line(1, visible(`${name}: not known: no row names it`))];
    case 'not-evaluated':
      return [line(1, visible(`${name}: not evaluated: ${because ?? ''}`))];
  }
}
