import * as oauth from 'oauth4webapi';

import { browse, careless, org, use } from './client.mjs';

const insecure = { [oauth.allowInsecureRequests]: true };
const issuer = new URL(org.loginUrl);
const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
const client = { client_id: org.clientId };
const proof = org.clientSecret === undefined ? oauth.None() : oauth.ClientSecretBasic(org.clientSecret);

await use({
  login: async () => {
    const verifier = oauth.generateRandomCodeVerifier();
    const url = new URL(server.authorization_endpoint);
    url.search = new URLSearchParams({
      client_id: org.clientId,
      redirect_uri: org.callbackUrl,
      response_type: 'code',
      ...(!careless.has('no-pkce') && {
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      }),
    }).toString();
    const params = oauth.validateAuthResponse(server, client, await browse(url));
    const answer = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      proof,
      params,
      org.callbackUrl,
      verifier,
      insecure,
    );
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, answer);
    return { access: tokens.access_token, refresh: tokens.refresh_token };
  },
  refresh: async (token) => {
    const answer = await oauth.refreshTokenGrantRequest(server, client, proof, token, insecure);
    const tokens = await oauth.processRefreshTokenResponse(server, client, answer);
    return { access: tokens.access_token, refresh: tokens.refresh_token };
  },
});
