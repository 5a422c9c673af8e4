import { checkOrgId } from '../../operations/read-org';
import type { Org } from '../../org/org';
import { isOrgError, OrgError } from '../../org/org-error';
import { diagnose } from '../../values/diagnose';
import { visible } from '../../values/visible';
import { confirmed } from '../confirm';
import { splitName } from '../consents';
import { eachOrg } from '../each-org';
import { EXIT, type ExitCode, worst } from '../exit-code';
import { invalidInput } from '../files';
import type { StopFlags } from '../flags';
import type { Io } from '../io';
import { stopOne } from '../stop-one';
import { chooseOrgs, type StopTarget } from '../stop-orgs';
import { writeFitted } from '../style';
import { type Run, withRun } from '../with-run';

const DEFAULT_SECONDS = 120;
/** Tokens end one after the other, and an app may have thousands. */
const SECONDS_TO_REVOKE = 3600;
/** A first try has to fail early enough for a second one. */
const LONGEST_SILENCE_MS = 20_000;

/** Switches an app off, declared or not. Asks only where a name leads to several orgs: whoever types this is in a hurry. */
export async function stop(io: Io, app: string, flags: StopFlags): Promise<ExitCode> {
  const useless = [
    ...(flags.everythingUnknown === true ? ['--everything-unknown'] : []),
    ...(flags.unknown === true && flags.revoke !== true ? ['--unknown'] : []),
  ];
  if (useless.length > 0)
    throw invalidInput(...useless.map((path) => diagnose('stop-option-useless', { path }, { app })));
  const name = splitName(app).app;
  const seconds = secondsOf(flags);
  const { all, targets } = chooseOrgs(io, app, flags, 'stop');
  writeFitted(io.stderr, `${announcement(name, targets, flags)}\n`);
  const deadline = AbortSignal.timeout(Math.ceil(seconds * 1000));
  const limits = { signal: deadline, requestTimeoutMs: Math.min(LONGEST_SILENCE_MS, Math.ceil((seconds * 1000) / 3)) };
  const work = async (run: Run): Promise<ExitCode> => {
    if (!(await approved(run, name, targets, flags))) return EXIT.error;
    const { codes, results } = await eachOrg(run, targets, (target, org) =>
      switchOff(run, flags, { name, target, org, deadline, seconds }),
    );
    return worst([...codes, ...results]);
  };
  return withRun(io, flags, all, work, limits);
}

function secondsOf({ timeout, revoke }: StopFlags): number {
  if (timeout === undefined) return revoke === true ? SECONDS_TO_REVOKE : DEFAULT_SECONDS;
  const seconds = Number(timeout);
  if (seconds >= 1 && seconds <= 86_400) return seconds;
  throw invalidInput(diagnose('timeout-unusable', { path: '--timeout', value: timeout }));
}

/** Where it will act, said before it acts. */
function announcement(name: string, targets: readonly StopTarget[], { dryRun }: StopFlags): string {
  const orgs = targets.map(({ org, manifest, anonymous = false }) => {
    if (anonymous) return 'the org of the login';
    return manifest?.org.org_id === undefined ? org : `${org} (${manifest.org.org_id})`;
  });
  const one = targets.length > 1 ? `; client-apps stop ORG/${name} acts on one org only` : '';
  const what = dryRun === true ? `Checking what it takes to switch ${name} off` : `Switching ${name} off`;
  return visible(`${what} in ${orgs.join(' and ')}${one}.`);
}

async function approved(
  run: Run,
  name: string,
  targets: readonly StopTarget[],
  { dryRun }: StopFlags,
): Promise<boolean> {
  if (targets.length < 2 || !run.io.ask || dryRun === true) return true;
  return confirmed(run, `Switch ${name} off in all ${targets.length} orgs?`, 'nothing was written');
}

interface Work {
  readonly name: string;
  readonly target: StopTarget;
  readonly org: Org;
  readonly deadline: AbortSignal;
  readonly seconds: number;
}

async function switchOff(run: Run, flags: StopFlags, work: Work): Promise<ExitCode> {
  const { interrupts } = run;
  const { name, org, target } = work;
  const signal = AbortSignal.any([interrupts.signal, work.deadline]);
  let wrote = false;
  try {
    const identity = await org.identify({ signal, user: flags.revoke === true });
    if (target.manifest) checkOrgId(target.manifest, identity);
    const onWrite = (): void => {
      wrote = true;
    };
    return await stopOne(run, flags, { name, target, org, identity, signal, onWrite });
  } catch (error) {
    throw work.deadline.aborted && !interrupts.signal.aborted ? tooLate(error, work, wrote) : error;
  }
}

/** The time is over; what became of the app is in the error that the end of it caused. */
function tooLate(error: unknown, { name, seconds }: Work, wrote: boolean): unknown {
  if (!isOrgError(error)) return error;
  const outcome = wrote
    ? `${error.message}. The stop had started: run it again to see how far it got`
    : `${error.message}. Nothing was written`;
  return new OrgError(
    'unreachable',
    `Gave up after ${seconds} s: ${outcome}`,
    `switch ${name} off by hand, now: an External Client App in Setup > External Client App Manager > Policies, a Connected App with Block in Setup > Connected Apps OAuth Usage; or allow more time with --timeout`,
    { errorCode: 'STOP_TIMEOUT', inDoubt: error.inDoubt },
  );
}
