import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import { publicKeyDigest } from '../values/certificate';
import type { Clock } from './clock';
import type { Credentials } from './credentials';
import { readPrivateKey, signAssertion } from './jwt-assertion';
import { OrgError } from './org-error';
import type { OwnLogin } from './own-login';
import type { RunProcess } from './run-process';
import { tokenFromSalesforceCli } from './salesforce-cli';
import { type AccessToken, requestToken } from './token';
import type { WireOptions } from './transport';

/** What a login needs from outside. */
export interface LoginTools {
  readonly clock: Clock;
  readonly run: RunProcess;
  readonly wire: Omit<WireOptions, 'signal'>;
}

/** A session, with the app it came through where that is known. */
export interface Session extends AccessToken {
  readonly clientId?: string;
  readonly login?: OwnLogin;
}

/** False where an expired session is the end: nothing is there to get another one with. */
export const isRenewable = (credentials: Credentials): boolean => credentials.kind !== 'access-token';

/** Values that must never leave this folder. */
export function secretsOf(credentials: Credentials): string[] {
  switch (credentials.kind) {
    case 'access-token':
      return [credentials.accessToken];
    case 'jwt-bearer':
      return 'pem' in credentials.privateKey ? [credentials.privateKey.pem] : [];
    case 'client-credentials':
      return [credentials.clientSecret];
    case 'salesforce-cli':
      return [];
  }
}

/** Gets a session. @throws OrgError */
export async function authenticate(
  credentials: Credentials,
  { clock, run, wire }: LoginTools,
  signal?: AbortSignal,
): Promise<Session> {
  switch (credentials.kind) {
    case 'access-token':
      return credentials;
    case 'jwt-bearer': {
      const { clientId, username, audience, loginUrl } = credentials;
      const key = await privateKey(credentials.privateKey);
      const assertion = signAssertion({ clientId, username, audience, key, now: clock.now() });
      const form = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion };
      const login = { way: 'jwt-bearer', username, publicKey: publicKeyOf(key) } as const;
      return { ...(await requestToken(loginUrl, form, [assertion], { ...wire, signal }, clock)), clientId, login };
    }
    case 'client-credentials': {
      const { clientId, clientSecret, loginUrl } = credentials;
      const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
      const login = { way: 'client-credentials' } as const;
      return { ...(await requestToken(loginUrl, form, [clientSecret], { ...wire, signal }, clock)), clientId, login };
    }
    case 'salesforce-cli':
      return tokenFromSalesforceCli(credentials.alias, run, signal);
  }
}

/** Nothing of the private key: what anyone can take from the certificate that belongs to it. */
const publicKeyOf = (key: KeyObject): string => publicKeyDigest(createPublicKey(key));

async function privateKey(from: Extract<Credentials, { kind: 'jwt-bearer' }>['privateKey']) {
  if ('pem' in from) return readPrivateKey(from.pem, from.variable ?? 'The private key');
  const variable = from.variable === undefined ? '' : ` (${from.variable})`;
  let pem: string;
  try {
    pem = await readFile(from.file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    const message = `The private key file ${from.file}${variable} cannot be read: ${code}`;
    throw new OrgError('login', message, 'give the path of a readable PEM file');
  }
  return readPrivateKey(pem, `The file ${from.file}`);
}
