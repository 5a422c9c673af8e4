import { carryOutRevoke, planRevoke, type RevocationReceipt, type RevokePlan } from '../../operations/revoke-tokens';
import { checkOrgId } from '../../operations/read-org';
import type { Org } from '../../org/org';
import { visible } from '../../plan/render/visible';
import { plural } from '../../usage/words';
import { jsonText } from '../../values/ci-commands';
import { diagnose } from '../../values/diagnose';
import { confirmed } from '../confirm';
import { splitName } from '../consents';
import { eachOrg, type OrgTarget } from '../each-org';
import { EXIT, type ExitCode, worst } from '../exit-code';
import { invalidInput, tryWriting, writeText } from '../files';
import { isLocal, type RevokeFlags } from '../flags';
import type { Io } from '../io';
import { targetsIfThere } from '../manifests';
import { ownFile } from '../project';
import { timeSince } from '../usage-question';
import { type Run, withRun } from '../with-run';

/** Ends tokens of an app: all of them, or those of a user, of inactive users, or long unused. */
export async function revoke(io: Io, text: string, flags: RevokeFlags): Promise<ExitCode> {
  if (flags.dryRun !== true && flags.autoApprove !== true && !io.ask) {
    const remedy = 'see what would end with --dry-run, then pass --auto-approve';
    throw invalidInput(diagnose('approval-needed', { path: 'revoke', remedy }));
  }
  const { org: named, app } = splitName(text);
  const today = io.today();
  const unusedSince = flags.unusedFor === undefined ? undefined : timeSince('--unused-for', flags.unusedFor, today);
  const question = {
    app,
    inactiveUsers: flags.inactiveUsers === true,
    unknown: flags.unknown === true,
    ...(flags.user !== undefined && { user: flags.user }),
    ...(unusedSince !== undefined && { unusedSince }),
  };
  const targets = oneOrg(targetsIfThere(io, named === undefined ? flags : { ...flags, org: [named] }), app);
  return withRun(
    io,
    flags,
    targets.map(({ org }) => org),
    async (run) => {
      const { results, codes } = await eachOrg(run, targets, async (target, org) => {
        const plan = await planRevoke(org, question, { signal: run.interrupts.signal });
        if (target.manifest) checkOrgId(target.manifest, plan.identity);
        return perform(run, flags, { target, org, plan });
      });
      return worst([...codes, ...results]);
    },
  );
}

/** What ends tokens works on one org at a time. */
function oneOrg(targets: readonly OrgTarget[], app: string): readonly OrgTarget[] {
  if (targets.length === 1) return targets;
  const allowed = targets.map(({ org }) => `${org}/${app}`).join(', ');
  throw invalidInput(diagnose('one-org-at-a-time', { path: 'revoke', allowed }, { count: targets.length }));
}

interface Work {
  readonly target: OrgTarget;
  readonly org: Org;
  readonly plan: RevokePlan;
}

async function perform(run: Run, flags: RevokeFlags, { target, org, plan }: Work): Promise<ExitCode> {
  const { io, interrupts, progress } = run;
  progress.clear();
  io.stdout.write(describe(plan, target.org));
  if (flags.dryRun === true) {
    io.stdout.write('Dry run: nothing was revoked.\n');
    return EXIT.ok;
  }
  if (plan.chosen.tokens.length === 0) return EXIT.ok;
  const file = receiptFile(io, flags, plan, target.org);
  tryWriting(file);
  if (flags.autoApprove !== true && !(await approved(run, plan))) return EXIT.error;
  interrupts.beginWriting();
  const receipt = await carryOutRevoke(org, target.org, plan, {
    signal: interrupts.signal,
    onEnded: (count) => progress.onEvent({ kind: 'step', message: `revoked ${count} of ${plan.chosen.tokens.length}` }),
  });
  progress.clear();
  writeText(file, jsonText(receipt));
  io.stdout.write(`${outcomeWords(receipt)}Receipt: ${file}\n`);
  return receipt.left === 0 && receipt.broken === undefined && !plan.cut ? EXIT.ok : EXIT.error;
}

function describe({ chosen, identity, cut, question }: RevokePlan, org: string): string {
  const { label, record, tokens, others } = chosen;
  const users = new Map<string, number>();
  for (const { user } of tokens) users.set(user, (users.get(user) ?? 0) + 1);
  const names = [...users.keys()].sort();
  const what =
    record === undefined ? 'an app that nobody installed' : `${record.platform} ${record.apiName ?? record.id}`;
  const own = identity.username !== undefined && users.has(identity.username);
  return visibleLines([
    `${label} (${what}) in ${org} (${identity.orgId}):`,
    `  ${plural(tokens.length, 'token')} of ${plural(users.size, 'user')} will end; ${plural(others, 'other token')} of the app ${others === 1 ? 'stays' : 'stay'}.`,
    ...(names.length > 0
      ? [`  Users: ${names.slice(0, 10).join(', ')}${names.length > 10 ? ` and ${names.length - 10} more` : ''}`]
      : []),
    ...(own ? [`  ${identity.username ?? ''}, whom this connection belongs to, is among them.`] : []),
    ...(cut ? ['  The list of tokens is cut: the app may have more. Run the command again afterwards.'] : []),
    ...(question.inactiveUsers ? ['  Only tokens of users known to be inactive.'] : []),
  ]);
}

const visibleLines = (lines: readonly string[]): string => lines.map((each) => `${visible(each)}\n`).join('');

const approved = (run: Run, { chosen: { label, tokens } }: RevokePlan): Promise<boolean> =>
  confirmed(run, `Revoke ${plural(tokens.length, 'token')} of ${visible(label)}?`, 'nothing was revoked');

function outcomeWords({ tokens, revoked, left, failed, broken }: RevocationReceipt): string {
  return visibleLines([
    `Revoked ${revoked.toLocaleString('en-US')} of ${plural(tokens, 'token')}.`,
    ...failed.map(({ user, why }) => `  not revoked, of ${user}: ${why}`),
    ...(broken === undefined ? [] : [`Broke off: ${broken}. Run the command again: it goes on with what is left.`]),
    left === undefined
      ? 'What is left was not read.'
      : left === 0
        ? 'The org lists none of them any more.'
        : `The org still lists ${plural(left, 'token')}. Run the command again.`,
  ]);
}

/** Named by org, app and time of nothing else: a second run on the same day keeps the first receipt. */
function receiptFile(io: Io, flags: RevokeFlags, { chosen, identity }: RevokePlan, org: string): string {
  const folder = isLocal(io, flags) ? ['local', 'revocations'] : ['revocations'];
  const name = `${org}__${chosen.label}`.replace(/[^\w.-]+/g, '_').slice(0, 80);
  const stamp = new Date(io.clock?.now() ?? Date.now()).toISOString().replace(/\D/g, '').slice(0, 17);
  return ownFile(io.cwd, ...folder, `${name}__${identity.orgId.slice(0, 15)}__${stamp}.json`);
}
