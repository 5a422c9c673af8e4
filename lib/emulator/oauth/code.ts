import { createHash } from 'node:crypto';

import type { HttpRequest, OrgContext } from '../context';
import type { OrgUser } from '../state';
import { IP_RESTRICTED } from './address';
import { failed, type TokenAnswer } from './answer';
import type { AuthorizationCode } from './authorization-code';
import { approvedFor, clientOf, type OauthClient, secretFits } from './client';
import { takeCode } from './codes';
import { addressOf, credentialsOf } from './credentials';

/** Trades an authorization code for tokens, once. */
export function authorizationCode(context: OrgContext, form: URLSearchParams, request: HttpRequest): TokenAnswer {
  const { id, secret } = credentialsOf(form, request);
  const client = clientOf(context.state(), id, context.switches);
  if (client === undefined) return failed('invalid_client_id', 'client identifier invalid');
  if (!client.enabled) return failed('invalid_client', 'the external client app is blocked');
  if (!secretFits(client, secret, client.rules.secretRequired)) {
    return failed('invalid_client', 'invalid client credentials');
  }
  if (!client.rules.admits(addressOf(request))) return IP_RESTRICTED;
  const code = takeCode(context, form.get('code') ?? '');
  if (code === undefined) return failed('invalid_grant', 'expired authorization code');
  if (code.clientId !== client.key) return failed('invalid_grant', 'invalid authorization code');
  if (code.redirectUri !== form.get('redirect_uri')) {
    return failed('redirect_uri_mismatch', 'redirect_uri must match configuration');
  }
  const verifier = form.get('code_verifier');
  if (code.challenge !== undefined && (verifier === null || challengeOf(verifier) !== code.challenge)) {
    return failed('invalid_grant', 'invalid code verifier');
  }
  const user = context.state().users.find(({ id: one, active }) => active && one === code.userId);
  if (user === undefined) return failed('invalid_grant', 'inactive user');
  if (code.visitor !== undefined) return ofVisitor(client, user, code, request);
  if (client.preAuthorized && !approvedFor(client, user)) {
    return failed('invalid_app_access', 'user is not admin approved to access this app');
  }
  return { client, user, scopes: code.scopes, ...(code.nonce !== undefined && { nonce: code.nonce }), login: true };
}

/** The client has to say again who the visitor is. */
function ofVisitor(
  client: OauthClient,
  user: OrgUser,
  { scopes, visitor }: AuthorizationCode,
  { headers }: HttpRequest,
): TokenAnswer {
  return headers['auth-request-type']?.toLowerCase() === 'guest' && headers['uvid-hint'] === visitor
    ? { client, user, scopes, ...(visitor !== undefined && { visitor }) }
    : failed('unknown_error', 'retry your request');
}

const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');
