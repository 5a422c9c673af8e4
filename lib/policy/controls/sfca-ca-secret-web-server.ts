import { appControl } from '../define';
import { band } from '../severity';
import { secretInWebServerFlow } from '../themes/secrets';

export const control = appControl({
  ...secretInWebServerFlow,
  id: 'SFCA-CA-SECRET-WEB-SERVER',
  title: 'The web server flow takes the secret',
  finding: 'The web server flow takes no secret',
  salesforceControl: 'Connected Apps: API (Enable OAuth Settings): Require Secret for Web Server Flow',
  appliesTo: ['connected-app'],
  recommended: 'Require the consumer secret when a server redeems an authorization code.',
  cvss: band('critical', 'salesforce'),
  remedy: {
    code: 'declare the app (platform: Platform.CONNECTED_APP): PrivateClientApp and MachineApp demand the secret',
    setup: 'Setup > App Manager > (app) > Edit > API (Enable OAuth Settings) > Require Secret for Web Server Flow: on',
  },
  source: 'Salesforce Help, Security Health Review: API: Require Secret for Web Server Flow',
  exemptable: true,
});
