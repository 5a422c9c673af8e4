import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What certificates differ in, as arguments of openssl. */
export const WEAK_RSA = ['-newkey', 'rsa:1024', '-sha256'];
export const WITH_MD5 = ['-newkey', 'rsa:2048', '-md5'];
export const WITH_SHA1 = ['-newkey', 'rsa:2048', '-sha1'];
export const EC_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-sha256'];
export const STRONG = ['-newkey', 'rsa:2048', '-sha256'];

/** A self-signed certificate as openssl makes it, valid from now on. */
export function issued(given: readonly string[], days = 30): string {
  const folder = mkdtempSync(join(tmpdir(), 'client-apps-certificate-'));
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const common = ['-nodes', '-subj', '/CN=weak', '-days', String(days), '-keyout', key, '-out', cert];
    execFileSync('openssl', ['req', '-x509', ...given, ...common], { stdio: 'pipe' });
    return readFileSync(cert, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same on one line, as Salesforce keeps it. */
export const issuedBase64 = (given: readonly string[], days?: number): string =>
  issued(given, days).replace(/-----[A-Z ]+-----|\s/g, '');
