import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { makeCertificate } from '../emulator/certificate';
import { type Bench, bench, SEED } from '../operations/support';
import { artifacts } from './artifacts';
import { describeTerraformDeep } from './deep';
import { machine } from './machine';
import { app, credentials, type Project, project, SELF_AUTHORIZED } from './provider-support';
import { type Ran, terraform } from './support';

const CONSUMER = [
  'ExtlClntAppGlobalOauthSettings',
  'Feed_glbloauth',
  'extlClntAppGlobalOauthSets/Feed_glbloauth.ecaGlblOauth',
] as const;
const EXPOSED = `<ExternalClientAppSettings xmlns="http://soap.sforce.com/2006/04/metadata">
  <enableConsumerSecretApiAccess>true</enableConsumerSecretApiAccess>
</ExternalClientAppSettings>`;

/** The app that Terraform logs in through later, and one that signs with a certificate. */
const machines = `${machine('Deployer', 'deploys')}
resource "salesforce_external_client_app" "feed" {
  api_name       = "Feed"
  client_type    = "machine"
  certificate    = file("feed.crt")
  app            = { label = "Feed", contact_email = "iam@acme.example" }
  oauth          = { comma_separated_oauth_scopes = ["Api", "RefreshToken"] }
  oauth_policies = {
    permitted_users_policy_type    = "AdminApprovedPreAuthorized"
    comma_separated_permission_set = ["Partner_Portal_Access"]
  }
}`;

/** Consumer secrets and sessions, as the emulated org keeps them, with the app that each belongs to. */
function secretsIn(state: string): readonly string[] {
  const found: string[] = [];
  JSON.parse(state, (key, value: unknown) => {
    if ((key === 'secret' || key === 'accessToken') && typeof value === 'string') found.push(value);
    return value;
  });
  return found;
}

describeTerraformDeep('planted secrets, after everything that terraform writes and says', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'client-apps-secrets-'));
  const stateFile = join(scratch, 'org.json');
  let org: Bench;
  let work: Project;
  let body: string;
  const said: string[] = [];

  const traced = async (environment: Readonly<Record<string, string>>, ...given: string[]): Promise<Ran> => {
    const log = join(work.folder, `${given[0] ?? ''}-${said.length}.log`);
    const ran = await terraform(work.folder, given, { ...environment, TF_LOG: 'trace', TF_LOG_PATH: log });
    said.push(ran.output);
    return ran;
  };

  beforeAll(async () => {
    const seedDir = join(scratch, 'seed');
    cpSync(SEED, seedDir, { recursive: true });
    mkdirSync(join(seedDir, 'settings'));
    writeFileSync(join(seedDir, 'settings/ExternalClientApp.settings'), EXPOSED);
    org = await bench({ seedDir, stateFile });
    work = project({});
    const { cert } = await makeCertificate();
    body = cert.replace(/-----[^-]+-----|\s/g, '');
    writeFileSync(join(work.folder, 'feed.crt'), cert);
    work.write(machines);
  });
  afterAll(async () => {
    await org.close();
    work.remove();
    rmSync(scratch, { recursive: true, force: true });
  });

  it('none is found: token, client secret, consumer secrets, certificate', async () => {
    const token = credentials(org.emulator);
    expect(await traced(token, 'init', '-input=false')).toMatchObject({ status: 0 });
    expect(await traced(token, 'apply', '-input=false', '-auto-approve')).toMatchObject({ status: 0 });

    // From here on Terraform logs in with the secret of an app that it made.
    const key = /"Deployer"[^]*?"consumer_key": "([^"]+)"/.exec(work.state())?.[1] ?? '';
    const kept = JSON.stringify(JSON.parse(readFileSync(stateFile, 'utf8')));
    const secret = new RegExp(`"key":"${key}","secret":"([^"]+)"`).exec(kept)?.[1] ?? '';
    expect(secret.length).toBeGreaterThan(20);
    const login = { SF_CLIENT_ID: key, SF_CLIENT_SECRET: secret, SF_LOGIN_URL: org.emulator.url };
    work.write(machines, app('Portal', SELF_AUTHORIZED));
    expect(await traced(login, 'plan', '-input=false', '-out=plan.bin')).toMatchObject({ status: 0 });
    expect(await traced(login, 'show', '-json', 'plan.bin')).toMatchObject({ status: 0 });
    expect(await traced(login, 'apply', '-input=false', 'plan.bin')).toMatchObject({ status: 0 });
    expect(await traced({ ...login, SF_CLIENT_SECRET: `${secret}x` }, 'plan', '-input=false')).toMatchObject({
      status: 1,
    });

    expect(await org.file(...CONSUMER)).toContain('Feed');
    const secrets = [...secretsIn(readFileSync(stateFile, 'utf8')), org.emulator.accessToken, secret];
    expect(secrets.length).toBeGreaterThan(5);
    const texts = await artifacts(work.folder, said);
    expect(texts.size).toBeGreaterThan(9);
    const holding = (text: string): readonly string[] =>
      [...texts].filter(([, content]) => content.includes(text)).map(([name]) => name);
    for (const each of secrets) expect(holding(each)).toEqual([]);
    // A session of any kind: an org id, an exclamation mark, and what nobody may know.
    expect([...texts].filter(([, content]) => /00D\w{12,15}![\w.]{20}/.test(content)).map(([name]) => name)).toEqual(
      [],
    );
    expect(holding(body.slice(40, 120))).toEqual([]);
    expect(holding(key)).toContain('terraform.tfstate');
  });
});
