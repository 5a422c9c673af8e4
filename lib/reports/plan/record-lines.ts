import { RECORDS } from '../../metadata/records/words';
import type { FieldChange, OrgPlan, RecordPlan } from '../../plan/plan';
import { wideningOf } from '../../plan/widening';
import { capital } from '../../values/plural';
import { visible } from '../../values/visible';
import { type Line, line, marked, type Tone } from '../lines';
import { changedFieldLines, keptLines, newValueLine } from './change-lines';

/** What apply does to a record: sign and words. */
export const RECORD_ACTIONS: Readonly<
  Record<RecordPlan['action'], { readonly sign: string; readonly tone: Tone; readonly words: string }>
> = {
  create: { sign: '+', tone: 'good', words: 'will be created' },
  update: { sign: '~', tone: 'warn', words: 'will be updated' },
  none: { sign: '=', tone: 'dim', words: 'in sync' },
  blocked: { sign: '!', tone: 'bad', words: 'blocked' },
};

/** `+ Custom OAuth scope orders_read: will be created (identity/prod/orders_read)`. */
export function recordHeading(record: RecordPlan, words: string = RECORD_ACTIONS[record.action].words): Line {
  const { sign, tone } = RECORD_ACTIONS[record.action];
  const name = `${visible(record.title)} ${visible(record.full_name)}`;
  return marked(2, sign, tone, `${name}: ${words} (${visible(record.path)})`);
}

/** One custom scope or token exchange handler with every field that will be written. */
export const recordLines = (record: RecordPlan, org: OrgPlan): readonly Line[] => [
  recordHeading(record),
  ...record.changes.flatMap((change) =>
    hasDirection(record, change, org) ? changedFieldLines(4, change) : [newValueLine(4, change)],
  ),
  ...keptLines(4, record.kept),
];

/** A new record changes nothing that was there before, unless it opens something for an app that exists. */
export const hasDirection = (record: RecordPlan, change: FieldChange, org: OrgPlan): boolean =>
  record.action !== 'create' || wideningOf({ ...record, kind: 'record', opens_apps: [] }, org).includes(change);

/** What became of the records that nothing is written of. */
export const quietRecords = (records: readonly RecordPlan[]): readonly Line[] => {
  const names = records.filter(({ action }) => action === 'none').map(({ full_name: name }) => visible(name));
  return names.length === 0
    ? []
    : [line(1, `${capital(RECORDS)} in sync (${names.length}): ${names.join(', ')}`, 'dim')];
};
