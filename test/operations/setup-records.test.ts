import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Duration, Username } from '../../constructs';
import type { EmulatorSwitches } from '../../lib/emulator';
import type { OrgPlan } from '../../lib/plan/plan';
import { hardened, LEGACY } from './connected-app-support';
import { portal, user } from './flow-support';
import { type Bench, bench, codes, declared, refusal } from './support';

const made: string[] = [];
afterAll(() => made.forEach((path) => rmSync(path, { recursive: true, force: true })));

async function within<T>(
  orgJson: object,
  body: (salesforce: Bench) => Promise<T>,
  { switches = {}, app }: { readonly switches?: Partial<EmulatorSwitches>; readonly app?: string } = {},
): Promise<T> {
  const seedDir = mkdtempSync(join(tmpdir(), 'client-apps-setup-'));
  made.push(seedDir);
  const users = [{ username: user }];
  const permissionSets = [{ name: 'Portal_Access', holders: 1 }];
  writeFileSync(join(seedDir, 'org.json'), JSON.stringify({ users, permissionSets, ...orgJson }));
  if (app !== undefined) {
    mkdirSync(join(seedDir, 'connectedApps'));
    writeFileSync(join(seedDir, 'connectedApps/Legacy.connectedApp'), app);
  }
  const salesforce = await bench({ seedDir, switches });
  try {
    return await body(salesforce);
  } finally {
    await salesforce.close();
  }
}

const apexHandler = (className: string) => ({ className, executeAs: Username.of(user) });
const handled = (className: string, more: object = {}) =>
  declared(portal({ apexHandler: apexHandler(className), ...more }));
const assetToken = (signingCertificate: string) => ({
  assetToken: { audiences: 'devices', signingCertificate, validity: Duration.hours(1) },
});
const calls = ({ emulator }: Bench, operation: string): number =>
  emulator.calls().filter((call) => call.operation === operation).length;
const found = ({ diagnostics }: OrgPlan, code: string) => diagnostics.find((each) => each.code === code);

describe('the Apex class of a handler', () => {
  it('that the org has, in whatever spelling, lets the app be written', async () => {
    const apexClasses = [{ name: 'Handler' }, { name: 'Plugin', namespace: 'acme' }];
    await within({ apexClasses }, async (salesforce) => {
      for (const name of ['Handler', 'HANDLER', 'acme__Plugin', 'acme.Plugin']) {
        expect(codes((await salesforce.plan(handled(name))).diagnostics)).toEqual([]);
      }
      const receipt = await salesforce.apply(handled('acme__Plugin'));
      expect(receipt.apps).toMatchObject([{ action: 'created' }]);
    });
  });

  it('that is missing blocks the app and nothing of it is deployed', async () => {
    await within({}, async (salesforce) => {
      const plan = await salesforce.plan(handled('Handler'));
      expect(plan.apps).toMatchObject([{ action: 'blocked' }]);
      expect(found(plan, 'apex-class-missing')).toMatchObject({
        severity: 'error',
        field: 'apexHandler.className',
        value: 'Handler',
      });
      expect((await refusal(salesforce.apply(handled('Handler')))).code).toBe('REFUSED');
      expect(calls(salesforce, 'deploy')).toBe(0);
    });
  });

  it('that only a package has is named in the advice', async () => {
    await within({ apexClasses: [{ name: 'Handler', namespace: 'acme' }] }, async (salesforce) => {
      const missing = found(await salesforce.plan(handled('Handler')), 'apex-class-missing');
      expect(missing?.remedy).toContain('acme__Handler');
    });
  });

  it('that is marked for deletion, or to be compiled again, is a warning and blocks nothing', async () => {
    const apexClasses = [
      { name: 'Leaving', status: 'Deleted' },
      { name: 'Stale', valid: false },
    ];
    await within({ apexClasses }, async (salesforce) => {
      const leaving = await salesforce.plan(handled('Leaving'));
      expect(found(leaving, 'apex-class-deleted')).toMatchObject({ severity: 'warning' });
      expect(leaving.apps).toMatchObject([{ action: 'create' }]);
      expect(codes((await salesforce.plan(handled('Stale'))).diagnostics)).toEqual(['apex-class-invalid']);
      await salesforce.apply(handled('Stale'));
      // Told when it is written, and not in every plan afterward: the org compiles it when it is used next.
      expect(codes((await salesforce.plan(handled('Stale'))).diagnostics)).toEqual(['own-app-unknown']);
    });
  });

  it('that nobody can look up is said to be unchecked, once, and is never taken for missing', async () => {
    const switches = { apexClassesQueryable: false };
    const body = async (salesforce: Bench): Promise<void> => {
      const plan = await salesforce.plan(handled('Handler'));
      expect(codes(plan.diagnostics)).toEqual(['fact-unread', 'prerequisite-unchecked']);
      expect(plan.diagnostics[0]?.problem).toContain("sObject type 'ApexClass' is not supported");
      await salesforce.apply(handled('Handler'));
      expect(codes((await salesforce.plan(handled('Handler'))).diagnostics)).toEqual([
        'own-app-unknown',
        'fact-unread',
      ]);
    };
    await within({ apexClasses: [{ name: 'Handler' }] }, body, { switches });
  });

  it('is asked for in one call for all apps, and only where an app names one', async () => {
    await within({ apexClasses: [{ name: 'Handler' }] }, async (salesforce) => {
      await salesforce.plan(declared(portal({})));
      const [without, certificates] = [calls(salesforce, 'composite'), calls(salesforce, 'toolingQuery')];
      await salesforce.plan(declared(portal({})));
      const each = calls(salesforce, 'composite') - without;
      await salesforce.plan(handled('Handler'));
      // One for the class and for what the user of the handler may do.
      expect(calls(salesforce, 'composite') - without - 2 * each).toBe(1);
      expect([certificates, calls(salesforce, 'toolingQuery')]).toEqual([0, 0]);
    });
  });

  it('is looked up for a Connected App as well', async () => {
    const manifest = hardened({ apexHandler: apexHandler('Handler'), ...assetToken('0P1000000000001') });
    const body = async (salesforce: Bench): Promise<void> => {
      const plan = await salesforce.plan(manifest);
      expect(found(plan, 'apex-class-missing')).toMatchObject({ value: 'Handler' });
      expect(found(plan, 'signing-certificate-missing')).toMatchObject({ value: '0P1000000000001' });
    };
    await within({}, body, { app: LEGACY });
  });
});

describe('the certificate that signs asset tokens', () => {
  const id = '0P1000000000001';
  const manifest = declared(portal(assetToken(id)));
  const held = (expires?: string) => ({ certificates: [{ name: 'Devices', id, ...(expires && { expires }) }] });

  it('that the org has lets the app be written, by its short or its long id', async () => {
    await within(held('2028-01-01'), async (salesforce) => {
      for (const each of [manifest, declared(portal(assetToken(`${id}CAA`)))]) {
        expect(codes((await salesforce.plan(each)).diagnostics)).toEqual([]);
      }
      expect((await salesforce.apply(manifest)).apps).toMatchObject([{ action: 'created' }]);
    });
  });

  it('that is missing blocks the app, and the plan names those there are', async () => {
    const certificates = [{ name: 'Other', id: '0P1000000000009' }];
    await within({ certificates }, async (salesforce) => {
      const plan = await salesforce.plan(manifest);
      expect(plan.apps).toMatchObject([{ action: 'blocked' }]);
      const missing = found(plan, 'signing-certificate-missing');
      expect(missing).toMatchObject({ severity: 'error', allowed: '0P1000000000009CAA (Other)' });
    });
  });

  it.each([
    ['2026-11-20', 'signing-certificate-expired', 'error', 'blocked'],
    ['2026-11-21', 'signing-certificate-expires-soon', 'warning', 'create'],
    ['2026-12-21', 'signing-certificate-expires-soon', 'warning', 'create'],
  ])('that ends on %s is told: %s', async (expires, code, severity, action) => {
    await within(held(expires), async (salesforce) => {
      const plan = await salesforce.plan(manifest);
      expect(found(plan, code)).toMatchObject({ severity, value: `${id}CAA (Devices), expires on ${expires}` });
      expect(plan.apps).toMatchObject([{ action }]);
    });
  });

  it.each([['2026-12-22'], [undefined]])('that ends on %s is not told', async (expires) => {
    await within(held(expires), async (salesforce) => {
      expect(codes((await salesforce.plan(manifest)).diagnostics)).toEqual([]);
    });
  });

  it('that nobody can look up is said to be unchecked', async () => {
    const switches = { certificatesQueryable: false };
    const body = async (salesforce: Bench): Promise<void> => {
      const plan = await salesforce.plan(manifest);
      expect(codes(plan.diagnostics)).toEqual(['fact-unread', 'prerequisite-unchecked']);
      expect(plan.apps).toMatchObject([{ action: 'create' }]);
    };
    await within(held(), body, { switches });
  });
});
