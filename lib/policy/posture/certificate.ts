import { Certificate } from '../../values/certificate';
import type { CertificateOnRecord } from '../posture';

/** What the text of a certificate says; nothing where it is none. */
export function certificateOnRecord(text: string): CertificateOnRecord {
  const parsed = Certificate.parse(text);
  return parsed.ok ? { fingerprint: parsed.value.fingerprint, notAfter: parsed.value.notAfter } : {};
}
