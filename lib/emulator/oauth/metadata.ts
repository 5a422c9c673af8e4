import { type HttpRequest, looksLikeJwt, type OrgContext, sessionOfToken } from '../context';
import { CONNECTED_APP, GLOBAL } from '../schema/types';
import { consumersOf } from '../state';
import { grantOfAccessToken, sameApp, usageOf } from '../usage/grants';
import type { Grant } from '../usage/state';
import { clientOf, type OauthClient, secretFits } from './client';
import { credentialsOf } from './credentials';
import { isOver } from './refresh';

/** What `/.well-known/openid-configuration` says. */
export function discovery(context: OrgContext): object {
  const at = (path: string): string => context.url() + path;
  return {
    issuer: context.url(),
    authorization_endpoint: at('/services/oauth2/authorize'),
    token_endpoint: at('/services/oauth2/token'),
    revocation_endpoint: at('/services/oauth2/revoke'),
    userinfo_endpoint: at('/services/oauth2/userinfo'),
    introspection_endpoint: at('/services/oauth2/introspect'),
    end_session_endpoint: at('/services/auth/idp/oidc/logout'),
    frontchannel_logout_supported: true,
    jwks_uri: at('/id/keys'),
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic', 'none'],
    code_challenge_methods_supported: ['S256'],
  };
}

type Introspection = { readonly body: object } | { readonly error: 'invalid_client'; readonly description: string };

/** What the org knows of a token: one of the client’s own, or any where the app may see them all. */
export function introspect(context: OrgContext, form: URLSearchParams, request: HttpRequest): Introspection {
  const { id, secret } = credentialsOf(form, request);
  const client = clientOf(context.state(), id, context.switches);
  if (client === undefined || !secretFits(client, secret, true)) {
    return { error: 'invalid_client', description: 'invalid client credentials' };
  }
  const token = form.get('token') ?? '';
  const grant = grantOfAccessToken(context.state(), token) ?? ofRefreshToken(context, token);
  const mine = grant !== undefined && (client.rules.introspectsAll || sameApp(grant.app, client.app));
  return { body: mine ? described(context, grant, token) : { active: false } };
}

const ofRefreshToken = (context: OrgContext, token: string): Grant | undefined =>
  usageOf(context.state()).grants.find(({ refreshToken }) => refreshToken === token);

/** The app that was given the token; undefined for one whose record is in another org. */
function holderOf(context: OrgContext, { app }: Grant): OauthClient | undefined {
  const state = context.state();
  const key = consumersOf(state).find(({ type, app: name }) => sameApp(app, { kind: KIND[type], name }))?.consumer.key;
  return key === undefined ? undefined : clientOf(state, key, context.switches);
}

const KIND = { [GLOBAL]: 'external-client-app', [CONNECTED_APP]: 'connected-app' } as const;

function described(context: OrgContext, grant: Grant, token: string): object {
  const user = context.state().users.find(({ id, active }) => active && id === grant.userId);
  const holder = holderOf(context, grant);
  const isAccess = grant.accessTokens.includes(token);
  const lives = isAccess
    ? sessionOfToken(context, token) !== undefined
    : holder === undefined || !isOver(grant, holder.rules, context.now());
  if (user === undefined || !lives) return { active: false };
  const { expires, scopes } = grant.sessions?.[token] ?? { scopes: grant.scopes };
  return {
    active: true,
    scope: (scopes ?? []).join(' '),
    ...(holder && { client_id: holder.key }),
    username: user.username,
    sub: `${context.url()}/id/${context.state().orgId}/${user.id}`,
    token_type: isAccess ? (looksLikeJwt(token) ? 'jwt' : 'access_token') : 'refresh_token',
    ...(expires !== undefined && { exp: Math.floor(Date.parse(expires) / 1000) }),
  };
}
