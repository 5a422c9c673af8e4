import { isRefusal, type OrgContext, refuse } from '../context';
import type { DeployJob } from '../deploy/jobs';
import { deployResult, isDone } from '../deploy/result';
import { startDeploy, startQuickDeploy } from '../deploy/start';
import { childOf, result, textIn } from './envelope';
import { type SoapAnswer, type SoapOperation, unknownJob } from './operation';

/** deploy(ZipFile, DeployOptions) */
export const deploy: SoapOperation = async ({ context, user, operation }) => {
  const raw: Record<string, string | readonly string[]> = {};
  const runTests: string[] = [];
  for (const option of childOf(operation, 'DeployOptions')?.children ?? []) {
    const text = option.text.trim();
    if (option.name === 'runTests') runTests.push(text);
    else raw[option.name] = text;
  }
  if (runTests.length > 0) raw['runTests'] = runTests;
  const zip = textIn(operation, 'ZipFile');
  if (zip === undefined || zip === '') return refuse('INVALID_FIELD', 'ZipFile is missing');
  const job = await startDeploy(context, user, Buffer.from(zip, 'base64'), raw);
  return isRefusal(job) ? job : queued(job);
};

const queued = (job: DeployJob): SoapAnswer => [result({ done: false, id: job.id, state: 'Queued' })];

/** checkDeployStatus(asyncProcessId, includeDetails) */
export const checkDeployStatus: SoapOperation = ({ context, operation }) => {
  const id = textIn(operation, 'asyncProcessId');
  const seen = context.deploys.poll(id ?? '');
  if (seen === undefined) return unknownJob('deploy', id);
  const withDetails = textIn(operation, 'includeDetails') === 'true';
  const status = deployResult(seen.job, seen.status, withDetails);
  // The schema wants the element in every answer; unasked there is nothing in it.
  return [result(withDetails ? status : { ...status, details: {} })];
};

/** cancelDeploy(String): jsforce calls the parameter `id`. */
export const cancelDeploy: SoapOperation = ({ context, user, operation }) => {
  const id = textIn(operation, 'String') ?? textIn(operation, 'id') ?? '';
  const problem = context.deploys.cancel(id, user);
  return problem ? refuse(problem.code, problem.message) : [result({ done: true, id })];
};

/** deployRecentValidation(validationId) answers the new id as a bare string. */
export const deployRecentValidation: SoapOperation = ({ context, user, operation }) => {
  const job = startQuickDeploy(context, user, textIn(operation, 'validationId') ?? '');
  return isRefusal(job) ? job : [{ name: 'result', text: job.id }];
};

/** checkStatus(asyncProcessId[]): the old call for jobs of both kinds. */
export const checkStatus: SoapOperation = ({ context, operation }) => {
  const ids = operation.children.filter(({ name }) => name === 'asyncProcessId').map(({ text }) => text.trim());
  const states = ids.map((id) => ({ id, ...stateOf(context, id) }));
  const unknown = states.find(({ state }) => state === undefined);
  if (unknown) return unknownJob('deploy', unknown.id);
  return states.map(({ id, state, done }) => result({ done, id, state }));
};

function stateOf(context: OrgContext, id: string): { readonly done?: boolean; readonly state?: string } {
  const deployed = context.deploys.poll(id);
  if (deployed) {
    const done = isDone(deployed.status);
    const failed = deployed.status === 'Failed' || deployed.status === 'Canceled';
    return { done, state: done ? (failed ? 'Error' : 'Completed') : 'InProgress' };
  }
  const retrieved = context.retrieves.poll(id);
  if (retrieved === undefined) return {};
  const done = retrieved.polls > context.switches.unfinishedPolls;
  return { done, state: done ? 'Completed' : 'InProgress' };
}
