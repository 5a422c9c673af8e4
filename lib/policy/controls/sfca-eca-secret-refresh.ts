import { appControl } from '../define';
import { band } from '../severity';
import { secretInRefreshFlow } from '../themes/secrets';

export const control = appControl({
  ...secretInRefreshFlow,
  id: 'SFCA-ECA-SECRET-REFRESH',
  title: 'The refresh token flow requires the secret',
  finding: 'The refresh token flow takes no secret',
  salesforceControl: 'External Client Apps: Security: Require secret for Refresh Token Flow',
  appliesTo: ['external-client-app'],
  recommended: 'Require the consumer secret when a server refreshes a token.',
  cvss: band('high', 'salesforce'),
  remedy: {
    code: 'declare the client as what it is: PrivateClientApp and MachineApp demand the secret',
    setup:
      'Setup > External Client App Manager > (app) > Settings > OAuth Settings > Security > Require secret for Refresh Token Flow: on',
  },
  source: 'Salesforce Help, Security Health Review: Security: Require Secret for Refresh Token Flow',
  exemptable: true,
});
