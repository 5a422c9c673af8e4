import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Bench, bench, SEED } from '../operations/support';
import { artifacts } from './artifacts';
import { MACHINE } from './machine';
import { credentials, type Project, project } from './provider-support';
import { type Consumer, consumerIn, isSwitchOpen } from './store-support';
import { describeTerraform, type Ran, terraform } from './support';

/** A rotation as somebody writes it: staged, handed to the vault, and in use once the vault has it. */
const rotation = (text: string, { open = true, again = '' } = {}): string => `
variable "to" { type = string }
resource "salesforce_staged_credentials" "sync" {
  api_name           = salesforce_external_client_app.sync.api_name
  rotation           = "${text}"
  open_secret_access = ${open}
}
ephemeral "salesforce_staged_client_secret" "sync" {
  api_name           = salesforce_staged_credentials.sync.api_name
  consumer_key       = salesforce_staged_credentials.sync.consumer_key
  open_secret_access = ${open}
}
resource "terraform_data" "vault" {
  triggers_replace = [salesforce_staged_credentials.sync.consumer_key, "${again}"]
  provisioner "local-exec" {
    command     = "curl -sf --data-binary @- \\"$TO\\" <<< \\"$GIVEN\\""
    interpreter = ["bash", "-c"]
    environment = { GIVEN = ephemeral.salesforce_staged_client_secret.sync.client_secret, TO = var.to }
  }
}
resource "salesforce_promoted_credentials" "sync" {
  api_name           = salesforce_external_client_app.sync.api_name
  consumer_key       = salesforce_staged_credentials.sync.consumer_key
  open_secret_access = ${open}
  depends_on         = [terraform_data.vault]
}
`;

describeTerraform('a rotation whose secret is in no plan and no state, with the real terraform', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'client-apps-rotation-'));
  const stateFile = join(scratch, 'org.json');
  const heard: string[] = [];
  const said: string[] = [];
  const secrets = new Set<string>();
  let isUp = true;
  let vault: Server;
  let org: Bench;
  let work: Project;

  const traced = async (...given: readonly string[]): Promise<Ran> => {
    const log = join(work.folder, `${given[0] ?? ''}-${said.length}.log`);
    const { port } = vault.address() as AddressInfo;
    const more = { TF_LOG: 'trace', TF_LOG_PATH: log, TF_VAR_to: `http://127.0.0.1:${port}/` };
    const ran = await terraform(work.folder, given, { ...credentials(org.emulator), ...more });
    said.push(ran.output);
    return ran;
  };
  const applied = async (): Promise<void> => {
    const { status, output } = await traced('apply', '-input=false', '-auto-approve');
    if (status !== 0) throw new Error(output);
  };
  const inOrg = (): Consumer => consumerIn(stateFile, secrets);
  const isOpen = (): boolean => isSwitchOpen(stateFile);
  const logsIn = async (key: string, secret: string): Promise<boolean> => {
    const form = { grant_type: 'client_credentials', client_id: key, client_secret: secret };
    const body = new URLSearchParams(form);
    return (await fetch(`${org.emulator.url}/services/oauth2/token`, { method: 'POST', body })).ok;
  };

  beforeAll(async () => {
    vault = createServer((request, response) => {
      let body = '';
      request.on('data', (data: Buffer) => (body += data.toString()));
      request.on('end', () => {
        if (isUp) heard.push(body.trim());
        response.statusCode = isUp ? 200 : 503;
        response.end();
      });
    });
    await new Promise<void>((resolve) => vault.listen(0, '127.0.0.1', resolve));
    org = await bench({ stateFile, seedDir: SEED });
    work = project({});
    work.write(MACHINE);
    expect(await traced('init', '-input=false')).toMatchObject({ status: 0 });
    await applied();
  });
  afterAll(async () => {
    await org.close();
    await new Promise((resolve) => vault.close(resolve));
    work.remove();
    rmSync(scratch, { recursive: true, force: true });
  });

  it('is refused by the plan without consent to the org-wide switch', async () => {
    work.write(MACHINE, rotation('1', { open: false }));
    const plan = await traced('plan', '-input=false');
    expect(plan.status).toBe(1);
    expect(plan.output).toContain('set open_secret_access = true');
  });

  it('stays staged where the vault fails: the former secret opens the app, and no plan stages another', async () => {
    const before = inOrg();
    isUp = false;
    work.write(MACHINE, rotation('1'));
    expect((await traced('apply', '-input=false', '-auto-approve')).status).toBe(1);
    isUp = true;
    const { key, secret, staged } = inOrg();
    expect({ key, secret }).toEqual({ key: before.key, secret: before.secret });
    expect(staged?.state).toBe('Active');
    expect(isOpen()).toBe(false);
    expect(await logsIn(key, secret)).toBe(true);

    const asked = (): number => org.emulator.calls().filter(({ operation }) => /credential/i.test(operation)).length;
    const calls = asked();
    expect(calls).toBeGreaterThan(0);
    expect((await traced('plan', '-input=false', '-out=plan.bin')).status).toBe(0);
    expect(asked()).toBe(calls);
    expect(inOrg()).toEqual({ ...before, staged });
  });

  it('goes on with the next apply, which hands over the same secret and takes it in use', async () => {
    const staged = inOrg().staged;
    expect(await traced('apply', '-input=false', 'plan.bin')).toMatchObject({ status: 0 });
    expect(heard).toEqual([staged?.secret]);
    expect(inOrg()).toMatchObject({ key: staged?.key, secret: staged?.secret, staged: { state: 'Rotated' } });
    expect(await logsIn(staged?.key ?? '', heard[0] ?? '')).toBe(true);
    expect(isOpen()).toBe(false);
    const plan = await traced('plan', '-input=false', '-detailed-exitcode');
    expect(plan.status).toBe(0);
    expect(plan.output).not.toContain('access to consumer secrets is on');
    expect((await traced('plan', '-input=false', '-refresh=false', '-detailed-exitcode')).status).toBe(0);
    expect((await traced('plan', '-input=false', '-refresh-only')).status).toBe(0);
  });

  it('is refused while the former credentials stand, and hands the present ones over again where it is asked to', async () => {
    work.write(MACHINE, rotation('2'));
    const refused = await traced('apply', '-input=false', '-auto-approve');
    expect(refused.status).toBe(1);
    expect(refused.output.replace(/[\s│]+/g, ' ')).toContain(
      'its former credentials are still valid beside the current ones',
    );
    const { key, secret } = inOrg();
    work.write(MACHINE, rotation('1', { again: 'lost' }));
    await applied();
    expect(heard).toEqual([secret, secret]);
    expect(inOrg()).toMatchObject({ key, secret });
    expect(isOpen()).toBe(false);
    // As an apply leaves it that was killed in the middle.
    const file = 'settings/ExternalClientApp.settings';
    await org.tamper('Settings', 'ExternalClientApp', file, /(<enableClientSecretInRestApiAccess>)false/, '$1true');
    expect((await traced('plan', '-input=false')).output).toContain('The access to consumer secrets is on');
  });

  it('leaves the credentials in use where the steps are removed, and left the secret nowhere', async () => {
    const before = inOrg();
    work.write(MACHINE);
    await applied();
    expect(inOrg()).toEqual(before);
    const texts = await artifacts(work.folder, said);
    expect(texts.size).toBeGreaterThan(12);
    expect(secrets.size).toBeGreaterThan(2);
    for (const each of [...secrets, org.emulator.accessToken]) {
      expect([...texts].filter(([, text]) => text.includes(each)).map(([name]) => name)).toEqual([]);
    }
    expect([...texts.keys()]).toEqual(expect.arrayContaining(['terraform.tfstate.backup', 'plan.bin/tfplan']));
  });
});
