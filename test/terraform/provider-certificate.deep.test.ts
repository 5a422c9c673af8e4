import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { makeCertificate } from '../emulator/certificate';
import { type Bench, bench, SEED } from '../operations/support';
import { describeTerraformDeep } from './deep';
import { app, credentials, type Project, project } from './provider-support';

const PROVIDER = 'provider "salesforce" {\n  managed_by = "identity/prod"\n}';
const IMPORT = 'import {\n  to = salesforce_external_client_app.portal\n  id = "Portal"\n}';
const ADMITTED =
  'oauth_policies = { permitted_users_policy_type = "AdminApprovedPreAuthorized", comma_separated_permission_set = ["Partner_Portal_Access"] }';
const REMOVES = `${ADMITTED}\n  allow_certificate_removal = true`;
const HEADER = ['ExternalClientApplication', 'Portal', 'externalClientApps/Portal.eca'] as const;

describeTerraformDeep.each([false, true])('certificates, driven by the real terraform (readable: %s)', (readable) => {
  let org: Bench;
  let work: Project;
  let folder: string;
  let declared: string;
  const apply = (...given: string[]) => work.run('apply', '-input=false', '-auto-approve', ...given);
  const plan = (...given: string[]) => work.run('plan', '-input=false', '-detailed-exitcode', ...given);
  /** By the emulator's own state. */
  const held = (): string | undefined => {
    const state = JSON.parse(readFileSync(join(folder, 'org.json'), 'utf8')) as {
      components: Record<string, Record<string, { fields: Record<string, string> }>>;
    };
    return state.components['ExtlClntAppGlobalOauthSettings']?.['Portal_glbloauth']?.fields['certificate'];
  };
  const fingerprint = (): unknown =>
    (JSON.parse(work.state()) as { resources: { instances: { attributes: Record<string, unknown> }[] }[] }).resources[0]
      ?.instances[0]?.attributes['certificate_fingerprint'];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'client-apps-tf-org-'));
    org = await bench({
      seedDir: SEED,
      stateFile: join(folder, 'org.json'),
      switches: { certificateReadable: readable },
    });
    work = project(credentials(org.emulator));
    const { cert } = await makeCertificate();
    declared = app('Portal', `${ADMITTED}\n  certificate = <<-PEM\n${cert.trim()}\nPEM\n`);
    work.write(PROVIDER, declared);
    await work.run('init', '-input=false');
    expect((await apply()).output).toMatch(/Apply complete/);
  });
  afterAll(async () => {
    await org.close();
    work.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it('taken out of the configuration are an error of the plan, and stay until their removal is stated', async () => {
    work.write(PROVIDER, app('Portal', ADMITTED));
    const refused = await plan();
    expect(refused.output).toMatch(/allow_certificate_removal = true[^]*certificate-undeclared/);
    expect([refused.status, held() !== undefined]).toEqual([1, true]);
    work.write(PROVIDER, app('Portal', REMOVES));
    const planned = await plan();
    expect(planned.output).toMatch(/certificate_fingerprint += "[0-9a-f]{64}" -> "none"/);
    expect(planned.status).toBe(2);
    expect(await apply()).toMatchObject({ status: 0 });
    expect([held(), fingerprint()]).toEqual([undefined, 'none']);
    expect(await org.file(...HEADER)).toContain('Managed as code by identity/prod; no certificate');
    expect(await plan()).toMatchObject({ status: 0 });
    work.write(PROVIDER, app('Portal', ADMITTED).replace('/b"', '/c"'));
    expect(await apply()).toMatchObject({ status: 0 });
  });

  it('of an imported app are neither lost by its changes nor forgotten, in whatever order they come', async () => {
    work.write(PROVIDER, declared);
    expect(await apply()).toMatchObject({ status: 0 });
    await org.tamper(...HEADER, /Managed as code by [^<]*/, 'made by hand');
    if (!readable) {
      // An admin's tool that does not know the certificate of the consumer leaves that record alone.
      expect(held()).toBeDefined();
    }
    rmSync(join(work.folder, 'terraform.tfstate'), { force: true });
    const bare = app('Portal', ADMITTED);
    work.write(PROVIDER, bare, IMPORT);
    const imported = await apply();
    expect(imported.output).not.toMatch(readable ? /never/ : /Error/);
    if (readable) expect(imported.output).toMatch(/certificate-undeclared/);
    else {
      work.write(PROVIDER, bare.replace('label = "Portal"', 'label = "Renamed"'));
      expect(await apply()).toMatchObject({ status: 0 });
      expect([held() !== undefined, fingerprint()]).toEqual([true, null]);
      work.write(PROVIDER, bare.replace('/b"', '/d"'));
      const changed = await apply();
      expect(changed.output).toMatch(/certificate-would-be-lost/);
      expect([changed.status, held() !== undefined]).toEqual([1, true]);
    }
    work.write(PROVIDER, app('Portal', REMOVES), ...(readable ? [IMPORT] : []));
    expect(await apply()).toMatchObject({ status: 0 });
    expect([held(), fingerprint()]).toEqual([undefined, 'none']);
    expect(await plan()).toMatchObject({ status: 0 });
  });

  it('are none of a new app, which says so', async () => {
    work.write(PROVIDER, app('Portal', REMOVES), app('Other', ADMITTED));
    expect(await apply()).toMatchObject({ status: 0 });
    expect(await org.file('ExternalClientApplication', 'Other', 'externalClientApps/Other.eca')).toContain(
      '; no certificate',
    );
    expect(await plan()).toMatchObject({ status: 0 });
  });
});
