import { readFileSync } from 'node:fs';

import { MachineApp } from '../../constructs';
import { synthManifests } from '../../constructs/testing';
import type { ObservedApp } from '../../lib/metadata/observed';
import { declaredCertificate, withDeclaredCertificate } from '../../lib/policy/posture/certificate';
import { postureOf } from '../../lib/policy/posture/of-app';
import { valueOf } from '../../lib/policy/reading';
import { DEMO_CERTIFICATE, machineProps, orgIn, program } from '../constructs/support';
import { certificate, observedDefault } from './support';

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
const FINGERPRINT = String(
  valueOf(postureOf(observedDefault('Feed'), { apiVersion: 66, origin: 'read' }).fields.certificate)?.fingerprint,
);
const shown = (fingerprint: string, declared: string | undefined) => {
  const posture = postureOf(app(fingerprint), { apiVersion: 66, origin: 'read' });
  return valueOf(withDeclaredCertificate(posture, declared).fields.certificate);
};

describe('a certificate of which the org gives the fingerprint only', () => {
  it('is what the declared one of the same fingerprint is', () => {
    expect(shown(FINGERPRINT, certificate)).toMatchObject({
      notBefore: '2026-01-01T00:00:00.000Z',
      notAfter: '2028-12-31T00:00:00.000Z',
      key: { type: 'rsa', bits: 2048 },
    });
  });

  it('is known no further where the code declares another one or none, and there is none where the line says so', () => {
    const other = 'b'.repeat(64);
    expect(shown(other, certificate)).toEqual({ fingerprint: other });
    expect(shown(FINGERPRINT, undefined)).toEqual({ fingerprint: FINGERPRINT });
    expect(shown('none', certificate)).toBeUndefined();
  });

  it('is found in the manifest', () => {
    const declared = program();
    new MachineApp(orgIn(declared), 'Feed', machineProps);
    const [feed] = synthManifests(declared)[0]?.apps ?? [];
    const body = readFileSync(DEMO_CERTIFICATE, 'utf8').replace(/-----[A-Z ]+-----|\s/g, '');
    expect(feed && declaredCertificate(feed)).toBe(body);
  });
});
