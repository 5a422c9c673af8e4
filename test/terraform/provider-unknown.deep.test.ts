import { type Bench, bench, SEED } from '../operations/support';
import { describeTerraformDeep } from './deep';
import { app, changed, countOf, credentials, type Project, project } from './provider-support';

const ADDRESS = 'salesforce_external_client_app.feed';
const FILES = {
  header: ['ExternalClientApplication', 'Feed', 'externalClientApps/Feed.eca'],
  consumer: [
    'ExtlClntAppGlobalOauthSettings',
    'Feed_glbloauth',
    'extlClntAppGlobalOauthSets/Feed_glbloauth.ecaGlblOauth',
  ],
  policies: [
    'ExtlClntAppOauthConfigurablePolicies',
    'Feed_oauthPlcy',
    'extlClntAppOauthPolicies/Feed_oauthPlcy.ecaOauthPlcy',
  ],
} as const;
const until = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);

const LATE = {
  label: 'Feed',
  contact: 'iam@acme.example',
  callback: 'https://feed.acme.example/cb',
  user: 'billing.sync@acme.example',
  set: 'Billing_Sync_Access',
};

/** Another resource, whose outputs are not known before it has been applied. */
const late = (given: Partial<typeof LATE> = {}): string =>
  `resource "terraform_data" "late" {\n  input = ${JSON.stringify({ ...LATE, ...given })}\n}`;

/** A machine of which all that another resource can decide is decided by one. */
const feed = `
resource "salesforce_external_client_app" "feed" {
  api_name     = "Feed"
  client_type  = "machine"
  app          = { label = "\${terraform_data.late.output.label} of the org", contact_email = terraform_data.late.output.contact }
  global_oauth = {
    callback_url                       = [terraform_data.late.output.callback]
    is_client_credentials_flow_enabled = true
  }
  oauth          = { comma_separated_oauth_scopes = ["Api"] }
  oauth_policies = {
    permitted_users_policy_type    = "AdminApprovedPreAuthorized"
    comma_separated_permission_set = ["Partner_Portal_Access", terraform_data.late.output.set]
    client_credentials_flow_user   = terraform_data.late.output.user
  }
  exception = [{
    controls = ["SFCA-ECA-CLIENT-CREDENTIALS", "SFCA-ECA-JWT-BEARER"], reason = "old feed"
    approved_by = "sec@acme.example", expires = "${until}"
  }]
}`;

describeTerraformDeep('values that another resource decides, driven by the real terraform', () => {
  let org: Bench;
  let work: Project;
  const plan = (...given: string[]) => work.run('plan', '-input=false', ...given);
  const apply = (...given: string[]) => work.run('apply', '-input=false', '-auto-approve', ...given);

  beforeAll(async () => {
    org = await bench({ seedDir: SEED });
    work = project(credentials(org.emulator));
    work.write(late(), feed);
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
  });
  afterAll(async () => {
    await org.close();
    work.remove();
  });

  it('are not known in the plan of a new app, and are what the org gets', async () => {
    const { status, output } = await plan();
    for (const name of ['label', 'contact_email', 'client_credentials_flow_user']) {
      expect(output).toMatch(new RegExp(`\\+ ${name} += \\(known after apply\\)`));
    }
    expect(output).toMatch(/callback_url += \[\s+\+ \(known after apply\)/);
    expect(status).toBe(0);
    const applied = await apply();
    expect(applied.output).not.toMatch(/inconsistent/);
    expect(applied.status).toBe(0);
    expect(await org.file(...FILES.header)).toContain('<label>Feed of the org</label>');
    expect(await org.file(...FILES.header)).toContain(`<contactEmail>${LATE.contact}</contactEmail>`);
    expect(await org.file(...FILES.consumer)).toContain(`<callbackUrl>${LATE.callback}</callbackUrl>`);
    const policies = await org.file(...FILES.policies);
    expect(policies).toContain(`<clientCredentialsFlowUser>${LATE.user}</clientCredentialsFlowUser>`);
    expect(policies).toMatch(/<commaSeparatedPermissionSet>[^<]*Billing_Sync_Access/);
    expect(await plan('-detailed-exitcode')).toMatchObject({ status: 0 });
  });

  it('are shown as not known where they may change, and nothing else is', async () => {
    work.write(late({ callback: 'https://feed.acme.example/new' }), feed);
    const planned = await work.planned();
    const names = changed(planned, ADDRESS);
    expect([...names].sort()).toEqual([
      'app.contact_email',
      'app.label',
      'global_oauth.callback_url',
      'oauth_policies.client_credentials_flow_user',
      'oauth_policies.comma_separated_permission_set',
    ]);
    expect(await apply('plan.bin')).toMatchObject({ status: 0 });
    expect(await org.file(...FILES.consumer)).toContain('<callbackUrl>https://feed.acme.example/new</callbackUrl>');
    expect(await plan('-detailed-exitcode')).toMatchObject({ status: 0 });
  });

  it.each([
    ['a permission set that the org lacks', { set: 'Nobody_Has_This' }, /Nobody_Has_This/],
    ['a user who is not active', { user: 'retired.integration@acme.example' }, /retired\.integration@acme\.example/],
  ])(
    'are judged when they are known: %s stops the apply before anything is written',
    async (_name, given, expected) => {
      const deploys = countOf(org.emulator, 'deploy');
      work.write(late(given), feed);
      expect(await plan()).toMatchObject({ status: 0 });
      const { status, output } = await apply();
      expect(output).toMatch(expected);
      expect(output).toMatch(/Error: salesforce_external_client_app Feed/);
      expect(status).toBe(1);
      expect(countOf(org.emulator, 'deploy')).toBe(deploys);
      work.write(late(), feed);
      expect(await apply()).toMatchObject({ status: 0 });
    },
  );

  it('may not decide what kind of client an app is', async () => {
    const kind = 'client_type = terraform_data.late.output.label';
    work.write(late({ label: 'private' }), feed, app('Other').replace('client_type  = "private"', kind));
    const { status, output } = await plan('-replace=terraform_data.late');
    expect(output).toMatch(/client_type is not known yet/);
    expect(status).toBe(1);
  });
});
