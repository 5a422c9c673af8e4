import { generate } from 'selfsigned';

/** A self-signed certificate with its key, made for the run. */
export async function makeCertificate(): Promise<{ readonly cert: string; readonly key: string }> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'emulator test' }], {
    keySize: 2048,
    algorithm: 'sha256',
  });
  return { cert, key };
}
