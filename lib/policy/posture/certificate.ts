import { whereIs } from '../../metadata/live-app';
import type { ManifestApp } from '../../metadata/manifest';
import { Certificate } from '../../values/certificate';
import type { AppPosture, CertificateOnRecord } from '../posture';
import { valued, valueOf } from '../reading';

/** What the text of a certificate says; nothing if it is not a certificate. */
export function certificateOnRecord(text: string): CertificateOnRecord {
  const parsed = Certificate.parse(text);
  if (!parsed.ok) return {};
  const { fingerprint, notBefore, notAfter, key, brokenHash } = parsed.value;
  return { fingerprint, notBefore, notAfter, key, ...(brokenHash && { brokenHash }) };
}

/**
 * Where the org gives the fingerprint only, the certificate of the same fingerprint in the code says the rest.
 * @param declared Its text.
 */
export function withDeclaredCertificate(posture: AppPosture, declared: string | undefined): AppPosture {
  const known = valueOf(posture.fields.certificate);
  if (declared === undefined || !known || known.notAfter !== undefined) return posture;
  const certificate = certificateOnRecord(declared);
  if (certificate.fingerprint === undefined || certificate.fingerprint !== known.fingerprint) return posture;
  return { ...posture, fields: { ...posture.fields, certificate: valued(certificate) } };
}

/** The text of the certificate that a program declares for an app. */
export function declaredCertificate({ platform, components }: ManifestApp): string | undefined {
  const { type, field } = whereIs(platform, 'certificate');
  const value = components.find((component) => component.type === type)?.fields[field]?.value;
  return typeof value === 'string' ? value : undefined;
}
