import { CodeChallengeMethod, generateCodeVerifier, generateState, OAuth2Client } from 'arctic';

import { browse, careless, org, use } from './client.mjs';

const at = (name) => `${org.loginUrl}/services/oauth2/${name}`;
const client = new OAuth2Client(
  org.clientId,
  careless.has('no-secret') ? null : (org.clientSecret ?? null),
  org.callbackUrl,
);
const read = (tokens) => ({
  access: tokens.accessToken(),
  refresh: tokens.hasRefreshToken() ? tokens.refreshToken() : undefined,
});

await use({
  login: async () => {
    const verifier = careless.has('no-pkce') ? null : generateCodeVerifier();
    const url = verifier
      ? client.createAuthorizationURLWithPKCE(at('authorize'), generateState(), CodeChallengeMethod.S256, verifier, [])
      : client.createAuthorizationURL(at('authorize'), generateState(), []);
    const { searchParams } = await browse(url);
    const code = searchParams.get('code');
    if (code === null) throw new Error(searchParams.get('error_description'));
    return read(await client.validateAuthorizationCode(at('token'), code, verifier));
  },
  refresh: async (token) => read(await client.refreshAccessToken(at('token'), token, [])),
});
