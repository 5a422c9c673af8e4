import { verify } from 'node:crypto';

import type { HttpRequest, OrgContext } from '../context';
import { randomText } from '../ids';
import { grants, profileStates } from '../profiles';
import { PERMISSION_SET } from '../schema/types';
import { componentOf, type OrgState, type OrgUser } from '../state';
import { recordIssue } from '../usage/issue';
import { IP_RESTRICTED, isOutside } from './address';
import { failed, type TokenAnswer } from './answer';
import { approvedFor, clientOf, type OauthClient, OFFLINE, runTimeScope, secretFits } from './client';
import { authorizationCode } from './code';
import { addressOf, credentialsOf } from './credentials';
import { askForDevice } from './device';
import { TOKEN_EXCHANGE, tokenExchange } from './exchange';
import { accessJwt, idToken } from './jwt';
import { refresh } from './refresh';

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
/** An assertion may expire at most three minutes from now; ten seconds of clock skew are forgiven. */
const MAX_AHEAD_S = 190;

/** Grants a token, or says why not in Salesforce's words. */
export function grant(context: OrgContext, form: URLSearchParams, request: HttpRequest): TokenAnswer {
  const answer = byFlow(context, form, request);
  return 'error' in answer || isLetIn(context, answer)
    ? answer
    : failed('OAUTH_APP_BLOCKED', 'this app is blocked by admin');
}

/** With API Access Control on, only apps that an administrator approved for the user, and holders of Use Any API Client. */
function isLetIn(context: OrgContext, { client, user }: Granted): boolean {
  const state = context.state();
  const fields = componentOf(state, 'ConnectedAppSettings', 'ConnectedApp')?.fields;
  if (fields?.['enableAdminApprovedAppsOnly'] !== true) return true;
  const isExternal = client.app.kind === 'external-client-app';
  if (isExternal && !context.switches.apiAccessControlBindsExternalClientApps) return true;
  return (client.preAuthorized && approvedFor(client, user)) || usesAnyClient(state, user);
}

/** Administrators have the permission only where their profile says so. */
const usesAnyClient = (state: OrgState, user: OrgUser): boolean =>
  profileStates(state, user.profile, 'UseAnyApiClient') ||
  user.permissionSets.some((name) => grants(componentOf(state, PERMISSION_SET, name)?.fields ?? {}, 'UseAnyApiClient'));

function byFlow(context: OrgContext, form: URLSearchParams, request: HttpRequest): TokenAnswer {
  switch (form.get('grant_type')) {
    case JWT_BEARER:
      return jwtBearer(context, form.get('assertion') ?? '', addressOf(request));
    case 'client_credentials':
      return clientCredentials(context, form, request);
    case 'refresh_token':
      return refresh(context, form, request);
    case 'authorization_code':
      return authorizationCode(context, form, request);
    case 'device':
      return askForDevice(context, form, request);
    case TOKEN_EXCHANGE:
      return tokenExchange(context, form, request);
    default:
      return failed('unsupported_grant_type', 'grant type not supported');
  }
}

interface Claims {
  readonly iss?: unknown;
  readonly sub?: unknown;
  readonly prn?: unknown;
  readonly aud?: unknown;
  readonly exp?: unknown;
  readonly jti?: unknown;
}

function jwtBearer(context: OrgContext, assertion: string, address: string): TokenAnswer {
  const [head = '', body = '', signature = '', ...rest] = assertion.split('.');
  const header = decode(head) as { readonly alg?: unknown } | undefined;
  const claims = decode(body) as Claims | undefined;
  if (header === undefined || claims === undefined || rest.length > 0)
    return failed('invalid_grant', 'invalid assertion');
  const client = clientOf(context.state(), String(claims.iss), context.switches);
  if (client === undefined) return failed('invalid_client_id', 'client identifier invalid');
  const signed = Buffer.from(`${head}.${body}`);
  const keys = [client.certificate?.publicKey, context.standIns.get(client.app.name)];
  const valid =
    header.alg === 'RS256' &&
    client.certificate !== undefined &&
    Date.parse(client.certificate.validTo) > Date.parse(context.now()) &&
    keys.some((key) => key && verify('RSA-SHA256', signed, key, Buffer.from(signature, 'base64url')));
  if (!valid) return failed('invalid_grant', 'invalid assertion');
  if (!client.enabled) return failed('invalid_client', 'the external client app is blocked');
  // A sandbox is never reached by the address of production.
  const sandbox = context.state().sandbox !== undefined;
  const audiences = [
    'https://test.salesforce.com',
    context.url(),
    ...(sandbox ? [] : ['https://login.salesforce.com']),
  ];
  if (!audiences.includes(String(claims.aud).replace(/\/$/, ''))) return failed('invalid_grant', 'audience is invalid');
  const now = Date.parse(context.now()) / 1000;
  const exp = Number(claims.exp);
  if (!(exp > now)) return failed('invalid_grant', 'expired assertion');
  if (context.switches.assertionLifetimeLimited && exp > now + MAX_AHEAD_S)
    return failed('invalid_grant', 'the assertion expires more than 3 minutes from now');
  const username = String(claims.prn ?? claims.sub);
  const user = context.state().users.find((one) => one.username === username && one.active);
  if (user === undefined) return failed('invalid_grant', "user hasn't approved this consumer");
  // Whatever the app says about addresses.
  if (isOutside(context.state(), user, address)) return IP_RESTRICTED;
  if (wasUsed(context, client, claims)) return failed('invalid_grant', 'invalid assertion');
  return approval(client, user);
}

/** True where the assertion names itself, and one of that name was used before and is not over. */
function wasUsed(context: OrgContext, { key }: OauthClient, { jti, exp }: Claims): boolean {
  if (!context.switches.assertionReplayRefused || typeof jti !== 'string') return false;
  const { usedAssertions: used } = context;
  for (const [name, end] of used) if (end <= context.now()) used.delete(name);
  const name = `${key} ${jti}`;
  if (used.has(name)) return true;
  // Some clients sign ends that no date can have.
  const end = new Date(Math.min(Number(exp) * 1000, LAST_MOMENT));
  used.set(name, end.toISOString());
  return false;
}
const LAST_MOMENT = Date.UTC(9999, 0);

function approval(client: OauthClient, user: OrgUser): TokenAnswer {
  if (!client.scopes.some((scope) => scope === 'RefreshToken' || scope === 'OfflineAccess')) {
    return failed(
      'invalid_request',
      'refresh_token scope is required and the connected app should be installed and preauthorized',
    );
  }
  if (!client.preAuthorized) return failed('invalid_grant', "user hasn't approved this consumer");
  if (!approvedFor(client, user)) return failed('invalid_app_access', 'user is not admin approved to access this app');
  const others = client.scopes.filter((scope) => scope !== 'RefreshToken' && scope !== 'OfflineAccess');
  return others.length === 0 ? failed('invalid_scope', 'no valid scopes defined') : { client, user };
}

function clientCredentials(context: OrgContext, form: URLSearchParams, request: HttpRequest): TokenAnswer {
  const { id, secret } = credentialsOf(form, request);
  const client = clientOf(context.state(), id, context.switches);
  if (client === undefined) return failed('invalid_client_id', 'client identifier invalid');
  if (!secretFits(client, secret, true)) return failed('invalid_client', 'invalid client credentials');
  if (!client.enabled) return failed('invalid_client', 'the external client app is blocked');
  if (form.has('scope')) return failed('invalid_request', 'scope parameter not supported');
  const user = context.state().users.find((one) => one.username === client.runAs && one.active);
  if (!client.clientCredentials || user === undefined) {
    return failed('invalid_grant', 'no client credentials user enabled');
  }
  const { approvalCheckedForClientCredentials: checked, loginRangesBindClientCredentials: bound } = context.switches;
  const outside = client.rules.loginRanges !== 'nowhere' && isOutside(context.state(), user, addressOf(request));
  if (bound && outside) return IP_RESTRICTED;
  if (checked && client.preAuthorized && !approvedFor(client, user)) {
    return failed('invalid_app_access', 'user is not admin approved to access this app');
  }
  const valid = client.scopes.some((scope) => !['Full', 'RefreshToken', 'OfflineAccess'].includes(scope));
  return valid ? { client, user } : failed('invalid_scope', 'no valid scopes defined');
}

function decode(text: string): unknown {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

type Granted = Exclude<TokenAnswer, { readonly error: string }>;

/** Issues the tokens and writes the endpoint's answer. */
export function tokenBody(context: OrgContext, granted: Granted, grantType: string, address: string): object {
  const { client, user, renewed } = granted;
  const state = context.state();
  const scopes = granted.scopes ?? renewed?.scopes ?? client.scopes.map(runTimeScope);
  const now = Date.parse(context.now());
  const { visitor, issuedTokenType } = granted;
  const { accessTokenMs, guestTokenMs } = client.rules;
  const expires = new Date(now + (visitor === undefined ? accessTokenMs : guestTokenMs)).toISOString();
  const token = client.issuesJwt
    ? accessJwt(context, user, { clientId: client.key, scopes, expires, ...(visitor !== undefined && { visitor }) })
    : context.mint.token(state.orgId);
  const refreshToken = newRefreshToken(granted, scopes);
  recordIssue(context, client.app, {
    user,
    accessToken: token,
    grantType,
    session: { scopes, expires, address },
    ...(renewed && { renewed }),
    ...(refreshToken !== undefined && { refreshToken, scopes }),
  });
  return {
    access_token: token,
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    ...(granted.login && scopes.includes('openid') && { id_token: idTokenOf(context, granted) }),
    // Flows without a person never list the scope that a refresh token would have.
    scope: scopes.filter((scope) => granted.login === true || scope !== 'refresh_token').join(' '),
    instance_url: context.url(),
    id: `${context.url()}/id/${state.orgId}/${user.id}`,
    token_type: 'Bearer',
    ...(issuedTokenType !== undefined && { issued_token_type: issuedTokenType }),
    issued_at: String(now),
    ...(client.issuesJwt ? { token_format: 'jwt', api_instance_url: context.url() } : {}),
  };
}

/** At a login that asks for one, and in place of the one that was traded in where the app rotates them. */
function newRefreshToken({ client, login, renewed }: Granted, scopes: readonly string[]): string | undefined {
  const due =
    login === true
      ? scopes.some((scope) => OFFLINE.includes(scope))
      : renewed !== undefined && client.rules.rotatesRefreshTokens;
  return due ? `5Aep861EMULATOR.${randomText(64)}` : undefined;
}

function idTokenOf(context: OrgContext, { client, user, nonce }: Granted): string {
  const { audiences, ms } = client.rules.idToken;
  const all = [client.key, ...audiences];
  return idToken(context, user, { audiences: all, ms, ...(nonce !== undefined && { nonce }) });
}
