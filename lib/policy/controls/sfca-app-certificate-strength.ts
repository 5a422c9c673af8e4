import { LEAST_RSA_BITS } from '../../declaration/certificate-rules';
import { appControl, fail, lowRisk, notEvaluated, pass } from '../define';
import { band } from '../severity';
import { aboutCertificates, judgeCertificates, offenderOf, textUnread } from '../themes/certificates';

export const control = appControl({
  ...aboutCertificates,
  id: 'SFCA-APP-CERTIFICATE-STRENGTH',
  title: 'The certificate holds a strong key',
  finding: 'The certificate is weak',
  recommended: 'Sign in with an RSA key of at least 2048 bits, in a certificate that is signed with SHA-256 or newer.',
  risk: 'The certificate is public. Anyone who works out the private key from it can sign in as every user of the app.',
  threat: 'The certificate of an old integration is found in a repository; its 1024-bit key is factored at leisure.',
  cvss: band('high', 'ours'),
  contradiction:
    'A hash that can be forged matters to those who trust an issuer. Salesforce compares with the certificate that it stores, ' +
    'so MD5 is rated medium here and SHA-1 low; the real danger is a key that is too short.',
  source: 'NIST SP 800-131A section 3; Salesforce Help: OAuth 2.0 JWT Bearer Flow for Server-to-Server Integration',
  considerations: {
    risk: 'RSA keys of 1024 bits are within reach of well-funded attackers, and the certificate is all they need for it.',
    business:
      'Clients have to change keys at the moment of the apply; very old libraries may not sign with longer keys.',
  },
  judge: (_, subject) =>
    judgeCertificates(subject, (held) => {
      const { key, brokenHash } = held.certificate;
      if (key === undefined) return textUnread(held);
      const offenders = offenderOf(held);
      if (key.type !== 'rsa') {
        return held.ofJwtBearer
          ? lowRisk(
              `${held.name} holds a key of type ${key.type}, but the JWT bearer flow is documented for RS256 only, so clients probably cannot sign in with it.`,
            )
          : notEvaluated(
              `${held.name} holds a key of type ${key.type}; it is not documented which of these are strong.`,
            );
      }
      if (key.bits === undefined)
        return notEvaluated(`The length of the key of ${held.name.toLowerCase()} was not read.`);
      if (key.bits < LEAST_RSA_BITS) {
        return fail(`${held.name} holds an RSA key of ${key.bits} bits, which is too short to be secret.`, {
          offenders,
        });
      }
      if (brokenHash === 'MD5') {
        return fail(`${held.name} is signed with MD5, which can be forged.`, {
          offenders,
          cvss: band('medium', 'ours'),
        });
      }
      return brokenHash === undefined
        ? pass(`${held.name} holds an RSA key of ${key.bits} bits.`)
        : lowRisk(`${held.name} is signed with ${brokenHash}, which can be forged.`);
    }),
});
