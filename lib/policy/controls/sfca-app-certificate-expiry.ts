import { certificateEnd, endWords } from '../../declaration/certificate-rules';
import type { AppSubject } from '../control';
import { appControl, fail, lowRisk, pass, raises } from '../define';
import { valueOf } from '../reading';
import { band } from '../severity';
import { aboutCertificates, judgeCertificates, offenderOf, textUnread } from '../themes/certificates';

/** Whether any certificate has ended; undefined where none of them tells. */
function hasEnded({ app, today }: AppSubject): boolean | undefined {
  const ends = [app.fields.certificate, app.fields.clientAssertionCertificate].flatMap(
    (reading) => valueOf(reading)?.notAfter ?? [],
  );
  return ends.length === 0 ? undefined : ends.some((notAfter) => certificateEnd(notAfter, today).end === 'ended');
}

export const control = appControl({
  ...aboutCertificates,
  id: 'SFCA-APP-CERTIFICATE-EXPIRY',
  title: 'The certificate is not about to expire',
  finding: 'The certificate has expired or is about to expire',
  recommended: 'Replace the certificate at least 30 days before it expires.',
  risk: 'The machine is locked out from one minute to the next, and a fix made in haste is seldom safe.',
  threat: 'An integration stops at night, and someone turns on the client credentials flow "for now".',
  cvss: band('medium', 'ours'),
  conditions: [raises('the certificate has expired', hasEnded)],
  source: 'RFC 5280 section 4.1.2.5; Salesforce Help: OAuth 2.0 JWT Bearer Flow for External Client Apps',
  considerations: {
    risk: 'The closer the expiry, the more likely a shortcut; a certificate cannot be extended.',
    business:
      'Clients have to change keys at the moment of the apply. An app has only one certificate; for a change without a gap, move the clients to a second app.',
  },
  judge: (_, subject) =>
    judgeCertificates(subject, (held) => {
      const { notAfter } = held.certificate;
      if (notAfter === undefined) return textUnread(held);
      const found = certificateEnd(notAfter, subject.today);
      const sentence = `${held.name} ${endWords(found)}.`;
      if (found.end === 'ended' || found.end === 'soon') return fail(sentence, { offenders: offenderOf(held) });
      return found.end === 'ahead' ? lowRisk(sentence) : pass(sentence);
    }),
});
