import { presentComponent, textField } from '../../metadata/observe';
import type { Diagnostic } from '../../values/diagnostic';
import type { AppGuard, AppGuardInput } from './guard';

const CONSUMER = 'ExtlClntAppGlobalOauthSettings';
const HEADER = 'ExternalClientApplication';
const DAY = 86_400_000;

/** A write that leaves the certificate out removes it, so it must never be left out by accident (D5). */
export const guardCertificate: AppGuard = (input) => [...wipe(input), ...expiry(input)];

function wipe({ app, live, diffs, situation }: AppGuardInput): readonly Diagnostic[] {
  const consumer = presentComponent(live, CONSUMER);
  if (!live || !consumer || app.certificate) return [];
  const written = diffs.some(({ merged, changes }) => merged.type === CONSUMER && changes.length > 0);
  if (!written || consumer.fields['certificate'] !== undefined) return [];
  const onRecord = textField(live, HEADER, 'certificateFingerprint');
  // Ours and never given a certificate: there is none to lose.
  const known = textField(live, HEADER, 'managedBy') === situation.manifest.id && onRecord === undefined;
  if (known || situation.consents.allow_certificate_removal.includes(app.api_name)) return [];
  return [
    {
      code: 'certificate-would-be-lost',
      severity: 'error',
      path: app.path,
      field: 'certificate',
      problem:
        onRecord === undefined
          ? 'the org does not tell whether this app has a certificate, and this change would remove it'
          : `the app has the certificate sha256:${onRecord}, the code declares none, and this change would remove it`,
      allowed: 'a declared certificate, or the stated agreement that the app has none',
      remedy: `declare the certificate, or pass --allow-certificate-removal ${app.api_name} if JWT bearer is not used`,
    },
  ];
}

function expiry({ app, situation }: AppGuardInput): readonly Diagnostic[] {
  if (!app.certificate) return [];
  const { not_after: notAfter, subject } = app.certificate;
  const left = Math.floor((Date.parse(notAfter) - Date.parse(`${situation.today}T00:00:00Z`)) / DAY);
  if (left > 30) return [];
  return [
    {
      code: left < 0 ? 'certificate-expired' : 'certificate-expires-soon',
      severity: 'warning',
      path: app.path,
      field: 'certificate',
      problem: left < 0 ? 'the certificate has expired' : `the certificate expires in ${left} days`,
      value: `${subject}, not after ${notAfter}`,
      remedy: 'issue a new certificate, declare it and apply; the clients must switch to the new key at the same time',
    },
  ];
}
