import { Certificate } from '../../values/certificate';
import { fail, type Result } from '../../values/result';
import { brand, hasBrand } from './brand';

/** Why a certificate cannot be used: which rule it breaks, and how. Never its text. */
export interface CertificateFailure {
  readonly code: 'invalid-certificate' | 'private-key-given' | 'unreadable-certificate-file';
  readonly problem: string;
  /** The file it was read from, as the author wrote it. */
  readonly file?: string;
}

/** A certificate as it was given: parsed, or the reason why not, kept until synth reports it. */
export class CertificateOption {
  /** The certificate, or why it cannot be used; an error is reported at synth. */
  readonly result: Result<Certificate, CertificateFailure>;

  constructor(result: Result<Certificate, CertificateFailure>) {
    this.result = result;
    brand(this, 'CertificateOption');
  }

  /** True for a value that one of the factories made, also by another copy of this package. */
  static is(value: unknown): value is CertificateOption {
    return hasBrand(value, 'CertificateOption');
  }
}

/** PEM text of one certificate. */
export function parseCertificate(text: unknown): Result<Certificate, CertificateFailure> {
  if (typeof text !== 'string') return fail({ code: 'invalid-certificate', problem: 'the certificate is not text' });
  const parsed = Certificate.parse(text);
  if (parsed.ok) return parsed;
  const code = /PRIVATE KEY/.test(text) ? 'private-key-given' : 'invalid-certificate';
  return fail({ code, problem: parsed.error });
}
