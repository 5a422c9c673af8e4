import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { holdsCredential } from '../../lib/values/credential';

const der = (key: KeyObject, type: 'pkcs1' | 'pkcs8' | 'sec1'): string =>
  key.export({ format: 'der', type }).toString('base64');
const rsa = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength }).privateKey;
const ec = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve }).privateKey;

describe('what looks like a credential', () => {
  it('is a private key without its lines, of every kind that Node makes', () => {
    const keys = [rsa(1024), rsa(2048), rsa(3072)].flatMap((key) => [der(key, 'pkcs1'), der(key, 'pkcs8')]);
    const curves = ['prime256v1', 'secp384r1', 'secp521r1'].map(ec);
    keys.push(...curves.flatMap((key) => [der(key, 'sec1'), der(key, 'pkcs8')]));
    keys.push(der(generateKeyPairSync('ed25519').privateKey, 'pkcs8'));
    expect(keys.filter((key) => !holdsCredential(`Portal ${key}`))).toEqual([]);
  });

  it('is no public key, no certificate, no hash and no ordinary text', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const folder = join(__dirname, '../../examples/three-orgs/certs');
    const certificate = readFileSync(join(folder, 'order-hub.prod.crt'), 'utf8').replace(/-----.*-----|\s/g, '');
    const texts = [
      publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
      certificate,
      'a'.repeat(64),
      'MIICAQ is where the partner portal lives',
      'https://portal.acme.example/a/long/path/of/a/callback?next=%2Fhome',
    ];
    expect(texts.filter(holdsCredential)).toEqual([]);
  });
});
