import { readZip } from '../../metadata/package/zip';
import { type OrgContext, type Refusal, refuse } from '../context';
import type { EmulatorFault } from '../faults';
import type { OrgUser } from '../state';
import type { ChangeEnvironment } from './change';
import type { DeployJob, DeployRequest } from './jobs';
import { type DeployOptions, type RawOptions, readOptions } from './options';
import { reduceDeploy } from './reduce';

/** 39 MB: the largest zip of a deploy or retrieve. */
const MAX_ZIP_BYTES = 39 * 1024 * 1024;
/** Files in one deploy or retrieve. */
export const MAX_FILES = 10_000;
/** Bytes a deploy zip may unpack to. */
const MAX_UNPACKED_BYTES = 629_145_600;
/** A validation may be quick-deployed for ten days. */
const VALIDATION_MS = 10 * 24 * 60 * 60 * 1000;

/** What a change needs besides org and request. */
export const environmentOf = (context: OrgContext, user: OrgUser | undefined): ChangeEnvironment => ({
  now: context.now(),
  mint: context.mint,
  switches: context.switches,
  seeding: false,
  user,
});

/** Queues a deploy. A bad zip makes the job fail; bad options refuse the call. */
export async function startDeploy(
  context: OrgContext,
  user: OrgUser | undefined,
  zip: Buffer,
  raw: RawOptions,
): Promise<DeployJob | Refusal> {
  const read = readOptions(raw, context.state(), context.switches);
  if (!read.ok) return refuse(read.code, read.message);
  if (zip.length > MAX_ZIP_BYTES) {
    return refuse('LIMIT_EXCEEDED', `The zip has ${zip.length} bytes, more than the ${MAX_ZIP_BYTES} allowed`);
  }
  const unpacked = await readZip(zip, { maxFiles: MAX_FILES, maxBytes: MAX_UNPACKED_BYTES });
  return context.deploys.add({
    user,
    options: read.options,
    zipSize: zip.length,
    files: unpacked.ok ? unpacked.value : new Map<string, string>(),
    ...(unpacked.ok ? {} : { failure: { code: zipCode(unpacked.error), message: unpacked.error } }),
    ...cancellation(context, user),
    run: runner(context, user, context.faults.takeInner('deploy', 'deploy-fails')),
  });
}

/** By an administrator who is not the sender, where the org has one. */
function cancellation(context: OrgContext, sender: OrgUser | undefined): Pick<DeployRequest, 'canceled'> {
  const fault = context.faults.takeInner('deploy', 'canceled');
  if (fault === undefined) return {};
  const by = context.state().users.find(({ id, active }) => active && id !== sender?.id) ?? sender;
  return { canceled: { while: fault.while, by } };
}

const zipCode = (problem: string): string => (/ more than /.test(problem) ? 'LIMIT_EXCEEDED' : 'UNKNOWN_EXCEPTION');

type DeployFails = Extract<EmulatorFault, { kind: 'deploy-fails' }>;

const runner = (context: OrgContext, user: OrgUser | undefined, fault: DeployFails | undefined): DeployJob['run'] => {
  return (job) => {
    const env: ChangeEnvironment = {
      ...environmentOf(context, user),
      sabotage: ({ type, fullName }) =>
        (fault?.fullName === fullName || fault?.fullName === '*') && (fault.type ?? type.manifest) === type.manifest
          ? (fault.problem ?? 'UNKNOWN_EXCEPTION: An unexpected error occurred (fault injected by the emulator)')
          : undefined,
    };
    const { org, ...outcome } = reduceDeploy(context.state(), job.files, job.options, env);
    if (org !== context.state()) context.commit(org, user);
    return outcome;
  };
};

/** Deploys what a recent validation has checked. */
export function startQuickDeploy(
  context: OrgContext,
  user: OrgUser | undefined,
  validationId: string,
): DeployJob | Refusal {
  const validation = context.deploys.find(validationId);
  const eligible =
    validation !== undefined &&
    validation.options.checkOnly &&
    validation.status === 'Succeeded' &&
    Date.parse(context.now()) - Date.parse(validation.createdDate) < VALIDATION_MS;
  if (!eligible) return refuse('INVALID_ID_FIELD', `${validationId} is no recent successful validation`, 404);
  const options: DeployOptions = { ...validation.options, checkOnly: false };
  return context.deploys.add({
    user,
    options,
    zipSize: validation.zipSize,
    files: validation.files,
    run: runner(context, user, undefined),
  });
}
