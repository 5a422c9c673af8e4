import type { OrgPlan } from '../plan/plan';
import type { Untouched } from '../plan/teardown';
import { visible } from '../values/visible';
import { diagnosticLines } from './diagnostic-lines';
import { BLANK, line, marked, printLines } from './lines';
import { count } from './plan/words';
import type { RenderOptions } from './style';

/** What the app lines say already. */
const SAID = new Set(['deletes-app', 'app-orphaned']);

/** What a destroy of one org would delete, and what it leaves. */
export function destroyText(plan: OrgPlan, { notOurs, absent }: Untouched, options: RenderOptions = {}): string {
  const { apps, diagnostics, unmanaged, manifest } = plan;
  const others = unmanaged.length - notOurs.length;
  const besides = others === 0 ? '' : `, ${count(others, 'other app')}`;
  const lines = [
    line(
      0,
      `Destroy in ${visible(plan.org)} (${visible(plan.org_id)}): apps managed by ${visible(manifest.id)}`,
      'bold',
    ),
    ...(apps.length === 0 ? [line(1, 'The org has none.')] : []),
    ...diagnostics
      .filter(({ code }) => code === 'deletes-app')
      .map(({ problem }) => marked(1, '-', 'bad', visible(problem))),
    ...apps
      .filter(({ action }) => action === 'blocked')
      .map(({ api_name: name }) =>
        marked(1, '!', 'bad', `${visible(name)} cannot be deleted; nothing will be deleted in this org`),
      ),
    ...apps
      .filter(({ action }) => action === 'orphaned')
      .map(({ names }) => {
        const name = Object.entries(names).map((parts) => parts.join(':'))[0] ?? '';
        return marked(1, '?', 'warn', `${visible(name)} stays; to delete it, name it: --allow-delete ${visible(name)}`);
      }),
    ...notOurs.map((name) =>
      marked(
        1,
        '?',
        'warn',
        `${visible(name)} is declared, but its description in the org does not say that we manage it: it stays`,
      ),
    ),
    ...absent.map((name) => marked(1, '=', 'dim', `${visible(name)} is declared, and is not in the org`)),
    line(
      1,
      `Left as they are: org settings, custom scopes, token exchange handlers, permission sets${besides}.`,
      'dim',
    ),
    ...diagnosticLines(
      1,
      diagnostics.filter(({ code }) => !SAID.has(code)),
    ),
    BLANK,
  ];
  return printLines(lines, options);
}
