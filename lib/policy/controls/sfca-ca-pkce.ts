import { appControl } from '../define';
import { TWO_RATINGS, WHY_TWO_RATINGS } from '../severity';
import { pkce } from '../themes/pkce';

export const control = appControl({
  ...pkce,
  id: 'SFCA-CA-PKCE',
  title: 'PKCE is required',
  finding: 'PKCE is not required',
  salesforceControl: 'Connected Apps: API (Enable OAuth Settings): Require Proof Key for Code Exchange (PKCE)',
  appliesTo: ['connected-app'],
  recommended: 'Require Proof Key for Code Exchange for every flow that supports it. Connected Apps do not by default.',
  cvss: TWO_RATINGS,
  contradiction: WHY_TWO_RATINGS,
  remedy: {
    code: 'declare the app (platform: Platform.CONNECTED_APP): every kind of client requires PKCE',
    setup:
      'Setup > App Manager > (app) > Edit > API (Enable OAuth Settings) > Require Proof Key for Code Exchange (PKCE): on',
  },
  source: 'Salesforce Help, Security Health Review: API: Require Proof Key for Code Exchange (PKCE)',
  exemptable: true,
});
