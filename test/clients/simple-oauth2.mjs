import { createHash, randomBytes } from 'node:crypto';
import { AuthorizationCode } from 'simple-oauth2';

import { browse, careless, org, use } from './client.mjs';

const client = new AuthorizationCode({
  client: { id: org.clientId, secret: org.clientSecret },
  auth: {
    tokenHost: org.loginUrl,
    tokenPath: '/services/oauth2/token',
    authorizePath: '/services/oauth2/authorize',
  },
  options: { authorizationMethod: 'body' },
});

await use({
  login: async () => {
    // The library knows no PKCE; it passes on what it is given.
    const verifier = randomBytes(32).toString('base64url');
    const challenge = {
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    };
    const pkce = !careless.has('no-pkce');
    const url = client.authorizeURL({ redirect_uri: org.callbackUrl, ...(pkce && challenge) });
    const { searchParams } = await browse(url);
    const code = searchParams.get('code');
    if (code === null) throw new Error(searchParams.get('error_description'));
    const { token } = await client.getToken({
      code,
      redirect_uri: org.callbackUrl,
      ...(pkce && { code_verifier: verifier }),
    });
    return { access: token.access_token, refresh: token.refresh_token };
  },
  refresh: async (refreshToken) => {
    const { token } = await client.createToken({ refresh_token: refreshToken }).refresh();
    return { access: token.access_token, refresh: token.refresh_token };
  },
});
