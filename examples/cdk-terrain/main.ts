/**
 * A program on CDK Terrain, a project of its own with `cdktn` and no `cdktf`. Beside the name of the library in the first
 * import nothing differs from a program on cdktf: the file of the settings is still `cdktf.json`, the output `cdktf.out`.
 * `npx cdktn deploy` needs Node 22.19; `npx client-apps plan` works with Node 20.9, too.
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
