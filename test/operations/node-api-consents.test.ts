import { join } from 'node:path';

import { Certificate, MachineApp, PermittedUsers, PublicClientApp, type SalesforceOrg, Scope } from '../../constructs';
import type { PlanInput } from '../../lib/executor';
import {
  type ApplyInput,
  applyPlan,
  connect,
  type Consents,
  type Manifest,
  NO_CONSENTS,
  type Org,
  planOrg,
  stopApp,
} from '../../lib/executor';
import { type ConsentName, consentRows } from '../../lib/options/consents';
import { type Bench, bench, codes, declared, refusal, SEED, TODAY } from './support';

const CERTIFICATE = Certificate.fromFile(join(__dirname, '../../examples/quickstart/certs/billing-sync.crt'));

const mobile = (apiName: string, callbackUrl = 'mobile://oauth'): Manifest =>
  declared((org: SalesforceOrg) => {
    new PublicClientApp(org, apiName, {
      label: apiName,
      callbackUrls: [callbackUrl],
      scopes: [Scope.API],
      permittedUsers: PermittedUsers.selfAuthorized(),
    });
  });

const sync = (signsIn: object): Manifest =>
  declared((org) => {
    const permittedUsers = PermittedUsers.preAuthorized({ permissionSets: ['Billing_Sync_Access'] });
    new MachineApp(org, 'Sync', { label: 'Sync', scopes: [Scope.API], permittedUsers, ...signsIn } as never);
  });
const keyed = sync({ certificate: CERTIFICATE });
const keyless = (): Manifest => {
  const [app] = keyed.apps;
  if (!app) throw new Error('there is no app');
  const { certificate: _certificate, ...rest } = app;
  return { ...keyed, apps: [rest] };
};

let salesforce: Bench;
beforeEach(async () => {
  salesforce = await bench({ seedDir: SEED });
});
afterEach(() => salesforce.close());

/** A program that uses the executor: what became of its plan, by the codes of its refusal or by what was written. */
async function carriedOut(
  manifest: Manifest,
  consents: Partial<Consents>,
  more: Partial<PlanInput & ApplyInput> = {},
): Promise<string> {
  const org: Org = more.org ?? salesforce.org;
  const plan = await planOrg({ today: TODAY, manifest, consents: { ...NO_CONSENTS, ...consents }, ...more, org });
  const running = applyPlan({ today: TODAY, approval: { reviewed: true }, ...more, org, plan });
  try {
    const { apps, phases = [] } = await running;
    return [...apps.map(({ api_name: name, action }) => `${name} ${action}`), `${phases.length} deployed`].join(', ');
  } catch {
    return codes((await refusal(running)).diagnostics).join(', ');
  }
}

interface Case {
  /** What is asked for. */
  readonly consent: Partial<Consents>;
  /** Makes the org what it has to be, and says what the program declares then. */
  readonly given: () => Promise<readonly [Manifest, Partial<PlanInput & ApplyInput>?]>;
  readonly without: string;
  readonly with: string;
}

const CASES: Readonly<Record<ConsentName, Case>> = {
  adopt: {
    given: async () => [mobile('Legacy_Portal')],
    consent: { adopt: ['Legacy_Portal'], allow_certificate_removal: ['Legacy_Portal'] },
    without: 'adoption-needed, certificate-would-be-lost',
    with: 'Legacy_Portal updated, 1 deployed',
  },
  re_enable: {
    given: async () => {
      await salesforce.apply(mobile('Mobile'));
      await stopApp({ org: salesforce.org, apiName: 'Mobile', apiVersion: 66 });
      return [mobile('Mobile')];
    },
    consent: { re_enable: ['Mobile'] },
    without: 'Mobile unchanged, 0 deployed',
    with: 'Mobile updated, 1 deployed',
  },
  allow_delete: {
    given: async () => {
      await salesforce.apply(mobile('Mobile'));
      return [mobile('Other'), { approval: {} }];
    },
    consent: { allow_delete: ['Mobile'] },
    without: 'Other created, 1 deployed',
    with: 'Other created, Mobile deleted, 1 deployed',
  },
  allow_recreate: {
    given: async () => {
      const receipt = await salesforce.apply(mobile('Mobile'));
      await salesforce.apply(mobile('Other'), { prune: true });
      return [mobile('Mobile'), { receipt }];
    },
    consent: { allow_recreate: ['Mobile'] },
    without: 'deleted-in-org',
    with: 'Mobile created, 1 deployed',
  },
  except: {
    given: async () => [mobile('Mobile')],
    consent: { except: ['Mobile'] },
    without: 'Mobile created, 1 deployed',
    with: 'Mobile skipped, 0 deployed',
  },
  allow_certificate_removal: {
    given: async () => {
      await salesforce.apply(keyed);
      return [keyless()];
    },
    // It then has no way to sign in, to which a control objects.
    consent: { allow_certificate_removal: ['Sync'], fail_on: 'none' },
    without: 'certificate-undeclared',
    with: 'Sync updated, 1 deployed',
  },
  accept_lockout: {
    given: async () => {
      const { apps } = await salesforce.apply(mobile('Mobile'));
      const { accessToken, url: instanceUrl } = salesforce.emulator;
      const clientId = apps[0]?.consumer_key ?? '';
      const org = await connect({ kind: 'access-token', accessToken, instanceUrl, clientId });
      return [mobile('Mobile', 'mobile://elsewhere'), { org }];
    },
    consent: { accept_lockout: ['Mobile'] },
    without: 'self-lockout',
    with: 'Mobile updated, 1 deployed',
  },
  prune: {
    given: async () => {
      await salesforce.apply(mobile('Mobile'));
      return [mobile('Other')];
    },
    consent: { prune: true },
    without: 'Other created, 1 deployed',
    with: 'Other created, Mobile deleted, 1 deployed',
  },
  resend_certificates: {
    given: async () => {
      await salesforce.apply(keyed);
      return [keyed];
    },
    consent: { resend_certificates: true },
    without: 'Sync unchanged, 0 deployed',
    with: 'Sync updated, 1 deployed',
  },
};

describe('a program that uses the executor', () => {
  it.each(consentRows().map(([name]) => name))('gets what %s is about by that consent alone', async (name) => {
    const { given, consent, without, with: asked } = CASES[name];
    const [manifest, more] = await given();
    expect(await carriedOut(manifest, {}, more)).toBe(without);
    // What was written without it is written: the other half begins with an org of its own.
    await salesforce.close();
    salesforce = await bench({ seedDir: SEED });
    const [again, moreAgain] = await given();
    expect(await carriedOut(again, consent, moreAgain)).toBe(asked);
  });

  it('deletes nothing by prune alone unless someone saw the plan', async () => {
    await salesforce.apply(mobile('Mobile'));
    expect(await carriedOut(mobile('Other'), { prune: true }, { approval: {} })).toBe('deletion-not-named');
    expect(await carriedOut(mobile('Other'), { prune: true }, { approval: { allowWidening: true } })).toBe(
      'deletion-not-named',
    );
    const named = { prune: true, allow_delete: ['Mobile'] };
    expect(await carriedOut(mobile('Other'), named, { approval: {} })).toBe(
      'Other created, Mobile deleted, 1 deployed',
    );
  });

  it('widens nothing unless someone saw the plan, or it says that this may be', async () => {
    await salesforce.apply(mobile('Mobile'));
    const wider = mobile('Mobile', 'mobile://elsewhere');
    expect(await carriedOut(wider, {}, { approval: {} })).toBe('widening-not-reviewed');
    expect(await carriedOut(wider, {}, { approval: { allowWidening: true } })).toBe('Mobile updated, 1 deployed');
  });
});
