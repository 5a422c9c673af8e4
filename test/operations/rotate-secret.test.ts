import type { Component } from '../../lib/metadata/component';
import type { Manifest } from '../../lib/metadata/manifest';
import type { ObservedApp, ObservedComponent } from '../../lib/metadata/observed';
import { toPackage } from '../../lib/metadata/package/package-files';
import { wholeConsumer } from '../../lib/operations/rotate-secret';
import { Certificate } from '../../lib/values/certificate';
import { CONSUMER, HEADER } from '../../lib/values/metadata-types';
import { makeCertificate } from '../emulator/certificate';

let certificate: Certificate;
beforeAll(async () => {
  const parsed = Certificate.parse((await makeCertificate()).cert);
  if (!parsed.ok) throw new Error(parsed.error);
  certificate = parsed.value;
});

const present = (component: Component): ObservedComponent => ({ state: 'present', component });

/** @param line What the ownership line says of the certificate. */
const app = (line: string | undefined, fields: Component['fields'] = {}, unknown: Component['unknown'] = []) => ({
  ...({ platform: 'external-client-app', apiName: 'Sync', condition: 'present', otherComponents: [] } as const),
  components: {
    [HEADER]: present({
      ...{ type: HEADER, fullName: 'Sync' },
      fields: { managedBy: 'identity/prod', ...(line !== undefined && { certificateFingerprint: line }) },
    }),
    [CONSUMER]: present({ type: CONSUMER, fullName: 'Own_Name', fields, unknown }),
  } as ObservedApp['components'],
});

const declaring = (value: string, fingerprint: string): Manifest =>
  ({
    apps: [
      {
        ...{ api_name: 'Sync', platform: 'external-client-app', certificate: { fingerprint } },
        components: [{ type: CONSUMER, fields: { certificate: { value, ownership: 'stated' } } }],
      },
    ],
  }) as unknown as Manifest;

const fieldsOf = (...given: Parameters<typeof wholeConsumer>) => {
  const whole = wholeConsumer(...given);
  return whole.ok ? whole.value.fields : whole.error;
};

describe('the record that a rotation writes', () => {
  it('is the live one, whole: known and unknown elements, the command to rotate, and no key and no secret', () => {
    const fields = {
      callbackUrl: ['https://acme.example/cb'],
      isPkceRequired: false,
      consumerKey: '3MVG9',
      label: 'L',
    };
    const whole = wholeConsumer(app('none', fields, [{ name: 'isNewHere', text: 'true' }]), undefined);
    const files = toPackage(whole.ok ? [whole.value] : [], { apiVersion: 66, rotatesSecret: true });
    const text = files.get('extlClntAppGlobalOauthSets/Own_Name.ecaGlblOauth') ?? '';
    const elements = [...text.matchAll(/<(\w+)>([^<]+)</g)].map(([, name = '', value = '']) => `${name}=${value}`);
    expect(elements).toEqual([
      'callbackUrl=https://acme.example/cb',
      'externalClientApplication=Sync',
      'isNewHere=true',
      'isPkceRequired=false',
      'label=L',
      'shouldRotateConsumerSecret=true',
    ]);
    expect([...files.keys()]).toHaveLength(2);
  });

  it('holds the command in no other package', () => {
    const whole = wholeConsumer(app('none', { shouldRotateConsumerSecret: true }), undefined);
    const files = toPackage(whole.ok ? [whole.value] : [], { apiVersion: 66 });
    expect([...files.values()].join('')).not.toContain('shouldRotate');
  });

  it('has the certificate that the org returned, or the declared one with the fingerprint on record', () => {
    const { base64, fingerprint } = certificate;
    expect(fieldsOf(app(undefined, { certificate: base64 }), undefined)).toMatchObject({ certificate: base64 });
    expect(fieldsOf(app(fingerprint), declaring(base64, fingerprint))).toMatchObject({ certificate: base64 });
    expect(fieldsOf(app('none'), declaring(base64, fingerprint))).toEqual({ externalClientApplication: 'Sync' });
  });

  it('is not written where a certificate could get lost', async () => {
    const { base64, fingerprint } = certificate;
    const other = 'f'.repeat(64);
    expect(fieldsOf(app(undefined), undefined)).toContain('it is not known whether it has a certificate');
    expect(fieldsOf(app(undefined), declaring(base64, fingerprint))).toContain('is not known');
    expect(fieldsOf(app(undefined, { certificate: 'no certificate' }), undefined)).toContain('cannot be read');
    expect(fieldsOf(app(fingerprint), undefined)).toContain(`the one with SHA-256 ${fingerprint}`);
    expect(fieldsOf(app(other), declaring(base64, fingerprint))).toContain(`the one with SHA-256 ${other}`);
    // A manifest that says one thing and holds another.
    expect(fieldsOf(app(other), declaring(base64, other))).toContain(`the one with SHA-256 ${other}`);
  });

  it('is not written of a Connected App, nor where the org does not give it', () => {
    expect(fieldsOf({ ...app('none'), platform: 'connected-app' }, undefined)).toContain('Connected App');
    const components = { [CONSUMER]: { state: 'unreadable', reason: 'no access' } } as const;
    expect(fieldsOf({ ...app('none'), components }, undefined)).toContain('cannot be read: no access');
    expect(fieldsOf({ ...app('none'), components: {} }, undefined)).toContain('was not found');
  });
});
