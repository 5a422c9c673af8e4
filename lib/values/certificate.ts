import { createHash, X509Certificate } from 'node:crypto';

import { fail, ok, type Result } from './result';

const BRAND = Symbol.for('cdktf-salesforce-client-apps/Certificate');

/**
 * A public X.509 certificate, as Salesforce stores it for the JWT bearer flow. The private key never belongs here:
 * anything that contains one is refused and never repeated in the message.
 */
export class Certificate {
  /** DER in base64, on one line: the form the Metadata API stores. */
  readonly base64: string;
  /** Lower-case hexadecimal SHA-256 of the DER bytes. */
  readonly fingerprint: string;
  /** Distinguished name of the holder, on one line. */
  readonly subject: string;
  /** First and last moment of validity, ISO 8601. */
  readonly notBefore: string;
  readonly notAfter: string;

  private constructor(der: Buffer, parsed: X509Certificate) {
    this.base64 = der.toString('base64');
    this.fingerprint = createHash('sha256').update(der).digest('hex');
    this.subject = parsed.subject.replaceAll('\n', ', ');
    this.notBefore = new Date(parsed.validFrom).toISOString();
    this.notAfter = new Date(parsed.validTo).toISOString();
    Object.defineProperty(this, BRAND, { value: true });
  }

  /**
   * Reads PEM text, or the base64 body without its BEGIN and END lines.
   * Fails on a private key, on anything that is not one certificate, and on a chain (Salesforce takes one).
   */
  static parse(text: string): Result<Certificate, string> {
    if (/PRIVATE KEY/.test(text)) {
      return fail('this is a private key, which must never leave the client; give the certificate (the .crt file)');
    }
    const blocks = text.match(/-----BEGIN [A-Z0-9 ]+-----/g) ?? [];
    if (blocks.length > 1) return fail(`there are ${blocks.length} PEM blocks; give exactly one certificate`);
    if (blocks[0] !== undefined && !/BEGIN (X509 |TRUSTED )?CERTIFICATE-----/.test(blocks[0])) {
      return fail(`this is a PEM block of another kind (${blocks[0]}); give a certificate`);
    }
    const body = text.replace(/-----(BEGIN|END) [A-Z0-9 ]+-----/g, '').replace(/\s+/g, '');
    if (body === '') return fail('the certificate is empty');
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(body)) return fail('the certificate is not base64 text');
    const der = Buffer.from(body, 'base64');
    try {
      const parsed = new X509Certificate(der);
      return ok(new Certificate(parsed.raw, parsed));
    } catch {
      return fail('the text is not an X.509 certificate');
    }
  }

  /** True for a Certificate, whichever copy of this package made it. */
  static is(value: unknown): value is Certificate {
    return typeof value === 'object' && value !== null && BRAND in value;
  }
}

/** SHA-256 of certificate text as the org returned it, or undefined where it is no certificate. */
export function fingerprintOf(text: string): string | undefined {
  const parsed = Certificate.parse(text);
  return parsed.ok ? parsed.value.fingerprint : undefined;
}
