import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  Engine,
  OauthCustomScope,
  OauthTokenExchangeHandler,
  type OauthTokenExchangeHandlerProps,
  PermittedUsers,
  PrivateClientApp,
  type SalesforceOrg,
  Scope,
  TokenType,
  Username,
} from '../../constructs';
import type { Manifest } from '../../lib/metadata/manifest';
import { applyPlan } from '../../lib/operations/apply-plan';
import { type Bench, bench, callback, codes, declared } from './support';

const justification = {
  reason: 'The partner has an identity provider of its own',
  approvedBy: 'ciso@acme.example',
  expires: '2027-05-31',
};
const HANDLER = 'oauthtokenexchangehandlers/Partner.oauthtokenexchangehandler';
const SCOPE = 'oauthcustomscopes/orders_read.oauthcustomscope';
const runAs = Username.of('admin@emulator.example');

interface Options {
  readonly scope?: Partial<ConstructorParameters<typeof OauthCustomScope>[2]>;
  readonly handler?: Partial<OauthTokenExchangeHandlerProps>;
  readonly apps?: readonly string[];
}

const portal = (org: SalesforceOrg, id: string, scope?: OauthCustomScope): PrivateClientApp =>
  new PrivateClientApp(org, id, {
    label: id,
    callbackUrls: callback,
    scopes: [Scope.API],
    permittedUsers: PermittedUsers.selfAuthorized(),
    tokenExchange: { enabled: true, justification },
    ...(scope && { customScopes: [scope, 'orders_read'] }),
  });

/** A scope, an app that names it, and a handler that serves the app. */
const program = ({ scope, handler, apps = ['Portal'] }: Options = {}): Manifest =>
  declared((org) => {
    const orders = new OauthCustomScope(org, 'orders_read', {
      label: 'Read orders',
      description: 'Reads the orders of a customer',
      ...scope,
    });
    const made = apps.map((id) => portal(org, id, orders));
    new OauthTokenExchangeHandler(org, 'Partner', {
      label: 'Partner tokens',
      description: 'Takes tokens of the partner',
      apexClass: 'PartnerTokens',
      accepts: [TokenType.JWT],
      enabledFor: made.map((app) => ({ app, runAs })),
      ...handler,
    });
  });

const withoutRecords = declared((org) => {
  portal(org, 'Portal');
});

let org: Bench;
let seedDir: string;
beforeEach(async () => {
  seedDir = mkdtempSync(join(tmpdir(), 'client-apps-seed-'));
  const seed = { apexClasses: [{ name: 'PartnerTokens' }, { name: 'Packaged', namespace: 'partner' }] };
  writeFileSync(join(seedDir, 'org.json'), JSON.stringify(seed));
  org = await bench({ seedDir });
});
afterEach(async () => {
  await org.close();
  rmSync(seedDir, { recursive: true, force: true });
});

/** What an admin does in Setup: a scope of the same name, made by hand. */
async function deployByHand(path: string, type: string, name: string, body: string): Promise<void> {
  const namespace = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
  const files = new Map([
    [path, `<${type} ${namespace}>${body}</${type}>`],
    [
      'package.xml',
      `<Package ${namespace}><types><members>${name}</members><name>${type}</name></types><version>66.0</version></Package>`,
    ],
  ]);
  const outcome = await org.org.deploy({ files, apiVersion: 66, checkOnly: false }, {});
  expect(outcome).toMatchObject({ status: 'succeeded' });
}

describe('declared custom scopes and token exchange handlers', () => {
  it('are created around the apps, scopes before and handlers after them, and the next plan is empty', async () => {
    const plan = await org.plan(program());
    expect(plan.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(plan.records).toMatchObject([
      { type: 'OauthCustomScope', full_name: 'orders_read', action: 'create' },
      { type: 'OauthTokenExchangeHandler', full_name: 'Partner', action: 'create' },
    ]);
    expect(plan.phases).toMatchObject([
      { name: 'enable', title: 'Custom OAuth scopes that the apps need', records: ['OauthCustomScope:orders_read'] },
      { name: 'apps', apps: ['Portal'] },
      { name: 'handlers', title: 'Token exchange handlers', records: ['OauthTokenExchangeHandler:Partner'] },
    ]);
    const receipt = await org.apply(program());
    expect(receipt.remarks).toEqual([]);
    expect(receipt.settings.map(({ type }) => type)).toEqual(['OauthCustomScope', 'OauthTokenExchangeHandler']);
    expect((await org.plan(program())).phases).toEqual([]);
    expect(codes((await org.plan(program())).diagnostics)).not.toContain('token-exchange-handler-missing');
    expect((await org.drift(program())).in_sync).toBe(true);
  });

  it('say everything that Salesforce demands of a new record, off where nothing else is stated', async () => {
    await org.apply(program());
    const file = await org.file('OauthTokenExchangeHandler', 'Partner', HANDLER);
    for (const field of ['isIdTokenSupported', 'isUserCreationAllowed', 'isContactCreationAllowed']) {
      expect(file).toContain(`<${field}>false</${field}>`);
    }
    expect(file).toContain('<isJwtSupported>true</isJwtSupported>');
    expect(await org.file('OauthCustomScope', 'orders_read', SCOPE)).toContain('<isPublic>false</isPublic>');
  });

  it('are put right field by field, and keep what the code does not mention', async () => {
    await org.apply(program());
    await org.tamper(
      'OauthTokenExchangeHandler',
      'Partner',
      HANDLER,
      /<isSaml2Supported>false<\/isSaml2Supported>/,
      '<isProtected>false</isProtected><isSaml2Supported>true</isSaml2Supported>',
    );
    const drift = await org.drift(program());
    expect(drift.in_sync).toBe(false);
    expect(drift.plan.records[1]?.changes).toMatchObject([{ field: 'isSaml2Supported', effect: 'narrows' }]);
    await org.apply(program());
    expect((await org.plan(program())).phases).toEqual([]);
  });

  it('stay in the org when their declaration goes, word for word', async () => {
    await org.apply(program());
    const before = await org.file('OauthCustomScope', 'orders_read', SCOPE);
    const plan = await org.plan(withoutRecords, { prune: true });
    expect(plan.records).toEqual([]);
    await org.apply(withoutRecords, { prune: true });
    expect(await org.file('OauthCustomScope', 'orders_read', SCOPE)).toBe(before);
    expect(await org.file('OauthTokenExchangeHandler', 'Partner', HANDLER)).toContain('PartnerTokens');
  });

  it('take over a record that somebody made by hand, changing only what is declared', async () => {
    await deployByHand(
      SCOPE,
      'OauthCustomScope',
      'orders_read',
      '<description>old</description><developerName>orders_read</developerName><isProtected>false</isProtected>' +
        '<isPublic>true</isPublic><masterLabel>Read orders</masterLabel>',
    );
    const plan = await org.plan(program());
    expect(plan.records[0]).toMatchObject({
      action: 'update',
      changes: [
        { field: 'description', before: { value: 'old' } },
        { field: 'isPublic', before: { value: true }, ownership: 'default' },
      ],
    });
    await org.apply(program());
    expect((await org.plan(program())).phases).toEqual([]);
  });

  it('never cut off an app that this program does not declare', async () => {
    await org.apply(program({ apps: ['Portal', 'Other'] }));
    // Applied from this code once: it goes where the code takes it, and the plan names it.
    const former = await org.plan(program());
    expect(former.records[1]).toMatchObject({ action: 'update' });
    expect(former.diagnostics).toContainEqual(
      expect.objectContaining({ code: 'would-cut-off-other-app', severity: 'warning', value: 'Other' }),
    );
    const [header, path] = ['ExternalClientApplication', 'externalClientApps/Other.eca'];
    await org.tamper(header, 'Other', path, /<description>[^<]*<\/description>/, '');
    const plan = await org.plan(program());
    expect(plan.records[1]).toMatchObject({ action: 'blocked' });
    expect(plan.diagnostics).toContainEqual(
      expect.objectContaining({ code: 'would-cut-off-other-app', severity: 'error', value: 'Other' }),
    );
  });

  it('refuse an app that neither org nor code has, and a user whom the org does not have', async () => {
    const handler = {
      enabledFor: [
        { app: { externalClientApp: 'Nowhere' }, runAs: Username.of('nobody@acme.example') },
        { app: { connectedApp: 'Nothing' }, runAs },
      ],
    };
    const plan = await org.plan(program({ handler }));
    const found = plan.diagnostics.filter(({ severity }) => severity === 'error');
    expect(found.map(({ code, value }) => [code, value])).toEqual([
      ['app-missing', 'Nothing'],
      ['app-missing', 'Nowhere'],
      ['execute-as-missing', 'nobody@acme.example'],
    ]);
    await expect(org.apply(program({ handler }))).rejects.toMatchObject({ code: 'REFUSED' });
  });

  it('refuse an Apex class that the org does not have, and find one of a package by its namespace', async () => {
    const says = async (apexClass: string): Promise<readonly string[]> =>
      codes((await org.plan(program({ handler: { apexClass } }))).diagnostics).filter((code) => /apex|unch/.test(code));
    expect(await says('Nothing')).toEqual(['apex-class-missing']);
    expect(await says('Packaged')).toEqual(['apex-class-missing']);
    expect(await says('partner__Packaged')).toEqual([]);
    expect(await says('PartnerTokens')).toEqual([]);
  });

  it('with a justification that has ended are refused, although they were declared in time', async () => {
    const manifest = program({ handler: { createsUsers: { enabled: true, justification } } });
    const plan = await org.plan(manifest, {}, { today: '2027-06-01' });
    expect(plan.diagnostics).toContainEqual(
      expect.objectContaining({ code: 'justification-expired', path: 'identity/prod/Partner' }),
    );
  });

  it('are refused where the org moved after the review', async () => {
    await org.apply(program());
    const reviewed = await org.plan(program({ scope: { description: 'Reads orders and returns' } }));
    await org.tamper('OauthCustomScope', 'orders_read', SCOPE, /<description>[^<]*/, '<description>something else');
    await expect(
      applyPlan({ org: org.org, plan: reviewed, today: '2026-11-21', approval: { reviewed: true } }),
    ).rejects.toMatchObject({
      code: 'STALE_PLAN',
    });
  });

  it('tell apart the same change of two scopes', async () => {
    const two = (description: string): Manifest =>
      declared((prod) => {
        for (const id of ['orders_read', 'orders_write']) new OauthCustomScope(prod, id, { label: id, description });
      });
    await org.apply(two('before'));
    const reviewed = await org.plan(two('after'));
    expect(reviewed.phases).toMatchObject([{ title: 'Custom OAuth scopes' }]);
    await org.tamper('OauthCustomScope', 'orders_read', SCOPE, /before/, 'after');
    await expect(
      applyPlan({ org: org.org, plan: reviewed, today: '2026-11-21', approval: { reviewed: true } }),
    ).rejects.toMatchObject({
      diagnostics: [expect.objectContaining({ field: 'OauthCustomScope.description' })],
    });
  });

  it('leave a new scope behind, and say so, where the apps are refused', async () => {
    org.emulator.faults.failNext({ operation: 'deploy' }, { kind: 'deploy-fails', fullName: 'Portal' }, 2);
    const receipt = await org.apply(program());
    expect(receipt.phases?.map(({ name, state }) => `${name}: ${state}`)).toEqual([
      'enable: done',
      'apps: failed',
      'handlers: not-begun',
    ]);
    expect(receipt.apps).toMatchObject([{ api_name: 'Portal', action: 'not-applied' }]);
    expect(receipt.settings).toMatchObject([{ type: 'OauthCustomScope' }]);
    expect(receipt.remarks).toEqual([
      expect.objectContaining({ code: 'deploy-failed', path: 'identity/prod/Portal' }),
      expect.objectContaining({ code: 'record-remains', value: 'OauthCustomScope:orders_read' }),
    ]);
    expect((await org.plan(program())).records.map(({ action }) => action)).toEqual(['none', 'create']);
  });

  it('put a scope back that existed before, where the apps are refused', async () => {
    const before = program({ scope: { description: 'before' } });
    await org.apply(before);
    const after = program({ scope: { description: 'after' }, apps: ['Portal', 'Second'] });
    org.emulator.faults.failNext({ operation: 'deploy' }, { kind: 'deploy-fails', fullName: 'Second' }, 2);
    await expect(org.apply(after)).rejects.toMatchObject({
      diagnostics: expect.arrayContaining([expect.objectContaining({ code: 'settings-put-back' })]) as unknown,
    });
    expect((await org.plan(before)).phases).toEqual([]);
  });

  it('keep the apps where the handler is refused, and say what is missing', async () => {
    org.emulator.faults.failNext({ operation: 'deploy' }, { kind: 'deploy-fails', fullName: 'Partner' }, 3);
    const receipt = await org.apply(program());
    expect(receipt.apps).toMatchObject([{ api_name: 'Portal', action: 'created' }]);
    expect(receipt.remarks).toContainEqual(
      expect.objectContaining({ code: 'deploy-failed', path: 'identity/prod/Partner', severity: 'error' }),
    );
    expect((await org.apply(program())).remarks).toEqual([]);
    expect((await org.plan(program())).phases).toEqual([]);
  });

  it('are listed with the engine null, too', () => {
    const manifest = declared(
      (prod) => {
        new OauthCustomScope(prod, 'orders_read', { label: 'x', description: 'x' });
      },
      { engine: Engine.NULL },
    );
    expect(manifest.records).toMatchObject([{ name: 'orders_read' }]);
  });
});
