import { HOW_TO_REPLACE } from '../../values/catalog/declaration';
import { asSentence } from '../../values/sentence';
import { type AppSubject, type Verdict, WORST_FIRST } from '../control';
import { ALL_KINDS, BOTH_PLATFORMS, notApplicable, notEvaluated } from '../define';
import type { CertificateOnRecord } from '../posture';
import type { Reading } from '../reading';

/** What the controls about certificates share. */
export const aboutCertificates = {
  appliesTo: BOTH_PLATFORMS,
  kinds: ALL_KINDS,
  remedy: {
    code: HOW_TO_REPLACE,
    setup: {
      'external-client-app':
        'Setup > External Client App Manager > (app) > Settings > OAuth Settings > Flow Enablement > certificate',
      'connected-app':
        'Setup > App Manager > (app) > Edit > API (Enable OAuth Settings) > Use digital signatures: upload the new certificate',
    },
  },
  exemptable: true,
  reads: ['certificate', 'clientAssertionCertificate'],
  optional: ['certificate', 'clientAssertionCertificate'],
} as const;

/** A certificate of the app, and what to call it. */
export interface Held {
  readonly name: string;
  readonly certificate: CertificateOnRecord;
  /** True of the one that signs in machines by the JWT bearer flow. */
  readonly ofJwtBearer: boolean;
}

/** Judges each certificate of the app by itself. The worst counts; of several violations each is one of its own. */
export function judgeCertificates({ app }: AppSubject, judge: (held: Held) => Verdict): Verdict {
  const verdicts = [
    judgeOne(app.fields.certificate, { name: 'The certificate', ofJwtBearer: true }, judge),
    judgeOne(
      app.fields.clientAssertionCertificate,
      { name: 'The client assertion certificate', ofJwtBearer: false },
      judge,
    ),
  ].flat();
  const [worst = notApplicable('The app has no certificate.')] = [...verdicts].sort(
    (a, b) => WORST_FIRST.indexOf(a.outcome) - WORST_FIRST.indexOf(b.outcome),
  );
  const same = verdicts.filter(({ outcome }) => outcome === worst.outcome);
  if (same.length < 2) return worst;
  const offenders = same.flatMap((each) => each.offenders ?? []);
  // Only what is less bad than the control has a rating of its own.
  const rated = same.find(({ cvss }) => cvss === undefined) ?? worst;
  return {
    ...rated,
    because: same.map(({ because }) => asSentence(because)).join(' '),
    ...(offenders.length > 0 && { offenders }),
  };
}

function judgeOne(
  reading: Reading<CertificateOnRecord>,
  held: Omit<Held, 'certificate'>,
  judge: (held: Held) => Verdict,
): readonly Verdict[] {
  if (reading.state === 'absent') return [];
  if (reading.state === 'unreadable') return [notEvaluated(reading.reason)];
  return [judge({ ...held, certificate: reading.value })];
}

/** What is said where the text of a certificate would tell, and no one has it. */
export const textUnread = ({ name, certificate: { fingerprint } }: Held): Verdict =>
  notEvaluated(
    fingerprint === undefined
      ? `${name} on record could not be read.`
      : `Only the fingerprint of ${name.toLowerCase()} is known.`,
  );

/** Names a certificate among several findings. */
export const offenderOf = ({ certificate: { fingerprint = 'unknown' } }: Held): readonly string[] => [
  `sha256:${fingerprint}`,
];
