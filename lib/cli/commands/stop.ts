import { DEFAULT_API_VERSION } from '../../metadata/api-version';
import type { Manifest } from '../../metadata/manifest';
import { checkOrgId } from '../../operations/read-org';
import { stopApp } from '../../operations/stop-app';
import type { Org } from '../../org/org';
import { isOrgError, OrgError } from '../../org/org-error';
import { visible } from '../../plan/render/visible';
import { isClientAppsError } from '../../values/diagnostic';
import { diagnose } from '../../values/diagnose';
import { confirmed } from '../confirm';
import { splitName } from '../consents';
import { eachOrg, type OrgTarget } from '../each-org';
import { EXIT, type ExitCode, worst } from '../exit-code';
import { invalidInput } from '../files';
import type { OrgFlags, StopFlags } from '../flags';
import type { Io } from '../io';
import { loadManifestsIfThere } from '../manifests';
import { type Run, withRun } from '../with-run';

const DEFAULT_SECONDS = 120;
/** A first try has to fail early enough for a second one. */
const LONGEST_SILENCE_MS = 20_000;

interface StopTarget extends OrgTarget {
  readonly manifest?: Manifest;
  /** Nothing names the org but the login. */
  readonly anonymous?: boolean;
}

/** Switches an app off, declared or not. Asks only where a name leads to several orgs: whoever types this is in a hurry. */
export async function stop(io: Io, app: string, flags: StopFlags): Promise<ExitCode> {
  const name = splitName(app).app;
  const seconds = secondsOf(flags);
  const { all, targets } = chooseOrgs(io, app, flags);
  io.stderr.write(`${announcement(name, targets)}\n`);
  const deadline = AbortSignal.timeout(Math.ceil(seconds * 1000));
  const limits = { signal: deadline, requestTimeoutMs: Math.min(LONGEST_SILENCE_MS, Math.ceil((seconds * 1000) / 3)) };
  const work = async (run: Run): Promise<ExitCode> => {
    if (!(await approved(run, name, targets))) return EXIT.error;
    const { codes } = await eachOrg(run, targets, (target, org) =>
      switchOff(run, name, target, org, deadline).catch((error: unknown) => {
        throw deadline.aborted && !run.interrupts.signal.aborted ? tooLate(error, name, seconds) : error;
      }),
    );
    return worst(codes);
  };
  return withRun(io, flags, all, work, limits);
}

function secondsOf({ timeout }: StopFlags): number {
  if (timeout === undefined) return DEFAULT_SECONDS;
  const seconds = Number(timeout);
  if (seconds >= 1 && seconds <= 86_400) return seconds;
  throw invalidInput(diagnose('timeout-unusable', { path: '--timeout', value: timeout }));
}

/** Where it will act, said before it acts. */
function announcement(name: string, targets: readonly StopTarget[]): string {
  const orgs = targets.map(({ org, manifest, anonymous = false }) => {
    if (anonymous) return 'the org of the login';
    return manifest?.org.org_id === undefined ? org : `${org} (${manifest.org.org_id})`;
  });
  const one = targets.length > 1 ? `; client-apps stop ORG/${name} does one org alone` : '';
  return visible(`Switching ${name} off in ${orgs.join(' and ')}${one}.`);
}

async function approved(run: Run, name: string, targets: readonly StopTarget[]): Promise<boolean> {
  if (targets.length < 2 || !run.io.ask) return true;
  return confirmed(run, `Switch ${name} off in all ${targets.length} orgs?`, 'nothing was written');
}

async function switchOff(
  { io, interrupts, progress }: Run,
  name: string,
  { org: orgName, manifest }: StopTarget,
  org: Org,
  deadline: AbortSignal,
): Promise<void> {
  const signal = AbortSignal.any([interrupts.signal, deadline]);
  const identity = await org.identify({ signal });
  if (manifest) checkOrgId(manifest, identity);
  const where = `${orgName} (${identity.orgId} at ${identity.instanceUrl})`;
  const { already_stopped: already, connected_app_beside: beside } = await stopApp({
    org,
    apiName: name,
    apiVersion: manifest?.org.api_version ?? DEFAULT_API_VERSION,
    onEvent: progress.onEvent,
    onWriting: () => {
      progress.clear();
      io.stderr.write(`${visible(`Switching ${name} off in ${where}`)}\n`);
      interrupts.beginWriting();
    },
    signal,
    stop: interrupts.stop,
  });
  progress.clear();
  const app = beside ? `The External Client App ${name}` : name;
  io.stdout.write(
    already
      ? `${app} was already off in ${where}; nothing was written.\n`
      : `${app} is off in ${where}: no client can use it. It stays off until apply --re-enable ${name}.\n`,
  );
  if (beside) {
    io.stdout.write(
      `The Connected App ${name} was not touched, and whether it issues tokens is not known: block it in Setup > Connected Apps OAuth Usage.\n`,
    );
  }
}

/** The time is over; what became of the app is in the error that the end of it caused. */
function tooLate(error: unknown, name: string, seconds: number): unknown {
  if (!isOrgError(error)) return error;
  const told = error.inDoubt ? error.message : `${error.message}. Nothing was written`;
  return new OrgError(
    'unreachable',
    `Gave up after ${seconds} s: ${told}`,
    `switch ${name} off in Setup > External Client App Manager > Policies, now; or give more time with --timeout`,
    { errorCode: 'STOP_TIMEOUT', inDoubt: error.inDoubt },
  );
}

/**
 * `ORG/Name`: that org. `Name`: the org of the run, and of several those that declare it. Where nothing was
 * synthesized the name of the org, or none, only says which credentials count.
 */
function chooseOrgs(
  io: Io,
  text: string,
  flags: OrgFlags,
): { readonly all: readonly string[]; readonly targets: readonly StopTarget[] } {
  const { org, app } = splitName(text);
  const named = org === undefined ? flags.org : [org];
  const manifests = usableManifests(io, { ...flags, ...(named && { org: named }) });
  if (manifests.length === 0) {
    const all = named ?? ['org'];
    return { all, targets: all.map((each) => ({ org: each, path: each, anonymous: named === undefined })) };
  }
  const all = manifests.map((manifest) => manifest.org.name);
  const declaring = manifests.filter(({ apps }) => apps.some(({ api_name: name }) => name === app));
  const chosen = manifests.length === 1 ? manifests : declaring;
  if (chosen.length === 0) {
    throw invalidInput(
      diagnose('which-org', { path: 'stop', allowed: all.map((name) => `${name}/${app}`).join(', ') }, { app }),
    );
  }
  return {
    all,
    targets: chosen.map((manifest) => ({ org: manifest.org.name, path: manifest.org.path, manifest })),
  };
}

/** What an emergency must not wait for: a build, or the repair of one. */
const DAMAGED: ReadonlySet<string> = new Set([
  'manifest-unusable',
  'cdktf-output-unusable',
  'file-missing',
  'file-unusable',
]);

function usableManifests(io: Io, flags: OrgFlags): readonly Manifest[] {
  try {
    return loadManifestsIfThere(io, flags);
  } catch (error) {
    if (flags.manifest || !isClientAppsError(error) || !error.diagnostics.every(({ code }) => DAMAGED.has(code)))
      throw error;
    const files = [...new Set(error.diagnostics.map(({ path }) => path))].join(', ');
    io.stderr.write(
      `${visible(`warning: going on without what was synthesized, which cannot be used: ${files}`)}\n` +
        'warning: the credentials of the environment alone say which org this is\n',
    );
    return [];
  }
}
