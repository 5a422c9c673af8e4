import * as oauth from 'openid-client';

import { browse, careless, org, use } from './client.mjs';

const issuer = new URL(org.loginUrl);
const proof =
  org.clientSecret === undefined || careless.has('no-secret') ? oauth.None() : oauth.ClientSecretPost(org.clientSecret);
const config = await oauth.discovery(issuer, org.clientId, undefined, proof, {
  execute: [oauth.allowInsecureRequests],
});

await use({
  login: async () => {
    const pkceCodeVerifier = oauth.randomPKCECodeVerifier();
    const challenge = await oauth.calculatePKCECodeChallenge(pkceCodeVerifier);
    const expectedState = oauth.randomState();
    const url = oauth.buildAuthorizationUrl(config, {
      redirect_uri: org.callbackUrl,
      state: expectedState,
      ...(!careless.has('no-pkce') && { code_challenge: challenge, code_challenge_method: 'S256' }),
    });
    const tokens = await oauth.authorizationCodeGrant(config, await browse(url), { pkceCodeVerifier, expectedState });
    return { access: tokens.access_token, refresh: tokens.refresh_token };
  },
  refresh: async (token) => {
    const tokens = await oauth.refreshTokenGrant(config, token);
    return { access: tokens.access_token, refresh: tokens.refresh_token };
  },
});
