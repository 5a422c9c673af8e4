import { certificateEnd, endWords, unusableKey } from '../../lib/declaration/certificate-rules';
import { Certificate } from '../../lib/values/certificate';
import { makeCertificate } from '../emulator/certificate';
import { EC_KEY, issued, STRONG, WEAK_RSA, WITH_MD5, WITH_SHA1 } from './issued-certificate';

function parsed(pem: string): Certificate {
  const result = Certificate.parse(pem);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

describe('the certificate of a machine', () => {
  it.each([
    ['a short RSA key', WEAK_RSA, { key: { type: 'rsa', bits: 1024 } }, []],
    ['MD5', WITH_MD5, { brokenHash: 'MD5' }, []],
    ['SHA-1', WITH_SHA1, { brokenHash: 'SHA-1' }, []],
    ['an EC key', EC_KEY, { key: { type: 'ec' } }, ['error certificate-key-unusable']],
    ['what the guides ask for', STRONG, { key: { type: 'rsa', bits: 2048 } }, []],
  ])('tells its key and hash, and whether the flow can use it: %s', (_, given, facts, codes) => {
    const certificate = parsed(issued(given));
    expect(certificate).toMatchObject(facts);
    expect(unusableKey(certificate, 'app').map(({ severity, code }) => `${severity} ${code}`)).toEqual(codes);
  });

  it.each([
    ['2026-06-30T23:59:59.000Z', 'ended', 'has expired'],
    ['2026-07-01T00:00:00.000Z', 'soon', 'expires today'],
    ['2026-07-02', 'soon', 'expires in 1 day'],
    ['2026-07-31T12:00:00.000Z', 'soon', 'expires in 30 days'],
    ['2026-08-01T00:00:00.000Z', 'ahead', 'expires in 31 days'],
    ['2026-08-30', 'ahead', 'expires in 60 days'],
    ['2026-08-31', 'lasts', 'expires in 61 days'],
  ])('that is valid until %s %s: it %s', (notAfter, end, words) => {
    const found = certificateEnd(notAfter, '2026-07-01');
    expect([found.end, endWords(found)]).toEqual([end, words]);
  });

  it('is found among what openssl prints around it', async () => {
    const { cert } = await makeCertificate();
    const around = `Bag Attributes\n    friendlyName: feed\nsubject=CN = feed\n${cert.trim()}\nCertificate:\n  Data: …\n`;
    expect(parsed(around).base64).toBe(parsed(cert).base64);
  });
});
