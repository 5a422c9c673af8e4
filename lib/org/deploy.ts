import { writeZip } from '../metadata/package/zip';
import { sameId } from '../values/record-id';
import { isTransient } from './classify-error';
import { DeployStatus, toOutcome } from './deploy-answer';
import { queueWatch } from './deploy-queue';
import type { Call, Door } from './door';
import type { DeployOutcome, DeployProgress, DeployRequest, DeployStanding } from './org';
import { isOrgError, OrgError } from './org-error';
import { withJitter } from './patience';
import { poll, type PollSettings } from './poll';
import { Job } from './retrieve';
import { readRunningDeploys } from './running-deploys';

/** The Metadata API's limits for one deploy. */
const MAX_FILES = 10_000;
const MAX_BYTES = 39_000_000;

export interface DeployOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: DeployProgress) => void) | undefined;
  readonly onAccepted?: (id: string) => void | Promise<void>;
  readonly onSendingAgain?: () => void | Promise<void>;
}

export interface DeploySettings extends PollSettings {
  /** Ask the org to cancel when the caller aborts. Default false: the deploy goes on, and the error says so. */
  readonly cancelOnAbort: boolean;
}

/** Waits before a deploy is sent again that failed because something else held a lock, in milliseconds. */
const LOCK_PAUSES = [3000, 10_000] as const;

/**
 * Sends one package by REST and waits for the end. Always rolled back on error; no warning is ignored unless asked for.
 * Where all that failed was a lock that something else held, nothing was kept, and it is sent again.
 * @throws OrgError; where the org may have taken the package although no answer came, the message says so.
 */
export async function deploy(
  door: Door,
  request: DeployRequest,
  settings: DeploySettings,
  options: DeployOptions = {},
): Promise<DeployOutcome> {
  const { clock } = door.tools;
  for (const pause of LOCK_PAUSES) {
    const outcome = await deployOnce(door, request, settings, options);
    if (!isLocked(outcome) || options.signal?.aborted) return outcome;
    await clock.sleep(withJitter(pause, clock), options.signal);
    if (options.signal?.aborted) return outcome;
    await options.onSendingAgain?.();
  }
  return deployOnce(door, request, settings, options);
}

const LOCKED = /UNABLE_TO_LOCK_ROW|unable to obtain exclusive access/;

function isLocked(outcome: DeployOutcome): boolean {
  if (outcome.status !== 'failed') return false;
  const { message, failures } = outcome;
  const problems = [...(message === undefined ? [] : [message]), ...failures.map(({ problem }) => problem)];
  return problems.length > 0 && problems.every((problem) => LOCKED.test(problem));
}

async function deployOnce(
  door: Door,
  request: DeployRequest,
  settings: DeploySettings,
  { signal, onProgress, onAccepted }: DeployOptions,
): Promise<DeployOutcome> {
  const zip = await pack(request);
  const call = { apiVersion: request.apiVersion, signal, protocol: 'rest' } as const;
  const id = await send(door, request, zip, call);
  await onAccepted?.(id);
  let result: DeployStatus;
  try {
    result = await untilOver(door, id, request.apiVersion, settings, { signal, onProgress });
  } catch (error) {
    if (!isOrgError(error)) throw error;
    const canceled = error.kind === 'aborted' && settings.cancelOnAbort ? await cancel(door, id, request) : undefined;
    throw unfinished(id, request, error, canceled);
  }
  return toOutcome(id, result, request, door.redact);
}

/**
 * How a deploy that was sent before stands; with `wait`, once it is over. Sends nothing.
 * @throws OrgError where the org does not say.
 */
export async function followDeploy(
  door: Door,
  { id, apiVersion, wait }: { readonly id: string; readonly apiVersion: number; readonly wait: boolean },
  settings: DeploySettings,
  options: Omit<DeployOptions, 'onAccepted' | 'onSendingAgain'> = {},
): Promise<DeployStanding> {
  try {
    const { signal } = options;
    const call = { what: `ask about deploy ${id}`, apiVersion, signal, protocol: 'rest' } as const;
    // Whether the org knows it is one question that a wait would ask again and again.
    const now = await readStatus(door, id, { ...call, mode: 'read' });
    if (!now.isOver && !wait) return { status: 'running', word: now.status };
    const result = now.isOver ? now : await untilOver(door, id, apiVersion, settings, options);
    return { status: endOf(id, result), word: result.status };
  } catch (error) {
    if (!isOrgError(error) || !UNKNOWN_ID.has(error.errorCode ?? '')) throw error;
    const queue = await readRunningDeploys(door, apiVersion, options.signal ? { signal: options.signal } : {});
    if ('ids' in queue && queue.ids.some((each) => sameId(each, id))) throw error;
    return { status: 'gone', word: error.message };
  }
}

/**
 * Salesforce's own words for an id that it has no deploy of. A bare 404 is not among them: it is the answer of a proxy, or
 * of a maintenance page, and says nothing about a deploy that may run.
 */
const UNKNOWN_ID = new Set(['NOT_FOUND', 'INVALID_ID_FIELD', 'INVALID_CROSS_REFERENCE_KEY']);

function endOf(id: string, result: DeployStatus): DeployStanding['status'] {
  try {
    return toOutcome(id, result, { checkOnly: result.checkOnly ?? false }, (text) => text).status;
  } catch {
    return 'unclear';
  }
}

/** With details from the first time on: the answer that says "over" then holds the result, too, and cannot be lost later. */
function untilOver(
  door: Door,
  id: string,
  apiVersion: number,
  settings: PollSettings,
  { signal, onProgress }: Omit<DeployOptions, 'onAccepted' | 'onSendingAgain'>,
): Promise<DeployStatus> {
  const call = { what: `ask about deploy ${id}`, apiVersion, signal, protocol: 'rest', mode: 'once' } as const;
  const placeInQueue = queueWatch(door, id, apiVersion, { ...(signal && { signal }) });
  const check = async (): Promise<DeployStatus | undefined> => {
    const status = await readStatus(door, id, call);
    const queued = onProgress && (await placeInQueue(status));
    onProgress?.({
      id,
      status: status.status,
      done: status.numberComponentsDeployed + status.numberComponentErrors,
      total: status.numberComponentsTotal,
      ...(queued && { queued }),
    });
    return status.isOver ? status : undefined;
  };
  return poll({ check, job: 'deploy', id, settings, clock: door.tools.clock, signal, tolerates });
}

/** Looks at a deploy that was accepted, and that one odd answer does not end. */
const LOOKS = 4;

/**
 * The deploy goes on whatever a status request is answered, so that a refusal or an answer without sense is no news about
 * it: it is looked up again, a few times. An expired session is another matter, nothing here brings it back.
 */
const tolerates = (error: OrgError, inARow: number): boolean =>
  isTransient(error) || ((error.kind === 'refused' || error.kind === 'answer') && inARow < LOOKS);

/** The package as a zip, within the limits that the org would otherwise enforce after the upload. */
async function pack({ files }: DeployRequest): Promise<Buffer> {
  const refuse = (problem: string): OrgError =>
    new OrgError('refused', `The package cannot be deployed: ${problem}`, 'deploy fewer apps at a time', {
      errorCode: 'LIMIT_EXCEEDED',
    });
  if (!files.has('package.xml')) throw refuse('it has no package.xml');
  if (files.size > MAX_FILES) throw refuse(`it has ${files.size} files; the limit is ${MAX_FILES}`);
  const zip = await writeZip(files);
  if (zip.length > MAX_BYTES) throw refuse(`its zip has ${zip.length} bytes; the limit is ${MAX_BYTES}`);
  return zip;
}

async function send(
  door: Door,
  { checkOnly, ignoreWarnings }: DeployRequest,
  zip: Buffer,
  call: Pick<Call, 'apiVersion' | 'signal' | 'protocol'>,
): Promise<string> {
  const what = checkOnly ? 'start the validation' : 'start the deploy';
  // No testLevel: packages without Apex then run no tests, in production too.
  const options = { rollbackOnError: true, singlePackage: true, checkOnly, ignoreWarnings: ignoreWarnings === true };
  const inDoubt = (error: OrgError): OrgError => doubtful(error, checkOnly);
  const answer: unknown = await door.call({ ...call, what, mode: 'write', inDoubt }, (api) =>
    // What jsforce returns resolves to the job that was queued, not to its result.
    Promise.resolve(api.metadata.deployRest(zip, options)),
  );
  const job = Job.safeParse(answer);
  if (job.success) return job.data.id;
  throw doubtful(new OrgError('answer', `Could not ${what}: the answer names no deploy`, ''), checkOnly);
}

function doubtful(error: OrgError, checkOnly: boolean): OrgError {
  const refusal = checkOnly
    ? 'Nothing was changed: it was a validation.'
    : 'It is not known whether the org received the package, so it was not sent again.';
  return new OrgError(
    error.kind,
    `${error.message}. ${refusal}`,
    'check Setup, Deployment Status, wait until nothing is running there, then plan again',
    { errorCode: error.errorCode, inDoubt: !checkOnly },
  );
}

async function readStatus(door: Door, id: string, call: Call): Promise<DeployStatus> {
  const answer: unknown = await door.call(call, (api) => api.metadata.checkDeployStatus(id, true, true));
  const status = DeployStatus.safeParse(answer);
  const refuse = (problem: string): OrgError =>
    new OrgError('answer', `Could not ${call.what}: ${problem}`, 'try again later');
  if (!status.success) throw refuse('the answer is not a deploy status');
  // What a proxy has kept of another deploy says nothing about this one. Not every version names the deploy.
  if (status.data.id !== '' && !sameId(status.data.id, id)) throw refuse('the answer is about another deploy');
  return status.data;
}

async function cancel(door: Door, id: string, { apiVersion }: DeployRequest): Promise<boolean> {
  const what = `cancel deploy ${id}`;
  try {
    await door.call({ what, apiVersion, mode: 'once', protocol: 'rest' }, (api) =>
      api.connection.requestPatch(`/metadata/deployRequest/${id}`, { deployResult: { status: 'Canceling' } }),
    );
    return true;
  } catch {
    return false;
  }
}

function unfinished(
  id: string,
  { checkOnly }: DeployRequest,
  error: OrgError,
  canceled: boolean | undefined,
): OrgError {
  const kind = checkOnly ? 'The validation' : 'The deploy';
  const after =
    canceled === undefined
      ? `${kind} ${id} might still be running in the org or have ended; its outcome is not known here.`
      : canceled
        ? `The org was asked to cancel ${id}; it may have finished before.`
        : `The org was asked to cancel ${id} and did not confirm.`;
  const remedy = `check ${id} in Setup, Deployment Status; when it has ended, plan again`;
  const details = { errorCode: error.errorCode, inDoubt: !checkOnly };
  return new OrgError(error.kind, `${error.message}. ${after}`, remedy, details);
}
