import { certificateEnd, CERTIFICATES, endWords } from '../../declaration/certificate-rules';
import { certificateInOrg } from '../../metadata/certificate-in-org';
import { declaredText } from '../../metadata/declared-setting';
import { SETTINGS } from '../../options/settings';
import { Certificate } from '../../values/certificate';
import { diagnose } from '../../values/diagnose';
import type { Diagnostic } from '../../values/diagnostic';
import { allowsRemoval } from '../certificate';
import type { AppGuard, AppGuardInput } from './guard';

/** A certificate goes by name only: not with the declaration, and not with the write of something else (D5). */
export const guardCertificate: AppGuard = (input) => [...removal(input), ...expiry(input)];

function removal({ app, live, diffs, situation: { consents } }: AppGuardInput): readonly Diagnostic[] {
  if (!live || live.condition !== 'present' || app.certificate) return [];
  if (allowsRemoval({ app, live, consents })) return [];
  const inOrg = certificateInOrg(live);
  if (inOrg.state === 'none') return [];
  const at = { path: app.path, field: 'certificate' };
  const name = { app: app.api_name };
  if (inOrg.state === 'known') {
    const value = inOrg.fingerprint === undefined ? {} : { value: `sha256:${inOrg.fingerprint}` };
    return [diagnose('certificate-undeclared', { ...at, ...value }, name)];
  }
  const written = diffs.some(
    ({ merged, changes }) => merged.type === SETTINGS.certificate.eca.type && changes.length > 0,
  );
  return [diagnose(written ? 'certificate-would-be-lost' : 'certificate-unknown', at, name)];
}

/** Also of an app that the plan does not touch, of which controls say nothing there. */
function expiry({ app, situation }: AppGuardInput): readonly Diagnostic[] {
  return CERTIFICATES.flatMap(({ setting, option }) => {
    const parsed = Certificate.parse(declaredText(app, setting) ?? '');
    if (!parsed.ok) return [];
    const { subject, notAfter } = parsed.value;
    const found = certificateEnd(notAfter, situation.today);
    if (found.end !== 'ended' && found.end !== 'soon') return [];
    const code = found.end === 'ended' ? 'certificate-expired' : 'certificate-expires-soon';
    const place = { path: app.path, field: option, value: `${subject}, not after ${notAfter}` };
    return [diagnose(code, place, { end: endWords(found) })];
  });
}
