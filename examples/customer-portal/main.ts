/**
 * Customers log in on pages of our own, without a redirect to Salesforce: the Authorization Code and Credentials Flow
 * of an Experience Cloud site. Twice: for a server, which is the variant to prefer, and for a single-page app.
 */
import { App, LocalBackend, TerraformStack } from 'cdktf';
import {
  AccessTokens,
  Duration,
  PermittedUsers,
  PrivateClientApp,
  PublicClientApp,
  RefreshTokenPolicy,
  SalesforceOrg,
  Scope,
} from 'cdktf-salesforce-client-apps';

const app = new App();
const stack = new TerraformStack(app, 'customer-login');
new LocalBackend(stack, { path: '../../../terraform.customer-login.tfstate' });

const prod = new SalesforceOrg(stack, 'prod', { contactEmail: 'digital@acme.example' });

// Orgs block the flow for every External Client App until someone allows it. Where another team owns this switch,
// write prod.assumes({ codeAndCredentialsFlow: true }) instead: it is then checked at every plan, and never written.
prod.oauthSettings({ allowCodeAndCredentialsFlow: true, blockUsernamePasswordFlow: true });

// Private: the server of the portal takes the password, posts it in the body, and shows its own secret when it redeems
// the code. Password reset and login by e-mail code need a scope each, and settings of the site that live elsewhere.
new PrivateClientApp(prod, 'CustomerPortal', {
  label: 'Customer Portal',
  description: 'Login of customers through my.acme.example',
  callbackUrls: ['https://my.acme.example/login/callback'],
  scopes: [Scope.API, Scope.REFRESH_TOKEN, Scope.FORGOT_PASSWORD, Scope.PASSWORDLESS_LOGIN],
  permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Customer_Portal_Login'] }),
  refreshTokens: RefreshTokenPolicy.expiresIfUnusedFor(Duration.days(7)),
  codeAndCredentials: {},
});

// Public: code in a browser keeps no secret, so nothing demands one, and PKCE is always required. Guests may fill a
// basket before they log in; guests get JSON Web Tokens, so this app issues no others.
new PublicClientApp(prod, 'WebShop', {
  label: 'Web Shop',
  description: 'Single-page shop at shop.acme.example, with baskets for guests',
  callbackUrls: ['https://shop.acme.example/callback'],
  scopes: [Scope.API],
  permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Web_Shop_Login'] }),
  accessTokens: AccessTokens.jwt(Duration.minutes(15)),
  codeAndCredentials: { guest: { timeout: Duration.minutes(5) } },
});

app.synth();
