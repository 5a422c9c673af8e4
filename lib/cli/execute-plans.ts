import { relative } from 'node:path';

import { located } from '../values/located';
import { applyPlan } from '../operations/apply-plan';
import { isFinished } from '../operations/journal';
import { type OrgReceipt, RECEIPT_FORMAT_VERSION } from '../operations/types';
import { waitForDeploys } from '../operations/resume';
import { hasChanges } from '../plan/plan';
import type { Approval } from '../plan/unreviewed';
import { isError } from '../values/diagnostic';
import { eachOrg } from './each-org';
import { EXIT, type ExitCode, worst } from './exit-code';
import type { ApplyFlags } from './flags';
import type { Interrupts } from './interrupts';
import { hasWritten, isInDoubt, receiptText } from '../reports/receipt';
import { renderOptions } from './style';
import type { Memory, Planned } from './unfinished';
import type { Run } from './with-run';
import { jsonText } from '../values/ci-commands';

interface Execution extends Memory {
  readonly flags: Pick<ApplyFlags, 'json'>;
  readonly approval: Approval;
}

/** Applies approved plans org by org, finishes what earlier applies left, keeps and prints a receipt of each. */
export async function executePlans(
  run: Run,
  approved: readonly Planned[],
  { receipts, journals, flags, approval }: Execution,
): Promise<ExitCode> {
  const { io, progress, interrupts } = run;
  const people = flags.json ? io.stderr : io.stdout;
  // What happened is told even where a receipt of it cannot be kept.
  const happened: OrgReceipt[] = [];
  const targets = approved.map(({ plan, left }) => ({
    org: plan.org,
    path: plan.path,
    manifest: plan.manifest,
    plan,
    left,
  }));
  const { codes } = await eachOrg(run, targets, async ({ plan, left: finishes }, org): Promise<void> => {
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
        ...(earlier && { receipt: earlier }),
        ...(journal && { journal }),
        ...(finishes && { finishes }),
      });
      happened.push(receipt);
      progress.clear();
      const shown = { ...receipt, remarks: located(receipt.remarks, plan.manifest) };
      people.write(receiptText(shown, renderOptions(people, io.environment)));
      const file = finishes || hasWritten(receipt) ? receipts.keep(receipt) : undefined;
      if (file !== undefined) io.stderr.write(`Receipt saved to ${relative(io.cwd, file)}\n`);
      finished = isFinished(receipt);
    } finally {
      end(finished);
    }
  });
  if (flags.json) {
    io.stdout.write(jsonText({ format_version: RECEIPT_FORMAT_VERSION, receipts: happened }));
  }
  return worst([...codes, ...happened.map((receipt) => codeOf(receipt, interrupts))]);
}

function codeOf(receipt: OrgReceipt, { signal }: Interrupts): ExitCode {
  if (!receipt.remarks.some(isError)) return EXIT.ok;
  if (signal.aborted) return EXIT.interrupted;
  return isInDoubt(receipt) ? EXIT.unknownOutcome : EXIT.error;
}
