import fc from 'fast-check';

import {
  Certificate,
  Duration,
  IpRelaxation,
  MachineApp,
  PermittedUsers,
  PrivateClientApp,
  PublicClientApp,
  RefreshTokenPolicy,
  type SalesforceOrg,
  Scope,
  SessionLevel,
  Username,
} from '../../../constructs';

const CERTIFICATE = Certificate.fromFile('examples/quickstart/certs/billing-sync.crt');
const justification = {
  reason: 'The vendor upgrades its client in spring',
  approvedBy: 'security@acme.example',
  expires: '2027-01-31',
};
const holders = (...permissionSets: readonly [string, ...string[]]) => PermittedUsers.preAuthorized({ permissionSets });
const INTEGRATION = Username.of('integration@acme.example');

const PERMISSION_SETS = ['Portal_Users', 'Partner_Users', 'Sales_Users', 'Service_Agents', 'Integrations'];

/** What org.json has to say for them. */
export const TEN_APPS_ORG = {
  users: [
    {
      username: 'integration@acme.example',
      active: true,
      apiEnabled: true,
      profile: 'Minimum Access - API Only Integrations',
    },
  ],
  permissionSets: PERMISSION_SETS.map((name) => ({ name, holders: 3 })),
};

/** Ten apps as companies have them: what an author states of each is a handful of options. */
const ordinaryApp = fc.record({
  kind: fc.constantFrom('private', 'public', 'machine'),
  scopes: fc.constantFrom([Scope.API] as const, [Scope.OPENID] as const, [Scope.API, Scope.REFRESH_TOKEN] as const),
  users: fc.option(fc.constantFrom(...PERMISSION_SETS), { freq: 4, nil: undefined }),
  certificate: fc.boolean(),
  relaxed: fc.integer({ min: 0, max: 9 }).map((each) => each === 0),
});

export const tenOrdinaryApps = fc
  .array(ordinaryApp, { minLength: 10, maxLength: 10 })
  .map((apps) => (org: SalesforceOrg): void => {
    for (const [index, { kind, scopes, users, certificate, relaxed }] of apps.entries()) {
      const id = `${kind === 'machine' ? 'Feed' : 'Portal'}${index}`;
      const common = { label: `${id} of Acme`, ...(relaxed && { ipRelaxation: IpRelaxation.relax(justification) }) };
      if (kind === 'machine') {
        const by = certificate
          ? { certificate: CERTIFICATE }
          : { clientCredentials: { runAs: INTEGRATION, justification } };
        const permittedUsers = holders(users ?? 'Integrations');
        new MachineApp(org, id, { ...common, ...by, scopes: [Scope.API], permittedUsers });
      } else {
        const Kind = kind === 'private' ? PrivateClientApp : PublicClientApp;
        const permittedUsers = users === undefined ? PermittedUsers.selfAuthorized() : holders(users);
        const callbackUrls = [`https://${id.toLowerCase()}.acme.example/oauth/callback`] as const;
        // With more scopes than that it would be a finding of high severity.
        const granted = users === undefined ? ([Scope.API] as const) : scopes;
        new Kind(org, id, { ...common, scopes: granted, permittedUsers, callbackUrls });
      }
    }
  });

/** Ten new apps as a company has them: people at browsers, phones and machines, with exceptions and a finding. */
export function tenApps(org: SalesforceOrg): void {
  new PrivateClientApp(org, 'CustomerPortal', {
    label: 'Customer Portal',
    callbackUrls: ['https://portal.acme.example/oauth/callback'],
    scopes: [Scope.API, Scope.OPENID, Scope.REFRESH_TOKEN],
    permittedUsers: holders('Portal_Users', 'Partner_Users'),
  });
  const partner = new PrivateClientApp(org, 'PartnerPortal', {
    label: 'Partner Portal',
    callbackUrls: ['https://partners.acme.example/login/oauth2/code/salesforce'],
    scopes: [Scope.API, Scope.OPENID],
    permittedUsers: PermittedUsers.selfAuthorized(),
    ipRelaxation: IpRelaxation.relax(justification),
  });
  new PrivateClientApp(org, 'Storefront', {
    label: 'Storefront',
    callbackUrls: ['https://shop.acme.example/callback'],
    scopes: [Scope.API],
    permittedUsers: holders('Portal_Users'),
  });
  new PrivateClientApp(org, 'Backoffice', {
    label: 'Back Office',
    callbackUrls: ['https://backoffice.acme.example/oauth'],
    scopes: [Scope.API, Scope.WEB],
    permittedUsers: holders('Service_Agents'),
    requiredSessionLevel: SessionLevel.HIGH_ASSURANCE,
  });
  new PublicClientApp(org, 'FieldMobile', {
    label: 'Field Service Mobile',
    callbackUrls: ['com.acme.field://oauth/callback'],
    scopes: [Scope.API, Scope.REFRESH_TOKEN],
    permittedUsers: holders('Service_Agents'),
    refreshTokens: RefreshTokenPolicy.expiresIfUnusedFor(Duration.days(7)),
  });
  new PublicClientApp(org, 'SalesDesktop', {
    label: 'Sales Desktop',
    callbackUrls: ['http://localhost:8400/callback'],
    scopes: [Scope.API],
    permittedUsers: PermittedUsers.selfAuthorized(),
  });
  new MachineApp(org, 'BillingSync', {
    label: 'Billing Sync',
    description: 'Invoices to the ledger, every night',
    scopes: [Scope.API],
    permittedUsers: holders('Integrations'),
    certificate: CERTIFICATE,
  });
  new MachineApp(org, 'ErpSync', {
    label: 'ERP Sync',
    scopes: [Scope.API],
    permittedUsers: holders('Integrations'),
    clientCredentials: { runAs: INTEGRATION, justification },
  });
  new MachineApp(org, 'Warehouse', {
    label: 'Warehouse Export',
    scopes: [Scope.API],
    permittedUsers: holders('Integrations', 'Sales_Users'),
    certificate: CERTIFICATE,
    contactEmail: 'data@acme.example',
  });
  new MachineApp(org, 'Backup', {
    label: 'Nightly Backup',
    scopes: [Scope.API],
    permittedUsers: holders('Integrations'),
    clientCredentials: { runAs: INTEGRATION, justification },
  });
  org.exempt(partner, 'SFCA-APP-SELF-AUTHORIZED', {
    reason: 'Partners come and go without an admin',
    approvedBy: 'security@acme.example',
    expires: '2027-01-31',
  });
}
