/**
 * For teams whose policy allows only vetted Terraform providers: the engine `null` needs only hashicorp/null. The
 * plan shows every field as a trigger, and one local-exec applies all apps of the org in one deploy.
 *
 * A pipeline runs, in this order:
 *
 *     node main.js                                           # or npx cdktf synth
 *     npx client-apps drift                                  # reads the org; the next plan warns about what it finds
 *     terraform -chdir=cdktf.out/stacks/identity init
 *     terraform -chdir=cdktf.out/stacks/identity plan -out=plan.bin
 *     terraform -chdir=cdktf.out/stacks/identity apply plan.bin
 *
 * and keeps `.client-apps/receipts` from one run to the next, so that an apply knows what the last plan showed.
 */
import { App, LocalBackend, TerraformStack } from 'cdktf';
import {
  Engine,
  PermittedUsers,
  PrivateClientApp,
  PublicClientApp,
  SalesforceOrg,
  Scope,
} from 'cdktf-salesforce-client-apps';

const app = new App();
const stack = new TerraformStack(app, 'identity');
new LocalBackend(stack, { path: '../../../terraform.identity.tfstate' });

const prod = new SalesforceOrg(stack, 'prod', { contactEmail: 'iam@acme.example', engine: Engine.NULL });

new PrivateClientApp(prod, 'DealerPortal', {
  label: 'Dealer Portal',
  callbackUrls: ['https://dealers.acme.example/oauth/callback'],
  scopes: [Scope.API, Scope.REFRESH_TOKEN],
  permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Dealer_Portal_Access'] }),
});

new PublicClientApp(prod, 'Scanner', {
  label: 'Warehouse Scanner',
  callbackUrls: ['com.acme.scanner://oauth/callback'],
  scopes: [Scope.API, Scope.REFRESH_TOKEN],
  permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Warehouse_Scanner_Access'] }),
});

// An app removed from the code stays in the org. To delete it, name it: Terraform 1.9 runs this when the resource of
// the app is removed, after the apply of the others, and it deletes only what this program manages.
stack.addOverride('removed', [
  {
    from: 'null_resource.prod_OldPortal',
    lifecycle: { destroy: true },
    provisioner: [
      {
        'local-exec': {
          when: 'destroy',
          command:
            'npx --no-install client-apps apply --manifest client-apps/prod/manifest.json --from-terraform ' +
            '--allow-delete ${self.triggers.api_name}',
        },
      },
    ],
  },
]);

app.synth();
