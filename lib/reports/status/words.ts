import { APP_TYPES } from '../../metadata/live-app';
import type { OrgAttributions } from '../../plan/attribution';
import { APP_STATES, type AppState, type AppStatus, type FleetRow, type OrgStatus } from '../../plan/status';
import { plural } from '../../values/plural';
import { attributionWords, rowWords, sourceWords } from '../drift/who';

export const STATE_WORDS: Readonly<Record<AppState, string>> = {
  'in-sync': 'in sync',
  'in-part': 'in part',
  drifted: 'drifted',
  forced: 'forced',
  missing: 'missing',
  stopped: 'stopped',
  removed: 'not declared',
  migrated: 'migrated',
  unmanaged: 'unmanaged',
  'not-evaluated': 'not evaluated',
};

/** What each word of the matrix means; shown for those that are in it. */
export const STATE_MEANINGS: Readonly<Record<AppState, string>> = {
  'in-sync': 'every declared field matches the code',
  'in-part': 'everything that the org returns matches the code; whether it has another certificate is not known',
  drifted: 'number of fields that differ from the declaration',
  forced: 'Salesforce forces a field to a value other than the declared one',
  missing: 'declared, but the org has no app with that name',
  stopped: 'switched off in the org; an apply leaves it so',
  removed: 'ours, in the org, and no longer declared',
  migrated: 'a Connected App, read-only since Salesforce migrated it to the External Client App of its name',
  unmanaged: 'in the org, and no program of this run declares it there',
  'not-evaluated': 'not compared; the reason is below',
};

/** What stands where the org neither declares the app nor was seen to have it. */
const NOTHING = '-';

/** One cell: `drifted 3`, `not reachable`. */
export function cellWords(cell: AppStatus | undefined, org: OrgStatus | undefined): string {
  if (org?.state === 'not-reachable') return 'not reachable';
  if (org?.state === 'not-evaluated') return STATE_WORDS['not-evaluated'];
  if (cell === undefined) return NOTHING;
  const { state, fields } = cell;
  return fields.length > 0 ? `${STATE_WORDS[state]} ${fields.length}` : STATE_WORDS[state];
}

/** The platform is named where it is not the usual one. */
export const rowName = ({ api_name: name, platform }: Pick<FleetRow, 'api_name' | 'platform'>): string =>
  platform === 'connected-app' ? `${APP_TYPES[platform]}:${name}` : name;

/** `5 in sync, 1 drifted, 2 unmanaged`; of an org that was not read, that it was not. */
export function orgWords({ state, apps, beside, not_evaluated: gaps }: OrgStatus): string {
  if (state !== 'read') return `${state === 'not-reachable' ? 'not reachable' : 'not evaluated'}: ${gaps[0] ?? ''}`;
  const parts = APP_STATES.flatMap((each) => {
    const count = apps.filter((app) => app.state === each).length;
    return count === 0 ? [] : [`${count} ${STATE_WORDS[each]}`];
  });
  if (beside.length > 0) parts.push(`${plural(beside.length, 'field')} outside the apps differ`);
  return parts.length > 0 ? parts.join(', ') : 'no app is declared, and none was seen';
}

/** What the matrix has no room for: which fields differ, and why something was not evaluated. */
export function detailsOf(org: OrgStatus): readonly string[] {
  if (org.state !== 'read') return [];
  return [
    ...org.apps.flatMap((app) => {
      if (app.state === 'not-evaluated') return [`${rowName(app)}: not evaluated: ${app.because ?? ''}`];
      return app.fields.length === 0 ? [] : [`${rowName(app)}: ${STATE_WORDS[app.state]}: ${app.fields.join(', ')}`];
    }),
    ...(org.beside.length > 0 ? [`org settings and records: ${org.beside.join(', ')}`] : []),
    ...org.rotations,
    ...whoDetails(org.changed_by),
    ...org.not_evaluated.map((gap) => `not evaluated: ${gap}`),
  ];
}

/** Who may have changed what differs, under the words of where that is from. */
const whoDetails = (found: OrgAttributions | undefined): readonly string[] =>
  found === undefined || found.apps.length === 0
    ? []
    : [
        `who changed it: ${sourceWords(found)} A row names no field.`,
        ...found.apps.flatMap((app) => [attributionWords(app), ...app.rows.map((row) => `  ${rowWords(row)}`)]),
      ];

/** `2 of 3 orgs are in sync; 1 was not read`. Says nothing of apps that no program declares. */
export function fleetWords(orgs: readonly OrgStatus[]): string {
  const inSync = orgs.filter(({ in_sync: is }) => is === true).length;
  const unread = orgs.filter(({ state }) => state !== 'read').length;
  const words = `${inSync} of ${plural(orgs.length, 'org')} ${inSync === 1 ? 'matches' : 'match'} the code in what was compared`;
  return unread === 0 ? words : `${words}; ${unread} ${unread === 1 ? 'was' : 'were'} not read`;
}
