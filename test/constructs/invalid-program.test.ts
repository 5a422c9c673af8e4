import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { Aspects, TerraformStack, Testing } from 'cdktf';

import { Engine, MachineApp, PrivateClientApp, PublicClientApp, SalesforceOrg, Scope } from '../../constructs';
import { diagnosticsOf, synthManifests } from '../../constructs/testing';
import {
  codes,
  files,
  machineProps,
  orgIn,
  privateProps,
  program,
  publicProps,
  removeTemporaryFolders,
  threeApps,
  thrownBy,
  untyped,
} from './support';

afterEach(removeTemporaryFolders);

const ORG = 'stacks/identity/client-apps/prod';

describe('an invalid program', () => {
  it('reports every problem of all orgs of all stacks at once', () => {
    const app = program();
    const prod = orgIn(app);
    const uat = orgIn(app, {}, 'sandbox', 'uat');
    new (untyped(PublicClientApp))(prod, 'A', { ...publicProps, secret: 'x' });
    new (untyped(MachineApp))(uat, 'B', { ...machineProps, clientCredentials: { runAs: undefined } });
    new PrivateClientApp(uat, 'C', { ...privateProps, codeAndCredentials: {} });
    const error = thrownBy(() => app.synth());
    expect(error.code).toBe('INVALID_DECLARATION');
    expect(codes(error)).toEqual([
      'option-not-offered identity/prod/A',
      'missing-justification sandbox/uat/B',
      'missing-option sandbox/uat/B',
      'code-and-credentials-not-allowed sandbox/uat/C',
    ]);
  });

  it('writes nothing, neither ours nor of other stacks, whatever validation is skipped', () => {
    for (const skipValidation of [false, true]) {
      const app = program({ skipValidation });
      new TerraformStack(app, 'another');
      new (untyped(PublicClientApp))(orgIn(app), 'A', {});
      thrownBy(() => app.synth());
      expect([...files(app.outdir).keys()]).toEqual([]);
    }
  });

  it('removes the manifests of an earlier run, so that nobody applies them by mistake', () => {
    const { app } = threeApps();
    app.synth();
    expect(existsSync(join(app.outdir, ORG, 'manifest.json'))).toBe(true);
    const next = program({ outdir: app.outdir });
    new (untyped(PublicClientApp))(orgIn(next), 'A', {});
    thrownBy(() => next.synth());
    expect(existsSync(join(app.outdir, 'stacks/identity/client-apps'))).toBe(false);
  });

  it('for cdktf, not for us, leaves no manifest behind either', () => {
    const { app, prod } = threeApps();
    app.synth();
    prod.node.addValidation({ validate: () => ['refused by the author'] });
    expect(() => {
      app.synth();
    }).toThrow(/refused by the author/);
    expect(existsSync(join(app.outdir, ORG))).toBe(false);
  });

  it('cannot be had through Testing.synth or toTerraform either', () => {
    const app = program();
    const prod = orgIn(app);
    new (untyped(PublicClientApp))(prod, 'A', {});
    const stack = TerraformStack.of(prod);
    expect(thrownBy(() => Testing.synth(stack)).code).toBe('INVALID_DECLARATION');
    expect(thrownBy(() => stack.toTerraform() as unknown).code).toBe('INVALID_DECLARATION');
    expect(thrownBy(() => Testing.fullSynth(stack)).code).toBe('INVALID_DECLARATION');
    expect(thrownBy(() => Testing.synthHcl(stack) as unknown).code).toBe('INVALID_DECLARATION');
  });

  it('is refused also where a test asks for the manifests', () => {
    const app = program();
    new (untyped(PublicClientApp))(orgIn(app), 'A', { ...publicProps, label: 7 });
    expect(thrownBy(() => synthManifests(app)).diagnostics).toEqual(diagnosticsOf(app));
  });

  it('has no engine that does not exist', () => {
    const app = program();
    const stack = new TerraformStack(app, 'identity');
    new (untyped(SalesforceOrg))(stack, 'prod', { contactEmail: 'iam@acme.example', engine: 'ansible' });
    expect(thrownBy(() => app.synth()).message).toMatch(/not an Engine/);
  });

  it('has two things at one Terraform address', () => {
    const app = program();
    const stack = new TerraformStack(app, 'identity');
    const props = { contactEmail: 'iam@acme.example', today: '2026-07-01' };
    // Whom the app is, and nothing of the org's data.
    const login = { ...publicProps, scopes: [Scope.OPENID] } as const;
    new PublicClientApp(new SalesforceOrg(stack, 'a_b', props), 'C', login);
    new PublicClientApp(new SalesforceOrg(stack, 'a', props), 'b_C', login);
    new PublicClientApp(new SalesforceOrg(stack, 'x', { ...props, engine: Engine.NULL }), 'apply', login);
    expect(codes(thrownBy(() => app.synth()))).toEqual([
      'duplicate-terraform-address identity/a/b_C',
      'duplicate-terraform-address identity/x/apply',
    ]);
  });

  it('has two orgs of one name in a stack', () => {
    const app = program();
    const prod = orgIn(app);
    new SalesforceOrg(TerraformStack.of(prod), 'PROD', { contactEmail: 'iam@acme.example' });
    expect(codes(thrownBy(() => app.synth()))).toEqual(['duplicate-org-name identity/PROD']);
  });

  it('uses an option that the API version does not know', () => {
    const app = program();
    const prod = orgIn(app, { apiVersion: 60 });
    prod.oauthSettings({ allowCodeAndCredentialsFlow: true });
    new PrivateClientApp(prod, 'A', {
      ...privateProps,
      scopes: [Scope.API, Scope.OPENID],
      codeAndCredentials: {},
      startUrl: 'https://portal.acme.example',
      customScopes: ['orders'],
      idToken: { includeCustomPermissions: true },
    });
    expect(
      thrownBy(() => app.synth()).diagnostics.map(({ field, allowed }) => `${field ?? ''}: ${allowed ?? ''}`),
    ).toEqual([
      'customScopes: apiVersion 61 or newer',
      'idToken.includeCustomPermissions: apiVersion 61 or newer',
      'startUrl: apiVersion 62 or newer',
      'codeAndCredentials: apiVersion 61 or newer',
    ]);
  });

  it('declares an app outside an org', () => {
    const stack = new TerraformStack(program(), 'identity');
    expect(thrownBy(() => new PublicClientApp(stack, 'A', publicProps)).message).toMatch(/not inside a SalesforceOrg/);
  });

  it('may be invalid for what an aspect adds while cdktf synthesizes', () => {
    const { app, prod } = threeApps();
    let added = false;
    Aspects.of(prod).add({
      visit: () => {
        if (!added) new (untyped(PublicClientApp))(prod, 'Late', {});
        added = true;
      },
    });
    expect(codes(thrownBy(() => app.synth()))).toContain('missing-option identity/prod/Late');
    expect([...files(app.outdir).keys()]).toEqual([]);
  });
});

it('a planted secret in any option reaches neither files nor errors', () => {
  const secret = 'hunter2-PLANTED';
  const app = program();
  const prod = orgIn(app);
  new (untyped(PublicClientApp))(prod, 'A', { ...publicProps, consumerSecret: secret, password: { nested: secret } });
  new (untyped(MachineApp))(prod, 'B', { ...machineProps, certificate: secret, clientCredentials: { secret } });
  new (untyped(PrivateClientApp))(prod, 'C', { ...privateProps, callbackUrls: [`https://u:${secret}@a.example/cb`] });
  const error = thrownBy(() => app.synth());
  expect(codes(error).length).toBeGreaterThan(5);
  expect(`${error.message} ${JSON.stringify(error.diagnostics)} ${error.stack ?? ''}`).not.toContain(secret);
  for (const content of files(app.outdir).values()) expect(content).not.toContain(secret);
});

it('scopes by name from configuration are judged like all others', () => {
  const app = program();
  new PublicClientApp(orgIn(app), 'A', { ...publicProps, scopes: [Scope.of('refresh_token')] });
  expect(diagnosticsOf(app)[0]?.remedy).toBe('did you mean RefreshToken?');
});
