import { App, TerraformStack } from 'cdktf';
import { PermittedUsers, PublicClientApp, SalesforceOrg, Scope } from 'cdktf-salesforce-client-apps';

const app = new App();
const prod = new SalesforceOrg(new TerraformStack(app, 'identity'), 'prod', { contactEmail: 'iam@acme.example' });
new PublicClientApp(prod, 'FieldApp', {
  label: 'Field App',
  callbackUrls: ['com.acme.fieldapp://oauth/callback'],
  scopes: [Scope.API, Scope.REFRESH_TOKEN],
  permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Field_App_Access'] }),
});
app.synth();
