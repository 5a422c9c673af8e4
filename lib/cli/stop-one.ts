import { stopAnything, type StopOutcome } from '../operations/stop-anything';
import type { Org, OrgIdentity } from '../org/org';
import { isOrgError } from '../org/org-error';
import { revocationText, tokensText } from '../reports/revocation';
import { stopText } from '../reports/stop';
import { unfinishedSwitchText } from '../reports/unfinished';
import { visible } from '../values/visible';
import { acceptedIn } from './consents';
import { apiVersionOf, type OrgTarget } from './each-org';
import { EXIT, type ExitCode } from './exit-code';
import { messageOf } from './files';
import type { StopFlags } from './flags';
import { reportRevocations } from './report-revocations';
import { type RevocationFile, revocationFile } from './revocation-file';
import { inEmergency, type StopReceipts, stopReceipts } from './stop-receipts';
import { writeFitted } from './style';
import { wasRevoked } from './unfinished-work';
import type { Run } from './with-run';

export interface StopOrder {
  readonly name: string;
  readonly target: OrgTarget;
  readonly org: Org;
  readonly identity: OrgIdentity;
  readonly signal: AbortSignal;
  readonly onWrite?: () => void;
}

/** Cuts one app off in one org, keeps the receipts, and says what became of it. */
export async function stopOne(run: Run, flags: StopFlags, order: StopOrder): Promise<ExitCode> {
  const { io, interrupts, progress } = run;
  const { name, org, target, identity, signal } = order;
  const { org: orgName } = target;
  const where = `${orgName} (${identity.orgId} at ${identity.instanceUrl})`;
  const receipts = stopReceipts(io, flags, orgName, identity);
  const { kept, ...port } = inEmergency(io, receipts);
  const write = (text: string): void => {
    order.onWrite?.();
    progress.clear();
    io.stderr.write(text);
    interrupts.beginWriting();
  };
  const settle = flags.revoke === true ? await revocationsBefore(run, flags, order) : undefined;
  let file: RevocationFile | undefined;
  const outcome = await stopAnything({
    org,
    orgName,
    identity,
    apiName: name,
    apiVersion: apiVersionOf(target.manifest),
    acceptLockout: acceptedIn(orgName, flags),
    ...(flags.revoke === true && { revoke: true }),
    ...(flags.unknown === true && { unknown: true }),
    ...(flags.dryRun === true && { dryRun: true }),
    ...port,
    revokedBefore: () => wasRevoked(io, flags, { app: name, orgId: identity.orgId, unknown: flags.unknown === true }),
    keepRevocation: (plan) => (file = revocationFile(io, flags, plan, { org: orgName, inEmergency: true })),
    onUnfinished: (earlier) => {
      progress.clear();
      io.stderr.write(`${visible(unfinishedSwitchText(earlier))}\n`);
    },
    onEvent: progress.onEvent,
    onWriting: () => write(`${visible(`Switching ${name} off in ${where}`)}\n`),
    onTokens: (plan) => write(tokensText(plan, orgName)),
    onEnded: (count) => progress.onEvent({ kind: 'step', message: `revoked ${count}` }),
    signal,
    stop: interrupts.stop,
  });
  progress.clear();
  tell(run, flags, { outcome, orgName, where, receipts, kept, file });
  await settle?.();
  return codeOf(outcome);
}

/** A switch that was refused stays so however often it is tried: it comes before an org that could not be asked. */
function codeOf({ open, failed, problems, revoked }: StopOutcome): ExitCode {
  if (failed) return EXIT.error;
  if (revoked && (revoked.broken !== undefined || revoked.left === undefined)) return EXIT.unreachable;
  return open.length > 0 || problems.length > 0 ? EXIT.changes : EXIT.ok;
}

interface Done {
  readonly outcome: StopOutcome;
  readonly orgName: string;
  readonly where: string;
  readonly receipts: StopReceipts;
  readonly kept: () => boolean;
  readonly file: RevocationFile | undefined;
}

/** What cannot be learned of earlier runs keeps no emergency from being met. */
const revocationsBefore = (run: Run, flags: StopFlags, { target, org, name: app }: StopOrder) =>
  reportRevocations(run, flags, { target, org, app }).catch((error: unknown) => {
    if (isOrgError(error) && error.kind === 'aborted') throw error;
    run.io.stderr.write(`${visible(`warning: interrupted revocations: ${messageOf(error)}`)}\n`);
    return undefined;
  });

function tell({ io }: Run, flags: StopFlags, { outcome, orgName, where, receipts, kept, file }: Done): void {
  const { stopped, tokens, revoked } = outcome;
  const out = (text: string): void => {
    writeFitted(io.stdout, text);
  };
  out(stopText(outcome, { where, revoke: flags.revoke === true }));
  if (stopped?.change && flags.dryRun !== true) {
    out(kept() ? `Receipt: ${receipts.fileOf(stopped.change)}\n` : 'No receipt was kept: see the warning.\n');
  }
  if (flags.revoke === true && !tokens) out('The org lists no token of it.\n');
  if (tokens && !revoked) out(tokensText(tokens, orgName));
  if (tokens && revoked) {
    out(revocationText(revoked));
    if (file?.kept() === true) out(`Receipt: ${file.path}\n`);
  }
  if (flags.dryRun === true) out('Dry run: nothing was changed.\n');
}
