import { existsSync, readFileSync, rmSync } from 'node:fs';

import { Engine, SalesforceOrg } from '../../constructs';
import type { Emulator } from '../../lib/emulator';
import {
  deleteApp,
  deploys,
  type Ended,
  fastOrg,
  login,
  mobile,
  portal,
  type Project,
  project,
  switchPkceOff,
  takeScopeAway,
  TODAY,
} from './support';

let here: Project;
let salesforce: Emulator;
beforeEach(async () => {
  here = project();
  salesforce = await fastOrg();
});
afterEach(async () => {
  await salesforce.close();
  here.remove();
});

const client = (commandLine: string): Promise<Ended> => here.run(commandLine, { environment: login(salesforce) });
/** What the provisioner of the null engine runs. */
const apply = (more = ''): Promise<Ended> => client(`apply --from-terraform ${more}`);
const declares = (declare: (org: SalesforceOrg) => unknown): void =>
  here.synth((stack) =>
    declare(new SalesforceOrg(stack, 'prod', { contactEmail: 'iam@acme.example', engine: Engine.NULL, today: TODAY })),
  );

const both = (org: SalesforceOrg): unknown => [portal(org), mobile(org)];
/** Another declaration than `both`, and one that widens what the portal may do. */
const opened = (org: SalesforceOrg): unknown => {
  org.oauthSettings({ allowCodeAndCredentialsFlow: true });
  return [portal(org, 'headless'), mobile(org)];
};
const REPORT = 'cdktf.out/stacks/identity/client-apps/prod/drift.json';
const report = () => JSON.parse(here.read(REPORT)) as { readonly drift: readonly string[]; readonly reapply: string };

/** Fields that were refused. */
const refused = ({ stderr }: Ended): readonly string[] =>
  [...stderr.matchAll(/error: \S+ \((\S+)\): .*\[not-in-terraform-plan\]/g)].map(([, field = '']) => field);

describe('apply --from-terraform', () => {
  it('on the first run makes the apps and states the settings, asking nobody', async () => {
    declares(opened);
    expect(await apply()).toMatchObject({ code: 0 });
    expect(await client('drift')).toMatchObject({ code: 0 });
  });

  it('makes a change of the code, also one that widens', async () => {
    declares(both);
    await apply();
    declares(opened);
    expect(await apply()).toMatchObject({ code: 0 });
    expect(await client('drift')).toMatchObject({ code: 0 });
  });

  it('refuses all of it where the org was changed since the last run, even where the repair narrows', async () => {
    declares(both);
    await apply();
    await switchPkceOff(salesforce);
    declares(opened);
    const before = deploys(salesforce);
    const ended = await apply();
    expect(ended).toMatchObject({ code: 1 });
    expect(refused(ended)).toEqual(['ExtlClntAppGlobalOauthSettings.isPkceRequired']);
    expect(deploys(salesforce)).toBe(before);
  });

  it('refuses to turn back what a command changed in between: Terraform shows nothing of it', async () => {
    declares(both);
    await apply();
    declares(opened);
    expect(await client('apply --auto-approve --allow widens')).toMatchObject({ code: 0 });
    declares((org) => portal(org));
    expect(refused(await apply())).toContain('ExtlClntAppGlobalOauthSettings.isCodeCredFlowEnabled');
  });

  it('does again what it refused, once the org is as Terraform showed it', async () => {
    declares(both);
    await apply();
    await switchPkceOff(salesforce);
    declares(opened);
    expect(await apply()).toMatchObject({ code: 1 });
    expect(await apply()).toMatchObject({ code: 1 });
    declares(both);
    expect(await client('apply --auto-approve')).toMatchObject({ code: 0 });
    declares(opened);
    expect(await apply()).toMatchObject({ code: 0 });
  });

  it('undoes drift where nothing else is new: somebody had the resource replaced; but not where that widens', async () => {
    declares(both);
    await apply();
    await switchPkceOff(salesforce);
    expect(await apply()).toMatchObject({ code: 0 });
    expect(await client('drift')).toMatchObject({ code: 0 });
    await takeScopeAway(salesforce);
    expect(refused(await apply())).toEqual(['ExtlClntAppOauthSettings.commaSeparatedOauthScopes']);
    expect(await apply('--allow widens')).toMatchObject({ code: 0 });
  });

  it('makes what the drift report said, also what widens, and nothing that came after it', async () => {
    declares(both);
    await apply();
    await takeScopeAway(salesforce);
    declares(opened);
    expect(await client('drift')).toMatchObject({ code: 2 });
    await switchPkceOff(salesforce);
    expect(refused(await apply())).toEqual(['ExtlClntAppGlobalOauthSettings.isPkceRequired']);
    await client('drift');
    expect(await apply()).toMatchObject({ code: 0 });
  });

  it('without a record of the last run refuses every change of what exists, and says what to do', async () => {
    declares(both);
    await apply();
    rmSync(here.path('.client-apps'), { recursive: true });
    declares(opened);
    const ended = await apply();
    expect(ended.stderr).toContain('there is no record here of what the last Terraform apply declared');
    expect(ended.stderr).toContain('run client-apps drift before terraform plan');
    expect(refused(ended)).toEqual([
      'OauthOidcSettings.oAuthCdCrdtFlowEnable',
      'ExtlClntAppGlobalOauthSettings.isCodeCredFlowEnabled',
      'ExtlClntAppGlobalOauthSettings.isCodeCredPostOnly',
    ]);
  });

  it('with --no-receipt remembers nothing, and still makes new apps', async () => {
    declares(mobile);
    expect(await apply('--no-receipt')).toMatchObject({ code: 0 });
    declares(both);
    expect(await apply('--no-receipt')).toMatchObject({ code: 0 });
    expect(existsSync(here.path('.client-apps'))).toBe(false);
  });

  it('takes no existing app over that Terraform showed as a new one', async () => {
    declares(mobile);
    await apply();
    declares((org) => portal(org));
    await apply();
    await switchPkceOff(salesforce);
    declares(both);
    expect((await apply()).stderr).toContain('the plan showed a new app, but the org already has one with this name');
  });

  it('creates no app anew that was deleted in the org, even without a receipt, unless told by name', async () => {
    declares(both);
    await apply();
    rmSync(here.path('.client-apps/receipts/identity__prod.json'));
    await deleteApp(salesforce, 'Mobile');
    const { code, stderr } = await apply('--reapply-on-drift');
    expect(stderr).toContain('missing-not-in-terraform-plan');
    expect(code).toBe(1);
    expect(await apply('--allow-recreate Mobile')).toMatchObject({ code: 0 });
  });

  it('with --reapply-on-drift undoes what was not shown, unless that widens', async () => {
    declares(both);
    await apply();
    await switchPkceOff(salesforce);
    declares(opened);
    expect(await apply('--reapply-on-drift')).toMatchObject({ code: 0 });
    await takeScopeAway(salesforce);
    declares(both);
    expect(refused(await apply('--reapply-on-drift'))).toEqual(['ExtlClntAppOauthSettings.commaSeparatedOauthScopes']);
  });

  it('asks for a whole record of runs, or none', async () => {
    declares(both);
    await apply();
    const file = '.client-apps/receipts/identity__prod.terraform.json';
    here.write(file, here.read(file).replace('Mobile', 'Mobil'));
    const { code, stderr } = await apply();
    expect(stderr).toContain('terraform-runs-unusable');
    expect(code).toBe(1);
  });

  it('has no place beside a saved plan', async () => {
    declares(both);
    await client('plan --out plan.json');
    expect((await client('apply plan.json --from-terraform')).stderr).toContain('option-with-saved-plan');
  });
});

describe('the drift report', () => {
  it('tells what a plan of Terraform does not show by itself, and nothing that it shows', async () => {
    declares(both);
    await apply();
    await switchPkceOff(salesforce);
    declares(opened);
    expect(await client('drift')).toMatchObject({ code: 2 });
    expect(report().drift).toEqual([
      'Mobile: Require Proof Key for Code Exchange (PKCE) (isPkceRequired): declared true, the org has false',
    ]);
  });

  it('is empty again after an apply, and keeps what made Terraform run it', async () => {
    declares(both);
    await apply();
    await switchPkceOff(salesforce);
    await client('drift');
    const { reapply } = report();
    await apply();
    expect(report()).toMatchObject({ drift: [], reapply });
    await client('drift');
    expect(report()).toMatchObject({ drift: [], reapply });
    await switchPkceOff(salesforce);
    await client('drift');
    expect(report().reapply).not.toBe(reapply);
  });

  it('is empty after an apply by hand too, also after that of a saved plan', async () => {
    declares(both);
    for (const how of ['apply --auto-approve --allow widens', 'apply plan.json']) {
      await client('apply --auto-approve');
      await takeScopeAway(salesforce);
      await client('plan --out plan.json');
      await client('drift');
      expect(report().drift).toHaveLength(1);
      expect(await client(how)).toMatchObject({ code: 0 });
      expect(report().drift).toEqual([]);
    }
  });

  it('survives synth, which cdktf runs before each plan', async () => {
    declares(both);
    await client('drift');
    const before = readFileSync(here.path(REPORT), 'utf8');
    declares(opened);
    expect(here.read(REPORT)).toBe(before);
  });

  it('tells of an app that somebody stopped', async () => {
    declares(both);
    await apply();
    await client('stop Mobile');
    await client('drift');
    expect(report().drift).toEqual(['Mobile: stopped in the org; an apply leaves it so']);
  });

  it('is written for the null engine only', async () => {
    here.synth((stack) => portal(new SalesforceOrg(stack, 'prod', { contactEmail: 'iam@acme.example', today: TODAY })));
    await client('drift');
    expect(existsSync(here.path(REPORT))).toBe(false);
  });
});
