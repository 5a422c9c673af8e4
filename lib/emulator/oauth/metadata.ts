import { type HttpRequest, looksLikeJwt, type OrgContext, sessionOfToken } from '../context';
import { grantOfAccessToken, sameApp, usageOf } from '../usage/grants';
import type { Grant } from '../usage/state';
import { clientOf, type OauthClient, secretFits } from './client';
import { credentialsOf } from './credentials';

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
  return { body: mine ? described(context, client, grant, token) : { active: false } };
}

const ofRefreshToken = (context: OrgContext, token: string): Grant | undefined =>
  usageOf(context.state()).grants.find(({ refreshToken }) => refreshToken === token);

function described(context: OrgContext, client: OauthClient, grant: Grant, token: string): object {
  const user = context.state().users.find(({ id }) => id === grant.userId);
  const isAccess = grant.accessTokens.includes(token);
  if (user === undefined || (isAccess && sessionOfToken(context, token) === undefined)) return { active: false };
  const { expires, scopes } = grant.sessions?.[token] ?? { scopes: grant.scopes };
  return {
    active: true,
    scope: (scopes ?? []).join(' '),
    client_id: client.key,
    username: user.username,
    sub: `${context.url()}/id/${context.state().orgId}/${user.id}`,
    token_type: isAccess ? (looksLikeJwt(token) ? 'jwt' : 'access_token') : 'refresh_token',
    ...(expires !== undefined && { exp: Math.floor(Date.parse(expires) / 1000) }),
  };
}
