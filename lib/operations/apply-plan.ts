import type { Org } from '../org/org';
import { isGateFinding } from '../plan/gate';
import type { OrgPlan } from '../plan/plan';
import type { Repairs } from '../plan/situation';
import { staleness } from '../plan/stale';
import { type Approval, notReviewed } from '../plan/unreviewed';
import { ClientAppsError, type Diagnostic, isError } from '../values/diagnostic';
import { execute, type Execution } from './execute';
import { type ApplyJournal, type JournalPort, recorder } from './journal';
import { draftFrom, readAndDraft } from './plan-org';
import { buildReceipt } from './receipt';
import { approvalToFinish, finishing, openedBefore } from './resume';
import type { OnEvent, OrgReceipt } from './types';

/** What `applyPlan` needs. */
export interface ApplyInput extends Repairs {
  /** The org to write to. */
  readonly org: Org;
  /** The plan to carry out. It is computed again first, and refused where it is no longer the same. */
  readonly plan: OrgPlan;
  /** ISO date; justifications are judged against it. */
  readonly today: string;
  /**
   * How far someone agreed to the plan.
   * @default - no one did: it may neither widen access that exists nor delete an app that was not named
   */
  readonly approval?: Approval;
  /** The last receipt of this manifest, by which a deleted app is told from a new one. Default: none was kept. */
  readonly receipt?: OrgReceipt;
  /**
   * What happens where Salesforce refuses a part of the first deploy that writes.
   * @default abort: nothing is written
   */
  readonly onRefusal?: Execution['onRefusal'];
  /** Called for each step, deploy and warning. Default: nothing is told. */
  readonly onEvent?: OnEvent;
  /**
   * Where every deploy is announced before it is sent. An apply whose journal cannot be kept does not begin.
   * @default - no journal: after a death of the process nothing here knows what was under way
   */
  readonly journal?: JournalPort;
  /** The journal of an apply that was cut off, which this one finishes; `followJournal` has asked the org about it. */
  readonly finishes?: ApplyJournal;
  /** Called once, just before the first deploy: until then nothing of this apply can have changed the org. */
  readonly onWriting?: () => void;
  /** Ends waiting at once; a deploy under way goes on in the org. */
  readonly signal?: AbortSignal;
  /** Ends orderly: the deploy under way is finished and recorded, no further one is started. */
  readonly stop?: AbortSignal;
}

/**
 * Does exactly what the plan says, or refuses: reads the org again, refuses if a touched field moved (STALE_PLAN),
 * merges preserved fields from the live record, deploys phase by phase, reads back.
 *
 * Once something was written, or may have been, it resolves, whatever went wrong afterward: `phases` of the receipt say
 * what was done, is in doubt or was not begun, and `remarks` why.
 * @throws ClientAppsError STALE_PLAN, REFUSED, CONTROLS_VIOLATED, DEPLOY_FAILED, ABORTED, ORG_UNREACHABLE, LOGIN_FAILED;
 * OrgError. The org is then as it was.
 */
export async function applyPlan(input: ApplyInput): Promise<OrgReceipt> {
  const { plan } = input;
  const { manifest } = plan;
  const planning = { ...input, manifest, consents: plan.consents };
  const { draft, reading: before } = await readAndDraft(planning, `checking that nothing has changed in ${plan.org}`);
  const stale = staleness(plan, draft.plan);
  if (stale.length > 0) throw new ClientAppsError('STALE_PLAN', stale);
  refuse([...plan.diagnostics, ...draft.plan.diagnostics]);
  const { finishes: earlier, journal: port, onRefusal = 'abort', ...given } = input;
  refuse(notReviewed(draft.plan, approvalToFinish(input.approval ?? {}, earlier)));
  const { outcome, after, remarks, dropped } = await execute(draft.work, {
    ...given,
    manifest,
    before,
    onRefusal,
    ...(port && { journal: recorder(draft.plan, port, earlier) }),
    ...(earlier && { openedBefore: openedBefore(earlier, draft.work.items) }),
  });
  // A certificate that was sent again was sent; no reading shows it, unless it is not known whether it was.
  const isInDoubt = outcome.phases.some(({ state }) => state === 'in-doubt');
  const { resend_certificates: resend } = plan.consents;
  const consents = { ...plan.consents, resend_certificates: resend && isInDoubt };
  const afterward = after &&
    outcome.phases.length > 0 && { reading: after, left: draftFrom({ ...planning, consents }, after).plan };
  const shown = [...remarks, ...[...dropped.values()].flat()];
  const receipt = buildReceipt({ plan: draft.plan, before, outcome, remarks: shown, ...(afterward && { afterward }) });
  return earlier ? finishing(receipt, earlier, { path: plan.path, observed: before.observed }) : receipt;
}

function refuse(diagnostics: readonly Diagnostic[]): void {
  const errors = diagnostics.filter(isError);
  if (errors.length === 0) return;
  const distinct = new Map(errors.map((error) => [`${error.code} ${error.path} ${error.problem}`, error]));
  throw new ClientAppsError(errors.every(isGateFinding) ? 'CONTROLS_VIOLATED' : 'REFUSED', [...distinct.values()]);
}
