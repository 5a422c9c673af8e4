/**
 * A partner's users have tokens from the partner's own identity provider. An Apex class in the org validates such a
 * token, and the gateway gets a token of this org for it (RFC 8693). The custom scope shows what the token is for: the
 * order service outside Salesforce reads it.
 */
import { App, LocalBackend, TerraformStack } from 'cdktf';
import {
  OauthCustomScope,
  OauthTokenExchangeHandler,
  PermittedUsers,
  PrivateClientApp,
  SalesforceOrg,
  Scope,
  TokenType,
  Username,
} from 'cdktf-salesforce-client-apps';

const app = new App();
const stack = new TerraformStack(app, 'partners');
new LocalBackend(stack, { path: '../../../terraform.partners.tfstate' });

const prod = new SalesforceOrg(stack, 'prod', { contactEmail: 'partners@acme.example' });

// Written before the app that names it. Removing the declaration leaves the scope in the org.
const orders = new OauthCustomScope(prod, 'orders_read', {
  label: 'Read orders',
  description: 'Reads the orders of the partner',
});

const gateway = new PrivateClientApp(prod, 'PartnerGateway', {
  label: 'Partner Gateway',
  callbackUrls: ['https://gateway.acme.example/oauth/callback'],
  scopes: [Scope.API],
  customScopes: [orders],
  permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Partner_Gateway_Access'] }),
  tokenExchange: {
    enabled: true,
    justification: {
      reason: 'Users of the partner have accounts with its identity provider only',
      approvedBy: 'ciso@acme.example',
      expires: '2027-11-15',
      ticket: 'SEC-1204',
    },
  },
});

// Written after the app that it serves. It accepts only JWTs, and creates no users.
new OauthTokenExchangeHandler(prod, 'PartnerTokens', {
  label: 'Partner tokens',
  description: 'Exchanges JWTs of the partner',
  apexClass: 'PartnerTokenHandler',
  accepts: [TokenType.JWT],
  enabledFor: [{ app: gateway, runAs: Username.perOrg({ prod: 'token-exchange@acme.example' }) }],
});

app.synth();
