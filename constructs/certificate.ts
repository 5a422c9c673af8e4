import { readFileSync } from 'node:fs';

import {
  type CertificateFailure,
  CertificateOption,
  parseCertificate,
} from '../lib/declaration/options/certificate-option';
import type { Certificate as ParsedCertificate } from '../lib/values/certificate';
import { fail, ok, type Result } from '../lib/values/result';

type Parsed = Result<ParsedCertificate, CertificateFailure>;

/** A certificate file is a few kilobytes; anything much larger is something else. */
const MAX_FILE_BYTES = 100_000;

/**
 * The public X.509 certificate of a machine client, in PEM format. Its private key stays with the client and never
 * appears here: a private key in its place is refused and is not repeated in the message. Problems are reported at
 * synth.
 */
export class Certificate extends CertificateOption {
  private constructor(parsed: Parsed) {
    super(parsed);
  }

  /** PEM text of one certificate. */
  static fromPem(pem: string): Certificate {
    return new Certificate(parseCertificate(pem));
  }

  /**
   * Path of a PEM file with one certificate, relative to the directory in which the program runs. The file is read
   * immediately.
   */
  static fromFile(path: string): Certificate {
    const text = readText(path);
    const parsed = text.ok ? parseCertificate(text.value) : text;
    // The name of the file helps the reader; what stands in it never leaves it.
    return new Certificate(parsed.ok || typeof path !== 'string' ? parsed : fail({ ...parsed.error, file: path }));
  }
}

function readText(path: string): Result<string, CertificateFailure> {
  const failure = (problem: string) => fail({ code: 'unreadable-certificate-file', problem } as const);
  try {
    const bytes = readFileSync(path);
    if (bytes.length > MAX_FILE_BYTES) return failure(`the file has ${bytes.length} bytes; that is not a certificate`);
    return ok(bytes.toString('utf8'));
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'not a path';
    return failure(code === 'ENOENT' ? 'there is no such file' : `the file cannot be read (${code})`);
  }
}
