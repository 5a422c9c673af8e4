/**
 * A server that transfers stock levels every night, with the JWT bearer flow: it signs an assertion with a key that never
 * leaves it, and there is no secret that anyone could copy. This is the way to connect a machine.
 */
import { App, LocalBackend, TerraformStack } from 'cdktf';
import {
  AccessTokens,
  Certificate,
  Duration,
  MachineApp,
  PermittedUsers,
  SalesforceOrg,
  Scope,
} from 'cdktf-salesforce-client-apps';

const app = new App();
const stack = new TerraformStack(app, 'integrations');
new LocalBackend(stack, { path: '../../../terraform.integrations.tfstate' });

const prod = new SalesforceOrg(stack, 'prod', { contactEmail: 'integrations@acme.example' });

new MachineApp(prod, 'WarehouseFeed', {
  label: 'Warehouse Feed',
  description: 'Nightly stock levels from the warehouse system',

  // The scope RefreshToken is added by itself: the flow asks for it, although it never issues one.
  scopes: [Scope.API],

  // Only the integration user holds this permission set. At plan the set must exist and someone must hold it.
  permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Warehouse_Feed_Access'] }),

  // The public half, relative to the directory in which the program runs. A plan warns before it expires.
  certificate: Certificate.fromFile('examples/server-integration/certs/warehouse-feed.crt'),

  accessTokens: AccessTokens.opaque(Duration.minutes(15)),
});

app.synth();
