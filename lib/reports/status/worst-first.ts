import { type AppState, type AppStatus, type FleetRow, fleetRows, type OrgStatus } from '../../plan/status';

export interface GradedRow {
  readonly row: FleetRow;
  /** The worst state in any org. */
  readonly grade: AppState;
}

/** Every app in every org, first what needs someone first. */
export const worstRowsFirst = (orgs: readonly OrgStatus[]): readonly GradedRow[] =>
  fleetRows(orgs)
    .map((row) => ({ row, grade: gradeOf(row, orgs) }))
    .sort((a, b) => ORDER.indexOf(a.grade) - ORDER.indexOf(b.grade));

const ORDER: readonly AppState[] = [
  'not-evaluated',
  'stopped',
  'drifted',
  'missing',
  'forced',
  'removed',
  'in-part',
  'in-sync',
  'migrated',
  'unmanaged',
];

/** What needs someone first among the cells of a row. */
function gradeOf({ cells }: FleetRow, orgs: readonly OrgStatus[]): AppState {
  const states = new Set(orgs.map((org, index) => stateIn(org, cells[index])));
  return ORDER.find((state) => states.has(state)) ?? 'unmanaged';
}

/** Of an org that was not read, no app is evaluated. */
export const stateIn = ({ state }: OrgStatus, cell: AppStatus | undefined): AppState | undefined =>
  state === 'read' ? cell?.state : 'not-evaluated';
