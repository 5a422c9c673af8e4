// What the certificate library needs to be loaded before it.
import 'reflect-metadata';

import { webcrypto } from 'node:crypto';

import {
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

const KEY = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY = 86_400_000;

/** Certificate and key of one process; they live as long as it does. */
export interface ServerIdentity {
  readonly certificatePem: string;
  readonly keyPem: string;
  /** DER in base64 without padding, as the handshake wants it. */
  readonly handshake: string;
}

/**
 * A self-signed certificate for `localhost`, good for both ends of mutual TLS.
 * @param now In milliseconds.
 */
export async function createIdentity(now: number): Promise<ServerIdentity> {
  const crypto = webcrypto;
  cryptoProvider.set('node', crypto as never);
  const keys = await crypto.subtle.generateKey(KEY, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: Buffer.from(crypto.getRandomValues(new Uint8Array(16)))
      .toString('hex')
      .replace(/^[89a-f]/, '1'),
    name: 'CN=localhost',
    // A little in the past: clocks of one machine agree, those of a container may not quite.
    notBefore: new Date(now - 30_000),
    notAfter: new Date(now + 30 * DAY),
    signingAlgorithm: KEY,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new SubjectAlternativeNameExtension([{ type: 'dns', value: 'localhost' }]),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth, ExtendedKeyUsage.clientAuth]),
    ],
  });
  const key = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  const body = key.replace(/(.{64})/g, '$1\n');
  return {
    certificatePem: certificate.toString('pem'),
    keyPem: `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----\n`,
    handshake: Buffer.from(certificate.rawData).toString('base64').replace(/=+$/, ''),
  };
}
