import { appControl } from '../define';
import { band } from '../severity';
import { clientCredentials } from '../themes/client-credentials';

export const control = appControl({
  ...clientCredentials,
  id: 'SFCA-ECA-CLIENT-CREDENTIALS',
  title: 'The client credentials flow is off',
  finding: 'The client credentials flow is on',
  salesforceControl: 'External Client Apps: OAuth Flow Enablement: Disable Client Credentials Flow',
  appliesTo: ['external-client-app'],
  recommended: 'Disable the client credentials flow, in the settings and in the policies.',
  cvss: band('high', 'salesforce'),
  remedy: {
    code: 'replace clientCredentials on the MachineApp by certificate: Certificate.fromFile(…); while that is not possible, its justification is the exception',
    setup:
      'Setup > External Client App Manager > (app) > Settings > OAuth Settings > Flow Enablement > Enable Client Credentials Flow: off; the same in Setup > External Client App Manager > (app) > Policies > OAuth Policies',
  },
  source: 'Salesforce Help, Security Health Review: OAuth Flow Enablement: Disable Client Credentials Flow',
  exemptable: true,
});
