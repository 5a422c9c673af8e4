import type { ObservedApp } from '../../lib/metadata/observed';
import { withDeclaredCertificate } from '../../lib/policy/posture/certificate';
import { postureOf } from '../../lib/policy/posture/of-app';
import { valueOf } from '../../lib/policy/reading';

const app = (certificateFingerprint: string): ObservedApp => ({
  platform: 'external-client-app',
  apiName: 'Feed',
  condition: 'present',
  components: {
    ExternalClientApplication: {
      state: 'present',
      component: { type: 'ExternalClientApplication', fullName: 'Feed', fields: { certificateFingerprint } },
    },
  },
  otherComponents: [],
});
const declared = { fingerprint: 'a'.repeat(64), not_after: '2027-01-01T00:00:00.000Z' };
const endOf = (fingerprint: string) => {
  const posture = postureOf(app(fingerprint), { apiVersion: 66, origin: 'read' });
  return valueOf(withDeclaredCertificate(posture, declared).fields.certificate)?.notAfter;
};

describe('a certificate of which the org gives the fingerprint only', () => {
  it('ends when the declared one of the same fingerprint does', () => {
    expect(endOf('a'.repeat(64))).toBe('2027-01-01T00:00:00.000Z');
  });

  it('has no known end where the code declares another one, and none where the line says so', () => {
    expect([endOf('b'.repeat(64)), endOf('none')]).toEqual([undefined, undefined]);
  });
});
