import {
  ALL_KINDS,
  appControl,
  BOTH_PLATFORMS,
  fail,
  lowRisk,
  notApplicable,
  notEvaluated,
  pass,
  raises,
} from '../define';
import type { AppSubject } from '../control';
import { valueOf } from '../reading';
import { band } from '../severity';

const SOON_DAYS = 30;
const AHEAD_DAYS = 60;

const daysBetween = (from: string, to: string): number =>
  Math.floor((Date.parse(to) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

/** Days until the certificate ends, negative once it has; undefined where that is not known. */
function daysLeft({ app, today }: AppSubject): number | undefined {
  const notAfter = valueOf(app.fields.certificate)?.notAfter;
  return notAfter === undefined ? undefined : daysBetween(today, notAfter);
}

export const control = appControl({
  id: 'SFCA-APP-CERTIFICATE-EXPIRY',
  title: 'The certificate is not about to end',
  finding: 'The certificate has ended or is about to end',
  appliesTo: BOTH_PLATFORMS,
  kinds: ALL_KINDS,
  recommended: 'Replace the certificate at least 30 days before it ends.',
  risk: 'The machine is locked out from one minute to the next, and what is done in haste then is seldom safe.',
  threat: 'An integration stops at night; somebody switches the client credentials flow on "for now".',
  cvss: band('medium', 'ours'),
  conditions: [
    raises('the certificate has ended', (subject) => {
      const left = daysLeft(subject);
      return left === undefined ? undefined : left < 0;
    }),
  ],
  remedy: {
    code: 'give the new certificate in certificate: Certificate.fromFile(…), apply, and let the clients sign with the new key from that moment on',
    setup: {
      'external-client-app':
        'Setup > External Client App Manager > (app) > Settings > OAuth Settings > Flow Enablement > certificate',
      'connected-app':
        'Setup > App Manager > (app) > Edit > API (Enable OAuth Settings) > Use digital signatures: upload the new certificate',
    },
  },
  source: 'RFC 5280 section 4.1.2.5; Salesforce Help: OAuth 2.0 JWT Bearer Flow for External Client Apps',
  exemptable: true,
  reads: ['certificate'],
  judge: ({ certificate }, subject) => {
    if (certificate === undefined) return notApplicable('The app has no certificate.');
    const left = daysLeft(subject);
    if (left === undefined) {
      return notEvaluated(
        certificate.fingerprint === undefined
          ? 'The certificate on record could not be read.'
          : 'Only the fingerprint of the certificate is known.',
      );
    }
    if (left < 0) return fail('The certificate has ended.');
    const told = `The certificate ends in ${left} ${left === 1 ? 'day' : 'days'}.`;
    return left <= SOON_DAYS ? fail(told) : left <= AHEAD_DAYS ? lowRisk(told) : pass(told);
  },
});
