import { Engine, MachineApp, PrivateClientApp, TlsClientAuthType } from '../../constructs';
import { synthManifests } from '../../constructs/testing';
import {
  files,
  machineProps,
  orgIn,
  privateProps,
  program,
  removeTemporaryFolders,
  temporaryFolder,
  terraformJson,
} from './support';

afterAll(removeTemporaryFolders);

const SECURITY = 'ExtlClntAppOauthSecuritySettings';
const tokenIpRanges = [{ start: '203.0.113.1', end: '203.0.113.9' }];
const tlsClientAuth = { type: TlsClientAuthType.SUBJECT_DN, value: 'CN=feed' };

/** An org with a machine that states security settings, and a portal that states none. */
function synthesized(engine: Engine) {
  const outdir = temporaryFolder();
  const app = program({ outdir });
  const org = orgIn(app, { apiVersion: 68, engine });
  new MachineApp(org, 'Feed', {
    ...machineProps,
    experimental: { securitySettings: { tokenIpRanges, tlsClientAuth } },
  });
  new PrivateClientApp(org, 'Portal', { ...privateProps, experimental: {} });
  const [manifest] = synthManifests(app);
  app.synth();
  return { outdir, manifest };
}

describe('a program with experimental security settings', () => {
  it('has them in the manifest and the package, of the one app that states them', () => {
    const { outdir, manifest } = synthesized(Engine.PROVIDER);
    const owners = manifest?.apps.filter(({ components }) => components.some(({ type }) => type === SECURITY));
    expect(owners?.map(({ api_name: name }) => name)).toEqual(['Feed']);
    const component = owners?.[0]?.components.find(({ type }) => type === SECURITY);
    expect(component).toMatchObject({ name: 'Feed_oauthSecurity', preserved: ['label'] });
    const written = [...files(outdir)].filter(([path]) => path.endsWith('.ecaOauthSecurity'));
    expect(written).toHaveLength(1);
    expect(written[0]?.[1]).toContain('<tlsClientAuthCertParamValue>CN=feed</tlsClientAuthCertParamValue>');
    expect([...files(outdir)].find(([path]) => path.endsWith('1-apps/package.xml'))?.[1]).toContain(
      `<name>${SECURITY}</name>`,
    );
  });

  it('hands them to Terraform: as an attribute, or as triggers that a plan shows', () => {
    const provider = JSON.stringify(terraformJson(synthesized(Engine.PROVIDER).outdir));
    expect(provider.match(/"oauth_security":/g)).toHaveLength(1);
    expect(provider).toContain('"tls_client_auth_cert_param_type":"tls_client_auth_subject_dn"');
    const triggers = JSON.stringify(terraformJson(synthesized(Engine.NULL).outdir));
    expect(triggers).toContain('"oauth_security.tls_client_auth_cert_param_value":"CN=feed"');
    expect(triggers).toContain('"oauth_security.token_ip_ranges":');
  });
});
