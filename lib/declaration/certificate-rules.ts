import type { Certificate } from '../values/certificate';
import { diagnose } from '../values/diagnose';
import type { Diagnostic } from '../values/diagnostic';
import { daysUntil } from '../values/iso-date';

/**
 * What is asked of the certificates that clients sign in with. The controls judge by it, the guards of a plan and the
 * checks of a declaration tell by it, so that no two of them ask for different things.
 */

/** Days before the end of a certificate from which it has to be replaced. */
const NOTICE_DAYS = 30;
/** Days before its end from which it is worth planning for. */
const AHEAD_DAYS = 60;

/** Shortest RSA key that is not too short to be secret: NIST SP 800-131A. */
export const LEAST_RSA_BITS = 2048;

/** Three years, the longest that NIST SP 800-57 part 1 (section 5.3.6) gives the private key of a signature. */
export const LONGEST_DAYS = 1096;

/** Settings that hold a certificate, and the option that states it. */
export const CERTIFICATES = [
  { setting: 'certificate', option: 'certificate' },
  { setting: 'clientAssertionCertificate', option: 'firstPartyApp.clientAssertionCertificate' },
] as const;

/** How near the end is: `soon` has to be acted on, `ahead` is worth knowing. */
export type CertificateEnd = 'ended' | 'soon' | 'ahead' | 'lasts';

/** @param notAfter Date or moment, ISO 8601. */
export function certificateEnd(
  notAfter: string,
  today: string,
): { readonly left: number; readonly end: CertificateEnd } {
  const left = daysUntil(notAfter.slice(0, 10), today);
  const end = left < 0 ? 'ended' : left <= NOTICE_DAYS ? 'soon' : left <= AHEAD_DAYS ? 'ahead' : 'lasts';
  return { left, end };
}

/** `expires in 1 day`, `has expired`. */
export const endWords = ({ left, end }: ReturnType<typeof certificateEnd>): string =>
  end === 'ended' ? 'has expired' : left === 0 ? 'expires today' : `expires in ${left} ${left === 1 ? 'day' : 'days'}`;

/** A key that the flow does not verify; no one can sign in with it, however strong it is. */
export function unusableKey({ key, subject }: Certificate, path: string): readonly Diagnostic[] {
  if (key.type === 'rsa') return [];
  const source = 'Salesforce Help: OAuth 2.0 JWT Bearer Flow for Server-to-Server Integration';
  const place = { path, field: 'certificate', value: subject, source };
  return [diagnose('certificate-key-unusable', place, { type: key.type })];
}
