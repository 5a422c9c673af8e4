import { isRefusal, refuse } from '../context';
import type { DeployJob } from '../deploy/jobs';
import type { RawOptions } from '../deploy/options';
import { deployResult, isDone } from '../deploy/result';
import { startDeploy, startQuickDeploy } from '../deploy/start';
import { readMultipart } from './multipart';
import { jsonBody, ok, type RestCall, type RestHandler, type Route } from './route';

/** POST: multipart with options and zip, or the id of a validation to deploy. */
const create: RestHandler = async (call) => {
  const { context, request, parts, user } = call;
  const type = request.headers['content-type'] ?? '';
  const validated = parts[0] ?? jsonBody(request)?.['validatedDeployRequestId'];
  if (typeof validated === 'string') {
    const job = startQuickDeploy(context, user, validated);
    if (isRefusal(job)) return job;
    return ok(
      { id: job.id, validatedDeployRequestId: validated, deployOptions: job.options, url: urlOf(call, job) },
      201,
    );
  }
  const sent = readMultipart(type, request.body);
  if (sent === undefined) {
    return refuse(
      'UNSUPPORTED_MEDIA_TYPE',
      'deployRequest takes multipart/form-data with a JSON part and a zip part',
      415,
    );
  }
  const json = sent.find(({ contentType }) => contentType === 'application/json');
  const zip = sent.find(({ contentType }) => contentType === 'application/zip');
  if (json === undefined || zip === undefined) {
    const missing = json === undefined ? 'application/json' : 'application/zip';
    return refuse(
      'INVALID_MULTIPART_REQUEST',
      `Could not find a part of content type ${missing} in the multipart request`,
    );
  }
  const options = optionsOf(json.content.toString('utf8'));
  if (options === undefined) return refuse('JSON_PARSER_ERROR', 'The JSON part must be {"deployOptions": {…}}');
  const job = await startDeploy(context, user, zip.content, options);
  if (isRefusal(job)) return job;
  return ok(
    { ...answer(call, job, false), deployResult: { ...result(call, job, false), status: 'Pending', done: false } },
    201,
  );
};

function optionsOf(text: string): RawOptions | undefined {
  try {
    const value = JSON.parse(text) as { readonly deployOptions?: unknown } | null;
    const options = value?.deployOptions;
    return typeof options === 'object' && options !== null && !Array.isArray(options)
      ? (options as RawOptions)
      : undefined;
  } catch {
    return undefined;
  }
}

const urlOf = ({ context, version }: RestCall, job: DeployJob): string =>
  `${context.url()}/services/data/v${version.toFixed(1)}/metadata/deployRequest/${job.id}?includeDetails=false`;

function result({ context }: RestCall, job: DeployJob, withDetails: boolean, status = job.status): object {
  const all = deployResult(job, status, withDetails);
  const shown = context.switches.restResultHasId ? all : { ...all, id: undefined };
  // JSON has null where SOAP leaves an element out; JSON.stringify drops what is undefined.
  const unset = isDone(status) ? undefined : null;
  return Object.fromEntries(
    Object.entries(shown).map(([name, value]) => [name, value ?? (name === 'id' ? undefined : unset)]),
  );
}

const answer = (call: RestCall, job: DeployJob, withDetails: boolean, status = job.status): object => ({
  id: job.id,
  url: urlOf(call, job),
  deployResult: result(call, job, withDetails, status),
  deployOptions: job.options,
});

const notFound = (id: string) =>
  refuse('NOT_FOUND', `Provided external ID field does not exist or is not accessible: ${id}`, 404);

const status: RestHandler = (call) => {
  const id = call.parts[0] ?? '';
  const seen = call.context.deploys.poll(id);
  if (seen === undefined) return notFound(id);
  return ok(answer(call, seen.job, call.request.query.get('includeDetails') === 'true', seen.status));
};

const cancel: RestHandler = (call) => {
  const id = call.parts[0] ?? '';
  const wanted = jsonBody(call.request)?.['deployResult'];
  const job = call.context.deploys.find(id);
  if (job === undefined) return notFound(id);
  if ((wanted as { readonly status?: unknown } | undefined)?.status !== 'Canceling') {
    return refuse('INVALID_FIELD', 'Only {"deployResult":{"status":"Canceling"}} can be patched');
  }
  const problem = call.context.deploys.cancel(id, call.user);
  return problem ? refuse(problem.code, problem.message) : ok(answer(call, job, false), 202);
};

const route = (method: Route['method'], pattern: RegExp, operation: string, handle: RestHandler): Route => ({
  method,
  pattern,
  versioned: true,
  login: true,
  operation,
  handle,
});

export const DEPLOY_ROUTES: readonly Route[] = [
  route('POST', /^\/metadata\/deployRequest$/, 'deploy', create),
  route('POST', /^\/metadata\/deployRequest\/(\w+)$/, 'deploy', create),
  route('GET', /^\/metadata\/deployRequest\/(\w+)$/, 'checkDeployStatus', status),
  route('PATCH', /^\/metadata\/deployRequest\/(\w+)$/, 'cancelDeploy', cancel),
];
