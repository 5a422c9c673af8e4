import { generateCodeVerifier, OAuth2Client } from '@badgateway/oauth2-client';

import { browse, careless, org, use } from './client.mjs';

const client = new OAuth2Client({
  server: org.loginUrl,
  clientId: org.clientId,
  ...(org.clientSecret !== undefined && !careless.has('no-secret') && { clientSecret: org.clientSecret }),
  authenticationMethod: 'client_secret_post',
  authorizationEndpoint: '/services/oauth2/authorize',
  tokenEndpoint: '/services/oauth2/token',
});

await use({
  login: async () => {
    const codeVerifier = careless.has('no-pkce') ? undefined : await generateCodeVerifier();
    const redirectUri = org.callbackUrl;
    const url = await client.authorizationCode.getAuthorizeUri({ redirectUri, codeVerifier });
    const tokens = await client.authorizationCode.getTokenFromCodeRedirect(await browse(url), {
      redirectUri,
      codeVerifier,
    });
    return { access: tokens.accessToken, refresh: tokens.refreshToken ?? undefined };
  },
  refresh: async (refreshToken) => {
    const tokens = await client.refreshToken({ accessToken: '', expiresAt: null, refreshToken });
    return { access: tokens.accessToken, refresh: tokens.refreshToken ?? undefined };
  },
});
