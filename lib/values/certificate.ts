import { createHash, X509Certificate } from 'node:crypto';

import { fail, ok, type Result } from './result';

const BRAND = Symbol.for('cdktf-salesforce-client-apps/Certificate');

const derDigest = (der: Buffer): string => createHash('sha256').update(der).digest('hex');

/** SHA-256 of a public key (SubjectPublicKeyInfo), in hexadecimal. */
export const publicKeyDigest = (key: X509Certificate['publicKey']): string =>
  derDigest(key.export({ type: 'spki', format: 'der' }));

/**
 * A public X.509 certificate, as Salesforce stores it for the JWT bearer flow. The private key never belongs here:
 * anything that contains one is refused and never repeated in the message.
 */
export class Certificate {
  /** DER in base64, on one line: the form the Metadata API stores. */
  readonly base64: string;
  /** Lower-case hexadecimal SHA-256 of the DER bytes. */
  readonly fingerprint: string;
  /** {@link publicKeyDigest} of its key: the same for every certificate of one key. */
  readonly publicKey: string;
  /** Distinguished name of the holder, on one line. */
  readonly subject: string;
  /** First and last moment of validity, ISO 8601. */
  readonly notBefore: string;
  readonly notAfter: string;

  /** The key that the client signs with: `rsa`, `ec`, `ed25519` …; bits of an RSA key. */
  readonly key: { readonly type: string; readonly bits?: number };
  /** Hash of its own signature, where it is one that is broken. */
  readonly brokenHash?: 'MD5' | 'SHA-1';

  private constructor(der: Buffer, parsed: X509Certificate) {
    this.base64 = der.toString('base64');
    this.fingerprint = derDigest(der);
    this.publicKey = publicKeyDigest(parsed.publicKey);
    this.subject = parsed.subject.replaceAll('\n', ', ');
    this.notBefore = new Date(parsed.validFrom).toISOString();
    this.notAfter = new Date(parsed.validTo).toISOString();
    const { asymmetricKeyType: type = 'unknown', asymmetricKeyDetails: details } = parsed.publicKey;
    const bits = details?.modulusLength;
    this.key = { type, ...(bits !== undefined && { bits }) };
    const brokenHash = brokenHashOf(der);
    if (brokenHash) this.brokenHash = brokenHash;
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
    // What openssl prints around the block is for people.
    const [, , block] = text.split(/-----(BEGIN|END) [A-Z0-9 ]+-----/).filter((part) => part !== 'END');
    const body = (blocks.length === 1 ? (block ?? '') : text).replace(/\s+/g, '');
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

  /**
   * A certificate that an org has and does not return, of which at most the fingerprint is known. It stands for the one
   * of the file that people have to add, while a program is written.
   */
  static unread(fingerprint: string): Certificate {
    const known = {
      base64: '',
      fingerprint,
      publicKey: '',
      subject: '',
      notBefore: '',
      notAfter: '',
      key: { type: 'rsa' },
    };
    return Object.assign(Object.create(Certificate.prototype) as Certificate, known, { [BRAND]: true });
  }

  /** The PEM file of it. */
  get pem(): string {
    const lines = this.base64.match(/.{1,64}/g) ?? [];
    return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
  }

  /** True for a Certificate, whichever copy of this package made it. */
  static is(value: unknown): value is Certificate {
    return typeof value === 'object' && value !== null && BRAND in value;
  }
}

/** Signature algorithms in DER (RFC 3279): those with RSA, DSA and elliptic curves. */
const BROKEN: readonly (readonly [string, 'MD5' | 'SHA-1'])[] = [
  ['06092a864886f70d010104', 'MD5'],
  ['06092a864886f70d010105', 'SHA-1'],
  ['06072a8648ce380403', 'SHA-1'],
  ['06072a8648ce3d0401', 'SHA-1'],
];

/** By the signature algorithm, which stands behind the signed part of the certificate. */
function brokenHashOf(der: Buffer): 'MD5' | 'SHA-1' | undefined {
  const [outer] = contentOf(der, 0);
  const [, afterSigned] = contentOf(der, outer);
  const [algorithm] = contentOf(der, afterSigned);
  const oid = der.subarray(algorithm, algorithm + 12).toString('hex');
  return BROKEN.find(([bytes]) => oid.startsWith(bytes))?.[1];
}

/** Where the content of the DER element at an offset begins, and where it ends. */
function contentOf(der: Buffer, at: number): readonly [begin: number, end: number] {
  const length = der[at + 1] ?? 0;
  if (length < 0x80) return [at + 2, at + 2 + length];
  const size = length & 0x7f;
  const begin = at + 2 + size;
  return [begin, begin + parseInt(der.subarray(at + 2, begin).toString('hex') || '0', 16)];
}

/** SHA-256 of certificate text as the org returned it, or undefined where it is no certificate. */
export function fingerprintOf(text: string): string | undefined {
  const parsed = Certificate.parse(text);
  return parsed.ok ? parsed.value.fingerprint : undefined;
}
