/**
 * Customers log in on our own pages, without a redirect to Salesforce: the Authorization Code and Credentials Flow
 * of an Experience Cloud site. There are two variants: a server, which is preferred, and a single-page app.
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

// Orgs block the flow for every External Client App until someone allows it. If another team owns this switch,
// write prod.assumes({ codeAndCredentialsFlow: true }) instead: it is then checked at every plan, and never written.
prod.oauthSettings({ allowCodeAndCredentialsFlow: true, blockUsernamePasswordFlow: true });

// Private: the portal's server accepts the password, posts it in the body, and presents its own secret when it redeems
// the code. Password reset and login by email code each need a scope, and site settings that are configured elsewhere.
new PrivateClientApp(prod, 'CustomerPortal', {
  label: 'Customer Portal',
  description: 'Login of customers through my.acme.example',
  callbackUrls: ['https://my.acme.example/login/callback'],
  scopes: [Scope.API, Scope.REFRESH_TOKEN, Scope.FORGOT_PASSWORD, Scope.PASSWORDLESS_LOGIN],
  permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Customer_Portal_Login'] }),
  refreshTokens: RefreshTokenPolicy.expiresIfUnusedFor(Duration.days(7)),
  codeAndCredentials: {},
});

// Public: code in a browser cannot keep a secret, so none is required, and PKCE is always required. Guests can fill a
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
