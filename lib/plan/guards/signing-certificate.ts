import { certificateEnd, endWords } from '../../declaration/certificate-rules';
import { declaredText } from '../../metadata/declared-setting';
import type { CertificateFacts } from '../../org/org';
import { diagnose } from '../../values/diagnose';
import type { Diagnostic } from '../../values/diagnostic';
import { sameId } from '../../values/record-id';
import type { AppGuard } from './guard';
import { unchecked } from './unchecked';

const FIELD = 'assetToken.signingCertificate';

/** The certificate that signs asset tokens is kept by the org; it must be there and still hold. */
export const guardSigningCertificate: AppGuard = (input) => {
  const { app, situation } = input;
  const stated = declaredText(app, 'assetTokenCertificate');
  if (stated === undefined) return [];
  const { certificates } = situation.facts;
  if (!certificates) {
    return unchecked(input, 'certificate', FIELD);
  }
  const at = { path: app.path, field: FIELD };
  const found = certificates.find((certificate) => means(stated, certificate));
  return found ? ending(found, situation.today, at) : [missing(stated, certificates, at)];
};

/** An id of 15 or 18 characters; the documents speak of an id, and where a name is stored it means the same. */
const means = (stated: string, { id, name }: CertificateFacts): boolean =>
  /^0P1[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$/.test(stated)
    ? sameId(stated, id)
    : stated.toLowerCase() === name.toLowerCase();

type Place = Pick<Diagnostic, 'path' | 'field'>;

function missing(stated: string, certificates: readonly CertificateFacts[], at: Place): Diagnostic {
  const known = certificates.map(({ id, name }) => `${id} (${name})`);
  return diagnose('signing-certificate-missing', {
    ...at,
    value: stated,
    allowed: known.length > 0 ? known.join(', ') : 'the id of a certificate of this org, which has none',
  });
}

function ending({ id, name, expires }: CertificateFacts, today: string, at: Place): readonly Diagnostic[] {
  if (expires === undefined) return [];
  const found = certificateEnd(expires, today);
  if (found.end !== 'ended' && found.end !== 'soon') return [];
  const about = {
    ...at,
    value: `${id} (${name}), expires on ${expires}`,
    source: 'Tooling API: Certificate, ExpirationDate',
  };
  if (found.end === 'ended') {
    return [diagnose('signing-certificate-expired', about, { end: endWords(found) })];
  }
  return [diagnose('signing-certificate-expires-soon', about, { end: endWords(found) })];
}
