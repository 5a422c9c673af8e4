import { readFileSync } from 'node:fs';
import { createHash, createPrivateKey, randomBytes, sign } from 'node:crypto';
import jsforce from 'jsforce';

import { browse, careless, org, use } from './client.mjs';

const oauth2 = new jsforce.OAuth2({
  loginUrl: org.loginUrl,
  clientId: org.clientId,
  clientSecret: org.clientSecret,
  redirectUri: org.callbackUrl,
});

/** A machine: an assertion that its own key signs. */
async function assert() {
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: org.clientId, sub: org.username, aud: org.loginUrl, exp: Math.floor(Date.now() / 1000) + 120 };
  const signed = `${encode({ alg: 'RS256' })}.${encode(claims)}`;
  const key = createPrivateKey(readFileSync(org.keyFile));
  const connection = new jsforce.Connection({ loginUrl: org.loginUrl });
  await connection.authorize({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: `${signed}.${sign('RSA-SHA256', Buffer.from(signed), key).toString('base64url')}`,
  });
  return { access: connection.accessToken };
}

async function login() {
  const verifier = randomBytes(32).toString('base64url');
  const pkce = !careless.has('no-pkce');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const url = oauth2.getAuthorizationUrl({ ...(pkce && { code_challenge: challenge, code_challenge_method: 'S256' }) });
  const { searchParams } = await browse(url);
  const code = searchParams.get('code');
  if (code === null) throw new Error(searchParams.get('error_description'));
  const tokens = await oauth2.requestToken(code, pkce ? { code_verifier: verifier } : {});
  return { access: tokens.access_token, refresh: tokens.refresh_token };
}

await use({
  login: org.keyFile === undefined ? login : assert,
  refresh: async (token) => {
    const tokens = await oauth2.refreshToken(token);
    return { access: tokens.access_token, refresh: tokens.refresh_token };
  },
});
