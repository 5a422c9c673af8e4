import { appControl } from '../define';
import { TWO_RATINGS, WHY_TWO_RATINGS } from '../severity';
import { secretInWebServerFlow } from '../themes/secrets';

export const control = appControl({
  ...secretInWebServerFlow,
  id: 'SFCA-CA-SECRET-WEB-SERVER',
  title: 'The web server flow requires the secret',
  finding: 'The web server flow takes no secret',
  salesforceControl: 'Connected Apps: API (Enable OAuth Settings): Require Secret for Web Server Flow',
  appliesTo: ['connected-app'],
  recommended: 'Require the consumer secret when a server redeems an authorization code.',
  cvss: TWO_RATINGS,
  contradiction: `${secretInWebServerFlow.contradiction ?? ''} ${WHY_TWO_RATINGS}`,
  remedy: {
    code: 'declare the app (platform: Platform.CONNECTED_APP): PrivateClientApp and MachineApp demand the secret',
    setup: 'Setup > App Manager > (app) > Edit > API (Enable OAuth Settings) > Require Secret for Web Server Flow: on',
  },
  source: 'Salesforce Help, Security Health Review: API: Require Secret for Web Server Flow',
  exemptable: true,
});
