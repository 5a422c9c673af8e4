import type { Certificate } from '../../values/certificate';
import { CertificateOption } from '../options/certificate-option';
import type { Reading } from '../reading';

/** The certificate; what stands in its place is never shown, because it may be a private key. */
export function readCertificate(value: unknown, reading: Reading, field = 'certificate'): Certificate | undefined {
  return reading.perOrg(value, field, (one) => readOne(one, field, reading));
}

function readOne(value: unknown, field: string, reading: Reading): Certificate | undefined {
  if (value === undefined) return undefined;
  const allowed = "Certificate.fromFile('client.crt') or Certificate.fromPem('-----BEGIN CERTIFICATE-----…')";
  if (!CertificateOption.is(value)) {
    const problem = { problem: 'the value is not a Certificate', allowed, remedy: `write ${allowed}` };
    reading.report('wrong-type', field, problem);
    return undefined;
  }
  if (value.result.ok) return value.result.value;
  const { code, problem, file } = value.result.error;
  const remedy =
    code === 'private-key-given'
      ? 'give the certificate; if the key was ever committed or sent, replace the key pair'
      : 'give the PEM file of one public X.509 certificate';
  reading.report(code, field, { problem, allowed, remedy }, file === undefined ? undefined : { given: file });
  return undefined;
}
