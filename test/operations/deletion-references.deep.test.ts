import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  Engine,
  OauthTokenExchangeHandler,
  PermittedUsers,
  PrivateClientApp,
  Scope,
  TokenType,
  Username,
} from '../../constructs';
import { liveText } from '../../lib/metadata/live-app';
import type { Manifest } from '../../lib/metadata/manifest';
import { readApps } from '../../lib/operations/read-org';
import type { Org } from '../../lib/org/org';
import { OrgError } from '../../lib/org/org-error';
import { type Bench, bench, callback, codes, declared, refusal } from './support';

const NS = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const ENGINE = { engine: Engine.NULL };
const portal = declared((org) => {
  org.exempt(
    new PrivateClientApp(org, 'Portal', {
      label: 'Portal',
      callbackUrls: callback,
      scopes: [Scope.API],
      permittedUsers: PermittedUsers.selfAuthorized(),
    }),
    'SFCA-APP-SELF-AUTHORIZED',
    { reason: 'A portal', approvedBy: 'ciso@acme.example', expires: '2027-05-31' },
  );
}, ENGINE);
const nothing = declared(() => undefined, ENGINE);
const asked = { allow_delete: ['Portal'] };

let salesforce: Bench;
beforeEach(async () => {
  salesforce = await bench();
  await salesforce.apply(portal);
});
afterEach(() => salesforce.close());

async function put(type: string, name: string, path: string, content: string): Promise<void> {
  const files = new Map([
    [
      'package.xml',
      `<Package ${NS}><types><members>${name}</members><name>${type}</name></types><version>66.0</version></Package>`,
    ],
    [path, `<${type} ${NS}>${content}</${type}>`],
  ]);
  const outcome = await salesforce.org.deploy({ files, apiVersion: 66, checkOnly: false });
  expect(outcome.status).toBe('succeeded');
}
const permission = (app: string): Promise<void> =>
  put(
    'CustomPermission',
    'Invoices',
    'customPermissions/Invoices.customPermission',
    `${app}<isLicensed>false</isLicensed><label>I</label>`,
  );

/** The org, with some of its answers replaced. */
const with_ = (changes: Partial<Org>): Org => Object.assign(Object.create(salesforce.org) as Org, changes);
const warning = async (org: Org = salesforce.org): Promise<string> =>
  (await salesforce.plan(nothing, asked, { org })).diagnostics.find(({ code }) => code === 'deletes-app')?.problem ??
  '';

describe('deleting an app', () => {
  it('that other metadata names is refused with each name, and done once they are gone', async () => {
    const key = liveText((await readApps(salesforce.org, 66, {})).observed.apps.get('Portal'), 'consumerKey') ?? '';
    expect(key).not.toBe('');
    await permission('<externalClientApplication>Portal</externalClientApplication>');
    await put(
      'AuthProvider',
      'Partner',
      'authproviders/Partner.authprovider',
      `<consumerKey>${key}</consumerKey><friendlyName>P</friendlyName><providerType>Salesforce</providerType>`,
    );
    const plan = await salesforce.plan(nothing, asked);
    expect(plan.apps).toMatchObject([{ api_name: 'Portal', action: 'blocked' }]);
    expect(plan.phases).toEqual([]);
    expect(plan.diagnostics).toContainEqual(
      expect.objectContaining({
        code: 'deletion-referenced',
        severity: 'error',
        value: 'authentication provider Partner, custom permission Invoices',
      }),
    );
    const { code, diagnostics } = await refusal(salesforce.apply(nothing, asked));
    expect([code, codes(diagnostics)]).toEqual(['REFUSED', ['deletion-referenced']]);

    await permission('');
    await put(
      'AuthProvider',
      'Partner',
      'authproviders/Partner.authprovider',
      '<consumerKey>other</consumerKey><friendlyName>P</friendlyName><providerType>Salesforce</providerType>',
    );
    expect((await salesforce.apply(nothing, asked)).apps).toMatchObject([{ action: 'deleted' }]);
  });

  it('that a Connected App’s permission names by the same name is not refused', async () => {
    await permission('<connectedApp>Portal</connectedApp>');
    expect(await warning()).toContain('No metadata that was read names it. Not evaluated: Apex, flows');
    expect((await salesforce.apply(nothing, asked)).apps).toMatchObject([{ action: 'deleted' }]);
  });

  it('says what the org does not offer, and what it refuses to show', async () => {
    const metadataTypes: Org['metadataTypes'] = async (...given) =>
      new Set([...(await salesforce.org.metadataTypes(...given))].filter((type) => type !== 'UserProvisioningConfig'));
    expect(await warning(with_({ metadataTypes }))).toContain(
      'Not evaluated: UserProvisioningConfig: the org does not offer it; Apex',
    );
    const retrieve: Org['retrieve'] = async (request, options) => {
      if (request.types.has('CustomPermission'))
        throw new OrgError('refused', 'INSUFFICIENT_ACCESS', 'ask an administrator');
      return salesforce.org.retrieve(request, options);
    };
    const refused = await warning(with_({ retrieve }));
    expect(refused).toContain('CustomPermission, NotificationTypeConfig, UserProvisioningConfig: INSUFFICIENT_ACCESS');
  });

  it('alone is worth the reading: no other plan asks for it', async () => {
    const asking: string[] = [];
    const retrieve: Org['retrieve'] = (request, options) => {
      asking.push(...request.types.keys());
      return salesforce.org.retrieve(request, options);
    };
    await salesforce.plan(nothing, {}, { org: with_({ retrieve }) });
    await salesforce.plan(portal, {}, { org: with_({ retrieve }) });
    expect(asking).not.toContain('CustomPermission');
    await salesforce.plan(nothing, asked, { org: with_({ retrieve }) });
    expect(asking).toContain('CustomPermission');
  });
});

describe('the app behind this very connection', () => {
  it('is not deleted through it', async () => {
    const key = liveText((await readApps(salesforce.org, 66, {})).observed.apps.get('Portal'), 'consumerKey') ?? '';
    const identify: Org['identify'] = async (...given) => ({
      ...(await salesforce.org.identify(...given)),
      clientId: key,
    });
    const plan = await salesforce.plan(nothing, asked, { org: with_({ identify }) });
    expect(plan.apps).toMatchObject([{ api_name: 'Portal', action: 'blocked' }]);
    expect(codes(plan.diagnostics)).toEqual(['self-lockout']);
    expect(plan.phases).toEqual([]);
  });

  it('is said to be unknown where it is', async () => {
    expect(codes((await salesforce.plan(nothing, asked)).diagnostics)).toContain('own-app-unknown');
  });
});

describe('an app that a token exchange handler serves', () => {
  const handler = (apps: readonly string[]): Manifest =>
    declared((org) => {
      const justification = { reason: 'A partner', approvedBy: 'ciso@acme.example', expires: '2027-05-31' };
      const made = apps.map((id) => {
        const app = new PrivateClientApp(org, id, {
          label: id,
          callbackUrls: callback,
          scopes: [Scope.API],
          permittedUsers: PermittedUsers.selfAuthorized(),
          tokenExchange: { enabled: true, justification },
        });
        org.exempt(app, 'SFCA-APP-SELF-AUTHORIZED', justification);
        return app;
      });
      new OauthTokenExchangeHandler(org, 'Partner', {
        label: 'Partner',
        description: 'Takes tokens of the partner',
        apexClass: 'PartnerTokens',
        accepts: [TokenType.JWT],
        enabledFor: made.map((app) => ({ app, runAs: Username.of('admin@emulator.example') })),
      });
    }, ENGINE);

  it('is taken out of it first and deleted then', async () => {
    const seedDir = mkdtempSync(join(tmpdir(), 'client-apps-handler-'));
    writeFileSync(join(seedDir, 'org.json'), JSON.stringify({ apexClasses: [{ name: 'PartnerTokens' }] }));
    const org = await bench({ seedDir });
    try {
      const both = handler(['Shop', 'Desk']);
      const one = handler(['Shop']);
      await org.apply(both);
      const refused = await org.plan(one, { allow_delete: ['Desk'] });
      expect(refused.diagnostics).toContainEqual(
        expect.objectContaining({ code: 'deletion-referenced', value: 'token exchange handler Partner' }),
      );
      await org.apply(one);
      expect((await org.apply(one, { allow_delete: ['Desk'] })).apps.at(-1)).toMatchObject({ action: 'deleted' });
    } finally {
      await org.close();
      rmSync(seedDir, { recursive: true });
    }
  });
});
