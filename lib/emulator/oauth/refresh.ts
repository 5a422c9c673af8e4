import type { HttpRequest, OrgContext } from '../context';
import { sameApp, usageOf, withoutGrants } from '../usage/grants';
import type { Grant } from '../usage/state';
import { IP_RESTRICTED, isOutside } from './address';
import { failed, type TokenAnswer } from './answer';
import { approvedFor, clientOf, type OauthClient, secretFits } from './client';
import { addressOf, credentialsOf } from './credentials';
import type { ClientRules } from './rules';

/** Of an app whose record is in another org. */
const UNKNOWN_RULES: ClientRules = {
  callbackUrls: [],
  pkceRequired: false,
  secretRequired: false,
  secretRequiredAtRefresh: false,
  rotatesRefreshTokens: false,
  refreshTokens: {},
  accessTokenMs: 7_200_000,
  introspectsAll: false,
  idToken: { audiences: [], ms: 120_000 },
  headless: { enabled: false, postOnly: false, guests: false },
  guestTokenMs: 0,
  // Blocked for apps that no one installed.
  deviceFlow: false,
  tokenExchange: { enabled: false, secretRequired: false },
  admits: () => true,
  loginRanges: 'nowhere',
};

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
      rules: UNKNOWN_RULES,
    }
  );
}

/** Trades a refresh token for an access token, and for another refresh token where the app rotates them. */
export function refresh(context: OrgContext, form: URLSearchParams, request: HttpRequest): TokenAnswer {
  const { id, secret } = credentialsOf(form, request);
  const client = clientOf(context.state(), id, context.switches) ?? uninstalledClient(context, id);
  if (client === undefined) return failed('invalid_client_id', 'client identifier invalid');
  if (!secretFits(client, secret, client.rules.secretRequiredAtRefresh)) {
    return failed('invalid_client', 'invalid client credentials');
  }
  const token = form.get('refresh_token') ?? '';
  const held = usageOf(context.state()).grants.filter(({ app }) => sameApp(app, client.app));
  const stolen = held.find(({ rotatedOut }) => rotatedOut?.includes(token));
  if (stolen !== undefined) context.commit(withoutGrants(context.state(), (grant) => grant.id === stolen.id));
  const grant = held.find(({ refreshToken }) => refreshToken === token);
  if (grant === undefined || isOver(grant, client.rules, context.now())) {
    return failed('invalid_grant', 'expired access/refresh token');
  }
  if (!client.enabled) return failed('invalid_client', 'the external client app is blocked');
  if (!client.rules.admits(addressOf(request))) return IP_RESTRICTED;
  const user = context.state().users.find(({ id: one, active }) => one === grant.userId && active);
  if (user === undefined) return failed('invalid_grant', 'inactive user');
  const bound = client.rules.loginRanges === 'everywhere';
  if (bound && isOutside(context.state(), user, addressOf(request))) return IP_RESTRICTED;
  const { approvalCheckedAtRefresh: checked } = context.switches;
  if (checked && client.preAuthorized && !approvedFor(client, user)) {
    return failed('invalid_grant', 'user is not admin approved to access this app');
  }
  return { client, user, renewed: grant };
}

/** True where the policy of the app has ended the refresh token by now. */
export function isOver(grant: Grant, { refreshTokens: { sinceIssue, sinceUse } }: ClientRules, now: string): boolean {
  const age = (since: string): number => Date.parse(now) - Date.parse(since);
  return (
    (sinceIssue !== undefined && age(grant.createdDate) >= sinceIssue) ||
    (sinceUse !== undefined && age(grant.lastUsedDate ?? grant.createdDate) >= sinceUse)
  );
}
