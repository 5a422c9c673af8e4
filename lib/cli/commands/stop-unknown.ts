import { planStopUnknown, type UnknownApp } from '../../operations/stop-unknown';
import type { Org } from '../../org/org';
import { diagnose } from '../../values/diagnose';
import { plural } from '../../values/plural';
import { visibleLines } from '../../values/visible';
import { confirmed, requireTerminal } from '../confirm';
import { eachOrg, type OrgTarget } from '../each-org';
import { EXIT, type ExitCode, worst } from '../exit-code';
import { invalidInput } from '../files';
import type { StopFlags } from '../flags';
import type { Io } from '../io';
import { targetsIfThere } from '../manifests';
import { reportError } from '../report-error';
import { stopOne } from '../stop-one';
import { writeFitted } from '../style';
import { type Run, withRun } from '../with-run';

/** Cuts off every app that neither the program nor an allow-list knows. It may be many, so it asks. */
export async function stopUnknown(io: Io, flags: StopFlags): Promise<ExitCode> {
  if (flags.everythingUnknown !== true) throw invalidInput(diagnose('stop-what', { path: 'stop' }));
  requireTerminal(io, 'stop', [flags.dryRun, flags.autoApprove]);
  const known = flags.settings?.file?.config.known ?? [];
  const targets = targetsIfThere(io, flags);
  const names = targets.map(({ org }) => org);
  return withRun(io, flags, names, async (run) => {
    const { results, codes } = await eachOrg(run, targets, async (target, org) => {
      const { signal } = run.interrupts;
      const { manifest } = target;
      const question = { org: target.org, today: io.today(), known, signal, ...(manifest && { manifest }) };
      const apps = await planStopUnknown(org, question);
      run.progress.clear();
      writeFitted(io.stdout, list(apps, target.org));
      if (apps.length === 0) return EXIT.ok;
      return cutOff(run, flags, { target, org, apps });
    });
    return worst([...codes, ...results]);
  });
}

function list(apps: readonly UnknownApp[], org: string): string {
  if (apps.length === 0) return visibleLines([`${org}: no app with a token is unknown (neither declared nor known).`]);
  const tokens = apps.reduce((sum, each) => sum + each.tokens.chosen.tokens.length, 0);
  return visibleLines([
    `${org}: ${plural(apps.length, 'app')} neither declared nor known, with ${plural(tokens, 'token')}:`,
    ...apps.map(({ usage: { label, look_alike: look }, tokens: { chosen } }) => {
      const users = new Set(chosen.tokens.map(({ user }) => user)).size;
      const what = `  ${label}: ${plural(chosen.tokens.length, 'token')} of ${plural(users, 'user')}`;
      return look === undefined ? what : `${what}; looks like ${look.of}: ${look.why}`;
    }),
  ]);
}

interface Work {
  readonly target: OrgTarget;
  readonly org: Org;
  readonly apps: readonly UnknownApp[];
}

/** One after the other; one that fails does not keep the others from being cut off. */
async function cutOff(run: Run, flags: StopFlags, { target, org, apps }: Work): Promise<ExitCode> {
  const { io, interrupts } = run;
  const question = `Cut off ${plural(apps.length, 'app')} and revoke their tokens?`;
  if (flags.dryRun !== true && flags.autoApprove !== true && !(await confirmed(run, question, 'nothing was changed'))) {
    return EXIT.error;
  }
  const codes: ExitCode[] = [];
  for (const { usage, tokens } of apps) {
    if (interrupts.stop.aborted) {
      io.stderr.write(visibleLines([`${usage.label}: not started, because of the interrupt`]));
      codes.push(EXIT.error);
      continue;
    }
    const { record } = tokens.chosen;
    const name = record?.apiName ?? usage.label;
    const { identity } = tokens;
    const order = { name, target, org, identity, signal: interrupts.signal };
    const sort = record === undefined ? { unknown: true } : { unknown: false };
    writeFitted(io.stdout, visibleLines([`${usage.label}:`]));
    codes.push(
      await stopOne(run, { ...flags, ...sort, revoke: true }, order).catch((error: unknown) =>
        reportError(error, io, target),
      ),
    );
  }
  return worst(codes);
}
