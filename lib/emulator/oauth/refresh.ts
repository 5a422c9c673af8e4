import type { OrgContext } from '../context';
import { sameApp, usageOf } from '../usage/grants';
import { approvedFor, clientOf, type OauthClient } from './client';
import { failed, same, type TokenAnswer } from './answer';

/** What an uninstalled app may do: its own org decides, and the emulator takes the usual scopes for it. */
function uninstalledClient(context: OrgContext, key: string): OauthClient | undefined {
  const found = usageOf(context.state()).uninstalledApps.find(({ consumerKey }) => consumerKey === key);
  return (
    found && {
      app: { kind: 'uninstalled', name: found.label },
      key,
      secrets: [],
      certificate: undefined,
      scopes: ['Api', 'RefreshToken'],
      enabled: true,
      issuesJwt: false,
      clientCredentials: false,
      runAs: undefined,
      preAuthorized: false,
      permissionSets: [],
      profiles: [],
    }
  );
}

/** Trades a refresh token for an access token. Refresh tokens come from the seed, and are not rotated. */
export function refresh(context: OrgContext, form: URLSearchParams): TokenAnswer {
  const key = form.get('client_id') ?? '';
  const client = clientOf(context.state(), key, context.switches) ?? uninstalledClient(context, key);
  if (client === undefined) return failed('invalid_client_id', 'client identifier invalid');
  const secret = form.get('client_secret');
  // A secret that is sent is looked at even where none is demanded.
  if (secret !== null && !client.secrets.some((known) => same(known, secret))) {
    return failed('invalid_client', 'invalid client credentials');
  }
  const grant = usageOf(context.state()).grants.find(
    ({ refreshToken, app }) => refreshToken === form.get('refresh_token') && sameApp(app, client.app),
  );
  if (grant?.refreshToken === undefined) return failed('invalid_grant', 'expired access/refresh token');
  if (!client.enabled) return failed('invalid_client', 'the external client app is blocked');
  const user = context.state().users.find(({ id, active }) => id === grant.userId && active);
  if (user === undefined) return failed('invalid_grant', 'inactive user');
  const { approvalCheckedAtRefresh: checked } = context.switches;
  if (checked && client.preAuthorized && !approvedFor(client, user)) {
    return failed('invalid_grant', 'user is not admin approved to access this app');
  }
  return { client, user, renewed: grant };
}
