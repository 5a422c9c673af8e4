import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Connection } from 'jsforce';

import {
  MachineApp,
  OauthCustomScope,
  OauthTokenExchangeHandler,
  PrivateClientApp,
  PublicClientApp,
  Scope,
  TokenType,
  Username,
} from '../../constructs';
import { synthManifests } from '../../constructs/testing';
import type { EmulatorSwitches } from '../../lib/emulator';
import type { Manifest } from '../../lib/metadata/manifest';
import { writeZip } from '../../lib/metadata/package/zip';
import {
  files,
  justification,
  machineProps,
  orgIn,
  privateProps,
  program,
  publicProps,
  temporaryFolder,
} from '../constructs/support';
import { type Bench, bench } from '../operations/support';

const EXCHANGE = 'exchange@acme.example';

/** A program with something in every phase, synthesized. */
function synthesized(): { readonly manifest: Manifest; readonly folder: string } {
  const app = program();
  const prod = orgIn(app);
  prod.oauthSettings({ allowCodeAndCredentialsFlow: true, requirePkce: true, adminApprovedAppsOnly: true });
  new OauthCustomScope(prod, 'orders_read', { label: 'Read orders', description: 'Reads orders' });
  const portal = new PrivateClientApp(prod, 'Portal', {
    ...privateProps,
    scopes: [Scope.API],
    customScopes: ['orders_read'],
    codeAndCredentials: {},
    tokenExchange: { enabled: true, justification },
  });
  new PublicClientApp(prod, 'FieldApp', publicProps);
  new MachineApp(prod, 'Feed', machineProps);
  new OauthTokenExchangeHandler(prod, 'Partner', {
    label: 'Partner tokens',
    description: 'Takes tokens of the partner',
    apexClass: 'PartnerTokens',
    accepts: [TokenType.JWT],
    enabledFor: [{ app: portal, runAs: Username.of(EXCHANGE) }],
  });
  const [manifest] = synthManifests(app);
  if (!manifest) throw new Error('the program declares one org');
  app.synth();
  return { manifest, folder: join(app.outdir, 'stacks/identity/client-apps/prod/package') };
}

const numbered = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

/** An org without any app of ours, with what the apps name: permission sets, users, a class. */
function emptyOrg(switches: Partial<EmulatorSwitches> = {}): Promise<Bench> {
  const seedDir = temporaryFolder();
  const seed = {
    users: ['feed@acme.example', EXCHANGE].map((username) => ({ username, active: true, apiEnabled: true })),
    permissionSets: ['Portal_Access', 'Feed_Access'].map((name) => ({ name, holders: 1 })),
    apexClasses: [{ name: 'PartnerTokens' }],
  };
  writeFileSync(join(seedDir, 'org.json'), JSON.stringify(seed));
  return bench({ seedDir, switches });
}

/** What other tools do: every file that lies in the folder, as one package; the Salesforce CLI puts it into a folder. */
async function deploy({ emulator }: Bench, folder: string, under = ''): Promise<readonly string[]> {
  const connection = new Connection({ instanceUrl: emulator.url, accessToken: emulator.accessToken, version: '66.0' });
  connection.metadata.pollInterval = 20;
  const options = { rollbackOnError: true, singlePackage: under === '' };
  const zip = await writeZip(new Map([...files(folder)].map(([path, text]) => [under + path, text])));
  const result = await connection.metadata.deploy(zip, options).complete(true);
  const failures = result.details?.componentFailures ?? [];
  if (!result.success && failures.length === 0) return [String(result.errorMessage)];
  return failures.map(({ fileName, problem }) => `${fileName}: ${problem}`);
}

describe('the packages that synth writes', () => {
  const { manifest, folder } = synthesized();
  let salesforce: Bench;
  afterEach(() => salesforce.close());

  it.each([
    ['refuses an app and the setting it needs in one deploy', {}, ''],
    ['refuses that, and the tool packs the folder as the Salesforce CLI does', {}, 'zip/'],
    ['allows that', { orgSettingsCountInSameDeploy: true }, ''],
    ['keeps fields of settings that a package leaves out', { omittedSettingsReset: false }, ''],
  ])('install the program one after the other, as they lie there, where the org %s', async (_, switches, under) => {
    salesforce = await emptyOrg(switches);
    for (const name of numbered(folder)) {
      expect([name, await deploy(salesforce, join(folder, name), under)]).toEqual([name, []]);
    }
    const plan = await salesforce.plan(manifest);
    expect(plan.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(plan.apps.map(({ action, adopts }) => [action, adopts])).toEqual(Array(3).fill(['none', false]));
    expect([...plan.settings, ...plan.records].map(({ action }) => action)).toEqual(Array(4).fill('none'));
    expect(plan.phases).toEqual([]);
  });

  it('need their order: what the apps need is not in their own', async () => {
    salesforce = await emptyOrg();
    expect(numbered(folder)).toEqual(['1-enable', '2-apps', '3-handlers', '4-tighten']);
    expect(await deploy(salesforce, join(folder, '2-apps'))).not.toEqual([]);
    expect(await deploy(salesforce, join(folder, '3-handlers'))).not.toEqual([]);
  });

  it('say that an app was made without a certificate, so that a later change of its consumer is planned', async () => {
    salesforce = await emptyOrg();
    for (const name of numbered(folder)) await deploy(salesforce, join(folder, name));
    const app = program();
    const prod = orgIn(app);
    new PublicClientApp(prod, 'FieldApp', { ...publicProps, callbackUrls: ['fieldapp://oauth', 'fieldapp://other'] });
    const [changed] = synthManifests(app);
    if (!changed) throw new Error('the program declares one org');
    const plan = await salesforce.plan(changed);
    expect(plan.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(plan.apps.find(({ api_name: name }) => name === 'FieldApp')?.action).toBe('update');
  });
});

describe('in a package that synth writes', () => {
  const { folder } = synthesized();

  it('lie package.xml and components, and nothing else', () => {
    for (const name of numbered(folder)) {
      const paths = [...files(join(folder, name)).keys()];
      expect(paths).toContain('package.xml');
      const others = paths.filter((path) => path !== 'package.xml');
      expect(others.length).toBeGreaterThan(0);
      for (const path of others) expect(path).toMatch(/^(settings|oauth\w+|ext\w+)\/\w+\.\w+$/i);
    }
    expect(readdirSync(folder, { withFileTypes: true }).filter((entry) => !entry.isDirectory())).toMatchObject([
      { name: '.gitignore' },
    ]);
  });

  it('is what its phase writes: an org setting that tightens waits for the apps', () => {
    const written = files(folder);
    const opens = '1-enable/settings/OauthOidc.settings';
    expect(written.get(opens)).toContain('<oAuthCdCrdtFlowEnable>true<');
    expect(written.get(opens)).not.toContain('isPkceRequired');
    expect(written.get('4-tighten/settings/OauthOidc.settings')).toContain('<isPkceRequired>true<');
    expect(written.get('4-tighten/settings/OauthOidc.settings')).toContain('<oAuthCdCrdtFlowEnable>true<');
    expect(written.has('1-enable/settings/ConnectedApp.settings')).toBe(false);
    expect(readFileSync(join(folder, '1-enable/package.xml'), 'utf8')).toContain('<members>orders_read</members>');
  });

  it('is numbered without gaps, and there is none where there is nothing to install', () => {
    const app = program();
    new PublicClientApp(orgIn(app), 'FieldApp', publicProps);
    orgIn(app, {}, 'empty', 'uat');
    app.synth();
    const stacks = join(app.outdir, 'stacks');
    expect(numbered(join(stacks, 'identity/client-apps/prod/package'))).toEqual(['1-apps']);
    expect([...files(join(stacks, 'empty/client-apps/uat')).keys()]).toEqual(['manifest.json']);
  });
});
