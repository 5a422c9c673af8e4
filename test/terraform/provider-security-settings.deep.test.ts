import { type Bench, bench } from '../operations/support';
import { describeTerraformDeep } from './deep';
import { app, changed, credentials, type Project, project, SELF_AUTHORIZED } from './provider-support';

const SECURITY = 'ExtlClntAppOauthSecuritySettings';
const ADDRESS = 'salesforce_external_client_app.portal';
const provider = (apiVersion: number): string =>
  `provider "salesforce" {\n  managed_by = "identity/prod"\n  api_version = ${apiVersion}\n}`;
const range = (last: number): string =>
  `{ start_ip_address = "203.0.113.${last}", end_ip_address = "203.0.113.${last}" }`;
const security = (members: string): string => `oauth_security = { ${members} }`;
const portal = (...more: readonly string[]): string => app('Portal', [SELF_AUTHORIZED, ...more].join('\n'));

describeTerraformDeep('undocumented security settings, driven by the real terraform', () => {
  let org: Bench;
  let work: Project;
  const plan = (...given: string[]) => work.run('plan', '-input=false', ...given);
  const apply = (...given: string[]) => work.run('apply', '-input=false', '-auto-approve', ...given);
  const record = async (): Promise<string | undefined> => {
    const { files } = await org.org.retrieve({ apiVersion: 68, types: new Map([[SECURITY, ['*']]]) }, {});
    return files.get('extlClntAppOauthSecuritySettings/Portal_oauthSecurity.ecaOauthSecurity');
  };

  beforeAll(async () => {
    org = await bench({ switches: { securitySettingsDeployable: true } });
    work = project(credentials(org.emulator));
    work.write(provider(68), portal());
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
  });
  afterAll(async () => {
    await org.close();
    work.remove();
  });

  it('are no part of an app whose configuration does not state them', async () => {
    expect(await apply()).toMatchObject({ status: 0 });
    expect(await record()).toBeUndefined();
    expect(JSON.parse(work.state())).toMatchObject({
      resources: [{ instances: [{ attributes: { oauth_security: null } }] }],
    });
  });

  it('are written where they are stated, and planned empty afterward', async () => {
    const subject =
      'tls_client_auth_cert_param_type = "tls_client_auth_san_dns", tls_client_auth_cert_param_value = "a"';
    work.write(provider(68), portal(security(`token_ip_ranges = [${range(1)}], ${subject}`)));
    expect(await apply()).toMatchObject({ status: 0 });
    expect(await record()).toContain('203.0.113.1');
    expect(await record()).toContain('tls_client_auth_san_dns');
    expect(await plan('-detailed-exitcode')).toMatchObject({ status: 0 });
  });

  it('change alone where one of them changes; the others stay', async () => {
    work.write(provider(68), portal(security(`token_ip_ranges = [${range(1)}, ${range(2)}]`)));
    expect(changed(await work.planned(), ADDRESS)).toEqual(['oauth_security.token_ip_ranges']);
    expect(await apply()).toMatchObject({ status: 0 });
    expect(await record()).toContain('tls_client_auth_san_dns');
    expect(await plan('-detailed-exitcode')).toMatchObject({ status: 0 });
  });

  it('stay in the org once the configuration no longer states them', async () => {
    const before = await record();
    work.write(provider(68), portal());
    expect(await apply()).toMatchObject({ status: 0 });
    expect(await record()).toBe(before);
    expect(await plan('-detailed-exitcode')).toMatchObject({ status: 0 });
  });

  it('are refused at a version that does not have them, by its name', async () => {
    work.write(provider(66), portal(security(`token_ip_ranges = [${range(1)}]`)));
    const { status, output } = await plan();
    expect(status).toBe(1);
    expect(output).toMatch(/token_ip_ranges does not exist at API version 66/);
    expect(output).toMatch(/exists from API version 67/);
  });
});
