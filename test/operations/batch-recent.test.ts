import { PermittedUsers, PrivateClientApp, type SalesforceOrg, Scope } from '../../constructs';
import { readOrg } from '../../lib/operations/read-org';
import { execute } from '../../lib/terraform/org/execute';
import { batchOn, creates } from './batch-support';
import { type Bench, bench, callback, declared, SEED } from './support';

const portal =
  (permissionSet: string) =>
  (org: SalesforceOrg): void => {
    new PrivateClientApp(org, 'Portal', {
      label: 'Portal',
      callbackUrls: callback,
      scopes: [Scope.API],
      permittedUsers: PermittedUsers.preAuthorized({ permissionSets: [permissionSet] }),
    });
  };

describe('a batch that begins with what the batch before it read back', () => {
  let salesforce: Bench;
  beforeEach(async () => {
    salesforce = await bench({ seedDir: SEED });
  });
  afterEach(() => salesforce.close());
  const retrieves = (): number =>
    salesforce.emulator.calls().filter(({ operation }) => operation === 'retrieve').length;

  it('does not read the org again, and tells what the org has afterward', async () => {
    const manifest = declared(portal('Partner_Portal_Access'));
    const recent = await readOrg(salesforce.org, manifest, { others: true });
    const before = retrieves();
    const { results, reading } = await execute(creates(manifest), { ...batchOn(salesforce.org), recent, more: true });
    expect(results).toMatchObject([{ status: 'done', observed: { apiName: 'Portal', condition: 'present' } }]);
    expect(retrieves()).toBe(before + 1);
    // Also what the batch did not write, for the next one.
    expect([...(reading?.observed.apps.keys() ?? [])]).toEqual(
      expect.arrayContaining([...recent.observed.apps.keys(), 'Portal']),
    );
  });

  it('refuses nothing because of it: what was not there then may be there now', async () => {
    const manifest = declared(portal('Billing_Sync_Access'));
    const recent = await readOrg(salesforce.org, manifest, { others: true });
    const { permissionSets, ...facts } = recent.facts;
    expect(permissionSets?.size).toBeGreaterThan(0);
    const old = { ...recent, facts: { ...facts, permissionSets: new Map() } };
    const { results } = await execute(creates(manifest), { ...batchOn(salesforce.org), recent: old });
    expect(results).toMatchObject([{ status: 'done' }]);
  });
});
