import { readFileSync, writeFileSync } from 'node:fs';

import type { SalesforceOrg } from '../../constructs';
import { fastOrg, mobile, portal, switchPkceOff, takeScopeAway } from '../cli/support';
import { describeTerraformDeep } from './deep';
import { type NullProject, nullProject } from './null-support';

const REPLACE = '-replace=null_resource.prod_apply';
const WARNING = 'Warning: Check block assertion failed';
const both = (org: SalesforceOrg): unknown => [portal(org), mobile(org)];
const opened = (org: SalesforceOrg): unknown => {
  org.oauthSettings({ allowCodeAndCredentialsFlow: true });
  return [portal(org, 'headless'), mobile(org)];
};

/** Text as terraform wraps it in a message, on one line. */
const unwrapped = (text: string): string => text.replace(/[\s│]+/g, ' ');

/** One story, told in order. The rules in detail are those of `apply --from-terraform`, tested with the command line. */
describeTerraformDeep('drift under the null engine', () => {
  let here: NullProject;
  beforeAll(async () => {
    here = nullProject(await fastOrg());
    here.synth(both);
    await here.run('init', '-input=false');
    expect(await here.apply()).toMatchObject({ status: 0 });
  });
  afterAll(async () => {
    await here.emulator.close();
    here.remove();
  });

  it('is no reason to refuse what the plan showed, also what widens', async () => {
    here.synth(opened);
    const plan = await here.plan();
    expect(plan.output).toMatch(/"global_oauth.is_code_cred_flow_enabled" += "false" -> "true"/);
    expect(await here.apply()).toMatchObject({ status: 0 });
    expect(await here.command('drift')).toMatchObject({ code: 0 });
  });

  it('is unknown to the plan until somebody looks', async () => {
    await switchPkceOff(here.emulator);
    const { status, output } = await here.plan();
    expect(output).not.toContain(WARNING);
    expect(status).toBe(0);
  });

  it('shows as a warning of the plan once client-apps drift has looked, and the plan has no changes', async () => {
    expect(await here.command('drift')).toMatchObject({ code: 2 });
    here.synth(opened);
    const { status, output } = await here.plan();
    expect(output).toContain(WARNING);
    expect(unwrapped(output)).toContain('The org prod is not as its code declares');
    expect(unwrapped(output)).toContain('(isPkceRequired): declared true, the org has false');
    expect(output).toContain('No changes');
    expect(status).toBe(0);
  });

  it('is not denied by a report that cannot be read', async () => {
    const report = here.path('cdktf.out/stacks/identity/client-apps/prod/drift.json');
    const kept = readFileSync(report);
    writeFileSync(report, '{');
    const { status, output } = await here.plan();
    expect(unwrapped(output)).toContain('its drift report cannot be read');
    expect(status).toBe(0);
    writeFileSync(report, kept);
  });

  it('is undone by replacing the resource that applies, and the warning is gone', async () => {
    expect(await here.apply(REPLACE)).toMatchObject({ status: 0 });
    expect(await here.command('drift')).toMatchObject({ code: 0 });
    const { status, output } = await here.plan();
    expect(output).not.toContain(WARNING);
    expect(status).toBe(0);
  });

  it('that nobody looked at stops an apply, and nothing is written', async () => {
    await switchPkceOff(here.emulator);
    here.synth(both);
    const before = here.deploys();
    const { status, output } = await here.apply();
    expect(status).toBe(1);
    expect(unwrapped(output)).toContain('the plan did not show it: false -> true [not-in-terraform-plan]');
    expect(here.deploys()).toBe(before);
    expect(await here.command('drift')).toMatchObject({ code: 2 });
    expect(await here.apply()).toMatchObject({ status: 0 });
  });

  it('with reapplyOnDrift makes the plan run the apply, once', async () => {
    here.synth(both, { reapplyOnDrift: true });
    expect(await here.apply()).toMatchObject({ status: 0 });
    await takeScopeAway(here.emulator);
    expect(await here.plan()).toMatchObject({ status: 0 });
    await here.command('drift');
    const { status, output } = await here.plan();
    expect(output).toMatch(/"drift_to_undo" += /);
    expect(unwrapped(output)).toContain('(commaSeparatedOauthScopes): declared Api, OpenID, the org has OpenID');
    expect(status).toBe(2);
    expect(await here.apply()).toMatchObject({ status: 0 });
    expect(await here.command('drift')).toMatchObject({ code: 0 });
    expect(await here.plan()).toMatchObject({ status: 0 });
  });
});
