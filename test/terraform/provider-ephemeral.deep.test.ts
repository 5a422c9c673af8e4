import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Bench, bench, SEED } from '../operations/support';
import { artifacts } from './artifacts';
import { MACHINE } from './machine';
import { credentials, type Project, project } from './provider-support';
import { describeTerraform, type Ran, terraform } from './support';

/** Something that a run tells a secret to, outside of Terraform. */
const shown = (name: string, value: string): string => `
resource "terraform_data" "${name}" {
  triggers_replace = [salesforce_external_client_app.sync.consumer_key]
  provisioner "local-exec" {
    command     = "curl -s --data-binary @- \\"$TO\\" <<< \\"$GIVEN\\""
    interpreter = ["bash", "-c"]
    environment = { GIVEN = ${value}, TO = var.to }
  }
}
`;

const VARIABLES = `
variable "to" { type = string }
variable "secret" {
  type      = string
  ephemeral = true
  default   = null
}
`;

describeTerraform('an access token as an ephemeral resource, with the real terraform', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'client-apps-ephemeral-'));
  const stateFile = join(scratch, 'org.json');
  const heard: string[] = [];
  const said: string[] = [];
  let vault: Server;
  let org: Bench;
  let work: Project;

  let secretGiven = '';
  const traced = async (...given: readonly string[]): Promise<Ran> => {
    const log = join(work.folder, `${given[0] ?? ''}-${said.length}.log`);
    const { port } = vault.address() as AddressInfo;
    const more = {
      TF_LOG: 'trace',
      TF_LOG_PATH: log,
      TF_VAR_to: `http://127.0.0.1:${port}/`,
      TF_VAR_secret: secretGiven,
    };
    const ran = await terraform(work.folder, given, { ...credentials(org.emulator), ...more });
    said.push(ran.output);
    return ran;
  };

  beforeAll(async () => {
    vault = createServer((request, response) => {
      let body = '';
      request.on('data', (data: Buffer) => (body += data.toString()));
      request.on('end', () => {
        heard.push(body.trim());
        response.end();
      });
    });
    await new Promise<void>((resolve) => vault.listen(0, '127.0.0.1', resolve));
    org = await bench({ stateFile, seedDir: SEED });
    work = project({});
  });
  afterAll(async () => {
    await org.close();
    await new Promise((resolve) => vault.close(resolve));
    work.remove();
    rmSync(scratch, { recursive: true, force: true });
  });

  const statusOf = async (token: string | undefined): Promise<number> => {
    const headers = { authorization: `Bearer ${token ?? ''}` };
    return (await fetch(`${org.emulator.url}/services/oauth2/userinfo`, { headers })).status;
  };

  it("is that of the provider's login, for another provider configuration and for what is outside of Terraform", async () => {
    work.write(
      VARIABLES,
      MACHINE,
      shown('own', 'ephemeral.salesforce_access_token.own.access_token'),
      `
ephemeral "salesforce_access_token" "own" {}
provider "salesforce" {
  alias        = "again"
  instance_url = ephemeral.salesforce_access_token.own.instance_url
  access_token = ephemeral.salesforce_access_token.own.access_token
}
data "salesforce_client_apps" "all" { provider = salesforce.again }
output "count" { value = length(data.salesforce_client_apps.all.apps) }
`,
    );
    expect(await traced('init', '-input=false')).toMatchObject({ status: 0 });
    expect(await traced('plan', '-input=false', '-out=plan.bin')).toMatchObject({ status: 0 });
    expect(heard).toEqual([]);
    expect(await traced('apply', '-input=false', 'plan.bin')).toMatchObject({ status: 0 });
    expect(heard).toEqual([org.emulator.accessToken]);
    expect(await statusOf(heard[0])).toBe(200);
  });

  it('is that of an app by its secret, opened again in every run, with no session ended', async () => {
    const key = /"Sync"[^]*?"consumer_key": "([^"]+)"/.exec(work.state())?.[1] ?? '';
    const kept = JSON.stringify(JSON.parse(readFileSync(stateFile, 'utf8')));
    const secret = new RegExp(`"key":"${key}","secret":"([^"]+)"`).exec(kept)?.[1] ?? '';
    expect(secret.length).toBeGreaterThan(20);
    const ephemeral = `
ephemeral "salesforce_access_token" "sync" {
  consumer_key    = salesforce_external_client_app.sync.consumer_key
  consumer_secret = var.secret
}
`;
    work.write(VARIABLES, MACHINE, ephemeral, shown('app', 'ephemeral.salesforce_access_token.sync.access_token'));
    secretGiven = secret;
    expect(await traced('apply', '-auto-approve', '-input=false')).toMatchObject({ status: 0 });
    const token = heard.at(-1);
    expect(token).not.toBe(org.emulator.accessToken);
    expect(await statusOf(token)).toBe(200);
    const again = await traced('plan', '-detailed-exitcode', '-input=false');
    expect(again).toMatchObject({ status: 0 });
    expect(await statusOf(token)).toBe(200);

    secretGiven = secret.slice(0, -1);
    const wrong = await traced('plan', '-input=false');
    expect(wrong.status).toBe(1);
    expect(wrong.output).toContain('Could not log in at');

    const texts = await artifacts(work.folder, said);
    expect(texts.size).toBeGreaterThan(9);
    for (const each of [secret.slice(0, -1), org.emulator.accessToken, ...heard]) {
      expect([...texts].filter(([, text]) => text.includes(each)).map(([name]) => name)).toEqual([]);
    }
    expect([...texts.keys()]).toEqual(expect.arrayContaining(['terraform.tfstate', 'plan.bin']));
  });
});

describeTerraform('functions, with the real terraform', () => {
  let work: Project;

  beforeAll(() => {
    work = project({});
  });
  afterAll(() => work.remove());

  it('run in validate and in variables, without an org; what is not known yet waits', async () => {
    work.write(`
variable "urls" {
  type    = list(string)
  default = ["https://portal.acme.example/cb"]
  validation {
    condition     = alltrue([for url in var.urls : endswith(provider::salesforce::parse_callback_url(url).host, ".acme.example")])
    error_message = "Callbacks stay with acme.example."
  }
}
resource "terraform_data" "late" {}
output "scopes" { value = provider::salesforce::scopes(["api", "offline_access"]) }
output "late" { value = provider::salesforce::scopes([terraform_data.late.id]) }
`);
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
    const { status, output } = await work.run('plan', '-input=false');
    expect(output).toContain('"RefreshToken",');
    expect(output).toContain('+ late   = (known after apply)');
    expect(status).toBe(0);
    const refused = await work.run('plan', '-input=false', '-var=urls=["https://portal.evil.example/cb"]');
    expect(refused.output).toContain('Callbacks stay with acme.example.');
  });

  it('point at the argument that is wrong', async () => {
    work.write('output "bad" { value = provider::salesforce::callback_urls(["http://b.example/"], "private") }');
    const { status, output } = await work.run('validate');
    expect(status).toBe(1);
    expect(output.replace(/[\s│]+/g, ' ')).toMatch(
      /Invalid value for "urls" parameter: "http:\/\/b.example\/": http sends/,
    );
  });
});
