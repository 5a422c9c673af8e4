import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { TerraformStack } from 'cdktf';

import { MachineApp, PermittedUsers, Scope, Username } from '../../constructs';
import type { Emulator } from '../../lib/emulator';
import { deploys, fastOrg, login, org, portal, type Project, project, tamper, TODAY } from './support';

const RUN_AS = 'SFCA-ECA-RUN-AS-USER';
const justification = { reason: 'Gateway without certificates', approvedBy: 'sec@acme.example', expires: '2027-06-30' };
const seedDir = mkdtempSync(join(tmpdir(), 'client-apps-gate-'));
writeFileSync(
  join(seedDir, 'org.json'),
  JSON.stringify({
    users: [{ username: 'etl@acme.example', profile: 'System Administrator' }],
    permissionSets: [{ name: 'Etl_Access', holders: 1 }],
  }),
);

/** A machine whose client credentials act as an administrator: only the live org can tell. */
const machine =
  (label: string, excused = false) =>
  (stack: TerraformStack) => {
    const prod = org(stack);
    const app = new MachineApp(prod, 'Etl', {
      label,
      scopes: [Scope.API],
      permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Etl_Access'] }),
      clientCredentials: { runAs: Username.of('etl@acme.example'), justification },
    });
    if (excused) prod.exempt(app, RUN_AS, justification);
  };

let here: Project;
let salesforce: Emulator;
const client = (commandLine: string, answer?: string) =>
  here.run(commandLine, { environment: login(salesforce), today: TODAY, ...(answer !== undefined && { answer }) });

beforeEach(async () => {
  here = project();
  here.synth(machine('Etl'));
  salesforce = await fastOrg({ seedDir });
});
afterEach(async () => {
  await salesforce.close();
  here.remove();
});
afterAll(() => rmSync(seedDir, { recursive: true, force: true }));

describe('a violation that a plan brings', () => {
  it.each([
    ['plan', undefined],
    ['apply --auto-approve', undefined],
    ['apply --auto-approve --allow widens', undefined],
    ['apply', 'yes'],
    ['apply --from-terraform', undefined],
  ])('ends %s with 3 by the same control in the same words, and nothing is written', async (command, answer) => {
    const { code, stdout } = await client(command, answer);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(
      /error: identity\/prod\/Etl .*administrator.* \(severity \w+; this change would introduce it\) \[SFCA-ECA-RUN-AS-USER\]/,
    );
    expect(stdout).not.toContain('run-as-not-api-only');
    expect(code).toBe(3);
    expect(deploys(salesforce)).toBe(0);
  });

  it('ends the apply of a saved plan with 3 as well', async () => {
    expect(await client('plan --out plan.json')).toMatchObject({ code: 3 });
    const { code, stderr } = await client('apply plan.json');
    expect(stderr).toContain(RUN_AS);
    expect(code).toBe(3);
    expect(deploys(salesforce)).toBe(0);
  });

  it('passes where somebody answers for it in the code', async () => {
    here.synth(machine('Etl', true));
    expect(await client('plan')).toMatchObject({ code: 0 });
    expect(await client('apply --auto-approve')).toMatchObject({ code: 0 });
  });

  it('passes under --fail-on none, which a saved plan keeps and no option beside it changes', async () => {
    expect(await client('plan --fail-on none --out plan.json')).toMatchObject({ code: 0 });
    expect(JSON.parse(here.read('plan.json'))).toMatchObject({ orgs: [{ consents: { fail_on: 'none' } }] });
    expect((await client('apply plan.json --fail-on low')).stderr).toContain('option-with-saved-plan');
    expect(await client('apply plan.json')).toMatchObject({ code: 0 });
  });

  it('passes where the command that Terraform runs carries the consent of the program', async () => {
    expect(await client('apply --from-terraform --fail-on none')).toMatchObject({ code: 0 });
    expect(deploys(salesforce)).toBe(1);
  });

  it('is read from --fail-on by apply, too', async () => {
    here.synth((stack) => void portal(org(stack)));
    expect(await client('apply --auto-approve --fail-on medium')).toMatchObject({ code: 3 });
    expect(deploys(salesforce)).toBe(0);
    expect(await client('apply --auto-approve')).toMatchObject({ code: 0 });
  });
});

describe('a violation that was there before', () => {
  beforeEach(async () => {
    await client('apply --auto-approve --fail-on none');
  });

  it('lets the app be changed, and is still told', async () => {
    here.synth(machine('Renamed'));
    const plan = await client('plan --detailed-exitcode');
    expect(plan.stdout).toMatch(/still violates \(\w+\): .*\[SFCA-ECA-RUN-AS-USER\]/);
    expect(plan.code).toBe(2);
    expect(await client('apply --auto-approve')).toMatchObject({ code: 0 });
  });

  it('lets drift be undone', async () => {
    const path = 'extlClntAppGlobalOauthSets/Etl_glbloauth.ecaGlblOauth';
    const consumer = { type: 'ExtlClntAppGlobalOauthSettings', name: 'Etl_glbloauth', path };
    await tamper(salesforce, consumer, /(<isIntrospectAllTokens>)false/, '$1true');
    expect(await client('drift')).toMatchObject({ code: 2 });
    expect(await client('apply --auto-approve')).toMatchObject({ code: 0 });
    expect(await client('drift')).toMatchObject({ code: 0 });
  });
});
