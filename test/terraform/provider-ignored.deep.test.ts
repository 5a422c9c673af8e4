import { type Bench, bench } from '../operations/support';
import { describeTerraformDeep } from './deep';
import { app, changed, countOf, credentials, type Project, project, SELF_AUTHORIZED } from './provider-support';

const APP = 'salesforce_external_client_app.portal';
const SETTINGS = 'salesforce_oauth_settings.org';
const SCOPE = 'salesforce_oauth_custom_scope.orders';
const HEADER = ['ExternalClientApplication', 'Portal', 'externalClientApps/Portal.eca'] as const;
const CONSUMER = [
  'ExtlClntAppGlobalOauthSettings',
  'Portal_glbloauth',
  'extlClntAppGlobalOauthSets/Portal_glbloauth.ecaGlblOauth',
] as const;
const OIDC = ['Settings', 'OauthOidc', 'settings/OauthOidc.settings'] as const;
const RECORD = ['OauthCustomScope', 'Orders', 'oauthcustomscopes/Orders.oauthcustomscope'] as const;

/** Attributes of all kinds of resources, and what an admin makes of them. */
const place = (resource: string, attribute: string, file: Place['file'], words: readonly [string, string, string]) => {
  const [element, declared, byHand] = words;
  return { resource, attribute, file, element, declared, byHand };
};
interface Place {
  readonly file: readonly [string, string, string];
}
const PLACES = [
  place(APP, 'app.label', HEADER, ['label', 'Portal', 'Renamed by hand']),
  place(APP, 'app.contact_email', HEADER, ['contactEmail', 'iam@acme.example', 'hand@acme.example']),
  place(APP, 'global_oauth.is_introspect_all_tokens', CONSUMER, ['isIntrospectAllTokens', 'false', 'true']),
  place(APP, 'global_oauth.is_pkce_required', CONSUMER, ['isPkceRequired', 'true', 'false']),
  place(APP, 'global_oauth.is_secret_required_for_refresh_token', CONSUMER, [
    'isSecretRequiredForRefreshToken',
    'true',
    'false',
  ]),
  place(SETTINGS, 'oauth_oidc.block_oauth_un_pw_flow', OIDC, ['blockOAuthUnPwFlow', 'true', 'false']),
  place(SETTINGS, 'oauth_oidc.block_oauth_usr_agt_flow', OIDC, ['blockOAuthUsrAgtFlow', 'true', 'false']),
  place(SCOPE, 'scope.master_label', RECORD, ['masterLabel', 'Orders', 'Orders by hand']),
  place(SCOPE, 'scope.description', RECORD, ['description', 'Reads orders', 'By hand']),
];

const ignoring = (...names: readonly string[]): string => `lifecycle { ignore_changes = [${names.join(', ')}] }`;
const portal = (...more: readonly string[]): string => app('Portal', [SELF_AUTHORIZED, ...more].join('\n'));
const settings = (members: string, ...more: readonly string[]): string =>
  `resource "salesforce_oauth_settings" "org" {\n  oauth_oidc = { ${members} }\n  ${more.join('\n')}\n}`;
const orders = (label: string, ...more: readonly string[]): string => `
resource "salesforce_oauth_custom_scope" "orders" {
  api_name = "Orders"
  scope    = { master_label = "${label}", description = "Reads orders" }
  ${more.join('\n')}
}`;

describeTerraformDeep('an apply writes what the plan showed, driven by the real terraform', () => {
  let org: Bench;
  let work: Project;
  const apply = (...given: string[]) => work.run('apply', '-input=false', '-auto-approve', ...given);
  const noChanges = async () =>
    expect(await work.run('plan', '-input=false', '-detailed-exitcode')).toMatchObject({ status: 0 });
  /** Stated in part, and with an empty text that Salesforce does not keep. */
  const odd = app(
    'Odd',
    SELF_AUTHORIZED,
    ', trusted_ip_ranges = [{ start_ip_address = "203.0.113.1", end_ip_address = "203.0.113.9", description = "" }]',
  ).replace(
    'global_oauth = {',
    'global_oauth = { id_token_config = { id_token_audience = "https://api.acme.example" },',
  );

  beforeAll(async () => {
    org = await bench();
    work = project(credentials(org.emulator));
    work.write(portal(), odd, settings('block_oauth_un_pw_flow = true'), orders('Orders'));
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
    expect(await apply()).toMatchObject({ status: 0 });
  });
  afterAll(async () => {
    await org.close();
    work.remove();
  });

  it('and has nothing to do afterward where a record is stated in part or a text is empty', noChanges);

  it('what ignore_changes names stays as somebody left it in Setup, and the rest is repaired', async () => {
    const introspect = 'global_oauth.is_introspect_all_tokens';
    work.write(
      odd,
      portal(ignoring('app.label', 'global_oauth.callback_url', introspect)),
      settings(
        'block_oauth_un_pw_flow = true, block_oauth_usr_agt_flow = true',
        ignoring('oauth_oidc.block_oauth_un_pw_flow'),
      ),
      orders('Orders of customers', ignoring('scope.description')),
    );
    await org.tamper(...HEADER, /<label>Portal/, '<label>Renamed in Setup');
    await org.tamper(...CONSUMER, /portal.acme.example\/b/, 'portal.acme.example/by-hand');
    await org.tamper(...CONSUMER, /<isIntrospectAllTokens>false/, '<isIntrospectAllTokens>true');
    await org.tamper(...CONSUMER, /<isPkceRequired>true/, '<isPkceRequired>false');
    await org.tamper(...OIDC, /<blockOAuthUnPwFlow>true/, '<blockOAuthUnPwFlow>false');
    await org.tamper(...RECORD, /Reads orders/, 'Described in Setup');
    const plan = await work.planned();
    expect(changed(plan, APP)).toEqual(['global_oauth.is_pkce_required']);
    expect(changed(plan, SETTINGS)).toEqual(['oauth_oidc.block_oauth_usr_agt_flow']);
    expect(changed(plan, SCOPE)).toEqual(['scope.master_label']);
    expect(await apply('plan.bin')).toMatchObject({ status: 0 });
    expect(await org.file(...HEADER)).toContain('<label>Renamed in Setup</label>');
    const consumer = await org.file(...CONSUMER);
    expect(consumer).toContain('portal.acme.example/by-hand');
    // A secure default that is ignored is not written either.
    expect(consumer).toContain('<isIntrospectAllTokens>true</isIntrospectAllTokens>');
    expect(consumer).toContain('<isPkceRequired>true</isPkceRequired>');
    expect(await org.file(...OIDC)).toContain('<blockOAuthUnPwFlow>false</blockOAuthUnPwFlow>');
    expect(await org.file(...OIDC)).toContain('<blockOAuthUsrAgtFlow>true</blockOAuthUsrAgtFlow>');
    expect(await org.file(...RECORD)).toContain('<description>Described in Setup</description>');
    expect(await org.file(...RECORD)).toContain('<masterLabel>Orders of customers</masterLabel>');
    await noChanges();
  });

  it('or nothing: a saved plan of org settings is refused where an admin changed one of them meanwhile', async () => {
    const now = 'block_oauth_un_pw_flow = false, block_oauth_usr_agt_flow = true';
    const ignored = portal(ignoring('app.label', 'global_oauth.callback_url'));
    work.write(odd, ignored, orders('Orders'), settings(`${now}, oauth_cd_crdt_flow_enable = true`));
    expect(changed(await work.planned(`-target=${SETTINGS}`), SETTINGS)).toEqual([
      'oauth_oidc.oauth_cd_crdt_flow_enable',
    ]);
    await org.tamper(...OIDC, /<blockOAuthUnPwFlow>false/, '<blockOAuthUnPwFlow>true');
    const deploys = countOf(org.emulator, 'deploy');
    const { status, output } = await apply('plan.bin');
    expect(output).toMatch(/org changed after the plan was made/);
    expect(status).toBe(1);
    expect(countOf(org.emulator, 'deploy')).toBe(deploys);
    expect(await org.file(...OIDC)).toContain('<blockOAuthUnPwFlow>true</blockOAuthUnPwFlow>');
  });

  it.each([1, 2, 3])('whichever attributes are named and whichever an admin changes (%i)', async (round) => {
    // A fixed generator: the same subsets in every run.
    let state = round * 7919;
    const flip = (): boolean => ((state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) >> 16) % 2 === 0;
    const cases = PLACES.map((place) => ({ ...place, ignored: flip(), changed: flip() }));
    const named = (resource: string) =>
      cases.filter((each) => each.resource === resource && each.ignored).map(({ attribute }) => attribute);
    work.write(
      odd,
      portal(ignoring(...named(APP))),
      settings('block_oauth_un_pw_flow = true, block_oauth_usr_agt_flow = true', ignoring(...named(SETTINGS))),
      orders('Orders', ignoring(...named(SCOPE))),
    );
    for (const { file, element, declared, byHand, changed: tampered } of cases) {
      const wanted = `<${element}>${tampered ? byHand : declared}<`;
      const is = (await org.file(...file)).includes(wanted);
      if (!is) await org.tamper(...file, new RegExp(`<${element}>[^<]*<`), wanted);
    }
    expect(await apply()).toMatchObject({ status: 0 });
    const found = await Promise.all(
      cases.map(async ({ file, element }) => new RegExp(`<${element}>([^<]*)`).exec(await org.file(...file))?.[1]),
    );
    expect(found).toEqual(
      cases.map(({ ignored, changed: tampered, declared, byHand }) => (ignored && tampered ? byHand : declared)),
    );
    await noChanges();
  });
});

describeTerraformDeep('org settings whose org is not known yet, driven by the real terraform', () => {
  it('are not known in the plan, and are what the org has after the apply', async () => {
    const org = await bench();
    const work = project({});
    try {
      await org.tamper(...OIDC, /<blockOAuthUsrAgtFlow>false/, '<blockOAuthUsrAgtFlow>true');
      const late = `resource "terraform_data" "late" {\n  input = ${JSON.stringify(credentials(org.emulator))}\n}`;
      const provider = `provider "salesforce" {
        instance_url = terraform_data.late.output.SF_INSTANCE_URL
        access_token = terraform_data.late.output.SF_ACCESS_TOKEN
      }`;
      work.write(late, provider, settings('block_oauth_un_pw_flow = true'), orders('Orders'));
      expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
      const { status, output } = await work.run('apply', '-input=false', '-auto-approve');
      expect(output).toMatch(/\+ block_oauth_usr_agt_flow += \(known after apply\)/);
      expect(output).not.toMatch(/inconsistent/);
      expect(status).toBe(0);
      expect(await org.file(...OIDC)).toContain('<blockOAuthUsrAgtFlow>true</blockOAuthUsrAgtFlow>');
      expect(await work.run('plan', '-input=false', '-detailed-exitcode')).toMatchObject({ status: 0 });
    } finally {
      await org.close();
      work.remove();
    }
  });
});
