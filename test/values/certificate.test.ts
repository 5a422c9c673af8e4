import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { strength } from '../../lib/declaration/check-flows';
import { Certificate } from '../../lib/values/certificate';
import { makeCertificate } from '../emulator/certificate';

/** A self-signed certificate as openssl makes it. */
function issued(...given: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'client-apps-certificate-'));
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const common = ['-nodes', '-subj', '/CN=weak', '-days', '30', '-keyout', key, '-out', cert];
    execFileSync('openssl', ['req', '-x509', ...given, ...common], { stdio: 'pipe' });
    return readFileSync(cert, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function parsed(pem: string): Certificate {
  const result = Certificate.parse(pem);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

describe('the certificate of a machine', () => {
  it.each([
    ['a short RSA key', ['-newkey', 'rsa:1024', '-sha256'], ['error certificate-key-weak']],
    ['MD5', ['-newkey', 'rsa:2048', '-md5'], ['error certificate-hash-broken']],
    ['SHA-1', ['-newkey', 'rsa:2048', '-sha1'], ['warning certificate-hash-broken']],
    [
      'an EC key',
      ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-sha256'],
      ['error certificate-key-unusable'],
    ],
    ['what the guides ask for', ['-newkey', 'rsa:2048', '-sha256'], []],
  ])('is told by its strength: %s', (_, given, codes) => {
    expect(strength(parsed(issued(...given))).map(({ severity, code }) => `${severity} ${code}`)).toEqual(codes);
  });

  it('is found among what openssl prints around it', async () => {
    const { cert } = await makeCertificate();
    const around = `Bag Attributes\n    friendlyName: feed\nsubject=CN = feed\n${cert.trim()}\nCertificate:\n  Data: …\n`;
    expect(parsed(around).base64).toBe(parsed(cert).base64);
  });
});
