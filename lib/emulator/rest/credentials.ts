import { sameId } from '../../values/record-id';
import { isRefusal, type Refusal, refuse } from '../context';
import { GLOBAL } from '../schema/types';
import {
  componentOf,
  type Consumer,
  consumersOf,
  copyOf,
  headerOf,
  nextId,
  type OauthConsumer,
  put,
  type StagedCredentials,
} from '../state';
import { jsonBody, ok, type RestCall, type RestHandler, type Route } from './route';

/** A replaced or staged set is good for thirty days. */
const STAGED_MS = 30 * 24 * 60 * 60 * 1000;
/** Staging exists since this API version; reading since 60. */
const STAGING_SINCE = 65;

const missing = (what: string): Refusal => refuse('NOT_FOUND', `The requested resource does not exist: ${what}`, 404);

/** The org switch guards every one of these resources. */
function refusedAccess({ context }: RestCall): Refusal | undefined {
  const state = context.state();
  const settings = componentOf(state, 'ExternalClientAppSettings', 'ExternalClientApp')?.fields;
  return settings?.['enableClientSecretInRestApiAccess'] === true
    ? undefined
    : refuse('FUNCTIONALITY_NOT_ENABLED', 'This feature is not currently enabled for this organization.', 403);
}

/** The consumers of an external client app, found by its name or record id. */
function consumersFor(call: RestCall): readonly OauthConsumer[] | Refusal {
  const refused = refusedAccess(call);
  if (refused) return refused;
  const [app = ''] = call.parts;
  const state = call.context.state();
  const found = consumersOf(state).filter(
    (one) => one.type === GLOBAL && (one.app === app || sameId(headerOf(state, one.app)?.id ?? '', app)),
  );
  return found.length > 0 ? found : missing(app);
}

function consumerFor(call: RestCall): OauthConsumer | Refusal {
  const found = consumersFor(call);
  if (isRefusal(found)) return found;
  const id = call.parts[1] ?? '';
  return found.find(({ consumer }) => sameId(consumer.id, id)) ?? missing(id);
}

function urlOf(call: RestCall, { consumer }: OauthConsumer): string {
  return `/services/data/v${call.version.toFixed(1)}/apps/oauth/credentials/${call.parts[0] ?? ''}/${consumer.id}`;
}

const summary = (call: RestCall, found: OauthConsumer): object => ({
  id: found.consumer.id,
  key: found.consumer.key,
  name: found.component.fullName,
  url: urlOf(call, found),
  ...(call.version >= STAGING_SINCE ? { stagedCredentialsUrl: `${urlOf(call, found)}/staged` } : {}),
});

const listConsumers: RestHandler = (call) => {
  const found = consumersFor(call);
  return isRefusal(found) ? found : ok({ consumers: found.map((one) => summary(call, one)) });
};

const readConsumer: RestHandler = (call) => {
  const found = consumerFor(call);
  if (isRefusal(found)) return found;
  const part = call.request.query.get('part') ?? 'key';
  if (!['key', 'secret', 'keyandsecret'].includes(part)) return refuse('INVALID_FIELD', `part can't be ${part}`);
  return ok({
    ...summary(call, found),
    ...(part === 'secret' ? { key: undefined } : {}),
    ...(part === 'key' ? {} : { secret: found.consumer.secret }),
  });
};

const stagedView = (call: RestCall, found: OauthConsumer, { id, ...staged }: StagedCredentials): object => ({
  id,
  ...staged,
  createdBy: call.user?.id,
  url: `${urlOf(call, found)}/staged/${id}`,
  stagedCredentialsUrl: `${urlOf(call, found)}/staged`,
});

/** Keeps a changed consumer. */
function keep(
  { context, user }: RestCall,
  { component, type }: OauthConsumer,
  consumer: Consumer,
  nextIdUsed?: number,
): void {
  const draft = copyOf(context.state());
  if (nextIdUsed !== undefined) draft.nextId = nextIdUsed;
  put(draft, type, { ...component, consumer });
  context.commit(draft, user);
}

const listStaged: RestHandler = (call) => {
  const found = consumerFor(call);
  if (isRefusal(found)) return found;
  const { staged } = found.consumer;
  return ok({ stagedCredentials: staged === undefined ? [] : [stagedView(call, found, staged)] });
};

const stage: RestHandler = (call) => {
  const found = consumerFor(call);
  if (isRefusal(found)) return found;
  if (found.consumer.staged !== undefined) {
    return refuse('LIMIT_EXCEEDED', 'A consumer can have only one set of staged credentials');
  }
  const { context } = call;
  const draft = copyOf(context.state());
  const createdDate = context.now();
  const staged: StagedCredentials = {
    id: nextId(draft, '0sC'),
    key: context.mint.consumerKey(),
    secret: context.mint.consumerSecret(),
    state: 'Active',
    createdDate,
    expirationDate: new Date(Date.parse(createdDate) + STAGED_MS).toISOString(),
  };
  keep(call, found, { ...found.consumer, staged }, draft.nextId);
  const view = stagedView(call, found, staged);
  return ok(context.switches.stagingAnswersOne ? view : { stagedCredentials: [view] }, 201);
};

/** The staged set a path names. */
function stagedFor(call: RestCall): { readonly found: OauthConsumer; readonly staged: StagedCredentials } | Refusal {
  const found = consumerFor(call);
  if (isRefusal(found)) return found;
  const { staged } = found.consumer;
  const id = call.parts[2] ?? '';
  return staged !== undefined && sameId(staged.id, id) ? { found, staged } : missing(id);
}

const readStaged: RestHandler = (call) => {
  const one = stagedFor(call);
  return isRefusal(one) ? one : ok(stagedView(call, one.found, one.staged));
};

/** The staged set takes over; the one before sits in its place, still valid. */
const rotate: RestHandler = (call) => {
  const one = stagedFor(call);
  if (isRefusal(one)) return one;
  if (jsonBody(call.request)?.['command'] !== 'rotate') {
    return refuse('INVALID_FIELD', 'Only {"command":"rotate"} can be patched');
  }
  const { found, staged } = one;
  if (staged.state !== 'Active') return refuse('INVALID_OPERATION', `The staged credentials are ${staged.state}`);
  const before: StagedCredentials = {
    ...staged,
    key: found.consumer.key,
    secret: found.consumer.secret,
    state: 'Rotated',
    expirationDate: new Date(Date.parse(call.context.now()) + STAGED_MS).toISOString(),
  };
  keep(call, found, { id: found.consumer.id, key: staged.key, secret: staged.secret, staged: before });
  return ok(stagedView(call, found, before));
};

const drop: RestHandler = (call) => {
  const one = stagedFor(call);
  if (isRefusal(one)) return one;
  const { id, key, secret } = one.found.consumer;
  keep(call, one.found, { id, key, secret });
  return { status: 204 };
};

const route = (method: Route['method'], path: string, operation: string, handle: RestHandler, since = 60): Route => ({
  method,
  pattern: new RegExp(`^/apps/oauth/${path}$`),
  versioned: true,
  login: true,
  operation,
  handle: (call) => (call.version < since ? missing(path) : handle(call)),
});

export const CREDENTIAL_ROUTES: readonly Route[] = [
  route('GET', 'credentials/(\\w+)', 'credentials', listConsumers),
  route('GET', 'credentials/(\\w+)/(\\w+)', 'credentials', readConsumer),
  route('GET', 'credentials/(\\w+)/(\\w+)/staged', 'staged', listStaged, STAGING_SINCE),
  route('POST', 'credentials/(\\w+)/(\\w+)/staged', 'stage', stage, STAGING_SINCE),
  route('GET', 'credentials/(\\w+)/(\\w+)/staged/(\\w+)', 'staged', readStaged, STAGING_SINCE),
  route('PATCH', 'credentials/(\\w+)/(\\w+)/staged/(\\w+)', 'rotate', rotate, STAGING_SINCE),
  route('DELETE', 'credentials/(\\w+)/(\\w+)/staged/(\\w+)', 'deleteStaged', drop, STAGING_SINCE),
];
