import { appControl } from '../define';
import { band } from '../severity';
import { secretInWebServerFlow } from '../themes/secrets';

export const control = appControl({
  ...secretInWebServerFlow,
  id: 'SFCA-ECA-SECRET-WEB-SERVER',
  title: 'The web server flow requires the secret',
  finding: 'The web server flow takes no secret',
  salesforceControl: 'External Client Apps: Security: Require Secret for Web Server Flow',
  appliesTo: ['external-client-app'],
  recommended: 'Require the consumer secret when a server redeems an authorization code.',
  cvss: band('high', 'salesforce'),
  remedy: {
    code: 'declare the client as what it is: PrivateClientApp and MachineApp demand the secret',
    setup:
      'Setup > External Client App Manager > (app) > Settings > OAuth Settings > Security > Require secret for Web Server Flow: on',
  },
  source: 'Salesforce Help, Security Health Review: Security: Require Secret for Web Server Flow',
  exemptable: true,
});
