import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { PermittedUsers, PublicClientApp, Scope } from '../../constructs';
import type { Manifest } from '../../lib/metadata/manifest';
import { readApps } from '../../lib/operations/read-org';
import type { Org } from '../../lib/org/org';
import { justification, portal } from './flow-support';
import { type Bench, bench, codes, declared } from './support';

const NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const supported = ['AccessToken', 'IdToken', 'Jwt', 'RefreshToken', 'Saml2']
  .map((token) => `<is${token}Supported>false</is${token}Supported>`)
  .join('');

const scope = (name: string): string =>
  `<OauthCustomScope ${NAMESPACE}><description>x</description><developerName>${name}</developerName>` +
  `<isPublic>true</isPublic><masterLabel>x</masterLabel></OauthCustomScope>`;
const handler = (app: string, enabled: boolean): string =>
  `<OauthTokenExchangeHandler ${NAMESPACE}><description>x</description><developerName>Exchange</developerName>` +
  `<enablements><apexExecutionUser>a@acme.example</apexExecutionUser><externalClientApp>${app}</externalClientApp>` +
  `<isDefault>true</isDefault></enablements>${supported}<isContactCreationAllowed>false</isContactCreationAllowed>` +
  `<isEnabled>${enabled}</isEnabled><isUserCreationAllowed>false</isUserCreationAllowed>` +
  `<masterLabel>x</masterLabel><tokenHandlerApex>Exchange</tokenHandlerApex></OauthTokenExchangeHandler>`;

const tokenExchange = { enabled: true, justification };
const both = (description: string) =>
  declared((org) => {
    portal({ tokenExchange, description })(org);
    new PublicClientApp(org, 'Other', {
      label: 'Other',
      callbackUrls: ['other://oauth'],
      scopes: [Scope.API],
      permittedUsers: PermittedUsers.selfAuthorized(),
    });
  });
const exchanging = both('before');
const changed = both('after');
const scoped = declared(portal({ customScopes: ['Orders'] }));

/** An org with this custom scope. */
async function within<T>(records: { readonly scope?: string }, body: (org: Bench) => Promise<T>): Promise<T> {
  const seedDir = mkdtempSync(join(tmpdir(), 'client-apps-seed-'));
  writeFileSync(join(seedDir, 'org.json'), JSON.stringify({ apexClasses: [{ name: 'Exchange' }] }));
  if (records.scope !== undefined) {
    mkdirSync(join(seedDir, 'oauthcustomscopes'));
    writeFileSync(join(seedDir, 'oauthcustomscopes', 'Orders.oauthcustomscope'), records.scope);
  }
  const org = await bench({ seedDir });
  try {
    return await body(org);
  } finally {
    await org.close();
    rmSync(seedDir, { recursive: true, force: true });
  }
}

const saysOf = async (org: Bench, manifest: Manifest, more: { org?: Org } = {}): Promise<readonly string[]> =>
  codes((await org.plan(manifest, {}, more)).diagnostics);

describe('custom scopes that an app names', () => {
  it('block the app where the org has none of that name', async () => {
    await within({}, async (org) => {
      const plan = await org.plan(scoped);
      expect(plan.apps).toMatchObject([{ action: 'blocked' }]);
      expect(plan.diagnostics).toContainEqual(
        expect.objectContaining({ code: 'custom-scope-missing', severity: 'error', value: 'Orders' }),
      );
    });
  });

  it('are found in the org, and stay as they are when the app comes and goes', async () => {
    await within({ scope: scope('Orders') }, async (org) => {
      const path = 'oauthcustomscopes/Orders.oauthcustomscope';
      const before = await org.file('OauthCustomScope', 'Orders', path);
      await org.apply(scoped);
      expect((await org.plan(scoped)).phases).toEqual([]);
      await org.apply(
        declared(() => undefined),
        { prune: true },
      );
      expect(await org.file('OauthCustomScope', 'Orders', path)).toBe(before);
    });
  });

  it('that nobody can read are a warning, never taken for missing', async () => {
    await within({ scope: scope('Orders') }, async ({ org, ...rest }) => {
      const hidden = Object.assign(Object.create(org) as Org, {
        metadataTypes: (async (...request) => {
          const types = await org.metadataTypes(...request);
          return new Set([...types].filter((type) => type !== 'OauthCustomScope'));
        }) satisfies Org['metadataTypes'],
      });
      const found = await saysOf({ org, ...rest }, scoped, { org: hidden });
      expect(found).toContain('custom-scopes-unread');
      expect(found).not.toContain('custom-scope-missing');
    });
  });
});

/** The org of the app that exchanges tokens, with a handler that an admin made for one of its apps. */
async function withHandler<T>(text: string, body: (org: Bench) => Promise<T>): Promise<T> {
  return within({ scope: scope('Orders') }, async (org) => {
    await org.apply(exchanging);
    const member = '<types><members>Exchange</members><name>OauthTokenExchangeHandler</name></types>';
    const files = new Map([
      ['oauthtokenexchangehandlers/Exchange.oauthtokenexchangehandler', text],
      ['package.xml', `<Package ${NAMESPACE}>${member}<version>66.0</version></Package>`],
    ]);
    expect(await org.org.deploy({ files, apiVersion: 66, checkOnly: false }, {})).toMatchObject({
      status: 'succeeded',
    });
    return body(org);
  });
}

describe('an app that exchanges tokens', () => {
  it('is warned where the org has no handler', async () => {
    await within({}, async (org) => {
      expect(await saysOf(org, exchanging)).toContain('token-exchange-handler-missing');
    });
  });

  it.each([
    ['a handler that is switched off', handler('Portal', false)],
    ['a handler for another app only', handler('Other', true)],
  ])('is warned about %s', async (_, text) => {
    await withHandler(text, async (org) => {
      expect(await saysOf(org, changed)).toContain('token-exchange-handler-missing');
    });
  });

  it('is not warned where a handler is enabled for it, and the handler stays', async () => {
    await withHandler(handler('Portal', true), async (org) => {
      const found = await saysOf(org, changed);
      expect(found.filter((code) => code.startsWith('token-exchange-handler'))).toEqual([]);
      const path = 'oauthtokenexchangehandlers/Exchange.oauthtokenexchangehandler';
      const before = await org.file('OauthTokenExchangeHandler', 'Exchange', path);
      await org.apply(changed);
      expect(await org.file('OauthTokenExchangeHandler', 'Exchange', path)).toBe(before);
    });
  });

  it('finds both kinds of records decoded, by name', async () => {
    await withHandler(handler('Portal', true), async ({ org }) => {
      const { observed } = await readApps(org, 66, {});
      expect(observed.oauthRecords['OauthCustomScope']?.byName.get('Orders')).toMatchObject({
        state: 'present',
        component: { fields: { developerName: 'Orders', isPublic: true } },
      });
      expect(observed.oauthRecords['OauthTokenExchangeHandler']?.byName.get('Exchange')).toMatchObject({
        component: { fields: { tokenHandlerApex: 'Exchange', enablements: [{ externalClientApp: 'Portal' }] } },
      });
    });
  });
});
