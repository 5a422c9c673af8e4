import { type Bench, bench } from '../operations/support';
import { describeTerraformDeep } from './deep';
import { app, countOf, credentials, type Project, project, SELF_AUTHORIZED } from './provider-support';

const GLOBAL = [
  'ExtlClntAppGlobalOauthSettings',
  'Portal_glbloauth',
  'extlClntAppGlobalOauthSets/Portal_glbloauth.ecaGlblOauth',
] as const;
const PROVIDER = 'provider "salesforce" {\n  managed_by = "identity/prod"\n}';
const until = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const exception = (expires: string, controls = ['SFCA-ECA-PKCE', 'SFCA-ECA-CODE-CREDENTIALS']): string =>
  `exception = [{ controls = ${JSON.stringify(controls)}, reason = "old client", approved_by = "sec@acme.example", expires = ${expires} }]`;

/** An app with further fields of its consumer. */
const withConsumer = (name: string, fields: string, more = ''): string =>
  app(name, `${SELF_AUTHORIZED}\n${more}`).replace('global_oauth = {', `global_oauth = { ${fields},`);
const NO_PKCE = 'is_pkce_required = false';
const late = (name: string, value: string): string => `resource "terraform_data" "${name}" {\n  input = ${value}\n}`;

describeTerraformDeep('security controls in a plan, driven by the real terraform', () => {
  let org: Bench;
  let work: Project;
  const plan = (...given: string[]) => work.run('plan', '-input=false', ...given);
  const apply = (...given: string[]) => work.run('apply', '-input=false', '-auto-approve', ...given);

  beforeAll(async () => {
    org = await bench();
    work = project(credentials(org.emulator));
    work.write(PROVIDER, app('Portal', SELF_AUTHORIZED));
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
  });
  afterAll(async () => {
    await org.close();
    work.remove();
  });

  it('block an app that is created without PKCE, at the attribute, and nothing reaches the org', async () => {
    work.write(PROVIDER, withConsumer('Portal', NO_PKCE));
    const { status, output } = await apply();
    expect(status).toBe(1);
    expect(output).toMatch(/Error: salesforce_external_client_app Portal: SFCA-ECA-PKCE is violated: PKCE is required/);
    expect(output).toMatch(/\d+: +global_oauth/);
    expect(countOf(org.emulator, 'deploy')).toBe(0);
  });

  it('are lifted by an exception until its last day, and by none that is unknown or unused', async () => {
    work.write(PROVIDER, withConsumer('Portal', NO_PKCE, exception(`"${until(-1)}"`)));
    const expired = await plan();
    expect(expired.output).toMatch(/Error: .*justification expired/);
    expect(expired.output).toMatch(/Error: .*SFCA-ECA-PKCE/);
    work.write(PROVIDER, withConsumer('Portal', NO_PKCE, exception(`"${until(60)}"`, ['SFCA-ECA-PKCY'])));
    expect((await plan()).output).toMatch(/Error: .*exception unknown control/);
    work.write(PROVIDER, app('Portal', `${SELF_AUTHORIZED}\n${exception(`"${until(60)}"`, ['SFCA-ECA-ROTATION'])}`));
    const unused = await plan();
    expect(unused.output).toMatch(/Warning: .*exception unused/);
    expect(unused.status).toBe(0);
    work.write(PROVIDER, withConsumer('Portal', NO_PKCE, exception(`"${until(60)}"`)));
    expect(await apply()).toMatchObject({ status: 0 });
    expect(await org.file(...GLOBAL)).toContain('<isPkceRequired>false');
    expect(await plan('-detailed-exitcode')).toMatchObject({ status: 0 });
  });

  it('only warn of an insecure app that nobody changes, as after an import, and let it be changed while it gets no worse', async () => {
    work.write(PROVIDER, withConsumer('Portal', NO_PKCE));
    const untouched = await plan('-detailed-exitcode');
    expect(untouched.output).toMatch(/Warning: .*SFCA-ECA-PKCE/);
    // The exception went from the configuration, and no argument of the org changes.
    expect(untouched.output).toMatch(/0 to add, 1 to change, 0 to destroy/);
    expect(await apply()).toMatchObject({ status: 0 });
    const again = await plan('-detailed-exitcode');
    expect(again.output).toMatch(/Warning: .*SFCA-ECA-PKCE/);
    expect(again.output).toContain('No changes');
    expect(again.status).toBe(0);
    work.write(PROVIDER, withConsumer('Portal', NO_PKCE).replace('label = "Portal"', 'label = "Renamed"'));
    const changed = await apply();
    expect(changed.output).toMatch(/Warning: .*SFCA-ECA-PKCE[^]*it existed before and\s+remains/);
    expect(changed.status).toBe(0);
  });

  it('let an app become secure, and block the way back', async () => {
    work.write(PROVIDER, app('Portal', SELF_AUTHORIZED));
    expect(await apply()).toMatchObject({ status: 0 });
    expect(await org.file(...GLOBAL)).toContain('<isPkceRequired>true');
    work.write(PROVIDER, withConsumer('Portal', NO_PKCE));
    const { status, output } = await plan();
    expect(output).toMatch(/Error: .*SFCA-ECA-PKCE/);
    expect(status).toBe(1);
  });

  it('block from the severity that the provider names', async () => {
    const lenient = PROVIDER.replace('\n}', '\n  fail_on = "critical"\n}');
    const portal = app('Portal', SELF_AUTHORIZED);
    work.write(PROVIDER, portal, withConsumer('Other', NO_PKCE));
    expect((await plan()).output).toMatch(/Error: .*SFCA-ECA-PKCE/);
    work.write(lenient, portal, withConsumer('Other', NO_PKCE));
    const { status, output } = await plan();
    expect(output).toMatch(/Warning: .*SFCA-ECA-PKCE/);
    expect(status).toBe(0);
    work.write(PROVIDER.replace('\n}', '\n  fail_on = "never"\n}'), portal);
    expect((await work.run('validate')).output).toMatch(
      /never is not allowed; allowed are none, critical, high, medium, low/,
    );
  });

  it('say nothing of what speaks for an app: a fact in its favor is no warning', async () => {
    work.write(PROVIDER, app('Portal', SELF_AUTHORIZED), app('Second', SELF_AUTHORIZED));
    const { status, output } = await plan();
    expect(output).not.toMatch(/low security risk|SFCA-ECA-CODE-CREDENTIALS/);
    expect(status).toBe(0);
  });

  it('say nothing about what another resource decides, and block at apply before anything is written', async () => {
    const deploys = countOf(org.emulator, 'deploy');
    const pkce = 'is_pkce_required = terraform_data.pkce.output';
    work.write(PROVIDER, app('Portal', SELF_AUTHORIZED), late('pkce', 'false'), withConsumer('Later', pkce));
    const planned = await plan();
    expect(planned.status).toBe(0);
    expect(planned.output).not.toMatch(/SFCA-ECA-PKCE/);
    const refused = await apply();
    expect(refused.output).toMatch(/Error: .*SFCA-ECA-PKCE/);
    expect(refused.status).toBe(1);
    expect(countOf(org.emulator, 'deploy')).toBe(deploys);
    expect(work.state()).not.toContain('"Later"');
  });

  it('wait for an exception of which another resource decides the last day', async () => {
    const excused = (days: number) => [
      late('day', `"${until(days)}"`),
      withConsumer('Excused', NO_PKCE, exception('terraform_data.day.output')),
    ];
    work.write(PROVIDER, app('Portal', SELF_AUTHORIZED), ...excused(-1));
    expect(await plan()).toMatchObject({ status: 0 });
    expect((await apply()).output).toMatch(/Error: .*justification expired/);
    expect(work.state()).not.toContain('"Excused"');
    work.write(PROVIDER, app('Portal', SELF_AUTHORIZED), ...excused(60));
    expect(await apply()).toMatchObject({ status: 0 });
    expect(work.state()).toContain('"Excused"');
  });
});
