import { sign } from 'node:crypto';

import { generate } from 'selfsigned';

/** A self-signed certificate with its key, made for the run. */
export async function makeCertificate(): Promise<{ readonly cert: string; readonly key: string }> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'emulator test' }], {
    keySize: 2048,
    algorithm: 'sha256',
  });
  return { cert, key };
}

/** An assertion of the JWT bearer flow, signed with RSA and SHA-256 whatever `alg` its header names. */
export function signAssertion(claims: object, key: string, alg = 'RS256'): string {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${encode({ alg })}.${encode(claims)}`;
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), key).toString('base64url')}`;
}
