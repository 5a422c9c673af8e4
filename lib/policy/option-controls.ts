/**
 * The controls that the justification of an option excuses: those that the option's insecure position breaks. Where an
 * option has a secure and an insecure position, nothing else of the app is excused by it.
 */
export const OPTION_CONTROLS: Readonly<Record<string, readonly string[] | undefined>> = {
  clientCredentials: [
    'SFCA-ECA-CLIENT-CREDENTIALS',
    'SFCA-CA-CLIENT-CREDENTIALS',
    // A machine that may use client credentials needs no certificate.
    'SFCA-ECA-JWT-BEARER',
    'SFCA-CA-DIGITAL-SIGNATURES',
  ],
  'codeAndCredentials.postBodyOnly': ['SFCA-APP-CODE-CREDENTIALS-POST-BODY'],
  deviceFlow: ['SFCA-ECA-DEVICE-FLOW', 'SFCA-CA-DEVICE-FLOW'],
  introspectAllTokens: ['SFCA-APP-INTROSPECTION'],
  ipRelaxation: ['SFCA-ECA-IP-RELAXATION', 'SFCA-CA-IP-RELAXATION'],
  pkce: ['SFCA-ECA-PKCE', 'SFCA-CA-PKCE'],
  refreshTokenRotation: ['SFCA-ECA-ROTATION', 'SFCA-CA-ROTATION'],
  refreshTokens: ['SFCA-APP-REFRESH-LIFETIME'],
  requiredSessionLevel: ['SFCA-ECA-SESSION-LEVEL'],
  tokenExchange: ['SFCA-APP-TOKEN-EXCHANGE'],
};
