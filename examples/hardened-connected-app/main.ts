/**
 * A Connected App from before Spring '26, hardened in place. It keeps its consumer key, so no client needs a new
 * one; the plan shows what its clients have to change instead, field by field.
 */
import { App, LocalBackend, TerraformStack } from 'cdktf';
import {
  Duration,
  PermittedUsers,
  Platform,
  PrivateClientApp,
  RefreshTokenPolicy,
  SalesforceOrg,
  Scope,
} from 'cdktf-salesforce-client-apps';

const app = new App();
const stack = new TerraformStack(app, 'legacy');
new LocalBackend(stack, { path: '../../../terraform.legacy.tfstate' });

const prod = new SalesforceOrg(stack, 'prod', { contactEmail: 'iam@acme.example' });

new PrivateClientApp(prod, 'Contract_Desk', {
  platform: Platform.CONNECTED_APP,
  // The app was made by hand: without this line the plan refuses to touch it.
  adopt: true,
  label: 'Contract Desk',

  // One of the two addresses it had, and two of its four scopes: Full and Web are gone.
  callbackUrls: ['https://contracts.acme.example/oauth/callback'],
  scopes: [Scope.API, Scope.REFRESH_TOKEN],

  // Until now everyone could approve the app. Whoever does not hold this permission set loses access with the apply.
  permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Contract_Desk_Access'] }),
  refreshTokens: RefreshTokenPolicy.expiresIfUnusedFor(Duration.days(30)),

  // PKCE, the demand for a secret, rotation, enforced IP ranges and short sessions need no line here: they are the
  // defaults. SAML, canvas and mobile parts of the app are left exactly as they are.
});

app.synth();
