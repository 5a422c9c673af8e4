/**
 * A program on CDK Terrain: a separate project with `cdktn` and without `cdktf`. Apart from the library name in the first
 * import, it is the same as a program on cdktf: the settings file is still `cdktf.json`, and the output is `cdktf.out`.
 * `npx cdktn deploy` needs Node 22.19; `npx client-apps plan` also works with Node 20.9.
 */
import { App, LocalBackend, TerraformOutput, TerraformStack } from 'cdktn';
import { PermittedUsers, PublicClientApp, SalesforceOrg, Scope } from 'cdktf-salesforce-client-apps';

const app = new App();
const stack = new TerraformStack(app, 'identity');
new LocalBackend(stack, { path: '../../../terraform.identity.tfstate' });

const prod = new SalesforceOrg(stack, 'prod', { contactEmail: 'iam@acme.example' });
const fieldApp = new PublicClientApp(prod, 'FieldApp', {
  label: 'Field App',
  callbackUrls: ['com.acme.fieldapp://oauth/callback'],
  scopes: [Scope.API, Scope.REFRESH_TOKEN],
  permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Field_App_Access'] }),
});
new TerraformOutput(stack, 'client_id', { value: fieldApp.consumerKey });

app.synth();
