import { certificateEnd, endWords, HOW_TO_REPLACE } from '../../declaration/certificate-rules';
import { certificateInOrg } from '../../metadata/certificate-in-org';
import type { Diagnostic } from '../../values/diagnostic';
import { Certificate } from '../../values/certificate';
import { allowsRemoval } from '../certificate';
import { declaredText } from './declared';
import { forBothPlatforms } from './external-words';
import type { AppGuard, AppGuardInput } from './guard';

const CONSUMER = 'ExtlClntAppGlobalOauthSettings';

/** A certificate goes by name only: not with the declaration, and not with the write of something else (D5). */
export const guardCertificate: AppGuard = (input) => [...removal(input), ...expiryOnBoth(input)];

function removal({ app, live, diffs, situation: { consents } }: AppGuardInput): readonly Diagnostic[] {
  if (!live || live.condition !== 'present' || app.certificate) return [];
  if (allowsRemoval({ app, live, consents })) return [];
  const inOrg = certificateInOrg(live);
  const at = { path: app.path, field: 'certificate' };
  const agree = `pass --allow-certificate-removal ${app.api_name}`;
  if (inOrg.state === 'known') return [{ ...at, ...undeclared(inOrg.fingerprint), remedy: `${DECLARE}, or ${agree}` }];
  if (inOrg.state === 'none') return [];
  const remedy = `${DECLARE}, or ${agree} if no client signs in with one; once is enough`;
  const written = diffs.some(({ merged, changes }) => merged.type === CONSUMER && changes.length > 0);
  if (written) return [{ ...at, ...LOST, remedy }];
  return [{ ...at, ...NOT_KNOWN, remedy }];
}

const DECLARE = 'declare the certificate that the clients sign with';

const undeclared = (fingerprint: string | undefined) => ({
  code: 'certificate-undeclared' as const,
  severity: 'error' as const,
  problem: 'the app has a certificate and the code declares none: whoever has its key still gets access tokens',
  ...(fingerprint !== undefined && { value: `sha256:${fingerprint}` }),
  allowed: 'a declared certificate, or the stated agreement that it is removed, which stops every client that uses it',
});

const LOST = {
  code: 'certificate-would-be-lost' as const,
  severity: 'error' as const,
  problem: 'the org does not return whether this app has a certificate, and this change would remove it',
  allowed: 'a declared certificate, or the stated agreement that the app has none',
};

const NOT_KNOWN = {
  code: 'certificate-unknown' as const,
  severity: 'note' as const,
  problem: 'whether this app has a certificate is not known: the org does not return it, and no run has recorded it',
};

/** Also of an app that the plan does not touch, of which controls say nothing there. */
function expiry({ app, situation }: AppGuardInput): readonly Diagnostic[] {
  return Object.entries(CERTIFICATES).flatMap(([field, option]) => {
    const parsed = Certificate.parse(declaredText(app, field) ?? '');
    if (!parsed.ok) return [];
    const { subject, notAfter } = parsed.value;
    const found = certificateEnd(notAfter, situation.today);
    if (found.end !== 'ended' && found.end !== 'soon') return [];
    return [
      {
        code: found.end === 'ended' ? 'certificate-expired' : 'certificate-expires-soon',
        severity: 'warning',
        path: app.path,
        field: option,
        problem: `the certificate ${endWords(found)}`,
        value: `${subject}, not after ${notAfter}`,
        remedy: HOW_TO_REPLACE,
      },
    ];
  });
}

const expiryOnBoth = forBothPlatforms(expiry);

/** Fields that hold a certificate, and the option that states it. */
const CERTIFICATES = {
  certificate: 'certificate',
  clientAssertionCertificate: 'firstPartyApp.clientAssertionCertificate',
} as const;
