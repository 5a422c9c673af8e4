import type { Component } from '../metadata/component';
import { isOrgError } from '../org/org-error';
import type { Phase } from '../plan/phases';
import { diagnose } from '../values/diagnose';
import type { Diagnostic } from '../values/diagnostic';
import { type Deploying, rollBack } from './deploy-phase';
import type { PhaseState } from './types';

interface TakenBack {
  /** `put-back` where nothing of the phase is left. */
  readonly state: Extract<PhaseState, 'done' | 'put-back' | 'in-doubt'>;
  readonly remarks: readonly Diagnostic[];
}

/** What an opening of the org was for has not come about, so the opening is taken back, and the outcome is reported (D6). */
export async function takeBack(phase: Phase, deploying: Deploying): Promise<TakenBack> {
  const { path } = deploying.manifest.org;
  const created = createdRecords(phase);
  const stays = created.map((name) => recordRemains(path, name));
  const state = created.length === 0 ? 'put-back' : 'done';
  if (phase.before.length === 0) return { state, remarks: stays };
  try {
    const failed = await rollBack(phase, deploying);
    if (!failed) return { state, remarks: [...stays, settingsRestored(path, phase)] };
    return { state: 'done', remarks: [...stays, settingsRemain(path, phase, 'Salesforce refused it'), ...failed] };
  } catch (error) {
    if (!isOrgError(error)) throw error;
    const remain = settingsRemain(path, phase, error.message);
    return { state: error.inDoubt ? 'in-doubt' : 'done', remarks: [...stays, remain] };
  }
}

const nameOf = ({ type, fullName }: Component): string => `${type}:${fullName}`;

/** Custom scopes that the phase made. No app names them now, and nothing says whether someone else does already. */
function createdRecords({ plan: { records }, before }: Phase): readonly string[] {
  const existed = new Set(before.map(nameOf));
  return records.filter((name) => !existed.has(name));
}

/** Settings by their fields, records by their names. */
const restoredNames = (phase: Phase): readonly string[] => {
  const created = createdRecords(phase);
  return [...phase.plan.settings, ...phase.plan.records.filter((name) => !created.includes(name))];
};

const recordRemains = (path: string, name: string): Diagnostic =>
  diagnose('record-remains', { path, value: name }, { name });

const settingsRestored = (path: string, phase: Phase): Diagnostic =>
  diagnose('settings-put-back', { path }, { names: restoredNames(phase).join(', ') });

const settingsRemain = (path: string, phase: Phase, why: string): Diagnostic =>
  diagnose('settings-not-put-back', { path, value: restoredNames(phase).join(', ') }, { reason: why });
