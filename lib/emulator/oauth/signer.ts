import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** Signs what the org states about itself: access tokens that are JWTs, and ID tokens. */
export interface Signer {
  sign(claims: object): string;
  /** The public key, as `/id/keys` shows it. */
  jwk(): object;
}

/** A signer with a key of its own, which is made at the first need and lives as long as the process. */
export function createSigner(): Signer {
  let made: { readonly privateKey: KeyObject; readonly publicKey: KeyObject } | undefined;
  const pair = (): NonNullable<typeof made> => (made ??= generateKeyPairSync('rsa', { modulusLength: 2048 }));
  const kid = (): string => {
    const { n } = pair().publicKey.export({ format: 'jwk' });
    return `EMULATOR-${createHash('sha256')
      .update(n ?? '')
      .digest('hex')
      .slice(0, 8)}`;
  };
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return {
    sign: (claims) => {
      const signed = `${encode({ alg: 'RS256', typ: 'JWT', kid: kid() })}.${encode(claims)}`;
      return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), pair().privateKey).toString('base64url')}`;
    },
    jwk: () => ({ ...pair().publicKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: kid() }),
  };
}
