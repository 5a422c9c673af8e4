import { sameId } from '../../values/record-id';
import { isRefusal, type Refusal, refuse } from '../context';
import { GLOBAL } from '../schema/types';
import { componentOf, consumersOf, headerOf } from '../state';
import { usageOf, withoutGrants } from '../usage/grants';
import type { Grant } from '../usage/state';
import { ok, type RestCall, type RestHandler, type Route } from './route';

const missing = (what: string): Refusal => refuse('NOT_FOUND', `The requested resource does not exist: ${what}`, 404);

/** The org switch that may guard these resources, too. */
function refusedAccess({ context }: RestCall): Refusal | undefined {
  const state = context.state();
  const settings = componentOf(state, 'ExternalClientAppSettings', 'ExternalClientApp')?.fields;
  const closed =
    context.switches.oauthUsageNeedsSecretAccess && settings?.['enableClientSecretInRestApiAccess'] !== true;
  return closed
    ? refuse('FUNCTIONALITY_NOT_ENABLED', 'This feature is not currently enabled for this organization.', 403)
    : undefined;
}

const url = ({ version }: RestCall, path: string): string => `/services/data/v${version.toFixed(1)}/apps/oauth/${path}`;

/** A page of a list; the address of the next is given with every page, the last one included. */
function pageOf<T>(call: RestCall, path: string, all: readonly T[]) {
  const size = Number(call.request.query.get('pageSize') ?? 100);
  const page = Number(call.request.query.get('page') ?? 0);
  const address = (number: number): string => `${url(call, path)}?page=${number}&pageSize=${size}`;
  return {
    rows: all.slice(page * size, (page + 1) * size),
    currentPageUrl: address(page),
    nextPageUrl: address(page + 1),
  };
}

/** Apps that have OAuth usage; the emulator counts every external client app with a consumer. */
const usage: RestHandler = (call) => {
  const refused = refusedAccess(call);
  if (refused) return refused;
  const state = call.context.state();
  const apps = consumersOf(state).flatMap(({ type, app }) => {
    const header = type === GLOBAL ? headerOf(state, app) : undefined;
    return header === undefined
      ? []
      : [{ developerName: app, identifier: header.id, label: header.fields['label'] ?? app }];
  });
  const { rows, ...pages } = pageOf(call, 'usage', apps);
  return ok({ apps: rows, ...pages });
};

/** The app that the path names, by its identifier. */
function appOf(call: RestCall): { readonly id: string; readonly name: string } | Refusal {
  const refused = refusedAccess(call);
  if (refused) return refused;
  const [wanted = ''] = call.parts;
  const state = call.context.state();
  const found = consumersOf(state).find(
    ({ type, app }) => type === GLOBAL && sameId(headerOf(state, app)?.id ?? '', wanted),
  );
  return found === undefined ? missing(wanted) : { id: headerOf(state, found.app)?.id ?? '', name: found.app };
}

const grantsOf = (call: RestCall, app: string): readonly Grant[] =>
  usageOf(call.context.state()).grants.filter(
    (grant) => grant.app.kind === 'external-client-app' && grant.app.name === app,
  );

const users: RestHandler = (call) => {
  const app = appOf(call);
  if (isRefusal(app)) return app;
  const state = call.context.state();
  const ids = [...new Set(grantsOf(call, app.name).map(({ userId }) => userId))];
  const all = ids.map((id) => ({
    userIdentifier: id,
    username: state.users.find((user) => user.id === id)?.username ?? '',
  }));
  const { rows, ...pages } = pageOf(call, `usage/${app.id}/users`, all);
  return ok({ users: rows, ...pages });
};

const ofUser = (call: RestCall, app: string): readonly Grant[] =>
  grantsOf(call, app).filter(({ userId }) => sameId(userId, call.parts[1] ?? ''));

const tokens: RestHandler = (call) => {
  const app = appOf(call);
  if (isRefusal(app)) return app;
  const state = call.context.state();
  return ok({
    tokens: ofUser(call, app.name).map((grant) => ({
      accessTokenFormat: grant.accessTokens.some((token) => token.startsWith('eyJ')) ? 'JWT' : 'Opaque',
      appDeveloperName: app.name,
      appIdentifier: app.id,
      initialConnectionAt: grant.createdDate,
      lastUsedAt: grant.lastUsedDate,
      revocationUrl: url(call, `usage/tokens/${grant.id}`),
      useCount: grant.useCount,
      userIdentifier: grant.userId,
      username: state.users.find(({ id }) => id === grant.userId)?.username,
    })),
  });
};

function end(call: RestCall, gone: readonly Grant[]): { readonly status: number } {
  const { context } = call;
  if (gone.length > 0) context.commit(withoutGrants(context.state(), ({ id }) => gone.some((one) => one.id === id)));
  return { status: 204 };
}

const endApp: RestHandler = (call) => {
  const app = appOf(call);
  return isRefusal(app) ? app : end(call, grantsOf(call, app.name));
};

const endUser: RestHandler = (call) => {
  const app = appOf(call);
  return isRefusal(app) ? app : end(call, ofUser(call, app.name));
};

const endToken: RestHandler = (call) => {
  const refused = refusedAccess(call);
  if (refused) return refused;
  const [id = ''] = call.parts;
  const found = usageOf(call.context.state()).grants.find(
    (grant) => grant.app.kind === 'external-client-app' && sameId(grant.id, id),
  );
  return found === undefined ? missing(id) : end(call, [found]);
};

const route = (method: Route['method'], path: string, operation: string, handle: RestHandler): Route => ({
  method,
  pattern: new RegExp(`^/apps/oauth/${path}$`),
  versioned: true,
  login: true,
  operation,
  handle,
});

export const USAGE_ROUTES: readonly Route[] = [
  route('GET', 'usage', 'usage', usage),
  route('DELETE', 'usage/tokens/(\\w+)', 'deleteToken', endToken),
  route('GET', 'usage/(\\w+)/users', 'usageUsers', users),
  route('GET', 'usage/(\\w+)/(\\w+)/tokens', 'usageTokens', tokens),
  route('DELETE', 'usage/(\\w+)/(\\w+)/tokens', 'deleteTokens', endUser),
  route('DELETE', 'usage/(\\w+)/tokens', 'deleteTokens', endApp),
];
