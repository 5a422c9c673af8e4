import { relative } from 'node:path';

import { applyPlan } from '../operations/apply-plan';
import { type OrgReceipt, RECEIPT_FORMAT_VERSION } from '../operations/types';
import type { OrgPlan } from '../plan/plan';
import { isError } from '../values/diagnostic';
import { eachOrg } from './each-org';
import { EXIT, type ExitCode, worst } from './exit-code';
import type { ApplyFlags } from './flags';
import type { Receipts } from './receipts';
import { hasWritten, receiptText } from './receipt-text';
import { renderOptions } from './style';
import type { Run } from './with-run';

/** Applies approved plans org by org, keeps and prints a receipt of each. */
export async function carryOut(
  run: Run,
  plans: readonly OrgPlan[],
  receipts: Receipts,
  flags: ApplyFlags,
): Promise<ExitCode> {
  const { io, progress, interrupts } = run;
  const people = flags.json ? io.stderr : io.stdout;
  interrupts.beginWriting();
  const { results, codes } = await eachOrg(run, plans, async (plan, org): Promise<OrgReceipt> => {
    const earlier = receipts.read(plan.manifest);
    const receipt = await applyPlan({
      org,
      plan,
      today: io.today(),
      onEvent: progress.onEvent,
      signal: interrupts.signal,
      stop: interrupts.stop,
      ...(earlier && { receipt: earlier }),
    });
    progress.clear();
    people.write(receiptText(receipt, renderOptions(people, io.environment)));
    const file = hasWritten(receipt) ? receipts.keep(receipt) : undefined;
    if (file !== undefined) io.stderr.write(`Kept the receipt in ${relative(io.cwd, file)}\n`);
    return receipt;
  });
  if (flags.json) {
    io.stdout.write(`${JSON.stringify({ format_version: RECEIPT_FORMAT_VERSION, receipts: results }, null, 2)}\n`);
  }
  return worst([...codes, ...results.map(({ remarks }) => (remarks.some(isError) ? EXIT.error : EXIT.ok))]);
}
