import { type Around, KEY, ME, OTHER, type Pair, SECRET, throughCi, twoKeys } from '../operations/own-login-support';
import { describeTerraformDeep } from './deep';
import { type Project, project } from './provider-support';
import { UNTIL } from './typed-hcl';

interface Ci {
  readonly policies?: Readonly<Record<string, unknown>>;
  readonly app?: Readonly<Record<string, unknown>>;
  readonly scopes?: readonly string[];
  readonly more?: Readonly<Record<string, unknown>>;
}

/** The app of the login, as the org has it but for what is given. */
const ci = ({ policies = {}, app = {}, scopes = ['Api', 'RefreshToken'], more = {} }: Ci): string => {
  const all = {
    api_name: 'CI',
    client_type: 'machine',
    // It signs in with the key of this one, and no change may lose it.
    certificate: own.cert,
    app: { label: 'CI', contact_email: 'iam@acme.example' },
    global_oauth: { is_client_credentials_flow_enabled: true },
    oauth: { comma_separated_oauth_scopes: scopes },
    oauth_policies: {
      permitted_users_policy_type: 'AdminApprovedPreAuthorized',
      comma_separated_permission_set: ['CI'],
      is_client_credentials_flow_enabled: true,
      client_credentials_flow_user: ME,
      ip_relaxation_policy_type: 'Bypass',
      ...policies,
    },
    policies: { is_enabled: true, is_oauth_plugin_enabled: true, ...app },
    ...more,
  };
  const arguments_ = Object.entries(all).map(([name, value]) => `  ${name} = ${JSON.stringify(value)}`);
  return `resource "salesforce_external_client_app" "ci" {\n${arguments_.join('\n')}\n}`;
};
type Config = Readonly<Record<string, unknown>>;
/** The same by its kind of client. */
const typed = (more: Config): string => {
  const justification = { reason: 'deploys', approved_by: 'sec@acme.example', expires: UNTIL };
  const all = {
    api_name: 'CI',
    label: 'CI',
    contact_email: 'iam@acme.example',
    certificate: own.cert,
    scopes: ['Api', 'RefreshToken'],
    permitted_users: { policy: 'pre_authorized', permission_sets: ['CI'] },
    client_credentials: { run_as: ME, justification },
    ip_relaxation: { policy: 'relax', justification },
    ...more,
  };
  const arguments_ = Object.entries(all).map(([name, value]) => `  ${name} = ${JSON.stringify(value)}`);
  return `resource "salesforce_machine_client_app" "ci" {\n${arguments_.join('\n')}\n}`;
};
const ACCEPTED = { accept_lockout: true };
const PROVIDER = 'provider "salesforce" {\n  fail_on    = "none"\n  managed_by = "identity/prod"\n}';
const WIRE = 'salesforce_external_client_app.ci';
const TYPED = 'salesforce_machine_client_app.ci';
const elsewhere: Around = {
  profile: '<loginIpRanges><startAddress>10.0.0.1</startAddress><endAddress>10.0.0.9</endAddress></loginIpRanges>',
};

let own: Pair;
beforeAll(async () => {
  [own] = await twoKeys();
});

describeTerraformDeep('the login that the real terraform runs by', () => {
  const login = (url: string, way: 'jwt' | 'secret'): Readonly<Record<string, string>> => ({
    SF_CLIENT_ID: KEY,
    SF_LOGIN_URL: url,
    ...(way === 'secret'
      ? { SF_CLIENT_SECRET: SECRET }
      : { SF_USERNAME: ME, SF_JWT_KEY: own.key, SF_AUDIENCE: 'https://login.salesforce.com' }),
  });

  async function inCi(
    around: Around,
    way: 'jwt' | 'secret',
    body: (work: Project, stillWorks: () => Promise<string>) => Promise<void>,
    [first, address]: readonly [config: string, address: string] = [ci({}), WIRE],
  ): Promise<void> {
    await throughCi(own, around, async (salesforce) => {
      const work = project(login(salesforce.emulator.url, way));
      try {
        work.write(PROVIDER, first, `import {\n  to = ${address}\n  id = "CI"\n}`);
        expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
        const imported = await work.run('apply', '-input=false', '-auto-approve');
        expect(imported.status === 0 ? '' : imported.output).toBe('');
        await body(work, () => salesforce.login(way === 'secret' ? 'client-credentials' : 'jwt-bearer'));
      } finally {
        work.remove();
      }
    });
  }

  it.each<[what: string, way: 'jwt' | 'secret', changes: Ci, around: Around]>([
    ['its app is switched off', 'jwt', { app: { is_enabled: false } }, {}],
    ['its app loses the scope of the API', 'secret', { scopes: ['Basic'] }, {}],
    ['its user is another one', 'secret', { policies: { client_credentials_flow_user: OTHER } }, {}],
    ['its permission set is another one', 'jwt', { policies: { comma_separated_permission_set: ['Elsewhere'] } }, {}],
    ['its address is kept out', 'secret', { policies: { ip_relaxation_policy_type: 'Enforce' } }, elsewhere],
  ])('is not cut off where %s, unless accept_lockout says so', async (_what, way, changes, around) => {
    await inCi(around, way, async (work, stillWorks) => {
      work.write(PROVIDER, ci(changes));
      const refused = await work.run('apply', '-input=false', '-auto-approve');
      expect([refused.status, refused.output]).toEqual([1, expect.stringMatching(/Error: .*CI: self lockout/)]);
      expect(refused.output).toContain('accept_lockout = true');
      expect(await stillWorks()).toBe('works');

      work.write(PROVIDER, ci({ ...changes, more: ACCEPTED }));
      const planned = await work.run('plan', '-input=false', '-out=plan.bin');
      expect([planned.status, planned.output]).toEqual([0, expect.stringMatching(/Warning: .*self lockout accepted/)]);
      const applied = await work.run('apply', '-input=false', 'plan.bin');
      expect([applied.status, applied.output]).toEqual([0, expect.stringContaining('1 changed')]);
      if (changes.policies?.['client_credentials_flow_user'] === undefined)
        expect(await stillWorks()).not.toBe('works');
    });
  });

  it.each<[what: string, address: string, config: (more: Config) => string]>([
    ['by the metadata’s names', WIRE, (more) => ci({ more })],
    ['by kind of client', TYPED, typed],
  ])('is not cut off by a destroy of its app %s, unless its state accepts that', async (_what, address, config) => {
    const body = async (work: Project, stillWorks: () => Promise<string>): Promise<void> => {
      const state = (): unknown => (JSON.parse(work.state()) as { resources: unknown }).resources;
      work.write(PROVIDER, config({ deletion_protection: false }));
      expect(await work.run('apply', '-input=false', '-auto-approve')).toMatchObject({ status: 0 });
      const before = state();
      const planned = await work.run('plan', '-destroy', '-input=false');
      expect([planned.status, planned.output]).toEqual([1, expect.stringMatching(/Error: .*CI: self lockout/)]);
      expect(planned.output).toContain('accept_lockout = true');
      const refused = await work.run('destroy', '-input=false', '-auto-approve');
      expect([refused.status, refused.output]).toEqual([1, expect.stringMatching(/Error: .*CI: self lockout/)]);
      expect(state()).toEqual(before);
      expect(await stillWorks()).toBe('works');
      work.write(PROVIDER, config({ deletion_protection: false, ...ACCEPTED }));
      expect(await work.run('apply', '-input=false', '-auto-approve')).toMatchObject({ status: 0 });
      const gone = await work.run('destroy', '-input=false', '-auto-approve');
      expect(gone.output).toMatch(/Warning: .*self lockout accepted/);
      // The app is deleted, and with it the session that would read that back.
      expect(await stillWorks()).not.toBe('works');
    };
    await inCi({}, 'secret', body, [config({}), address]);
  });
});
