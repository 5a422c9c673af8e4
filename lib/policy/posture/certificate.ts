import { Certificate } from '../../values/certificate';
import type { AppPosture, CertificateOnRecord } from '../posture';
import { valued, valueOf } from '../reading';

/** What the text of a certificate says; nothing where it is none. */
export function certificateOnRecord(text: string): CertificateOnRecord {
  const parsed = Certificate.parse(text);
  return parsed.ok ? { fingerprint: parsed.value.fingerprint, notAfter: parsed.value.notAfter } : {};
}

/** Where the org gives the fingerprint only, the certificate of the same fingerprint in the code says when it ends. */
export function withDeclaredCertificate(
  posture: AppPosture,
  declared: { readonly fingerprint: string; readonly not_after: string } | undefined,
): AppPosture {
  const known = valueOf(posture.fields.certificate);
  if (!declared || !known || known.notAfter !== undefined || known.fingerprint !== declared.fingerprint) return posture;
  const certificate = valued({ ...known, notAfter: declared.not_after });
  return { ...posture, fields: { ...posture.fields, certificate } };
}
