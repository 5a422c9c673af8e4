import { Certificate } from '../../values/certificate';
import { ok } from '../../values/result';
import { text } from '../wire/value';
import { type ProviderFunction, wrong } from './function';

/** `parse_certificate(pem)`: what can be decided on before an app signs in with it. */
export const parseCertificate: ProviderFunction = {
  summary: 'Reads an X.509 certificate',
  description:
    'Reads one certificate in PEM (or its base64 body) and returns its subject, the SHA-256 fingerprint of its DER bytes in ' +
    'lower-case hexadecimal, the start and end of its validity (RFC 3339, UTC), and the type and size of its ' +
    'key; key_bits is null if the key is not an RSA key. Fails for a private key, a chain, and anything else.',
  parameters: [
    {
      name: 'pem',
      type: 'string',
      description: 'The certificate in PEM or its base64 body, such as `file("client.crt")`.',
    },
  ],
  returns: [
    'object',
    {
      subject: 'string',
      fingerprint: 'string',
      not_before: 'string',
      not_after: 'string',
      key_type: 'string',
      key_bits: 'number',
    },
  ],
  call: ([pem]) => {
    const parsed = Certificate.parse(text(pem) ?? '');
    if (!parsed.ok) return wrong(0, parsed.error);
    const { subject, fingerprint, notBefore, notAfter, key } = parsed.value;
    return ok({
      subject,
      fingerprint,
      // As timestamp() and plantimestamp() write it.
      not_before: notBefore.replace('.000Z', 'Z'),
      not_after: notAfter.replace('.000Z', 'Z'),
      key_type: key.type,
      key_bits: key.bits ?? null,
    });
  },
};
