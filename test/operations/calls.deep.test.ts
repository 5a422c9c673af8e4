import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import {
  Duration,
  MachineApp,
  OauthCustomScope,
  OauthTokenExchangeHandler,
  PermittedUsers,
  Platform,
  PrivateClientApp,
  Scope,
  TokenType,
  Username,
} from '../../constructs';
import type { EmulatorFault } from '../../lib/emulator';
import type { Manifest } from '../../lib/metadata/manifest';
import type { OrgPlan } from '../../lib/plan/plan';
import { seedOf, synthesize } from '../examples/support';
import { bench, callback, codes, declared, SEED } from './support';

const EXAMPLES = join(__dirname, '../../examples');
const justification = { reason: 'r', approvedBy: 'a@acme.example', expires: '2027-01-01' };
const runAs = Username.of('billing.sync@acme.example');

/** Custom scope, handler, Apex class, certificate of the org, headless login, run-as user. */
const everything = declared((org) => {
  org.oauthSettings({ allowCodeAndCredentialsFlow: true });
  const orders = new OauthCustomScope(org, 'orders_read', { label: 'Read orders', description: 'Reads orders' });
  const portal = new PrivateClientApp(org, 'Portal', {
    label: 'Portal',
    callbackUrls: callback,
    scopes: [Scope.API],
    permittedUsers: PermittedUsers.selfAuthorized(),
    codeAndCredentials: {},
    tokenExchange: { enabled: true, justification },
    customScopes: [orders],
    apexHandler: { className: 'Handler', executeAs: runAs },
    assetToken: { audiences: 'devices', signingCertificate: '0P1000000000001', validity: Duration.hours(1) },
  });
  new MachineApp(org, 'Feed', {
    label: 'Feed',
    scopes: [Scope.API],
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Access'] }),
    clientCredentials: { runAs, justification },
  });
  new OauthTokenExchangeHandler(org, 'Partner', {
    label: 'Partner tokens',
    description: 'Takes tokens of the partner',
    apexClass: 'PartnerTokens',
    accepts: [TokenType.JWT],
    enabledFor: [{ app: portal, runAs }],
  });
});

/** One plan, and the calls that the org saw for it. */
async function planned(
  manifest: Manifest,
  seedDir: string,
  { fault }: { readonly fault?: EmulatorFault } = {},
): Promise<{ readonly plan: OrgPlan; readonly calls: readonly string[] }> {
  const salesforce = await bench({ ...(existsSync(seedDir) && { seedDir }) });
  try {
    if (fault) salesforce.emulator.faults.failNext({ operation: 'retrieve' }, fault);
    const plan = await salesforce.plan(manifest);
    return { plan, calls: salesforce.emulator.calls().map(({ operation }) => operation) };
  } finally {
    await salesforce.close();
  }
}

const times = (calls: readonly string[], operation: string): number =>
  calls.filter((call) => call === operation).length;

/** Sixty of everything, on both platforms, each with a user and a class of its own. */
const many = declared((org) => {
  org.oauthSettings({ requirePkce: true });
  for (let n = 0; n < 60; n++) {
    const user = Username.of(`integration.user.number.${n}@a-rather-long-domain.acme.example`);
    const scope = new OauthCustomScope(org, `scope_${n}`, { label: `Scope ${n}`, description: 'A scope' });
    new MachineApp(org, `Feed${n}`, {
      label: `Feed ${n}`,
      scopes: [Scope.API],
      permittedUsers: PermittedUsers.preAuthorized({ permissionSets: [`Access_${n}`] }),
      clientCredentials: { runAs: user, justification },
    });
    const portal = new PrivateClientApp(org, `Portal${n}`, {
      label: `Portal ${n}`,
      callbackUrls: callback,
      scopes: [Scope.API],
      permittedUsers: PermittedUsers.selfAuthorized(),
      tokenExchange: { enabled: true, justification },
      customScopes: [scope],
      assetToken: { audiences: 'devices', signingCertificate: '0P1000000000001', validity: Duration.hours(1) },
    });
    new OauthTokenExchangeHandler(org, `Partner${n}`, {
      label: `Partner ${n}`,
      description: 'Takes tokens of a partner',
      apexClass: `PartnerTokens_${n}`,
      accepts: [TokenType.JWT],
      enabledFor: [{ app: portal, runAs: user }],
    });
    new PrivateClientApp(org, `Old${n}`, {
      label: `Old ${n}`,
      platform: Platform.CONNECTED_APP,
      callbackUrls: callback,
      scopes: [Scope.API],
      permittedUsers: PermittedUsers.preAuthorized({ permissionSets: [`Access_${n}`] }),
    });
  }
});

describe('a plan costs one retrieve and, with a poll, at most eight calls', () => {
  // One with a package.json is a project of its own, which has the package installed; that in HCL is no program.
  const has = (name: string, file: string): boolean => existsSync(join(EXAMPLES, name, file));
  const programs = readdirSync(EXAMPLES).filter((name) => has(name, 'main.ts') && !has(name, 'package.json'));
  it.each(programs)('of the example %s', async (example) => {
    for (const [org, manifest] of synthesize(example).manifests) {
      const { calls } = await planned(manifest, seedOf(example, org));
      expect(times(calls, 'retrieve')).toBe(1);
      expect(calls.length).toBeLessThanOrEqual(7);
    }
  });

  const ONE_READING = [
    'checkRetrieveStatus',
    'composite',
    'composite',
    'describeMetadata',
    'retrieve',
    'toolingQuery',
    'versions',
  ];

  it('and seven for a program that depends on everything an org can have', async () => {
    const { calls } = await planned(everything, SEED);
    expect([...calls].sort()).toEqual(ONE_READING);
  });

  it('and one more for sixty of everything, on both platforms, as names like those of users it lacks are looked up', async () => {
    const { calls } = await planned(many, SEED);
    expect([...calls].sort()).toEqual(['composite', ...ONE_READING].sort());
  });
});

describe('an org that refuses the one retrieve', () => {
  const fault = {
    kind: 'api-error',
    code: 'INSUFFICIENT_ACCESS',
    message: 'insufficient access rights',
    status: 500,
  } as const;

  it('is asked for each part alone, so that what one part may not see hides no app', async () => {
    const whole = await planned(everything, SEED);
    const parts = await planned(everything, SEED, { fault });
    expect(times(parts.calls, 'retrieve')).toBe(4);
    expect(codes(parts.plan.diagnostics)).toEqual(codes(whole.plan.diagnostics));
    expect(parts.plan.apps.map(({ action }) => action)).toEqual(whole.plan.apps.map(({ action }) => action));
  });
});
