import { MachineApp, PermittedUsers, PublicClientApp, type SalesforceOrg, Scope, Username } from '../../constructs';
import { NEWEST_API_VERSION, OLDEST_API_VERSION } from '../../lib/metadata/api-version';
import { bench, declared, SEED } from '../operations/support';

const versions = Array.from({ length: NEWEST_API_VERSION - OLDEST_API_VERSION + 1 }, (_, n) => OLDEST_API_VERSION + n);

function apps(org: SalesforceOrg): void {
  org.oauthSettings({ requirePkce: true, allowSecretsViaRestApi: false });
  new PublicClientApp(org, 'Mobile', {
    label: 'Mobile',
    callbackUrls: ['mobile://oauth', 'http://localhost:8080/callback'],
    scopes: [Scope.API],
    permittedUsers: PermittedUsers.selfAuthorized(),
  });
  new MachineApp(org, 'Feed', {
    label: 'Feed',
    scopes: [Scope.API],
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Billing_Sync_Access'] }),
    clientCredentials: {
      runAs: Username.of('billing.sync@acme.example'),
      justification: { reason: 'r', approvedBy: 'a@acme.example', expires: '2027-01-01' },
    },
  });
}

describe.each(versions)('with API version %d', (apiVersion) => {
  it('apps and settings are created, and the plan afterward is empty', async () => {
    const salesforce = await bench({ seedDir: SEED });
    try {
      const manifest = declared(apps, { apiVersion });
      const receipt = await salesforce.apply(manifest);
      expect(receipt.remarks).toEqual([]);
      expect((await salesforce.plan(manifest)).phases).toEqual([]);
    } finally {
      await salesforce.close();
    }
  });
});

describe.each(['developer', 'production', 'mid-2026'] as const)('in an org of profile %s', (profile) => {
  it('the same holds', async () => {
    const salesforce = await bench({ seedDir: SEED, profile });
    try {
      const manifest = declared(apps);
      expect((await salesforce.apply(manifest)).remarks).toEqual([]);
      expect((await salesforce.plan(manifest)).phases).toEqual([]);
    } finally {
      await salesforce.close();
    }
  });
});
