import { createPrivateKey, type KeyObject, sign } from 'node:crypto';

import { OrgError } from './org-error';

/** Salesforce accepts assertions that expire at most about three minutes ahead. */
const LIFETIME_SECONDS = 150;

/**
 * The private key of a PEM text, as it may come from an environment variable: line feeds written `\n` are accepted.
 * @throws OrgError `login` for anything but an unencrypted RSA key of at least 2048 bits.
 */
export function readPrivateKey(text: string, source: string): KeyObject {
  const pem = text.replaceAll('\\n', '\n').trim();
  const refuse = (problem: string): OrgError =>
    new OrgError('login', `${source} ${problem}`, 'docs/bootstrap.md shows how to create a key and its certificate');
  if (pem.includes('BEGIN CERTIFICATE'))
    throw refuse('holds a certificate; the private key that belongs to it is needed');
  if (/ENCRYPTED/.test(pem)) throw refuse('holds an encrypted private key; give the key without a passphrase');
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    throw refuse('holds no private key in PEM format'); // OpenSSL's message may quote what it could not read
  }
  if (key.asymmetricKeyType !== 'rsa') throw refuse('holds no RSA key, the only kind that Salesforce documents');
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < 2048) throw refuse(`holds an RSA key of ${bits} bits; at least 2048 are needed`);
  return key;
}

/** A JWT bearer assertion (RFC 7523) signed with RS256, valid for two and a half minutes. */
export function signAssertion(input: {
  readonly clientId: string;
  readonly username: string;
  readonly audience: string;
  readonly key: KeyObject;
  /** Milliseconds since the epoch. */
  readonly now: number;
}): string {
  const claims = {
    iss: input.clientId,
    sub: input.username,
    aud: input.audience,
    exp: Math.floor(input.now / 1000) + LIFETIME_SECONDS,
  };
  const signed = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed, 'utf8'), input.key).toString('base64url')}`;
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');
