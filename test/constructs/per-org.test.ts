import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Certificate, MachineApp, PerOrg, PrivateClientApp, type SalesforceOrg, Username } from '../../constructs';
import { diagnosticsOf, synthManifests } from '../../constructs/testing';
import { makeCertificate } from '../emulator/certificate';
import { DEMO_CERTIFICATE, machineProps, orgIn, privateProps, program, removeTemporaryFolders } from './support';

afterEach(removeTemporaryFolders);

/** Two orgs of one program, each in its stack. */
function twoOrgs(declare: (org: SalesforceOrg) => void) {
  const app = program();
  const orgs = [orgIn(app), orgIn(app, {}, 'sandbox', 'uat')];
  orgs.forEach(declare);
  return app;
}

const { clientCredentials: _unused, ...withCertificate } = machineProps;
const annotationsOf = (outdir: string): string => readFileSync(join(outdir, 'manifest.json'), 'utf8');

describe('one declaration for several orgs', () => {
  it('writes what is stated for each org', () => {
    const app = twoOrgs((org) => {
      new PrivateClientApp(org, 'Portal', {
        ...privateProps,
        callbackUrls: PerOrg.of({ prod: ['https://a.example/cb'], uat: ['https://uat.a.example/cb'] }),
      });
    });
    const urls = synthManifests(app).map(
      ({ apps }) => apps[0]?.components.find(({ fields }) => 'callbackUrl' in fields)?.fields['callbackUrl']?.value,
    );
    expect(urls).toEqual([['https://a.example/cb'], ['https://uat.a.example/cb']]);
  });

  it('with one certificate warns of the key that opens both, in the org that is declared later', () => {
    const app = twoOrgs((org) => new MachineApp(org, 'Feed', withCertificate));
    expect(diagnosticsOf(app)).toEqual([
      expect.objectContaining({
        code: 'certificate-shared-by-orgs',
        severity: 'warning',
        path: 'sandbox/uat/Feed',
        problem: expect.stringContaining('identity/prod/Feed'),
      }),
    ]);
    app.synth();
    const text = annotationsOf(app.outdir);
    expect(text.match(/certificate-shared-by-orgs/g)).toHaveLength(1);
    expect(text).not.toContain('BEGIN CERTIFICATE');
  });

  it('with a separate certificate for each org has nothing to warn of', async () => {
    const { cert } = await makeCertificate();
    const certificate = PerOrg.of({
      prod: Certificate.fromFile(DEMO_CERTIFICATE),
      uat: Certificate.fromPem(cert),
    });
    const app = twoOrgs((org) => new MachineApp(org, 'Feed', { ...withCertificate, certificate }));
    expect(diagnosticsOf(app)).toEqual([]);
    app.synth();
    expect(annotationsOf(app.outdir)).not.toContain('@cdktf/warn');
  });

  it('may share a certificate between the apps of one org', () => {
    const app = program();
    const org = orgIn(app);
    new MachineApp(org, 'Feed', withCertificate);
    new MachineApp(org, 'Export', withCertificate);
    expect(diagnosticsOf(app)).toEqual([]);
  });

  it('warns of a value for an org that the program does not have, once, and names the org that was probably meant', () => {
    const url = ['https://a.example/cb'] as const;
    const callbackUrls = PerOrg.of({ prod: url, uat: url, Prod: url });
    const app = twoOrgs((org) => new PrivateClientApp(org, 'Portal', { ...privateProps, callbackUrls }));
    expect(diagnosticsOf(app)).toMatchObject([
      {
        code: 'value-for-unknown-org',
        severity: 'warning',
        path: 'identity/prod/Portal',
        field: 'callbackUrls',
        value: 'Prod',
        remedy: 'did you mean prod?',
      },
    ]);
  });

  it('finds such an org in nested options, and says nothing where the program has a single org', () => {
    const runAs = Username.perOrg({ prod: 'a@acme.example', uat: 'a@acme.example.uat', dev: 'a@acme.example.dev' });
    const declare = (org: SalesforceOrg) =>
      new PrivateClientApp(org, 'Portal', { ...privateProps, apexHandler: { className: 'Handler', executeAs: runAs } });
    expect(diagnosticsOf(twoOrgs(declare))).toMatchObject([{ field: 'apexHandler.executeAs', value: 'dev' }]);
    const single = program();
    declare(orgIn(single));
    expect(diagnosticsOf(single)).toEqual([]);
  });
});
