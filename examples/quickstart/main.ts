/** A web server, a phone app and a nightly job, with the settings of their org. `npm run demo` walks through the main workflow. */
import { App, LocalBackend, TerraformStack } from 'cdktf';
import {
  AccessTokens,
  Certificate,
  Duration,
  MachineApp,
  PermittedUsers,
  PrivateClientApp,
  PublicClientApp,
  RefreshTokenPolicy,
  SalesforceOrg,
  Scope,
  Username,
} from 'cdktf-salesforce-client-apps';

const app = new App();
const stack = new TerraformStack(app, 'identity');
// Relative to cdktf.out/stacks/identity: the state is next to cdktf.out, which can be deleted at any time.
new LocalBackend(stack, { path: '../../../terraform.identity.tfstate' });

const prod = new SalesforceOrg(stack, 'prod', { contactEmail: 'iam@acme.example' });

prod.oauthSettings({
  allowCodeAndCredentialsFlow: true,
  requirePkce: true,
  blockUsernamePasswordFlow: true,
  blockUserAgentFlow: true,
});

// A server that can keep a secret and logs in partners through its own pages.
new PrivateClientApp(prod, 'PartnerPortal', {
  label: 'Partner Portal',
  description: 'Login of partners through portal.acme.example',
  callbackUrls: ['https://portal.acme.example/oauth/callback'],
  scopes: [Scope.API, Scope.REFRESH_TOKEN],
  permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Partner_Portal_Access'] }),
  codeAndCredentials: {},
});

// An app on someone's phone: it needs no secret, and PKCE is always required.
new PublicClientApp(prod, 'FieldApp', {
  label: 'Field App',
  description: 'Mobile app of the field service',
  callbackUrls: ['com.acme.fieldapp://oauth/callback'],
  scopes: [Scope.API, Scope.REFRESH_TOKEN],
  permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Field_App_Access'] }),
  refreshTokens: RefreshTokenPolicy.expiresIfUnusedFor(Duration.days(14)),
});

// A machine: the certificate is the preferred login method. The client credentials flow stays on until the old scheduler
// is gone, which someone has approved until a date.
new MachineApp(prod, 'BillingSync', {
  label: 'Billing Sync',
  description: 'Nightly transfer of invoices',
  scopes: [Scope.API],
  permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Billing_Sync_Access'] }),
  accessTokens: AccessTokens.opaque(Duration.minutes(30)),
  // Relative to the directory in which the program runs.
  certificate: Certificate.fromFile('examples/quickstart/certs/billing-sync.crt'),
  clientCredentials: {
    runAs: Username.of('billing.sync@acme.example'),
    justification: {
      reason: 'The old scheduler cannot sign a JWT; it is replaced in the third quarter of 2027',
      approvedBy: 'security@acme.example',
      // A fixed date, so that every synth gives the same bytes. A justification lasts at most a year: when this one has
      // expired, synth says so, and the date has to be approved anew.
      expires: '2027-11-15',
      ticket: 'SEC-1412',
    },
  },
});

app.synth();
