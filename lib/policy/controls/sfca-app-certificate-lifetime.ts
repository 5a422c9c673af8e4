import { LONGEST_DAYS } from '../../declaration/certificate-rules';
import { daysUntil } from '../../values/iso-date';
import { appControl, fail, pass } from '../define';
import { band } from '../severity';
import { aboutCertificates, judgeCertificates, offenderOf, textUnread } from '../themes/certificates';

export const control = appControl({
  ...aboutCertificates,
  id: 'SFCA-APP-CERTIFICATE-LIFETIME',
  title: 'The certificate expires within three years',
  finding: 'The certificate is valid for too long',
  recommended: 'Sign in with a key that is replaced every year, and after three years at the latest.',
  risk: 'A key that is never replaced is known to everyone who ever had it, and nothing ends their access.',
  threat:
    'Someone who ran the integration years ago still has its key, and its certificate is valid for a hundred years.',
  cvss: band('medium', 'ours'),
  source: 'NIST SP 800-57 part 1 revision 5, section 5.3.6: private signature keys are used for one to three years',
  considerations: {
    risk: 'It matters most where several people or machines have had the key. Salesforce checks neither revocation lists nor who issued a certificate, so only expiry or replacement stops a key.',
    business:
      'Someone has to replace the key every year or so, and needs a reminder: SFCA-APP-CERTIFICATE-EXPIRY gives one.',
  },
  judge: (_, subject) =>
    judgeCertificates(subject, (held) => {
      const { notBefore, notAfter } = held.certificate;
      if (notBefore === undefined || notAfter === undefined) return textUnread(held);
      const days = daysUntil(notAfter.slice(0, 10), notBefore.slice(0, 10));
      const sentence = `${held.name} is valid for ${days} days, until ${notAfter.slice(0, 10)}`;
      return days > LONGEST_DAYS
        ? fail(`${sentence}; three years are ${LONGEST_DAYS}.`, { offenders: offenderOf(held) })
        : pass(`${sentence}.`);
    }),
});
