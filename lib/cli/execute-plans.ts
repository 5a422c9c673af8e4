import { relative } from 'node:path';

import { type ApplyInput, applyPlan } from '../operations/apply-plan';
import { isFinished } from '../operations/journal';
import { waitForDeploys } from '../operations/resume';
import { type OrgReceipt, RECEIPT_FORMAT_VERSION } from '../operations/types';
import type { Org } from '../org/org';
import { hasChanges } from '../plan/plan';
import type { Repairs } from '../plan/situation';
import type { Approval } from '../plan/unreviewed';
import { hasWritten, isInDoubt, receiptText } from '../reports/receipt';
import { isError } from '../values/diagnostic';
import { located } from '../values/located';
import { eachOrg } from './each-org';
import { EXIT, type ExitCode, worst } from './exit-code';
import type { ApplyFlags } from './flags';
import type { Interrupts } from './interrupts';
import { orgsJson } from './orgs-json';
import { renderOptions, writeFitted } from './style';
import type { Memory, Planned } from './unfinished';
import type { Run } from './with-run';

interface Execution extends Memory {
  readonly flags: Pick<ApplyFlags, 'json'>;
  readonly approval: Approval;
}

/** Applies approved plans org by org, finishes what earlier applies left, keeps and prints a receipt of each. */
export async function executePlans(run: Run, approved: readonly Planned[], execution: Execution): Promise<ExitCode> {
  // What happened is reported even if its receipt cannot be saved.
  const happened: OrgReceipt[] = [];
  const targets = approved.map(({ plan, left }) => ({
    org: plan.org,
    path: plan.path,
    manifest: plan.manifest,
    plan,
    left,
  }));
  const codeOf = (receipt: OrgReceipt): ExitCode => receiptCode(receipt, run.interrupts);
  const { codes } = await eachOrg(
    run,
    targets,
    (planned, org) => executePlan(run, planned, org, { ...execution, onReceipt: (receipt) => happened.push(receipt) }),
    { hasFailed: () => happened.some((receipt) => codeOf(receipt) !== EXIT.ok) },
  );
  if (execution.flags.json) {
    run.io.stdout.write(orgsJson(run.io, { format_version: RECEIPT_FORMAT_VERSION, receipts: happened }));
  }
  return worst([...codes, ...happened.map(codeOf)]);
}

interface OneExecution extends Execution {
  /** What the plan was made with. */
  readonly repairs?: Repairs;
  readonly onRefusal?: ApplyInput['onRefusal'];
  /** A receipt is kept although nothing was written: the one that is there is of another org. */
  readonly renews?: boolean;
  /** Called with what happened, before the receipt is printed and kept. */
  readonly onReceipt: (receipt: OrgReceipt) => void;
}

/** Carries out the plan of one org under its lock and journal, and keeps a receipt. */
export async function executePlan(
  run: Run,
  { plan, left: finishes }: Planned,
  org: Org,
  { receipts, journals, flags, approval, repairs = {}, onRefusal, renews = false, onReceipt }: OneExecution,
): Promise<void> {
  const { io, progress, interrupts } = run;
  const people = flags.json ? io.stderr : io.stdout;
  const earlier = receipts.read(plan.manifest);
  // Noticed after the deploys, it would be too late.
  receipts.tryKeeping(plan.manifest);
  const { journal, end } = journals.begin(plan.manifest, finishes);
  let finished = false;
  try {
    const { onEvent } = progress;
    const { api_version: apiVersion } = plan;
    if (hasChanges(plan)) await waitForDeploys({ org, apiVersion, onEvent, signal: interrupts.signal });
    const receipt = await applyPlan({
      org,
      plan,
      approval,
      today: io.today(),
      onEvent: progress.onEvent,
      onWriting: interrupts.beginWriting,
      signal: interrupts.signal,
      stop: interrupts.stop,
      ...repairs,
      ...(onRefusal && { onRefusal }),
      ...(earlier && { receipt: earlier }),
      ...(journal && { journal }),
      ...(finishes && { finishes }),
    });
    onReceipt(receipt);
    progress.clear();
    const shown = { ...receipt, remarks: located(receipt.remarks, plan.manifest) };
    people.write(receiptText(shown, renderOptions(people, io.environment)));
    const file = finishes || renews || hasWritten(receipt) ? receipts.keep(receipt) : undefined;
    if (file !== undefined) writeFitted(io.stderr, `Receipt saved to ${relative(io.cwd, file)}\n`);
    finished = isFinished(receipt);
  } finally {
    end(finished);
  }
}

/** What an apply that came to its end, or was stopped, ends with. */
export function receiptCode(receipt: OrgReceipt, { signal }: Interrupts): ExitCode {
  if (!receipt.remarks.some(isError)) return EXIT.ok;
  if (signal.aborted) return EXIT.interrupted;
  return isInDoubt(receipt) ? EXIT.unknownOutcome : EXIT.error;
}
