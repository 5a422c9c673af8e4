/**
 * The client credentials flow, for a third-party connector that supports nothing else. Anyone who copies its key and
 * secret is the run-as user, so the flow requires a reason, an approver, and an expiry date.
 */
import { App, LocalBackend, TerraformStack } from 'cdktf';
import {
  AccessTokens,
  Duration,
  MachineApp,
  PermittedUsers,
  SalesforceOrg,
  Scope,
  Username,
} from 'cdktf-salesforce-client-apps';

const app = new App();
const stack = new TerraformStack(app, 'connectors');
new LocalBackend(stack, { path: '../../../terraform.connectors.tfstate' });

const prod = new SalesforceOrg(stack, 'prod', { contactEmail: 'integrations@acme.example' });

new MachineApp(prod, 'SurveyConnector', {
  label: 'Survey Connector',
  description: 'Answers of customer surveys, from the connector of the survey tool',
  scopes: [Scope.API],

  // The flow runs as its own user, whatever this list says; no one else gets in.
  permittedUsers: PermittedUsers.preAuthorized({ permissionSets: [] }),
  accessTokens: AccessTokens.opaque(Duration.minutes(15)),

  clientCredentials: {
    // At plan the user must exist, be active and be allowed to use the API.
    runAs: Username.of('survey.connector@acme.example'),
    justification: {
      reason: 'The connector cannot sign a JWT; its vendor has announced that for the second quarter of 2027',
      approvedBy: 'security@acme.example',
      // When this day is over, synth, plan and apply refuse the app until someone approves it anew.
      expires: '2027-06-30',
      ticket: 'SEC-2071',
    },
  },
});

app.synth();
