import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Certificate, type Diagnostic, MachineApp } from '../../constructs';
import { diagnosticsOf, synthManifests } from '../../constructs/testing';
import { EC_KEY, issued, STRONG, WEAK_RSA, WITH_MD5 } from '../values/issued-certificate';
import { DEMO_CERTIFICATE, machineProps, orgIn, program, removeTemporaryFolders, temporaryFolder } from './support';

afterEach(removeTemporaryFolders);

const pem = readFileSync(DEMO_CERTIFICATE, 'utf8');

function problemsWith(certificate: Certificate): readonly Diagnostic[] {
  const app = program();
  new MachineApp(orgIn(app), 'Feed', { ...machineProps, certificate });
  return diagnosticsOf(app);
}

const privateKey = (): string => {
  const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
};

describe('a certificate', () => {
  it.each([
    ['with the BEGIN and END lines', pem],
    ['without them', pem.replace(/-----.*-----/g, '')],
    ['with Windows line ends', pem.replaceAll('\n', '\r\n')],
  ])('is accepted %s', (_, text) => {
    expect(problemsWith(Certificate.fromPem(text))).toEqual([]);
  });

  it('stands in the manifest with fingerprint, subject and expiry', () => {
    const app = program();
    new MachineApp(orgIn(app), 'Feed', machineProps);
    expect(synthManifests(app)[0]?.apps[0]?.certificate).toEqual({
      subject: 'O=Acme Example, CN=billing-sync.acme.example',
      not_after: expect.stringMatching(/^2028-12-31/) as unknown,
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
    });
  });

  it('is not a private key, which is refused without being repeated', () => {
    const key = privateKey();
    const file = join(temporaryFolder(), 'client.key');
    writeFileSync(file, key);
    for (const certificate of [Certificate.fromPem(key), Certificate.fromPem(pem + key), Certificate.fromFile(file)]) {
      const problems = problemsWith(certificate);
      expect(problems.map(({ code, path }) => `${code} ${path}`)).toEqual(['private-key-given identity/prod/Feed']);
      for (const line of key.split('\n').slice(1, -2)) expect(JSON.stringify(problems)).not.toContain(line);
    }
  });

  it.each([
    ['two certificates', pem + pem],
    ['an empty text', ''],
    ['a text that is something else', 'hello, world'],
    ['a public key', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----'],
    ['base64 of something else', 'AAAA'],
    ['a number', 7 as unknown as string],
  ])('is not %s', (_, text) => {
    expect(problemsWith(Certificate.fromPem(text)).map(({ code }) => code)).toEqual(['invalid-certificate']);
  });

  it.each([
    ['an EC key, which the flow does not verify', EC_KEY, 365, ['error certificate-key-unusable']],
    ['a short RSA key', WEAK_RSA, 365, ['error SFCA-APP-CERTIFICATE-STRENGTH']],
    ['MD5', WITH_MD5, 365, ['warning SFCA-APP-CERTIFICATE-STRENGTH']],
    ['a hundred years', STRONG, 36500, ['warning SFCA-APP-CERTIFICATE-LIFETIME']],
    ['ten days to live', STRONG, 10, ['warning SFCA-APP-CERTIFICATE-EXPIRY']],
    ['what the guides ask for', STRONG, 365, []],
  ])('is judged at synth, each fact once: %s', (_, given, days, expected) => {
    const app = program();
    const today = new Date().toISOString().slice(0, 10);
    new MachineApp(orgIn(app, { today }), 'Feed', {
      ...machineProps,
      certificate: Certificate.fromPem(issued(given, days)),
    });
    const found = diagnosticsOf(app).map(({ severity, code }) => `${severity} ${code}`);
    expect(found.filter((each) => /certificate/i.test(each))).toEqual(expected);
  });

  it('in a file that is not there is a problem of the app, not a crash', () => {
    const [problem] = problemsWith(Certificate.fromFile('certs/missing.crt'));
    expect(problem).toMatchObject({
      code: 'unreadable-certificate-file',
      path: 'identity/prod/Feed',
      value: '"certs/missing.crt"',
      problem: 'there is no such file',
    });
  });

  it.each([
    ['a folder', '.'],
    ['a number', 7 as unknown as string],
  ])('cannot be read from %s', (_, path) => {
    expect(problemsWith(Certificate.fromFile(path)).map(({ code }) => code)).toEqual(['unreadable-certificate-file']);
  });

  it('is not a file of megabytes', () => {
    const file = join(temporaryFolder(), 'big.crt');
    writeFileSync(file, 'A'.repeat(200_000));
    expect(problemsWith(Certificate.fromFile(file))[0]?.problem).toMatch(/200000 bytes/);
  });
});
