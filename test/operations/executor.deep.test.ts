import {
  MachineApp,
  OauthCustomScope,
  PermittedUsers,
  Platform,
  PrivateClientApp,
  PublicClientApp,
  type SalesforceOrg,
  Scope,
  Username,
} from '../../constructs';
import { applyPlan } from '../../lib/executor';
import type { Manifest } from '../../lib/metadata/manifest';
import type { Org, RetrieveRequest } from '../../lib/org/org';
import { execute } from '../../lib/terraform/org/execute';
import { executeRecords } from '../../lib/terraform/org/execute-records';
import { outcomeDiagnostics } from '../../lib/terraform/terraform-diagnostic';
import { diagnose } from '../../lib/values/diagnose';
import { batchOn, creates } from './batch-support';
import { type Bench, bench, callback, codes, declared, refusal, SEED, TODAY } from './support';

const justification = { reason: 'r', approvedBy: 'a@acme.example', expires: '2027-01-01' };

const mobile = (name: string, label = name, scopes: readonly [Scope, ...Scope[]] = [Scope.API]) => {
  return (org: SalesforceOrg): void => {
    new PublicClientApp(org, name, {
      label,
      callbackUrls: ['mobile://oauth'],
      scopes,
      permittedUsers: PermittedUsers.selfAuthorized(),
    });
  };
};

/** Two apps, settings, a scope and a machine with its user. */
const everything = (label: string) => (org: SalesforceOrg) => {
  org.oauthSettings({ requirePkce: true });
  mobile('Untouched')(org);
  mobile('Mobile', label)(org);
  const scope = new OauthCustomScope(org, 'orders_read', { label: 'Read orders', description: `Orders ${label}` });
  new PrivateClientApp(org, 'Portal', {
    label: 'Portal',
    callbackUrls: callback,
    scopes: [Scope.API],
    permittedUsers: PermittedUsers.selfAuthorized(),
    customScopes: [scope],
  });
  new MachineApp(org, 'Feed', {
    label,
    scopes: [Scope.API],
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Billing_Sync_Access'] }),
    clientCredentials: { runAs: Username.of('billing.sync@acme.example'), justification },
  });
};

let salesforce: Bench;
beforeEach(async () => {
  salesforce = await bench({ seedDir: SEED });
});
afterEach(() => salesforce.close());

/** The org, and what it is asked to retrieve. */
function watched(): { readonly org: Org; readonly retrieved: RetrieveRequest['types'][] } {
  const retrieved: RetrieveRequest['types'][] = [];
  const org = Object.assign(Object.create(salesforce.org) as Org, {
    retrieve: (...given: Parameters<Org['retrieve']>) => {
      retrieved.push(given[0].types);
      return salesforce.org.retrieve(...given);
    },
  });
  return { org, retrieved };
}

const operations = (): readonly string[] => salesforce.emulator.calls().map(({ operation }) => operation);
const deploys = (): number => operations().filter((operation) => operation === 'deploy').length;

describe('an apply', () => {
  it('costs one reading, its deploys, and one retrieve afterward', async () => {
    const plan = await salesforce.plan(declared(everything('One')));
    const from = operations().length;
    const receipt = await applyPlan({ org: salesforce.org, plan, today: TODAY, approval: { reviewed: true } });
    expect(receipt.remarks).toEqual([]);
    const asked = operations().slice(from);
    const reading = asked.slice(0, asked.indexOf('deploy'));
    expect(reading.length).toBeLessThanOrEqual(8);
    expect(reading.filter((each) => each === 'retrieve')).toHaveLength(1);
    const sent = plan.phases.flatMap(() => ['deploy', 'checkDeployStatus']);
    expect(asked.slice(reading.length)).toEqual([...sent, 'retrieve', 'checkRetrieveStatus']);
  });

  it('reads back what it wrote, by its names, and nothing else', async () => {
    await salesforce.apply(declared(everything('One')));
    const plan = await salesforce.plan(
      declared((org) => {
        everything('One')(org);
        mobile('Late')(org);
      }),
    );
    const { org, retrieved } = watched();
    const receipt = await applyPlan({ org, plan, today: TODAY, approval: { reviewed: true } });
    const [, afterward, ...more] = retrieved;
    expect(more).toEqual([]);
    expect([...(afterward ?? [])].map(([type]) => type).filter((type) => !/^(Extl|External)/.test(type))).toEqual([]);
    expect(afterward?.get('ExternalClientApplication')).toEqual(['Late']);
    expect(receipt.apps.find(({ api_name: name }) => name === 'Late')?.consumer_key).toMatch(/^3MVG9/);
    expect(receipt.apps.find(({ api_name: name }) => name === 'Untouched')?.consumer_key).toMatch(/^3MVG9/);
  });

  it('leaves a reading from which the same plan follows as from a whole one', async () => {
    await salesforce.apply(declared(everything('One')));
    const receipt = await salesforce.apply(declared(everything('Two')));
    expect(receipt.remarks).toEqual([]);
    expect((await salesforce.plan(declared(everything('Two')))).phases).toEqual([]);
  });
});

describe('what someone changes in Setup between plan and apply', () => {
  const header = ['ExternalClientApplication', 'Mobile', 'externalClientApps/Mobile.eca'] as const;
  const scope = ['OauthCustomScope', 'orders_read', 'oauthcustomscopes/orders_read.oauthcustomscope'] as const;
  const settings = ['Settings', 'OauthOidc', 'settings/OauthOidc.settings'] as const;

  const changes: Readonly<Record<string, () => Promise<void>>> = {
    'a touched app': () => salesforce.tamper(...header, /<label>One</, '<label>Else<'),
    'a touched record': () => salesforce.tamper(...scope, /Orders One/, 'Something else'),
    'a touched setting': () => salesforce.tamper(...settings, /<isPkceRequired>true</, '<isPkceRequired>false<'),
    'an app that the plan left as it was': () =>
      salesforce.tamper(
        'ExternalClientApplication',
        'Untouched',
        'externalClientApps/Untouched.eca',
        /<label>Untouched</,
        '<label>X<',
      ),
  };

  it.each(Object.keys(changes))('is noticed: %s; nothing is written', async (what) => {
    await salesforce.apply(declared(everything('One')));
    const plan = await salesforce.plan(declared(everything('Two')));
    await changes[what]?.();
    const before = deploys();
    const { code } = await refusal(
      applyPlan({ org: salesforce.org, plan, today: TODAY, approval: { reviewed: true } }),
    );
    expect(code).toBe('STALE_PLAN');
    expect(deploys()).toBe(before);
  });
});

describe('a permission set', () => {
  it('that is deleted between plan and apply is noticed by the app that names it', async () => {
    const plan = await salesforce.plan(declared(everything('One')));
    const types = '<types><members>Billing_Sync_Access</members><name>PermissionSet</name></types>';
    const list = (content: string): string =>
      `<Package xmlns="http://soap.sforce.com/2006/04/metadata">${content}<version>66.0</version></Package>`;
    const files = new Map([
      ['package.xml', list('')],
      ['destructiveChanges.xml', list(types)],
    ]);
    const deleted = await salesforce.org.deploy({ files, apiVersion: 66, checkOnly: false });
    expect(deleted.status).toBe('succeeded');
    const before = deploys();
    const applying = applyPlan({ org: salesforce.org, plan, today: TODAY, approval: { reviewed: true } });
    const { code, diagnostics } = await refusal(applying);
    expect(code).toBe('STALE_PLAN');
    expect(codes(diagnostics)).toContain('permission-set-missing');
    expect(deploys()).toBe(before);
  });
});

describe('a program that calls the executor', () => {
  const unreviewed = async (manifest: Manifest, consents = {}): Promise<readonly string[]> => {
    const plan = await salesforce.plan(manifest, consents);
    const before = deploys();
    const { diagnostics } = await refusal(applyPlan({ org: salesforce.org, plan, today: TODAY }));
    expect(deploys()).toBe(before);
    return codes(diagnostics);
  };

  it('widens nothing that no one reviewed', async () => {
    await salesforce.apply(declared(mobile('Mobile')));
    const wider = declared(mobile('Mobile', 'Mobile', [Scope.API, Scope.WEB]));
    expect(await unreviewed(wider)).toContain('widening-not-reviewed');
  });

  it('deletes no app that no one named', async () => {
    await salesforce.apply(declared(mobile('Mobile')));
    expect(await unreviewed(declared(mobile('Other')), { prune: true })).toEqual(['deletion-not-named']);
  });
});

describe('a batch of Terraform', () => {
  const given = () => batchOn(salesforce.org);
  const three = declared((org) => ['A', 'B', 'C'].forEach((name) => mobile(name)(org)));

  it('drops the app that Salesforce refuses, and only that one', async () => {
    const fault = {
      kind: 'deploy-fails',
      type: 'ExternalClientApplication',
      fullName: 'B',
      problem: 'Not B.',
    } as const;
    salesforce.emulator.faults.failNext({ operation: 'deploy' }, fault);
    const { results } = await execute(creates(three), given());
    expect(results.map(({ status }) => status)).toEqual(['done', 'failed', 'done']);
    expect(results[1]?.diagnostics.map(({ problem }) => problem)).toEqual([expect.stringContaining('Not B.')]);
    expect(deploys()).toBe(2);
  });

  it('costs one reading before, and one retrieve of what it wrote afterward', async () => {
    const { org, retrieved } = watched();
    const { results, reading } = await execute(creates(three), { ...given(), org });
    expect(results.map(({ status, diagnostics }) => [status, diagnostics])).toEqual(three.apps.map(() => ['done', []]));
    expect(retrieved).toHaveLength(2);
    expect(retrieved[1]?.get('ExternalClientApplication')).toEqual(['A', 'B', 'C']);
    expect(reading?.observed.apps.get('B')).toMatchObject({ condition: 'present' });
  });

  it('says that an app is not there, where Salesforce accepted the deploy and did nothing', async () => {
    const org = Object.create(salesforce.org) as Org;
    org.deploy = async () => ({ status: 'succeeded', id: '0Af000000000001AAA', warnings: [] });
    const { results } = await execute(creates(three), { ...given(), org });
    expect(results.map(({ status, diagnostics }) => [status, codes(diagnostics)])).toEqual(
      three.apps.map(() => ['failed', ['read-back-differs']]),
    );
  });

  it('reads records back as well, and says what they kept', async () => {
    const { records = [] } = declared((org) => {
      new OauthCustomScope(org, 'orders', { label: 'Orders', description: 'Reads orders' });
    });
    const org = Object.create(salesforce.org) as Org;
    org.deploy = async () => ({ status: 'succeeded', id: '0Af000000000001AAA', warnings: [] });
    const operations = records.map((record) => ({ record, reviewed: undefined }));
    const { results } = await executeRecords(operations, { ...given(), org });
    expect(codes(results[0]?.diagnostics ?? [])).toContain('read-back-differs');
  });

  it('fails an update by such a remark, as the command line does, and never taints what it created', () => {
    const remark = diagnose('read-back-differs', { path: 'p' }, { name: 'A' });
    expect(outcomeDiagnostics([remark], { api_name: 'A' }).map(({ severity }) => severity)).toEqual(['error']);
    expect(outcomeDiagnostics([remark], undefined).map(({ severity }) => severity)).toEqual(['warning']);
  });
});

describe('a Connected App', () => {
  it('is read back by its name, and the others are not', async () => {
    await salesforce.close();
    salesforce = await bench({ seedDir: SEED, switches: { connectedAppCreation: true } });
    const legacy = declared((org) => {
      new PrivateClientApp(org, 'Legacy', {
        platform: Platform.CONNECTED_APP,
        creationAllowedBySupport: true,
        label: 'Legacy',
        callbackUrls: callback,
        scopes: [Scope.API],
        permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Billing_Sync_Access'] }),
      });
    });
    const plan = await salesforce.plan(legacy);
    const { org, retrieved } = watched();
    const receipt = await applyPlan({ org, plan, today: TODAY, approval: { reviewed: true } });
    expect(receipt.apps).toMatchObject([{ action: 'created', consumer_key: expect.stringMatching(/^3MVG9/) }]);
    expect([...(retrieved[1] ?? [])]).toEqual([['ConnectedApp', ['Legacy']]]);
  });
});
