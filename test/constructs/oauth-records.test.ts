import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { TerraformStack } from 'cdktf';

import {
  Engine,
  MachineApp,
  OauthCustomScope,
  type OauthCustomScopeProps,
  OauthTokenExchangeHandler,
  type OauthTokenExchangeHandlerProps,
  Platform,
  PrivateClientApp,
  SalesforceOrg,
  TokenType,
  Username,
} from '../../constructs';
import { diagnosticsOf, synthManifests } from '../../constructs/testing';
import { LEGAL_RECORDS, REFUSED_RECORDS } from '../types/refused-records';
import {
  codes,
  files,
  justification,
  machineProps,
  orgIn,
  privateProps,
  program,
  removeTemporaryFolders,
  thrownBy,
  untyped,
} from './support';

afterEach(removeTemporaryFolders);

const scopeProps = { label: 'Read orders', description: 'Reads orders' } satisfies OauthCustomScopeProps;
const runAs = Username.of('exchange@acme.example');
const tokenExchange = { enabled: true, justification } as const;
const handlerProps = {
  label: 'Partner tokens',
  description: 'Takes tokens of the partner',
  apexClass: 'PartnerTokens',
  accepts: [TokenType.JWT],
  enabledFor: [],
} satisfies OauthTokenExchangeHandlerProps;

/** The diagnostics of what a callback declares into one org. */
function found(declare: (org: SalesforceOrg) => void, props: object = {}): readonly string[] {
  const app = program();
  declare(orgIn(app, props));
  return diagnosticsOf(app)
    .filter(({ severity }) => severity === 'error')
    .map(({ code, path, field = '' }) => `${code} ${path.split('/').at(-1) ?? ''} ${field}`);
}

describe('custom scopes and token exchange handlers', () => {
  it('stand in the manifest in a fixed order, with where they were declared', () => {
    const app = program();
    const org = orgIn(app);
    const portal = new PrivateClientApp(org, 'Portal', { ...privateProps, tokenExchange });
    new OauthTokenExchangeHandler(org, 'Partner', { ...handlerProps, enabledFor: [{ app: portal, runAs }] });
    new OauthCustomScope(org, 'orders_write', { ...scopeProps, inDiscoveryDocument: true });
    new OauthCustomScope(org, 'orders_read', scopeProps);
    const [manifest] = synthManifests(app);
    expect(manifest?.records).toMatchObject([
      { type: 'OauthCustomScope', name: 'orders_read', source: { file: 'test/constructs/oauth-records.test.ts' } },
      { name: 'orders_write', fields: { isPublic: { value: true, ownership: 'stated' } } },
      {
        type: 'OauthTokenExchangeHandler',
        name: 'Partner',
        fields: {
          enablements: {
            value: [{ externalClientApp: 'Portal', apexExecutionUser: 'exchange@acme.example', isDefault: true }],
          },
          isUserCreationAllowed: { value: false, ownership: 'default' },
        },
      },
    ]);
  });

  it('leave no trace in the manifest of a program without them', () => {
    const app = program();
    new PrivateClientApp(orgIn(app), 'Portal', privateProps);
    expect(synthManifests(app)[0]).not.toHaveProperty('records');
  });

  it('are in the package for a first install', () => {
    const app = program();
    new OauthCustomScope(orgIn(app), 'orders_read', scopeProps);
    app.synth();
    const written = files(app.outdir);
    const folder = 'stacks/identity/client-apps/prod/package/1-enable';
    expect(written.get(`${folder}/oauthcustomscopes/orders_read.oauthcustomscope`)).toContain('Reads orders');
    expect(written.get(`${folder}/package.xml`)).toContain('<name>OauthCustomScope</name>');
  });

  it('take the construct of an app of either platform, and one that is declared elsewhere by its name', () => {
    const app = program();
    const org = orgIn(app);
    const legacy = new MachineApp(org, 'Legacy', {
      ...machineProps,
      platform: Platform.CONNECTED_APP,
      tokenExchange,
    });
    new OauthTokenExchangeHandler(org, 'Partner', {
      ...handlerProps,
      enabledFor: [
        { app: legacy, runAs },
        { app: { externalClientApp: 'Elsewhere' }, runAs, isDefault: false },
      ],
    });
    new OauthCustomScope(org, 'orders_read', { ...scopeProps, connectedApps: [legacy, 'Other'] });
    const records = synthManifests(app)[0]?.records;
    expect(records?.[0]?.fields['assignedTo']?.value).toEqual([{ connectedApp: 'Legacy' }, { connectedApp: 'Other' }]);
    expect(records?.[1]?.fields['enablements']?.value).toMatchObject([
      { externalClientApp: 'Elsewhere', isDefault: false },
      { connectedApp: 'Legacy', isDefault: true },
    ]);
  });

  it('have the username of each org stated, and none guessed', () => {
    const names = Username.perOrg({ prod: 'exchange@acme.example' });
    const enabledFor = [{ app: { externalClientApp: 'Elsewhere' }, runAs: names }];
    expect(found((org) => new OauthTokenExchangeHandler(org, 'Partner', { ...handlerProps, enabledFor }))).toEqual([]);
    const app = program();
    new OauthTokenExchangeHandler(orgIn(app, {}, 'sandbox', 'uat'), 'Partner', { ...handlerProps, enabledFor });
    expect(diagnosticsOf(app)).toMatchObject([{ code: 'username-missing-for-org', path: 'sandbox/uat/Partner' }]);
  });

  it('that are wrong are reported all at once, through JavaScript as well', () => {
    const problems = found((org) => {
      new (untyped(OauthCustomScope))(org, 'orders__read', { label: '', secret: 'x', connectedApps: [7] });
      new (untyped(OauthTokenExchangeHandler))(org, 'Partner', {
        ...handlerProps,
        apexClass: 'not a class',
        accepts: ['Jwt'],
        enabledFor: [{ app: 'Portal', runAs }, { app: { externalClientApp: 'A B' } }],
      });
      new (untyped(OauthTokenExchangeHandler))(org, 'Nothing', undefined);
    });
    expect(problems).toEqual([
      'unknown-option orders__read props.secret',
      'invalid-api-name orders__read apiName',
      'invalid-text orders__read label',
      'missing-option orders__read description',
      'wrong-type orders__read connectedApps[0]',
      'invalid-apex-class Partner apexClass',
      'wrong-type Partner accepts[0]',
      'wrong-type Partner enabledFor[0].app',
      'invalid-api-name Partner enabledFor[1].app',
      'missing-option Partner enabledFor[1].runAs',
      'wrong-type Nothing props',
    ]);
  });

  it.each(REFUSED_RECORDS)('of one record are told, $record: $what', ({ record, code, program: changes }) => {
    const Construct = untyped(record === 'scope' ? OauthCustomScope : OauthTokenExchangeHandler);
    const app = program();
    new Construct(orgIn(app), 'Wrong', { ...LEGAL_RECORDS[record], ...changes });
    expect(diagnosticsOf(app).map((each) => each.code)).toEqual([code]);
  });

  it.each([
    [
      'two records of one type with one name',
      'duplicate-api-name b apiName',
      (org: SalesforceOrg) => {
        new OauthCustomScope(org, 'a', { ...scopeProps, apiName: 'Orders' });
        new OauthCustomScope(org, 'b', { ...scopeProps, apiName: 'ORDERS' });
      },
    ],
    [
      'two default handlers of one app',
      'two-default-handlers Second enabledFor',
      (org: SalesforceOrg) => {
        const enabledFor = [{ app: { externalClientApp: 'Elsewhere' }, runAs }];
        new OauthTokenExchangeHandler(org, 'First', { ...handlerProps, enabledFor });
        new OauthTokenExchangeHandler(org, 'Second', { ...handlerProps, enabledFor });
      },
    ],
    [
      'one app twice in a handler',
      'same-name-twice Partner enabledFor[1].app',
      (org: SalesforceOrg) => {
        const row = { app: { externalClientApp: 'Elsewhere' }, runAs };
        new OauthTokenExchangeHandler(org, 'Partner', { ...handlerProps, enabledFor: [row, row] });
      },
    ],
    [
      'a handler for an app that exchanges no tokens',
      'handler-without-token-exchange Partner enabledFor',
      (org: SalesforceOrg) => {
        const app = new PrivateClientApp(org, 'Portal', privateProps);
        new OauthTokenExchangeHandler(org, 'Partner', { ...handlerProps, enabledFor: [{ app, runAs }] });
      },
    ],
    [
      'users made by a handler without a justification',
      'missing-justification Partner createsUsers.justification',
      (org: SalesforceOrg) => {
        const createsUsers = { enabled: true } as never;
        new OauthTokenExchangeHandler(org, 'Partner', { ...handlerProps, createsUsers });
      },
    ],
    [
      'an External Client App that a scope is assigned to',
      'not-a-connected-app orders connectedApps[0]',
      (org: SalesforceOrg) => {
        const app = new PrivateClientApp(org, 'Portal', privateProps);
        new OauthCustomScope(org, 'orders', { ...scopeProps, connectedApps: [app] });
      },
    ],
  ])('are refused for %s', (_, expected, declare) => {
    expect(found(declare)).toEqual([expected]);
  });

  it('are warned about a description that Salesforce may refuse', () => {
    const app = program();
    new OauthCustomScope(orgIn(app), 'orders', { ...scopeProps, description: 'Reads orders (all)' });
    expect(diagnosticsOf(app)).toMatchObject([{ code: 'description-may-be-refused', severity: 'warning' }]);
  });

  it('may create contacts from Metadata API 65 on, and say so before', () => {
    const declare = (org: SalesforceOrg): void => {
      const createsContacts = { enabled: true, justification } as const;
      new OauthTokenExchangeHandler(org, 'Partner', { ...handlerProps, createsContacts });
    };
    expect(found(declare)).toEqual([]);
    expect(found(declare, { apiVersion: 64 })).toEqual(['needs-newer-api-version Partner createsContacts']);
  });

  it('of two orgs never share a Terraform address, which cdktf would merge into one resource', () => {
    const app = program();
    const prod = orgIn(app);
    const stack = prod.node.scope as TerraformStack;
    const props = { contactEmail: 'iam@acme.example', today: '2026-07-01' };
    new OauthCustomScope(new SalesforceOrg(stack, 'uat', props), 'a_b', scopeProps);
    new OauthCustomScope(new SalesforceOrg(stack, 'uat_a', props), 'b', scopeProps);
    expect(diagnosticsOf(app)).toMatchObject([
      { code: 'duplicate-terraform-address', path: 'identity/uat_a/b', severity: 'error' },
    ]);
  });

  it('are refused outside an org', () => {
    const app = program();
    expect(codes(thrownBy(() => new OauthCustomScope(app as never, 'orders', scopeProps)))).toEqual(['no-org orders']);
  });

  it('are Terraform resources between the apps: scopes first, handlers last', () => {
    const app = program();
    const org = orgIn(app);
    const portal = new PrivateClientApp(org, 'Portal', { ...privateProps, tokenExchange });
    new OauthTokenExchangeHandler(org, 'Partner', { ...handlerProps, enabledFor: [{ app: portal, runAs }] });
    new OauthCustomScope(org, 'orders', { ...scopeProps, description: 'costs ${money}' });
    app.synth();
    const stack = readFileSync(join(app.outdir, 'stacks/identity/cdk.tf.json'), 'utf8');
    const { resource } = JSON.parse(stack) as { readonly resource: unknown };
    expect(resource).toMatchObject({
      salesforce_oauth_custom_scope: {
        prod_orders: { api_name: 'orders', scope: { description: 'costs $${money}', is_public: false } },
      },
      salesforce_external_client_app: { prod_Portal: { depends_on: ['salesforce_oauth_custom_scope.prod_orders'] } },
      salesforce_oauth_token_exchange_handler: {
        prod_Partner: {
          api_name: 'Partner',
          depends_on: ['salesforce_external_client_app.prod_Portal'],
          handler: { enablements: [{ external_client_app: 'Portal', connected_app: null }] },
        },
      },
    });
  });

  it('are triggers of the apply with the engine null, each under its name', () => {
    const app = program();
    const org = orgIn(app, { engine: Engine.NULL });
    new OauthCustomScope(org, 'orders', scopeProps);
    app.synth();
    const { resource } = JSON.parse(readFileSync(join(app.outdir, 'stacks/identity/cdk.tf.json'), 'utf8')) as {
      readonly resource: { readonly null_resource: { readonly prod_apply: { readonly triggers: unknown } } };
    };
    expect(resource.null_resource.prod_apply.triggers).toMatchObject({
      'scope.orders.description': 'Reads orders',
      'scope.orders.is_public': 'false',
    });
  });
});
