/**
 * One declaration for three orgs. Differences are declared under the name of each org and never derived: a username with
 * a sandbox suffix, a callback, a contact, a certificate, an IP range. An org that is left out is an error at synth.
 */
import { App, LocalBackend, TerraformStack } from 'cdktf';
import {
  Certificate,
  MachineApp,
  PermittedUsers,
  PerOrg,
  PrivateClientApp,
  SalesforceOrg,
  Scope,
  Username,
} from 'cdktf-salesforce-client-apps';

/** The organization IDs: a manifest is never applied to an org other than its own. */
const ORGS = { prod: '00D000000000201', uat: '00D000000000202', dev: '00D000000000203' };

const contactEmail = PerOrg.of({
  prod: 'orders@acme.example',
  uat: 'orders-qa@acme.example',
  dev: 'orders-dev@acme.example',
});

/** The back office, where people log in. */
function backOffice(org: SalesforceOrg): void {
  new PrivateClientApp(org, 'OrderDesk', {
    label: 'Order Desk',
    contactEmail,
    scopes: [Scope.API, Scope.REFRESH_TOKEN],
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Order_Desk_Access'] }),
    callbackUrls: PerOrg.of({
      prod: ['https://orders.acme.example/callback'],
      uat: ['https://orders.uat.acme.example/callback'],
      dev: ['https://orders.dev.acme.example/callback', 'http://localhost:8080/callback'],
    }),
    trustedIpRanges: PerOrg.of({
      prod: [{ start: '203.0.113.0', end: '203.0.113.63', description: 'Head office' }],
      uat: [{ start: '203.0.113.64', end: '203.0.113.127', description: 'Test lab' }],
      dev: [],
    }),
  });
}

/** The machine between shop and org. */
function orderHub(org: SalesforceOrg): void {
  new MachineApp(org, 'OrderHub', {
    label: 'Order Hub',
    contactEmail,
    scopes: [Scope.API],
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Order_Hub_Access'] }),
    // A key pair for each org: the key of a sandbox must not open production. A shared one is warned about.
    certificate: PerOrg.of({
      prod: Certificate.fromFile('examples/three-orgs/certs/order-hub.prod.crt'),
      uat: Certificate.fromFile('examples/three-orgs/certs/order-hub.uat.crt'),
      dev: Certificate.fromFile('examples/three-orgs/certs/order-hub.dev.crt'),
    }),
    clientCredentials: {
      runAs: Username.perOrg({
        prod: 'order.hub@acme.example',
        uat: 'order.hub@acme.example.uat',
        dev: 'order.hub@acme.example.dev1',
      }),
      justification: {
        reason: 'The returns module still uses key and secret; it moves to the certificate with release 8',
        approvedBy: 'security@acme.example',
        expires: '2027-03-31',
        ticket: 'SEC-1988',
      },
    },
  });
}

const app = new App();
for (const [name, orgId] of Object.entries(ORGS)) {
  // A stack for each org: state and locks of its own, and `cdktf deploy orders-uat` touches one org only.
  const stack = new TerraformStack(app, `orders-${name}`);
  new LocalBackend(stack, { path: `../../../terraform.orders-${name}.tfstate` });
  const org = new SalesforceOrg(stack, name, { orgId });
  backOffice(org);
  orderHub(org);
}

app.synth();
