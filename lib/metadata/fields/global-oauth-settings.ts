import { CONSUMER } from '../../values/metadata-types';
import { appReference, certificate, type ComponentType, flag, integer, lines, record, text } from './field';

/** Who notices that an ID token says less. */
export const ID_TOKEN_IMPACT = {
  audience: { onChange: { level: 'breaks', who: 'receivers of ID tokens that expect an audience no longer listed' } },
  claims: { whenFalse: { level: 'breaks', who: 'clients that read these claims from the ID token' } },
} as const;

const idToken = [
  text('idTokenAudience', 'ID token audiences', { direction: 'change-widens', impact: ID_TOKEN_IMPACT.audience }),
  flag('idTokenIncludeAttributes', 'Include custom attributes', {
    direction: 'true-widens',
    impact: ID_TOKEN_IMPACT.claims,
  }),
  flag('idTokenIncludeCustomPermissions', 'Include custom permissions', {
    since: 61,
    direction: 'true-widens',
    impact: ID_TOKEN_IMPACT.claims,
  }),
  flag('idTokenIncludeStandardClaims', 'Include standard claims', {
    direction: 'true-widens',
    impact: ID_TOKEN_IMPACT.claims,
  }),
  integer('idTokenValidityInMinutes', 'Token valid for (minutes)', { default: 2, direction: 'growing-widens' }),
];

/** The OAuth consumer of an External Client App: key, certificate, callback URLs, flow switches. */
export const globalOauthSettings: ComponentType = {
  name: CONSUMER,
  directory: 'extlClntAppGlobalOauthSets',
  suffix: 'ecaGlblOauth',
  since: 59,
  title: 'OAuth consumer (global OAuth settings)',
  fields: [
    appReference,
    lines('callbackUrl', 'Callback URL', {
      impact: { onChange: { level: 'breaks', who: 'clients that redirect to a URL no longer listed' } },
    }),
    certificate('certificate', 'Use digital signatures: certificate', {
      since: 60,
      direction: 'change-widens',
      writeOnly: true,
      impact: { onChange: { level: 'breaks', who: 'clients that sign with the key of the previous certificate' } },
    }),
    text('consumerKey', 'Consumer key', { role: 'server' }),
    text('consumerSecret', 'Consumer secret', { role: 'secret' }),
    record('idTokenConfig', 'ID token', idToken),
    flag('isClientCredentialsFlowEnabled', 'Enable Client Credentials Flow', {
      since: 60,
      direction: 'true-widens',
      impact: { whenFalse: { level: 'breaks', who: 'clients that use the client credentials flow' } },
    }),
    flag('isCodeCredFlowEnabled', 'Enable Authorization Code and Credentials Flow', {
      since: 61,
      direction: 'true-widens',
      impact: { whenFalse: { level: 'breaks', who: 'clients that log users in headlessly' } },
    }),
    flag('isCodeCredPostOnly', 'Require user credentials in the POST body', {
      since: 61,
      direction: 'true-narrows',
      impact: { whenTrue: { level: 'breaks', who: 'clients that send user credentials in a header or query string' } },
    }),
    flag('isConsumerSecretOptional', 'Secret optional in the web server flow', {
      direction: 'true-widens',
      impact: { whenFalse: { level: 'breaks', who: 'clients that send no secret in the web server flow' } },
    }),
    flag('isDPopEnabled', 'Enable DPoP', {
      since: 68,
      direction: 'undocumented',
      impact: {
        whenTrue: { level: 'unknown', who: 'clients that send no DPoP proof' },
        whenFalse: { level: 'unknown', who: 'clients that use DPoP-bound tokens' },
      },
    }),
    flag('isDeviceFlowEnabled', 'Enable Device Flow', {
      since: 60,
      direction: 'true-widens',
      impact: { whenFalse: { level: 'breaks', who: 'clients that use the device flow' } },
    }),
    flag('isEnforceRefreshTokenTTL', 'Limit idle refresh token TTL to 30 days', {
      since: 67,
      direction: 'true-narrows',
      serverWins: true,
      impact: { whenTrue: { level: 'reauthorize', who: 'clients that do not use their refresh token for 30 days' } },
    }),
    flag('isIntrospectAllTokens', 'Introspect all tokens', {
      direction: 'true-widens',
      impact: { whenFalse: { level: 'breaks', who: "clients that introspect other apps' tokens" } },
    }),
    flag('isMtlsEnabled', 'Enable mutual TLS', {
      since: 68,
      direction: 'undocumented',
      impact: {
        whenTrue: { level: 'unknown', who: 'clients that present no certificate' },
        whenFalse: { level: 'unknown', who: 'clients that sign in with a certificate' },
      },
    }),
    flag('isNamedUserJwtEnabled', 'Issue JWT-based access tokens for named users', {
      since: 61,
      impact: {
        whenTrue: { level: 'breaks', who: 'clients that call SOAP APIs before version 68' },
        whenFalse: {
          level: 'breaks',
          who: 'clients of hosted MCP servers, of the Agent, Models, Testing and Tableau Next APIs, and clients that read the access token as a JWT',
        },
      },
    }),
    flag('isPkceRequired', 'Require Proof Key for Code Exchange (PKCE)', {
      default: true,
      direction: 'true-narrows',
      serverWins: true,
      impact: { whenTrue: { level: 'breaks', who: 'clients that send no code_challenge' } },
    }),
    flag('isRefreshTokenRotationEnabled', 'Enable Refresh Token Rotation', {
      since: 60,
      direction: 'true-narrows',
      serverWins: true,
      impact: { whenTrue: { level: 'breaks', who: 'clients that keep using a refresh token after it was exchanged' } },
    }),
    flag('isSecretRequiredForRefreshToken', 'Require secret for Refresh Token Flow', {
      default: true,
      direction: 'true-narrows',
      impact: {
        whenTrue: {
          level: 'breaks',
          who: 'clients that send no secret in the refresh token flow or the hybrid app refresh flow',
        },
      },
    }),
    flag('isSecretRequiredForTokenExchange', 'Require secret for Token Exchange Flow', {
      since: 60,
      direction: 'true-narrows',
      impact: { whenTrue: { level: 'breaks', who: 'clients that send no secret in the token exchange flow' } },
    }),
    flag('isTokenExchangeEnabled', 'Enable Token Exchange Flow', {
      since: 60,
      direction: 'true-widens',
      impact: { whenFalse: { level: 'breaks', who: 'clients that use the token exchange flow' } },
    }),
    text('label', 'Label'),
    flag('shouldRotateConsumerKey', 'Rotate the consumer key now', { role: 'command' }),
    flag('shouldRotateConsumerSecret', 'Rotate the consumer secret now', { role: 'command' }),
  ],
};
