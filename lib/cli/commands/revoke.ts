import { clockOff } from '../../operations/clock-off';
import { refuseOwnTokens } from '../../operations/own-lockout';
import { checkOrgId } from '../../operations/read-org';
import { executeRevocation, type NoTokens, planRevoke, type RevokePlan } from '../../operations/revoke-tokens';
import type { Org } from '../../org/org';
import { revocationText, tokensText } from '../../reports/revocation';
import { ClientAppsError } from '../../values/diagnostic';
import { plural } from '../../values/plural';
import { visible, visibleLines } from '../../values/visible';
import { confirmed, requireTerminal } from '../confirm';
import { acceptedIn } from '../consents';
import { apiVersionOf, eachOrg, type OrgTarget } from '../each-org';
import { EXIT, type ExitCode, worst } from '../exit-code';
import { tryWriting } from '../files';
import type { RevokeFlags } from '../flags';
import type { Io } from '../io';
import { reportRevocations } from '../report-revocations';
import { revocationFile } from '../revocation-file';
import { chooseOneOrg } from '../stop-orgs';
import { writeFitted } from '../style';
import { wasRevoked } from '../unfinished-work';
import { isSpan, timeSince } from '../usage-question';
import { warnOfUser } from '../warn-of-user';
import { type Run, withRun } from '../with-run';

/** Ends tokens of an app: all of them, or those of a user, of inactive users, long unused, or given long ago. */
export async function revoke(io: Io, text: string, flags: RevokeFlags): Promise<ExitCode> {
  requireTerminal(io, 'revoke', [flags.dryRun, flags.autoApprove]);
  const today = io.today();
  const unusedSince = flags.unusedFor === undefined ? undefined : timeSince('--unused-for', flags.unusedFor, today);
  const { grantedBefore: before } = flags;
  const grantedBefore = before === undefined ? undefined : timeSince('--granted-before', before, today);
  const { app, names, targets } = chooseOneOrg(io, text, flags, 'revoke');
  const question = {
    app,
    inactiveUsers: flags.inactiveUsers === true,
    unknown: flags.unknown === true,
    ...(flags.user !== undefined && { user: flags.user }),
    ...(unusedSince !== undefined && { unusedSince }),
    ...(grantedBefore !== undefined && { grantedBefore }),
  };
  return withRun(io, flags, names, async (run) => {
    const { results, codes } = await eachOrg(run, targets, async (target, org) => {
      const settle = await reportRevocations(run, flags, { target, org, app });
      const plan = await planRevoke(org, question, {
        signal: run.interrupts.signal,
        revokedBefore: ({ orgId }) => wasRevoked(io, flags, { app, orgId, unknown: question.unknown }),
      });
      if (target.manifest) checkOrgId(target.manifest, plan.identity);
      requireClock(org, app, flags);
      if (!('chosen' in plan)) return nothingToRevoke(run, plan, `${app} in ${target.org}`);
      return perform(run, flags, { target, org, plan, settle });
    });
    return worst([...codes, ...results]);
  });
}

/** What was asked for is so already, which is no error (RFC 7009, 2.2); unless the list of tokens does not show all. */
function nothingToRevoke({ io, progress }: Run, { identity, cut }: NoTokens, what: string): ExitCode {
  progress.clear();
  writeFitted(
    io.stdout,
    visibleLines([
      `The org lists no token of ${what} (${identity.orgId}); nothing was revoked.`,
      ...(cut ? ['The list of tokens is incomplete: the app might have some. Run the command again later.'] : []),
    ]),
  );
  return cut ? EXIT.error : EXIT.ok;
}

/** `90d` is counted from today, which is what the clock of this machine says. @throws ClientAppsError REFUSED */
function requireClock(org: Org, app: string, { unusedFor, grantedBefore }: RevokeFlags): void {
  if (![unusedFor, grantedBefore].some((text) => text !== undefined && isSpan(text))) return;
  const problems = clockOff(org, app, 'how old a token is');
  if (problems.length === 0) return;
  throw new ClientAppsError(
    'REFUSED',
    problems.map((problem) => ({ ...problem, severity: 'error' })),
  );
}

interface Work {
  readonly target: OrgTarget;
  readonly org: Org;
  readonly plan: RevokePlan;
  /** Looks again at revocations that were cut off. */
  readonly settle: () => Promise<void>;
}

async function perform(run: Run, flags: RevokeFlags, { target, org, plan, settle }: Work): Promise<ExitCode> {
  const { io, interrupts, progress } = run;
  progress.clear();
  writeFitted(io.stdout, tokensText(plan, target.org));
  if (flags.user !== undefined && plan.meantUser !== undefined) warnOfUser(io, flags.user, plan.meantUser);
  if (flags.dryRun === true) {
    writeFitted(io.stdout, 'Dry run: nothing was revoked.\n');
    return EXIT.ok;
  }
  // Where the list is cut, that it has none of them does not say that the app has none.
  if (plan.chosen.tokens.length === 0) return plan.cut ? EXIT.error : EXIT.ok;
  const acceptLockout = acceptedIn(target.org, flags);
  const given = { acceptLockout, apiVersion: apiVersionOf(target.manifest) };
  await refuseOwnTokens(org, plan, given, { signal: interrupts.signal });
  const file = revocationFile(io, flags, plan, { org: target.org });
  // Before someone is asked.
  tryWriting(file.path);
  if (flags.autoApprove !== true && !(await approved(run, plan))) return EXIT.error;
  interrupts.beginWriting();
  const receipt = await executeRevocation(org, target.org, plan, {
    signal: interrupts.signal,
    keep: file.keep,
    begun: file.begun,
    onEnded: (count) => progress.onEvent({ kind: 'step', message: `revoked ${count} of ${plan.chosen.tokens.length}` }),
  });
  progress.clear();
  writeFitted(io.stdout, `${revocationText(receipt)}${file.kept() ? `Receipt: ${file.path}\n` : ''}`);
  await settle();
  // It broke off, or the reading afterward did: the login may have ended with its own token.
  if (receipt.broken !== undefined || receipt.left === undefined) return EXIT.unreachable;
  return receipt.left === 0 && !plan.cut ? EXIT.ok : EXIT.error;
}

const approved = (run: Run, { chosen: { label, tokens } }: RevokePlan): Promise<boolean> =>
  confirmed(run, `Revoke ${plural(tokens.length, 'token')} of ${visible(label)}?`, 'nothing was revoked');
