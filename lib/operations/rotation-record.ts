import type { Consumer, StagedSet } from '../org/consumers';
import { diagnose } from '../values/diagnose';
import type { Diagnostic } from '../values/diagnostic';
import { shellWord } from '../values/shell-word';

/** Version of the shape of rotation records; an unknown major is refused on reading (D28). */
export const ROTATION_FORMAT_VERSION = '1.1';

/**
 * How far a rotation came. `staging`: new credentials are about to be asked for, or were and no one saw the answer.
 * `rotated`: they are in use, and the former ones still open the app. `ended`: those do no longer.
 */
export const ROTATION_STATES = ['staging', 'staged', 'handed over', 'rotated', 'rolled back', 'ended'] as const;
export type RotationState = (typeof ROTATION_STATES)[number];

/** What is kept of the last rotation of an app, from before its first request on: never a secret. */
export interface RotationRecord {
  readonly format_version: string;
  readonly org: string;
  readonly org_id: string;
  readonly app: string;
  readonly state: RotationState;
  /** Whether this run switched the access to secrets on. */
  readonly opened_secret_access: boolean;
  readonly former_key: string;
  readonly new_key?: string;
  /** ISO time; since 1.1. */
  readonly begun?: string;
  /** How long the former credentials are to stay once the new ones are in use; since 1.1. */
  readonly overlap_seconds?: number;
  /** ISO time until which the former credentials are to stay. */
  readonly keep_former_until?: string;
}

/** That the switch of the whole org is about to be on, or is, for the moment of a rotation. It goes once the switch is off. */
export interface AccessRecord {
  readonly format_version: string;
  readonly org: string;
  readonly org_id: string;
  readonly app: string;
  readonly setting: string;
  /** ISO time. */
  readonly begun: string;
}

const UNFINISHED: ReadonlySet<RotationState> = new Set(['staging', 'staged', 'handed over']);

/** True where new credentials may stand beside those in use, and nothing says what is to become of them. */
export const isCutOff = ({ state }: Pick<RotationRecord, 'state'>): boolean => UNFINISHED.has(state);

/** True where the new secret may not have arrived where it was to go. */
export const mayLackSecret = (record: RotationRecord): boolean => isCutOff(record) && record.state !== 'handed over';

/** True where the former credentials were to end, and were not, as far as this is on record. */
export const isDue = ({ state, keep_former_until: until }: RotationRecord, now: string): boolean =>
  state === 'rotated' && until !== undefined && until <= now;

/** What the command `rotate` is given, so that it finds the app also where the program has several orgs. */
export const rotateArgument = (org: string, app: string): string => shellWord(`${org}/${app}`);

/**
 * What the next run has to know of rotations of an org: cut off, or with former credentials past their overlap.
 * @param place `org`: what the org is called now, as names change.
 */
export function leftBehind(
  records: readonly RotationRecord[],
  access: AccessRecord | undefined,
  { org, now }: { readonly org: string; readonly now: string },
): readonly Diagnostic[] {
  const argumentOf = (app: string): string => rotateArgument(org, app);
  return [
    ...records.flatMap((record): readonly Diagnostic[] => {
      const { app, state, begun = 'some time ago', keep_former_until: until = '' } = record;
      if (isCutOff(record))
        return [diagnose('rotation-cut-off', { path: app }, { app, begun, state, argument: argumentOf(app) })];
      return isDue(record, now)
        ? [diagnose('former-credentials-due', { path: app }, { app, until, argument: argumentOf(app) })]
        : [];
    }),
    ...(access
      ? [
          diagnose(
            'secret-access-cut-off',
            { path: access.app },
            { ...facts(access), argument: argumentOf(access.app) },
          ),
        ]
      : []),
  ];
}

const facts = ({ app, begun, setting }: AccessRecord) => ({ app, begun, setting });

/**
 * How a rotation that was cut off goes on, by what the org has. `gone`: what was staged is not there any more.
 * `foreign`: the org has credentials that this record does not know. `unrecorded`: it was rotated after the record began, by
 * that run, whose disk was full, or by someone else.
 */
export type NextStep =
  'stage' | 'hand over' | 'promote' | 'note rotated' | 'end former' | 'note ended' | 'gone' | 'unrecorded' | 'foreign';

/** @param inUse The consumer as it is now. @param beside The credentials beside it, if there are any. */
export function nextStep(
  record: RotationRecord,
  inUse: Pick<Consumer, 'key'>,
  beside: StagedSet | undefined,
): NextStep {
  const { state, former_key: former, new_key: made } = record;
  if (made !== undefined && inUse.key === made) {
    if (beside === undefined) return 'note ended';
    if (beside.key !== former || beside.state === 'Active') return 'foreign';
    return state === 'rotated' ? 'end former' : 'note rotated';
  }
  if (inUse.key !== former) {
    return made === undefined && beside?.key === former && beside.state !== 'Active' ? 'unrecorded' : 'foreign';
  }
  if (beside === undefined) return state === 'staging' ? 'stage' : 'gone';
  // Nothing was beside those in use when it began: what is there now came of it, also where no one saw the answer.
  const ours = beside.state === 'Active' && (made === undefined || beside.key === made);
  if (!ours) return 'foreign';
  return state === 'handed over' ? 'promote' : 'hand over';
}
