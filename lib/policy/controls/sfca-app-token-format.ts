import { SCOPES_WITH_JWT } from '../../declaration/scopes-need-jwt';
import { ALL_KINDS, appControl, BOTH_PLATFORMS, fail, notApplicable, pass } from '../define';
import { band } from '../severity';

/** Scopes that open pages of the org, which takes an opaque access token. */
const SCOPES_OF_PAGES: readonly string[] = ['Content', 'CustomApplications', 'Lightning', 'Web'];

export const control = appControl({
  id: 'SFCA-APP-TOKEN-FORMAT',
  title: 'The format of access tokens fits the scopes',
  finding: 'A scope does not work with access tokens of this format',
  appliesTo: BOTH_PLATFORMS,
  kinds: ALL_KINDS,
  recommended:
    'Issue JWT-based access tokens to clients of hosted MCP servers and of the Salesforce API Platform, and opaque ones to clients that open pages of the org.',
  risk: 'The login succeeds and every call is refused. A fix made in haste seldom changes only the format.',
  threat: 'To make the client work, someone adds scopes one by one, and Full is the last of them.',
  cvss: band('medium', 'ours'),
  remedy: {
    code: 'set accessTokens: AccessTokens.jwt() or AccessTokens.opaque(…) as the scopes require, or remove the scope; the two kinds of scopes belong in two apps',
    setup: {
      'external-client-app':
        'Setup > External Client App Manager > (app) > Settings > OAuth Settings > Security > ' +
        'Issue JSON Web Token (JWT)-based access tokens for named users',
      'connected-app':
        'Setup > App Manager > (app) > Edit > API (Enable OAuth Settings) > ' +
        'Issue JSON Web Token (JWT)-based access tokens for named users',
    },
  },
  source: 'Salesforce Help: Access Tokens; Agent API Developer Guide; Salesforce Hosted MCP Servers',
  considerations: {
    risk: 'Nothing is exposed by the mismatch itself.',
    business:
      'The format is one setting for the whole app: clients that need the other format have to move to their own app first.',
  },
  exemptable: true,
  reads: ['scopes', 'jwtAccessTokens'],
  judge: ({ scopes = [], jwtAccessTokens }, { app }) => {
    const withJwt = scopes.filter((scope) => SCOPES_WITH_JWT.includes(scope));
    const ofPages = scopes.filter((scope) => SCOPES_OF_PAGES.includes(scope));
    if (app.platform === 'connected-app' && withJwt.includes('MCP')) {
      return fail('Hosted MCP servers do not support Connected Apps, so the scope MCP has no effect.', {
        offenders: ['MCP'],
      });
    }
    const [needed, format] = jwtAccessTokens === true ? [ofPages, 'JWT-based'] : [withJwt, 'opaque'];
    if (needed.length > 0) {
      return fail(
        `The app issues ${format} access tokens, which are refused where ${needed.join(', ')} ${needed.length === 1 ? 'is' : 'are'} used.`,
        { offenders: needed },
      );
    }
    return withJwt.length + ofPages.length === 0
      ? notApplicable('No scope of the app requires a specific format of access tokens.')
      : pass(`The app issues ${format} access tokens, as its scopes need.`);
  },
});
