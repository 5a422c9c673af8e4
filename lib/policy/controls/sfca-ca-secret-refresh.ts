import { appControl } from '../define';
import { TWO_RATINGS, WHY_TWO_RATINGS } from '../severity';
import { secretInRefreshFlow } from '../themes/secrets';

export const control = appControl({
  ...secretInRefreshFlow,
  id: 'SFCA-CA-SECRET-REFRESH',
  title: 'The refresh token flow requires the secret',
  finding: 'The refresh token flow takes no secret',
  salesforceControl: 'Connected App: API (Enable OAuth Settings): Require Secret for Refresh Token Flow',
  appliesTo: ['connected-app'],
  recommended: 'Require the consumer secret when a server refreshes a token.',
  cvss: TWO_RATINGS,
  contradiction: `${secretInRefreshFlow.contradiction ?? ''} ${WHY_TWO_RATINGS}`,
  remedy: {
    code: 'declare the app (platform: Platform.CONNECTED_APP): PrivateClientApp and MachineApp demand the secret',
    setup:
      'Setup > App Manager > (app) > Edit > API (Enable OAuth Settings) > Require Secret for Refresh Token Flow: on',
  },
  source: 'Salesforce Help, Security Health Review: API: Require Secret for Refresh Token Flow',
  exemptable: true,
});
