import { ALL_KINDS, appControl, lowRisk, pass } from '../define';
import { band } from '../severity';

export const control = appControl({
  id: 'SFCA-ECA-JWT-ACCESS-TOKENS',
  title: 'Access tokens are JSON Web Tokens',
  finding: 'Access tokens are opaque',
  salesforceControl: 'External Client Apps: Security: Issue JSON Web Token (JWT)-Based Access Tokens for Named Users',
  appliesTo: ['external-client-app'],
  kinds: ALL_KINDS,
  recommended: 'Consider JWT-based access tokens for clients that use REST only.',
  risk: 'An opaque token says nothing about its scopes and expiry, so only Salesforce can check it.',
  threat: 'A service behind the client accepts a token that it has no way to check.',
  cvss: band('low', 'ours'),
  contradiction:
    'The title requires JWTs everywhere. SOAP APIs before version 68 refuse them, and they stay valid where a service checks them without asking Salesforce, so ' +
    'turning them on can stop an integration. This control is advice and never fails.',
  remedy: {
    code: 'set accessTokens: AccessTokens.jwt(), after checking that the client calls no SOAP API',
    setup:
      'Setup > External Client App Manager > (app) > Settings > OAuth Settings > Security > ' +
      'Issue JSON Web Token (JWT)-based access tokens for named users',
  },
  source: 'Salesforce Help, Security Health Review: Security: Issue JWT-Based Access Tokens for Named Users',
  considerations: {
    risk: 'Opaque tokens are not dangerous in themselves; a service that accepts one without asking Salesforce is.',
    business: 'SOAP API before version 68 and pages of the org refuse JWT-based tokens, so clients that use them stop.',
  },
  exemptable: true,
  advisory: true,
  reads: ['jwtAccessTokens'],
  judge: ({ jwtAccessTokens }) =>
    jwtAccessTokens === true
      ? pass('Access tokens are JSON Web Tokens; SOAP APIs before version 68 refuse them.')
      : lowRisk('Access tokens are opaque, which works with every API; JSON Web Tokens would break SOAP clients.'),
});
