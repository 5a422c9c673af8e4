import { validity } from '../../declaration/check-flows';
import { presentComponent, textField } from '../../metadata/observe';
import type { Diagnostic } from '../../values/diagnostic';
import { Certificate } from '../../values/certificate';
import { declaredText } from './declared';
import { forBothPlatforms } from './external-words';
import type { AppGuard, AppGuardInput } from './guard';

const CONSUMER = 'ExtlClntAppGlobalOauthSettings';
const HEADER = 'ExternalClientApplication';

/** A write that leaves the certificate out removes it, so it must never be left out by accident (D5). */
export const guardCertificate: AppGuard = (input) => [...wipe(input), ...expiryOnBoth(input)];

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

/** In the same words as at synth, against the day of the plan. */
function expiry({ app, situation }: AppGuardInput): readonly Diagnostic[] {
  return Object.entries(CERTIFICATES).flatMap(([field, option]) => {
    const parsed = Certificate.parse(declaredText(app, field) ?? '');
    if (!parsed.ok) return [];
    return validity(parsed.value, option, situation.today).map((found) => ({ ...found, path: app.path }));
  });
}

const expiryOnBoth = forBothPlatforms(expiry);

/** Fields that hold a certificate, and the option that states it. */
const CERTIFICATES = {
  certificate: 'certificate',
  clientAssertionCertificate: 'firstPartyApp.clientAssertionCertificate',
} as const;
