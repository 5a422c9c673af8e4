import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { DefaultTokenResolver, type IResolvable, StringConcat, TerraformStack, Token, Tokenization } from 'cdktf';

import { Engine, MachineApp, PermittedUsers, PrivateClientApp, PublicClientApp, Username } from '../../constructs';
import { diagnosticsOf, synthManifests } from '../../constructs/testing';
import {
  files,
  justification,
  machineProps,
  orgIn,
  privateProps,
  program,
  publicProps,
  removeTemporaryFolders,
  temporaryFolder,
  threeApps,
  thrownBy,
} from './support';

afterEach(removeTemporaryFolders);

interface Written {
  readonly provider: { readonly salesforce: readonly Readonly<Record<string, unknown>>[] };
  readonly resource: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly moved?: unknown;
  readonly import?: unknown;
  readonly removed?: unknown;
}

const APP = 'salesforce_external_client_app';

function written(outdir: string, stack = 'identity'): Written {
  return JSON.parse(readFileSync(join(outdir, 'stacks', stack, 'cdk.tf.json'), 'utf8')) as Written;
}

/** A value that only Terraform knows. */
const late = (): string => Token.asString(new Reference('${var.team}'));

class Reference implements IResolvable {
  readonly creationStack = [];
  readonly expression: string;

  constructor(expression: string) {
    this.expression = expression;
  }

  resolve(): string {
    return this.expression;
  }

  toString(): string {
    return Token.asString(this);
  }
}

describe('the Terraform resources of the provider engine', () => {
  it('are one for each app and one for the settings, which come first', () => {
    const { app } = threeApps();
    app.synth();
    const { resource } = written(app.outdir);
    expect(Object.keys(resource[APP] ?? {})).toEqual(['prod_Feed', 'prod_FieldApp', 'prod_Portal']);
    expect(resource['salesforce_oauth_settings']?.['prod_oauth_settings']).toMatchObject({
      oauth_oidc: { oauth_cd_crdt_flow_enable: true },
    });
    for (const each of Object.values(resource[APP] ?? {})) {
      expect(each['depends_on']).toEqual(['salesforce_oauth_settings.prod_oauth_settings']);
      expect(each['provider']).toBe('salesforce.prod');
    }
  });

  it('hold every managed field under the name of its component, and each exception with its controls', () => {
    const { app } = threeApps();
    app.synth();
    expect(written(app.outdir).resource[APP]?.['prod_Feed']).toMatchObject({
      api_name: 'Feed',
      client_type: 'machine',
      app: { label: 'Feed', contact_email: 'iam@acme.example' },
      global_oauth: { is_pkce_required: true, is_client_credentials_flow_enabled: true },
      oauth: { comma_separated_oauth_scopes: ['Api', 'RefreshToken'] },
      oauth_policies: { comma_separated_permission_set: ['Feed_Access'] },
      certificate: expect.stringMatching(/^MII/) as unknown,
      exception: [{ controls: expect.arrayContaining(['SFCA-ECA-CLIENT-CREDENTIALS']) as unknown }],
    });
  });

  it('leave out a field that is to have no value', () => {
    const { app } = threeApps();
    app.synth();
    const policies = written(app.outdir).resource[APP]?.['prod_Portal']?.['oauth_policies'];
    expect(policies).not.toHaveProperty('named_user_jwt_timeout');
    expect(JSON.stringify(policies)).not.toContain('[]');
  });

  it('do not let Terraform read text as a template', () => {
    const app = program();
    new PublicClientApp(orgIn(app), 'FieldApp', { ...publicProps, label: 'Cost ${x} %{y}' });
    app.synth();
    expect(written(app.outdir).resource[APP]?.['prod_FieldApp']).toMatchObject({ app: { label: 'Cost $${x} %%{y}' } });
  });

  it('name their org to the provider, and let plain credentials count only where there is one org', () => {
    const one = threeApps();
    one.app.synth();
    expect(written(one.app.outdir).provider.salesforce).toEqual([
      { alias: 'prod', org: 'prod', only_org: true, api_version: 66, managed_by: 'identity/prod' },
    ]);
    const app = program();
    orgIn(app, { orgId: '00D000000000001' });
    orgIn(app, {}, 'sandbox', 'uat');
    app.synth();
    expect(written(app.outdir).provider.salesforce).toMatchObject([{ only_org: false, org_id: '00D000000000001' }]);
    expect(written(app.outdir, 'sandbox').provider.salesforce).toMatchObject([{ alias: 'uat', only_org: false }]);
  });

  it('come with the provider itself: one executable file with the same bytes for every platform', () => {
    const { app } = threeApps();
    app.synth();
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    const base = 'terraform.d/plugins/client-apps.invalid/cdktf-salesforce-client-apps/salesforce';
    const places = ['linux_amd64', 'linux_arm64', 'darwin_amd64', 'darwin_arm64'].map((platform) =>
      join(app.outdir, 'stacks/identity', base, version, platform, `terraform-provider-salesforce_v${version}`),
    );
    const [first = '', ...others] = places;
    const bytes = readFileSync(first);
    expect(bytes.subarray(0, 20).toString()).toBe('#!/usr/bin/env node\n');
    expect(bytes.includes(process.cwd())).toBe(false);
    for (const other of others) expect(readFileSync(other).equals(bytes)).toBe(true);
    for (const place of places) expect(statSync(place).mode & 0o111).toBe(0o111);
  });

  it('are not there for the other engine, and neither is the provider', () => {
    const { app } = threeApps(temporaryFolder(), { engine: Engine.NULL });
    app.synth();
    expect(written(app.outdir).resource[APP]).toBeUndefined();
    expect(existsSync(join(app.outdir, 'stacks/identity/terraform.d'))).toBe(false);
  });

  it('take an adopted app over by an import block', () => {
    const app = program();
    new PublicClientApp(orgIn(app), 'FieldApp', { ...publicProps, adopt: true });
    app.synth();
    expect(written(app.outdir).import).toEqual([
      { to: `${APP}.prod_FieldApp`, id: 'FieldApp', provider: 'salesforce.prod' },
    ]);
  });

  it('take over what the null engine left in the state, where the program says so', () => {
    const { app } = threeApps(temporaryFolder(), { movedFrom: Engine.NULL });
    app.synth();
    const { moved, removed } = written(app.outdir);
    expect(moved).toContainEqual({ from: 'null_resource.prod_Feed', to: `${APP}.prod_Feed` });
    expect(removed).toEqual([{ from: 'null_resource.prod_apply', lifecycle: { destroy: false } }]);
  });
});

describe('a value that only Terraform knows', () => {
  it('is taken where nothing is decided at synth', () => {
    const app = program();
    const prod = orgIn(app);
    new PrivateClientApp(prod, 'Portal', {
      ...privateProps,
      label: late(),
      description: `For ${late()}`,
      contactEmail: late(),
      callbackUrls: [late()],
      startUrl: late(),
      permittedUsers: PermittedUsers.preAuthorized({ permissionSets: [late()] }),
    });
    new MachineApp(prod, 'Feed', {
      ...machineProps,
      clientCredentials: { runAs: Username.of(late()), justification },
    });
    expect(diagnosticsOf(app)).toEqual([]);
    app.synth();
    expect(written(app.outdir).resource[APP]?.['prod_Portal']).toMatchObject({
      app: { label: '${var.team}', description: 'For ${var.team}' },
      global_oauth: { callback_url: ['${var.team}'] },
      oauth_policies: { comma_separated_permission_set: ['${var.team}'] },
    });
  });

  it('stays out of the manifest, which says what it is missing, and no package is written', () => {
    const app = program();
    new PrivateClientApp(orgIn(app), 'Portal', { ...privateProps, label: late() });
    const [manifest] = synthManifests(app);
    const header = manifest?.apps[0]?.components.find(({ type }) => type === 'ExternalClientApplication');
    expect(header?.late).toEqual(['label']);
    expect(JSON.stringify(manifest)).not.toContain('TfToken');
    app.synth();
    expect([...files(join(app.outdir, 'stacks/identity/client-apps/prod')).keys()]).toEqual(['manifest.json']);
  });

  it('is refused where it decides about security or names, with the options that take one', () => {
    const app = program();
    new PrivateClientApp(orgIn(app), 'Portal', {
      ...privateProps,
      apiName: late(),
      customAttributes: { team: late() },
    });
    const { diagnostics } = thrownBy(() => app.synth());
    const found = diagnostics.find(({ field }) => field === 'apiName');
    expect(found?.code).toBe('terraform-token');
    expect(found?.allowed).toMatch(/label, description, contactEmail/);
  });

  it('is refused by the null engine, which can pass nothing on', () => {
    const app = program();
    new PrivateClientApp(orgIn(app, { engine: Engine.NULL }), 'Portal', { ...privateProps, label: late() });
    expect(thrownBy(() => app.synth()).diagnostics).toMatchObject([
      { code: 'terraform-token', field: 'label', remedy: expect.stringContaining('Engine.PROVIDER') as unknown },
    ]);
  });
});

describe('options of one engine', () => {
  it('are refused by the other one', () => {
    const app = program();
    const prod = orgIn(app, { engine: Engine.NULL, movedFrom: Engine.NULL });
    new PublicClientApp(prod, 'FieldApp', { ...publicProps, deletionProtection: false, reEnable: true });
    const { diagnostics } = thrownBy(() => app.synth());
    expect(diagnostics.map(({ field }) => field)).toEqual(['movedFrom', 'deletionProtection', 'reEnable']);
  });

  it('become attributes', () => {
    const app = program();
    new PublicClientApp(orgIn(app), 'FieldApp', { ...publicProps, deletionProtection: false, reEnable: true });
    app.synth();
    const resource = written(app.outdir).resource[APP]?.['prod_FieldApp'];
    expect(resource).toMatchObject({ deletion_protection: false, re_enable: true });
  });
});

describe('the outputs of an app', () => {
  it('are references of its resource', () => {
    const { prod } = threeApps();
    const app = new PublicClientApp(prod, 'Other', publicProps);
    const scope = TerraformStack.of(prod);
    const resolved = (value: string): unknown =>
      Tokenization.resolve(value, { scope, preparing: false, resolver: new DefaultTokenResolver(new StringConcat()) });
    expect(resolved(app.consumerKey)).toBe(`\${${APP}.prod_Other.consumer_key}`);
    expect(resolved(app.applicationId)).toBe(`\${${APP}.prod_Other.application_id}`);
  });
});
