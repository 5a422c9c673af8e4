/**
 * A mobile app for field service: the web server flow with PKCE in the phone's browser. An app on a device is
 * a public client, so there is no secret to declare, and no way to switch off PKCE.
 */
import { App, LocalBackend, TerraformStack } from 'cdktf';
import {
  AccessTokens,
  Duration,
  PermittedUsers,
  PublicClientApp,
  RefreshTokenPolicy,
  SalesforceOrg,
  Scope,
  SessionLevel,
} from 'cdktf-salesforce-client-apps';

const app = new App();
const stack = new TerraformStack(app, 'mobile');
new LocalBackend(stack, { path: '../../../terraform.mobile.tfstate' });

const prod = new SalesforceOrg(stack, 'prod', { contactEmail: 'mobile@acme.example' });

new PublicClientApp(prod, 'FieldService', {
  label: 'Field Service',
  description: 'Work orders on the phones of technicians',

  // A scheme that contains a domain of ours: whoever registers it on a phone cannot claim it was chosen by chance.
  callbackUrls: ['com.acme.fieldservice://oauth/callback'],
  scopes: [Scope.API, Scope.REFRESH_TOKEN, Scope.OPENID],
  permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Field_Technician'] }),

  // A phone that stays in a drawer for two weeks has to log in again.
  refreshTokens: RefreshTokenPolicy.expiresIfUnusedFor(Duration.days(14)),
  accessTokens: AccessTokens.opaque(Duration.minutes(15)),

  // Two factors at login: the technician has the phone in hand.
  requiredSessionLevel: SessionLevel.HIGH_ASSURANCE,

  idToken: { validity: Duration.minutes(2), audiences: 'com.acme.fieldservice', includeStandardClaims: true },
  singleLogoutUrl: 'https://field.acme.example/logged-out',
});

app.synth();
