import type { AppPlan, FieldChange, OrgPlan } from '../../plan/plan';
import { markdownTable } from '../../values/markdown-table';
import type { Block } from '../budget';
import { code } from '../markdown-text';
import { isNew } from './new-app';
import { RECORD_ACTIONS } from './record-lines';
import { signs } from './signs';
import { ACTIONS } from './words';
import { type PlanPart, worstFirst } from './worst-first';

/** Rows where the whole table finds no room. */
const FEWER = 20;

/** What the blocks below it say at length, one line each, the worst first. Nothing where there is one block or none. */
export function overviewBlock(orgs: readonly OrgPlan[]): readonly Block[] {
  const rows = worstFirst(orgs).map(rowOf);
  if (rows.length < 2) return [];
  const table = (shown: readonly (readonly string[])[]): string =>
    `\n${markdownTable(['', 'What', 'Change', 'Access', 'Current clients', 'Controls'], shown)}\n`;
  const left = rows.length - FEWER;
  return [
    { versions: [table(rows), ...(left > 0 ? [`${table(rows.slice(0, FEWER))}\nand ${left} more.\n`] : []), ''] },
  ];

  function rowOf(part: PlanPart): readonly string[] {
    const org = orgs.length > 1 ? `${code(part.org.org)} ` : '';
    switch (part.kind) {
      case 'settings': {
        const changes = part.org.settings.flatMap((record) => record.changes);
        return ['~', `${org}org settings`, 'update', signs(changes), clientsOf(changes), ''];
      }
      case 'record': {
        const { action, changes, full_name: name, title } = part.record;
        const access = action === 'create' ? '' : signs(changes);
        return [
          `\\${RECORD_ACTIONS[action].sign}`,
          `${org}${title} ${code(name)}`,
          action,
          access,
          clientsOf(changes),
          '',
        ];
      }
      case 'app':
        return appRow(part.app, org);
    }
  }
}

function appRow(app: AppPlan, org: string): readonly string[] {
  const word = app.action === 'none' ? 'stopped' : app.action;
  const what = [`\\${ACTIONS[app.action].sign}`, `${org}${code(app.api_name)}`, word];
  // Nothing of a new app was there before: it widens nothing, and breaks no client.
  const does = isNew(app) ? ['', ''] : [signs(app.changes), clientsOf(app.changes)];
  return [...what, ...does, controlsOf(app)];
}

/** The worst that clients which run today would notice. */
function clientsOf(changes: readonly FieldChange[]): string {
  const levels = changes.map(({ impact }) => impact.level);
  if (levels.includes('breaks')) return '**breaks**';
  if (levels.includes('reauthorize')) return '**reauthorize**';
  return levels.includes('unknown') ? 'not known' : '';
}

/** How many violations there are afterward, and how many end. */
function controlsOf({ controls }: AppPlan): string {
  const count = (outcome: string): number => controls.filter(({ after }) => after === outcome).length;
  const [violated, excused] = [count('fail'), count('justified')];
  const ended = controls.length - violated - excused;
  return [
    ...(violated > 0 ? [`❌ ${violated}`] : []),
    ...(excused > 0 ? [`📝 ${excused}`] : []),
    ...(ended > 0 ? [`✅ ${ended}`] : []),
  ].join(' ');
}
