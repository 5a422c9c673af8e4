import { resolve } from 'node:path';

import { LOCK_OUT_SET } from '../../metadata/connected-app/lock-out';
import { checkOrgId } from '../../operations/read-org';
import { startApp, type StartInput } from '../../operations/start-app';
import type { StopReceipt } from '../../operations/stop-receipt';
import type { Org, OrgIdentity } from '../../org/org';
import { replacedText } from '../../reports/stop';
import { unfinishedSwitchText } from '../../reports/unfinished';
import { diagnose } from '../../values/diagnose';
import { ClientAppsError, isClientAppsError } from '../../values/diagnostic';
import { sameId } from '../../values/record-id';
import { visible } from '../../values/visible';
import { visibleLines } from '../../values/visible';
import { confirmed, requireTerminal } from '../confirm';
import { splitName } from '../consents';
import { apiVersionOf, eachOrg } from '../each-org';
import { EXIT, type ExitCode, worst } from '../exit-code';
import { invalidInput, tryWriting } from '../files';
import type { StartFlags } from '../flags';
import { type Io, isoNow } from '../io';
import { chooseOrgs, type StopTarget } from '../stop-orgs';
import { readStopReceipt, type StopReceipts, stopReceipts } from '../stop-receipts';
import { writeFitted } from '../style';
import { type Run, withRun } from '../with-run';

/** Undoes a stop from its receipt. It widens access, so it asks. */
export async function start(io: Io, text: string | undefined, flags: StartFlags): Promise<ExitCode> {
  requireTerminal(io, 'start', [flags.dryRun, flags.autoApprove]);
  const given = flags.from === undefined ? undefined : readStopReceipt(resolve(io.cwd, flags.from));
  const name = text ?? given?.app;
  if (name === undefined) throw invalidInput(diagnose('start-what', { path: 'start' }));
  const { app } = splitName(name);
  if (given && given.app !== app) {
    const place = { path: flags.from ?? '', value: given.app, allowed: app };
    throw invalidInput(diagnose('start-receipt-of-other-app', place, { app }));
  }
  const { all, targets } = chooseOrgs(io, name, flags, 'start');
  return withRun(io, flags, all, async (run) => {
    const { results, codes } = await eachOrg(run, targets, (target, org) =>
      switchOn(run, flags, { app, target, org, ...(given && { given }) }),
    );
    return worst([...codes, ...results]);
  });
}

interface Work {
  readonly app: string;
  readonly target: StopTarget;
  readonly org: Org;
  readonly given?: StopReceipt;
}

async function switchOn(run: Run, flags: StartFlags, { app, target, org, given }: Work): Promise<ExitCode> {
  const { io, interrupts, progress } = run;
  const { org: orgName, manifest } = target;
  const { signal } = interrupts;
  const identity = await org.identify({ signal, user: false });
  if (manifest) checkOrgId(manifest, identity);
  const receipts = stopReceipts(io, flags, orgName, identity);
  const where = `${orgName} (${identity.orgId} at ${identity.instanceUrl})`;
  const receipt = receiptOf(app, identity, receipts, given);
  if (!receipt) {
    const undone = await undoneBefore(receipts.undone(app), { org, apiVersion: apiVersionOf(manifest), signal });
    progress.clear();
    if (!undone) throw new ClientAppsError('REFUSED', [diagnose('start-without-receipt', { path: app }, { app })]);
    writeFitted(io.stdout, visibleLines(startLines('already-started', undone, where, [])));
    return EXIT.ok;
  }
  if (flags.dryRun !== true) tryWriting(receipts.fileOf(receipt));
  const fields = replacedText(receipt, 'start');
  const { state, open } = await startApp({
    org,
    change: receipt,
    apiVersion: apiVersionOf(manifest),
    keep: receipts.keep,
    begun: isoNow(io),
    onUnfinished: (earlier) => {
      progress.clear();
      io.stderr.write(`${visible(unfinishedSwitchText(earlier))}\n`);
    },
    ...(flags.dryRun === true && { dryRun: true }),
    approve: () => {
      progress.clear();
      io.stderr.write(visibleLines([`${app} will be usable again in ${where}:`, ...fields]));
      if (flags.autoApprove === true) return Promise.resolve(!interrupts.stop.aborted);
      return confirmed(run, `Switch ${visible(app)} on?`, 'nothing was written');
    },
    onEvent: progress.onEvent,
    onWriting: () => interrupts.beginWriting(),
    signal,
  });
  progress.clear();
  writeFitted(
    io.stdout,
    visibleLines([...startLines(state, receipt, where, fields), ...open.map((each) => `Not certain: ${each}.`)]),
  );
  if (state === 'not-approved') return EXIT.error;
  return open.length > 0 ? EXIT.changes : EXIT.ok;
}

/**
 * The receipt of a stop that was undone before, where the app still has the values from before it: then that is what was
 * asked for, as after a run that died before it could say so.
 */
async function undoneBefore(
  [receipt, ...more]: readonly StopReceipt[],
  reading: Pick<StartInput, 'org' | 'apiVersion' | 'signal'>,
): Promise<StopReceipt | undefined> {
  if (!receipt || more.length > 0) return undefined;
  try {
    const { state } = await startApp({ ...reading, change: receipt, dryRun: true });
    return state === 'already-started' ? receipt : undefined;
  } catch (error) {
    if (!isClientAppsError(error)) throw error;
    return undefined;
  }
}

/** Undefined where there is none. @throws ClientAppsError where there are several, or it is of another org. */
function receiptOf(
  app: string,
  { orgId }: OrgIdentity,
  receipts: StopReceipts,
  given: StopReceipt | undefined,
): StopReceipt | undefined {
  if (given && !sameId(given.org_id, orgId)) {
    const place = { path: app, value: given.org_id, allowed: orgId };
    throw new ClientAppsError('REFUSED', [diagnose('start-receipt-of-other-org', place)]);
  }
  const [found, ...more] = given ? [given] : receipts.open(app);
  if (found && more.length > 0) {
    const allowed = [found, ...more].map(receipts.fileOf).join(', ');
    throw new ClientAppsError('REFUSED', [diagnose('start-several-receipts', { path: app, allowed }, { app })]);
  }
  return found;
}

function startLines(
  state: string,
  { app, platform }: StopReceipt,
  where: string,
  fields: readonly string[],
): readonly string[] {
  const set =
    platform === 'connected-app'
      ? [`The empty permission set ${LOCK_OUT_SET} stays in the org; the next stop uses it again.`]
      : [];
  if (state === 'already-started')
    return [`${app} already has the values from before the stop in ${where}; nothing was written.`];
  if (state === 'would-start')
    return [`In ${where}, these values of ${app} would be restored:`, ...fields, 'Dry run: nothing was changed.'];
  if (state === 'not-approved') return [];
  return [
    `${app} is back to its state before the stop in ${where}. Revoked tokens stay revoked: its users have to log in again.`,
    ...set,
  ];
}
