import { appControl } from '../define';
import { TWO_RATINGS, WHY_TWO_RATINGS } from '../severity';
import { clientCredentials } from '../themes/client-credentials';

export const control = appControl({
  ...clientCredentials,
  id: 'SFCA-CA-CLIENT-CREDENTIALS',
  title: 'The client credentials flow is off',
  finding: 'The client credentials flow is on',
  salesforceControl: 'Connected Apps: API (Enable OAuth Settings): Disable Client Credentials Flow',
  appliesTo: ['connected-app'],
  recommended: 'Disable the client credentials flow.',
  cvss: TWO_RATINGS,
  contradiction: `${clientCredentials.contradiction ?? ''} ${WHY_TWO_RATINGS}`,
  remedy: {
    code: 'declare the app (platform: Platform.CONNECTED_APP): MachineApp with certificate: Certificate.fromFile(…)',
    setup: 'Setup > App Manager > (app) > Edit > API (Enable OAuth Settings) > Enable Client Credentials Flow: off',
  },
  source: 'Salesforce Help, Security Health Review: API: Disable Client Credentials Flow',
  exemptable: true,
});
