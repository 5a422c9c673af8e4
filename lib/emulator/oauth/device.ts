import { randomInt } from 'node:crypto';

import type { HttpRequest, OrgContext } from '../context';
import { randomText } from '../ids';
import { labelOf } from '../usage/grants';
import { failed, type TokenAnswer } from './answer';
import { type AuthorizeAnswer, letIn, userWith } from './authorize';
import { approvedFor, clientOf, type OauthClient, scopesOf, secretFits } from './client';
import { credentialsOf } from './credentials';
import { connectConsentPage, connectedPage, connectPage, errorPage } from './pages';
import type { WaitingDevice } from './waiting';

const LIFETIME_MS = 10 * 60_000;
const INTERVAL_S = 5;
/** Letters and digits that no one takes for another. */
const READABLE = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

const userCode = (): string => Array.from({ length: 8 }, () => READABLE.charAt(randomInt(READABLE.length))).join('');

type ClientOrError = OauthClient | Extract<TokenAnswer, { readonly error: string }>;

function deviceClient(context: OrgContext, form: URLSearchParams, request: HttpRequest): ClientOrError {
  const { id, secret } = credentialsOf(form, request);
  const client = clientOf(context.state(), id, context.switches);
  if (client === undefined) return refused('invalid_client_id', 'client identifier invalid');
  if (!client.enabled) return refused('invalid_client', 'the external client app is blocked');
  if (!secretFits(client, secret, false)) return refused('invalid_client', 'invalid client credentials');
  return client.rules.deviceFlow ? client : refused('invalid_grant', 'device flow is not enabled for the app');
}

const refused = (error: string, description: string) => ({ error, description, status: 400 });

/** Gives a device its codes: one to ask with, one for the person to type. */
export function startDevice(context: OrgContext, form: URLSearchParams, request: HttpRequest): object {
  const client = deviceClient(context, form, request);
  if ('error' in client) return client;
  const scopes = scopesOf(client, form.get('scope'));
  if (scopes === undefined) return refused('invalid_scope', 'the requested scope is not allowed');
  const code = `EMULATORDEVICE${randomText(60)}`;
  const device: WaitingDevice = {
    clientId: client.key,
    userCode: userCode(),
    scopes,
    expires: later(context, LIFETIME_MS),
  };
  context.devices.set(code, device);
  return {
    device_code: code,
    user_code: device.userCode,
    verification_uri: `${context.url()}/setup/connect`,
    interval: INTERVAL_S,
  };
}

const later = (context: OrgContext, ms: number): string => new Date(Date.parse(context.now()) + ms).toISOString();

/** The answer to a device that asks whether it was let in: the tokens, once. */
export function askForDevice(context: OrgContext, form: URLSearchParams, request: HttpRequest): TokenAnswer {
  const client = deviceClient(context, form, request);
  if ('error' in client) return client;
  const code = form.get('code') ?? '';
  const device = context.devices.get(code);
  if (device === undefined || device.clientId !== client.key) return failed('invalid_grant', 'invalid device code');
  if (device.expires <= context.now()) {
    context.devices.delete(code);
    return failed('invalid_grant', 'expired device code');
  }
  const { lastAsked, decision } = device;
  device.lastAsked = context.now();
  if (lastAsked !== undefined && Date.parse(context.now()) - Date.parse(lastAsked) < INTERVAL_S * 1000) {
    return failed('slow_down', 'the device asks too often');
  }
  if (decision === undefined) return failed('authorization_pending', 'the user has not let the device in yet');
  context.devices.delete(code);
  if (decision === 'denied') return failed('access_denied', 'end-user denied authorization');
  const user = context.state().users.find(({ id, active }) => active && id === decision.userId);
  return user === undefined
    ? failed('invalid_grant', 'inactive user')
    : { client, user, scopes: device.scopes, login: true };
}

const oauthError = (error: string, description: string, status = 403): AuthorizeAnswer => ({
  page: errorPage(error, description),
  status,
});

/** The page where a person types the code of the device: then the login, then the question whether to let it in. */
export function connectDevice(context: OrgContext, given: URLSearchParams): AuthorizeAnswer {
  const typed = given.get('user_code') ?? '';
  if (!given.has('username')) return { page: connectPage(typed), status: 200 };
  const device = [...context.devices.values()].find(
    (one) => one.userCode === typed.trim().toUpperCase() && one.expires > context.now() && one.decision === undefined,
  );
  const client = device && clientOf(context.state(), device.clientId, context.switches);
  if (device === undefined || client?.enabled !== true || !client.rules.deviceFlow) {
    return { page: connectPage(typed, 'The code is not valid, or it has expired.'), status: 200 };
  }
  const user = userWith(context.state(), given.get('username'), given.get('password'));
  if (user === undefined) {
    return { page: connectPage(typed, 'Please check your username and password.'), status: 200 };
  }
  if (client.preAuthorized && !approvedFor(client, user)) {
    return oauthError('OAUTH_APP_ACCESS_DENIED', 'user is not admin approved to access this app');
  }
  const approval = given.get('approval');
  const decided = approval === 'allow' || approval === 'deny' || client.preAuthorized || letIn(context, client, user);
  if (!decided) {
    return { page: connectConsentPage(given, labelOf(context.state(), client.app), device.scopes), status: 200 };
  }
  device.decision = approval === 'deny' ? 'denied' : { userId: user.id };
  return { page: connectedPage(approval === 'deny'), status: 200 };
}
