import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { NullProvider } from '@cdktf/provider-null/lib/provider';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';

import { Engine, MachineApp, PublicClientApp } from '../../constructs';
import { diagnosticsOf, synthManifests, TODAY_CONTEXT } from '../../constructs/testing';
import {
  files,
  machineProps,
  orgIn,
  program,
  publicProps,
  removeTemporaryFolders,
  temporaryFolder,
  terraformJson,
  threeApps,
  thrownBy,
} from './support';

afterEach(removeTemporaryFolders);

const ORG = 'stacks/identity/client-apps/prod';

describe('synth writes', () => {
  it('a manifest and packages beside it, and git ignores the packages', () => {
    const { app } = threeApps();
    app.synth();
    const written = files(app.outdir);
    const manifest = written.get(`${ORG}/manifest.json`) ?? '';
    expect(manifest.endsWith('}\n')).toBe(true);
    expect(JSON.parse(manifest)).toMatchObject({
      id: 'identity/prod',
      org: { name: 'prod', path: 'identity/prod', engine: 'provider', api_version: 66 },
      apps: [{ api_name: 'Feed' }, { api_name: 'FieldApp' }, { api_name: 'Portal' }],
    });
    expect(written.get(`${ORG}/package/.gitignore`)).toBe('*\n');
    expect(written.get(`${ORG}/package/1-enable/settings/OauthOidc.settings`)).toContain(
      '<oAuthCdCrdtFlowEnable>true<',
    );
    expect(written.has(`${ORG}/package/2-apps/externalClientApps/Portal.eca`)).toBe(true);
  });

  it('no package where the author wants none', () => {
    const app = program();
    new PublicClientApp(orgIn(app, { writePackage: false }), 'FieldApp', publicProps);
    app.synth();
    expect([...files(join(app.outdir, ORG)).keys()]).toEqual(['manifest.json']);
  });

  it('the same bytes from run to run, whatever the order of declaration', () => {
    const run = (names: readonly string[]) => {
      const app = program();
      const prod = orgIn(app);
      for (const name of names) new PublicClientApp(prod, name, publicProps);
      app.synth();
      return files(app.outdir);
    };
    const first = run(['A', 'B', 'C']);
    expect(run(['A', 'B', 'C'])).toEqual(first);
    const reordered = run(['C', 'A', 'B']);
    expect(reordered.get(`${ORG}/manifest.json`)).toBe(first.get(`${ORG}/manifest.json`));
    expect(reordered.get(`${ORG}/package/1-apps/package.xml`)).toBe(first.get(`${ORG}/package/1-apps/package.xml`));
  });

  it('where each app is declared, relative to the working directory', () => {
    const { app } = threeApps();
    for (const { source } of synthManifests(app)[0]?.apps ?? []) {
      expect(source?.file).toBe('test/constructs/support.ts');
      expect(source?.line).toBeGreaterThan(25);
    }
  });

  it('what a constructor was given, whatever becomes of the object afterward', () => {
    const app = program();
    const props = { ...publicProps, label: 'Field App' };
    new PublicClientApp(orgIn(app), 'App', props);
    props.label = 'Another';
    expect(synthManifests(app)[0]?.apps[0]?.label).toBe('Field App');
  });

  it('output that does not depend on where it stands', () => {
    const { app } = threeApps();
    app.synth();
    for (const [path, content] of files(join(app.outdir, 'stacks/identity/client-apps'))) {
      expect([path, content.includes(app.outdir)]).toEqual([path, false]);
      expect([path, content.includes(process.cwd())]).toEqual([path, false]);
    }
  });
});

describe('the Terraform resources of the null engine', () => {
  const terraform = () => {
    const { app } = threeApps(temporaryFolder(), { engine: Engine.NULL });
    app.synth();
    return { app, ...terraformJson(app.outdir).resource };
  };

  it('are one for each app and one that applies them all', () => {
    expect(Object.keys(terraform().null_resource)).toEqual(['prod_Feed', 'prod_FieldApp', 'prod_Portal', 'prod_apply']);
  });

  it('show each field of an app in readable triggers, of a certificate only the fingerprint', () => {
    const { triggers } = terraform().null_resource['prod_Feed'] ?? { triggers: {} };
    expect(triggers).toMatchObject({
      org: 'prod',
      api_name: 'Feed',
      'app.label': 'Feed',
      'oauth.comma_separated_oauth_scopes': 'Api, RefreshToken',
      'global_oauth.is_pkce_required': 'true',
      'oauth_policies.comma_separated_permission_set': 'Feed_Access',
      'oauth_policies.client_credentials_flow_user': 'feed@acme.example',
      'app.certificate_fingerprint': expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
    });
    expect(JSON.stringify(triggers)).not.toContain('MII');
  });

  it('apply once for all apps, after them, without deleting first, by a path that can be copied', () => {
    const { null_resource } = terraform();
    expect(null_resource['prod_apply']).toMatchObject({
      depends_on: ['null_resource.prod_Portal', 'null_resource.prod_FieldApp', 'null_resource.prod_Feed'],
      lifecycle: { create_before_destroy: true },
      provisioner: [
        {
          'local-exec': {
            command: 'npx --no-install client-apps apply --manifest client-apps/prod/manifest.json --from-terraform',
          },
        },
      ],
      triggers: { 'oauth_oidc.oauth_cd_crdt_flow_enable': 'true' },
    });
    for (const name of ['prod_Feed', 'prod_FieldApp', 'prod_Portal']) {
      expect(null_resource[name]?.lifecycle).toEqual({ create_before_destroy: true });
      expect(null_resource[name]?.provisioner).toBeUndefined();
    }
  });

  it('apply again when a field changes, and not when the code moves', () => {
    const digestOf = (label: string, nested: boolean) => {
      const app = program();
      const prod = orgIn(app, { engine: Engine.NULL });
      const scope = nested ? new Construct(prod, 'Group') : prod;
      new PublicClientApp(scope, 'FieldApp', { ...publicProps, label });
      app.synth();
      return terraformJson(app.outdir).resource.null_resource['prod_apply']?.triggers['digest'];
    };
    const before = digestOf('Field App', false);
    expect(digestOf('Field App', true)).toBe(before);
    expect(digestOf('Field Service', false)).not.toBe(before);
  });

  it('do not let Terraform read text as a template', () => {
    const app = program();
    new PublicClientApp(orgIn(app, { engine: Engine.NULL }), 'FieldApp', { ...publicProps, label: 'Cost ${x} %{y}' });
    app.synth();
    const resource = terraformJson(app.outdir).resource.null_resource['prod_FieldApp'];
    expect(resource?.triggers['app.label']).toBe('Cost $${x} %%{y}');
  });

  it("use the stack's own null provider where there is one, also where it is declared later", () => {
    const { app, prod } = threeApps(temporaryFolder(), { engine: Engine.NULL });
    new NullProvider(TerraformStack.of(prod), 'mine');
    app.synth();
    expect(terraformJson(app.outdir).provider['null']).toHaveLength(1);
  });

  it('do not tell the consumer key and say so', () => {
    const { prod } = threeApps(temporaryFolder(), { engine: Engine.NULL });
    const app = new PublicClientApp(prod, 'Other', publicProps);
    expect(thrownBy(() => app.consumerKey).message).toMatch(/null engine/);
  });
});

describe('what is left of earlier runs', () => {
  it('goes: orgs and stacks that are no longer declared', () => {
    const outdir = temporaryFolder();
    const { app } = threeApps(outdir);
    app.synth();
    cpSync(join(outdir, 'stacks/identity'), join(outdir, 'stacks/gone'), { recursive: true });
    cpSync(join(outdir, ORG), join(outdir, 'stacks/identity/client-apps/old'), { recursive: true });
    mkdirSync(join(outdir, ORG, 'package/3-apps/externalClientApps'), { recursive: true });
    writeFileSync(join(outdir, ORG, 'package/3-apps/externalClientApps/Removed.eca'), 'old');
    threeApps(outdir).app.synth();
    const left = [...files(outdir).keys()].filter(
      (path) => path.includes('/client-apps/') && !path.includes('terraform.d'),
    );
    expect(left.every((path) => path.startsWith(`${ORG}/`))).toBe(true);
    expect(left).toContain(`${ORG}/manifest.json`);
    expect(left).not.toContain(`${ORG}/package/3-apps/externalClientApps/Removed.eca`);
  });

  it('stays where it is another stack of the same program', () => {
    const app = program();
    new PublicClientApp(orgIn(app), 'A', publicProps);
    new PublicClientApp(orgIn(app, {}, 'sandbox', 'uat'), 'A', publicProps);
    app.synth();
    expect(existsSync(join(app.outdir, ORG, 'manifest.json'))).toBe(true);
    expect(existsSync(join(app.outdir, 'stacks/sandbox/client-apps/uat/manifest.json'))).toBe(true);
  });
});

describe("today's date", () => {
  const justified = (context: Record<string, unknown>, props = {}) => {
    const app = program({ context });
    new MachineApp(orgIn(app, { today: undefined as unknown as string, ...props }), 'Feed', machineProps);
    return app;
  };

  it('may come from the context of the app', () => {
    expect(diagnosticsOf(justified({ [TODAY_CONTEXT]: '2026-12-31' }))).toEqual([]);
    expect(diagnosticsOf(justified({ [TODAY_CONTEXT]: '2027-01-31' }))).toMatchObject([
      { code: 'exception-expires-soon', severity: 'warning' },
    ]);
    expect(diagnosticsOf(justified({ [TODAY_CONTEXT]: '2027-02-01' })).map(({ code }) => code)).toEqual([
      'justification-expired',
    ]);
  });

  it('stated for the org goes first', () => {
    expect(diagnosticsOf(justified({ [TODAY_CONTEXT]: '2027-02-01' }, { today: '2026-12-31' }))).toEqual([]);
  });

  it('is judged to be real', () => {
    expect(diagnosticsOf(justified({ [TODAY_CONTEXT]: 20270101 })).map(({ code }) => code)).toContain('wrong-type');
  });
});

it('the manifest is written as the tests see it', () => {
  const { app } = threeApps();
  app.synth();
  const written: unknown = JSON.parse(readFileSync(join(app.outdir, ORG, 'manifest.json'), 'utf8'));
  expect(synthManifests(app)).toEqual([written]);
});
