import { importBlocks } from '../../lib/import/hcl';
import { readForImport } from '../../lib/operations/read-import';
import { type Bench, bench, SEED } from '../operations/support';
import { describeTerraformDeep } from './deep';
import { changed, countOf, credentials, type Project, project } from './provider-support';

const TODAY = new Date().toISOString().slice(0, 10);
const PROVIDER = 'provider "salesforce" {\n  managed_by = "client-apps-prod/prod"\n}';

describeTerraformDeep('apps that were made by hand, driven by the real terraform', () => {
  let org: Bench;
  let work: Project;
  let generated: string;
  const plan = (...given: string[]) => work.run('plan', '-input=false', ...given);
  const apply = (...given: string[]) => work.run('apply', '-input=false', '-auto-approve', ...given);

  beforeAll(async () => {
    org = await bench({ seedDir: SEED });
    work = project(credentials(org.emulator));
    // What `client-apps import --hcl` writes for the org.
    const observed = await readForImport(org.org, 'prod', 66, {});
    const { file } = importBlocks(observed, new Map([['Data_Loader_Nightly', 'another test']]), TODAY);
    expect(file.text).toContain(PROVIDER);
    work.write(file.text);
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
  });
  afterAll(async () => {
    await org.close();
    work.remove();
  });

  it('are imported as they are, however insecure, with a warning for each violated control', async () => {
    const planned = await plan('-generate-config-out=generated.tf');
    expect(planned.output).toContain('2 to import, 0 to add, 0 to change, 0 to destroy');
    expect(planned.output).toMatch(/Warning: salesforce_external_client_app: SFCA-ECA-[^]*Legacy_Portal:/);
    expect(planned.output).not.toMatch(/Error:/);
    expect(planned.status).toBe(0);
    generated = work.file('generated.tf');
    expect(await apply()).toMatchObject({ status: 0 });
    expect(countOf(org.emulator, 'deploy')).toBe(0);
  });

  it('plan empty as long as nobody changes anything', async () => {
    const again = await plan('-detailed-exitcode');
    expect(again.output).toContain('No changes');
    expect(again.status).toBe(0);
    expect(await apply()).toMatchObject({ status: 0 });
    expect(await plan('-detailed-exitcode')).toMatchObject({ status: 0 });
    expect(countOf(org.emulator, 'deploy')).toBe(0);
  });

  it('may lose their protection without becoming secure: the org hears nothing of it', async () => {
    const unprotected = generated.replace(/deletion_protection\s+= true/g, 'deletion_protection = false');
    work.write(PROVIDER, unprotected);
    expect(await apply()).toMatchObject({ status: 0 });
    expect(countOf(org.emulator, 'deploy')).toBe(0);
    expect(await plan('-detailed-exitcode')).toMatchObject({ status: 0 });
  });

  it('get every secure default with the first change, which is shown and judged', async () => {
    const label = generated.replace(/label( +)= "Reporting"/, 'label = "Reports"');
    work.write(PROVIDER, label.replace(/deletion_protection\s+= true/g, 'deletion_protection = false'));
    const { output, status } = await plan();
    expect(output).toMatch(/~ label += "Reporting" -> "Reports"/);
    expect(status).toBe(0);
    const names = changed(await work.planned(), 'salesforce_external_client_app.Reporting');
    expect(names).toEqual(expect.arrayContaining(['app.label', 'oauth_policies.session_timeout_in_minutes']));
    const planned = await apply('plan.bin');
    expect(planned).toMatchObject({ status: 0 });
    expect(await plan('-detailed-exitcode')).toMatchObject({ status: 0 });
  });
});
