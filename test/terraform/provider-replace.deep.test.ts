import { type Bench, bench } from '../operations/support';
import { describeTerraformDeep } from './deep';
import { app, countOf, credentials, type Project, project, SELF_AUTHORIZED } from './provider-support';

const ADDRESS = 'salesforce_external_client_app.portal';
const UNPROTECTED = `${SELF_AUTHORIZED}\n  deletion_protection = false`;
const header = (name: string) => ['ExternalClientApplication', name, `externalClientApps/${name}.eca`] as const;
const renamed = (more: string): string =>
  app('Portal', more).replace('api_name     = "Portal"', 'api_name = "Partners"');

describeTerraformDeep('what would delete an app, driven by the real terraform', () => {
  let org: Bench;
  let work: Project;
  const plan = (...given: string[]) => work.run('plan', '-input=false', ...given);
  const apply = (...given: string[]) => work.run('apply', '-input=false', '-auto-approve', ...given);
  /** A custom permission of the org that names an app. */
  const permission = async (name: string): Promise<void> => {
    const content = `<externalClientApplication>${name}</externalClientApplication><isLicensed>false</isLicensed><label>I</label>`;
    const files = new Map([
      [
        'package.xml',
        '<Package xmlns="http://soap.sforce.com/2006/04/metadata"><types><members>Invoices</members><name>CustomPermission</name></types><version>66.0</version></Package>',
      ],
      [
        'customPermissions/Invoices.customPermission',
        `<CustomPermission xmlns="http://soap.sforce.com/2006/04/metadata">${content}</CustomPermission>`,
      ],
    ]);
    expect(await org.org.deploy({ files, apiVersion: 66, checkOnly: false })).toMatchObject({ status: 'succeeded' });
  };
  const keyOf = (): string | undefined => /"consumer_key": "(3MVG9[^"]+)"/.exec(work.state())?.[1];

  beforeAll(async () => {
    org = await bench();
    work = project(credentials(org.emulator));
    work.write(app('Portal', SELF_AUTHORIZED));
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
    expect(await apply()).toMatchObject({ status: 0 });
  });
  afterAll(async () => {
    await org.close();
    work.remove();
  });

  it('is refused in the plan while the app is protected: removal, destroy, rename', async () => {
    work.write();
    const removal = await plan();
    expect(removal.output).toMatch(/Error: .*protected from deletion/);
    expect(removal.output).toMatch(/deletes its consumer\s+key/);
    expect(removal.status).toBe(1);

    work.write(app('Portal', SELF_AUTHORIZED));
    const destroy = await plan('-destroy');
    expect(destroy.output).toMatch(/Error: .*protected from deletion/);
    expect(destroy.status).toBe(1);

    work.write(renamed(SELF_AUTHORIZED));
    const rename = await plan();
    expect(rename.output).toMatch(/Error: .*cannot be renamed/);
    expect(rename.output).toMatch(/Salesforce cannot rename an app/);
    expect(rename.status).toBe(1);
  });

  it('is refused in the apply where Terraform does not ask before: a tainted app', async () => {
    const deploys = countOf(org.emulator, 'deploy');
    work.write(app('Portal', SELF_AUTHORIZED));
    await work.run('taint', ADDRESS);
    const { status, output } = await apply();
    expect(output).toMatch(/Error: .*protected from deletion/);
    expect(status).toBe(1);
    expect(countOf(org.emulator, 'deploy')).toBe(deploys);
    expect(await org.file(...header('Portal'))).toContain('<label>Portal</label>');
    await work.run('untaint', ADDRESS);
    expect(await plan('-detailed-exitcode')).toMatchObject({ status: 0 });
  });

  it('happens to a tainted app once it is not protected any more', async () => {
    const deploys = countOf(org.emulator, 'deploy');
    work.write(app('Portal', UNPROTECTED));
    expect(await apply()).toMatchObject({ status: 0 });
    // The protection is Terraform's business: the org heard nothing of it.
    expect(countOf(org.emulator, 'deploy')).toBe(deploys);
    const before = keyOf();
    await work.run('taint', ADDRESS);
    expect(await apply()).toMatchObject({ status: 0 });
    expect(keyOf()).toMatch(/^3MVG9/);
    expect(keyOf()).not.toBe(before);
    expect(countOf(org.emulator, 'deploy')).toBe(deploys + 2);
  });

  it('is refused in the plan while other metadata of the org names the app, and named', async () => {
    await permission('Portal');
    work.write(renamed(UNPROTECTED));
    const { status, output } = await plan();
    expect(output).toMatch(/Error: .*deletion referenced/);
    expect(output).toMatch(/custom permission Invoices/);
    expect(status).toBe(1);
    await permission('Other');
  });

  it('is said in words when a rename may happen, and then it does', async () => {
    work.write(renamed(UNPROTECTED));
    const planned = await plan();
    expect(planned.output.replace(/\s+(│ )?/g, ' ')).toContain(
      'No metadata that was read names it. Not evaluated: Apex',
    );
    expect(planned.output).toMatch(/Warning: .*a new name is a new app/);
    expect(planned.output).toMatch(/~ api_name += "Portal" -> "Partners" # forces replacement/);
    expect(planned.status).toBe(0);
    expect(await apply()).toMatchObject({ status: 0 });
    expect(await org.file(...header('Partners'))).toContain('<label>Portal</label>');
    await expect(org.file(...header('Portal'))).rejects.toThrow();
  });

  it('is refused where a new address declares the app that an old one leaves: it has moved', async () => {
    const deploys = countOf(org.emulator, 'deploy');
    const elsewhere = renamed(UNPROTECTED).replace('"portal"', '"partners"');
    work.write(elsewhere);
    const { status, output } = await apply();
    expect(output).toMatch(/under one address and deletes it\s+under another/);
    expect(status).toBe(1);
    expect(countOf(org.emulator, 'deploy')).toBe(deploys);
    work.write(elsewhere, `moved {\n  from = ${ADDRESS}\n  to = salesforce_external_client_app.partners\n}`);
    expect(await apply()).toMatchObject({ status: 0 });
    expect(countOf(org.emulator, 'deploy')).toBe(deploys);
  });

  it('is not done twice: two resources that are one app are refused', async () => {
    const deploys = countOf(org.emulator, 'deploy');
    const moved = renamed(UNPROTECTED).replace('"portal"', '"partners"');
    const twin = (address: string): string => app('Twin', UNPROTECTED).replace('"twin"', `"${address}"`);
    work.write(moved, twin('one'), twin('two'));
    const { status, output } = await apply();
    expect(output).toMatch(/Error: .*Twin: declared twice/);
    expect(status).toBe(1);
    expect(countOf(org.emulator, 'deploy')).toBe(deploys);
  });

  it('leaves the app of somebody else alone that took its name', async () => {
    // Deleted in Setup and made anew by hand: the same name, another consumer key.
    const deploys = countOf(org.emulator, 'deploy');
    const key = keyOf() ?? '';
    work.writeState(work.state().replaceAll(key, `${key.slice(0, -4)}XXXX`));
    work.write();
    const { status, output } = await work.run('apply', '-input=false', '-auto-approve', '-refresh=false');
    expect(output).toMatch(/not the one in\s+the\s+Terraform\s+state/);
    expect(status).toBe(1);
    expect(countOf(org.emulator, 'deploy')).toBe(deploys);
  });
});
