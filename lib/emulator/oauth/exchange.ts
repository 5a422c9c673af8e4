import type { HttpRequest, OrgContext } from '../context';
import { type Fields, recordsOf, textOf } from '../fields';
import { componentsOf, type OrgState, type OrgUser } from '../state';
import { failed, type TokenAnswer } from './answer';
import { approvedFor, clientOf, type OauthClient, scopesOf, secretFits } from './client';
import { credentialsOf } from './credentials';

export const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:';

/** The field by which a handler says that it takes tokens of this type; the platform’s own spelling ends in capitals. */
const SUPPORTED: Readonly<Record<string, string>> = {
  access_token: 'isAccessTokenSupported',
  refresh_token: 'isRefreshTokenSupported',
  id_token: 'isIdTokenSupported',
  saml2: 'isSaml2Supported',
  jwt: 'isJwtSupported',
};

/** Trades the token of another issuer for one of the org, as the app’s handler decides. */
export function tokenExchange(context: OrgContext, form: URLSearchParams, request: HttpRequest): TokenAnswer {
  // An actor makes it the asset token flow, which shares the grant type.
  if (form.has('actor_token')) return failed('unsupported_grant_type', 'grant type not supported');
  const { id, secret } = credentialsOf(form, request);
  const org = context.state();
  const client = clientOf(org, id, context.switches);
  if (client === undefined) return failed('invalid_client_id', 'client identifier invalid');
  if (!client.enabled) return failed('invalid_client', 'the external client app is blocked');
  const { enabled, secretRequired } = client.rules.tokenExchange;
  if (!enabled) return failed('unsupported_grant_type', 'token exchange is not enabled for the app');
  if (!secretFits(client, secret, secretRequired)) return failed('invalid_client', 'invalid client credentials');
  const handler = handlerOf(org, client, form.get('token_handler'));
  if (handler === undefined) return failed('invalid_request', 'no token exchange handler is enabled for the app');
  const type = form.get('subject_token_type') ?? '';
  const supported = type.startsWith(TOKEN_TYPE) ? SUPPORTED[type.slice(TOKEN_TYPE.length).toLowerCase()] : undefined;
  if (supported === undefined || handler[supported] !== true) {
    return failed('invalid_request', 'the subject token type is not supported');
  }
  const user = subjectOf(org, handler, form.get('subject_token') ?? '');
  if (user === undefined) return failed('invalid_grant', 'the subject token is not valid');
  if (client.preAuthorized && !approvedFor(client, user)) {
    return failed('invalid_app_access', 'user is not admin approved to access this app');
  }
  const scopes = scopesOf(client, form.get('scope'));
  return scopes === undefined
    ? failed('invalid_scope', 'the requested scope is not allowed')
    : { client, user, scopes, issuedTokenType: `${TOKEN_TYPE}access_token` };
}

/** The handler of that name, or else the app’s default one: it has to be on, and enabled for the app. */
function handlerOf(org: OrgState, { app }: OauthClient, name: string | null): Fields | undefined {
  const field = app.kind === 'connected-app' ? 'connectedApp' : 'externalClientApp';
  return componentsOf(org, 'OauthTokenExchangeHandler').find(({ fullName, fields }) => {
    const enabled = recordsOf(fields, 'enablements').find((one) => textOf(one, field) === app.name);
    if (fields['isEnabled'] !== true || enabled === undefined) return false;
    return name === null ? enabled['isDefault'] === true : fullName === name;
  })?.fields;
}

/** The active user whom the Apex class would find; none is made, whatever the handler may create. */
function subjectOf(org: OrgState, handler: Fields, token: string): OrgUser | undefined {
  const code = org.apexClasses?.find(({ name, status }) => status === 'Active' && name === handler['tokenHandlerApex']);
  const subjects = new Map(Object.entries(code?.subjects ?? {}));
  const username = subjects.get(token);
  return org.users.find((user) => user.active && user.site !== 'guest' && user.username === username);
}
