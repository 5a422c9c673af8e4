import { TerraformStack } from 'cdktf';
import { PermittedUsers, PrivateClientApp, PublicClientApp, SalesforceOrg, Scope } from 'cdktf-salesforce-client-apps';
import type { Construct } from 'constructs';

/** Declares every client app; `main.ts` calls it and synthesizes, tests call it and look. */
export function declareClients(app: Construct) {
  const org = new SalesforceOrg(new TerraformStack(app, 'identity'), 'prod', { contactEmail: 'iam@acme.example' });
  const portal = new PrivateClientApp(org, 'Portal', {
    label: 'Portal',
    callbackUrls: ['https://portal.acme.example/oauth/callback'],
    scopes: [Scope.API, Scope.REFRESH_TOKEN],
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Portal_Users'] }),
  });
  const fieldApp = new PublicClientApp(org, 'FieldApp', {
    label: 'Field App',
    callbackUrls: ['com.acme.fieldapp://oauth/callback'],
    scopes: [Scope.API, Scope.REFRESH_TOKEN],
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Field_App_Access'] }),
  });
  return { org, portal, fieldApp };
}
