import { appControl } from '../define';
import { band } from '../severity';
import { scopes } from '../themes/scopes';

export const control = appControl({
  ...scopes,
  id: 'SFCA-CA-SCOPES',
  title: 'No scope that grants everything',
  finding: 'The app has a scope that grants everything',
  salesforceControl:
    'Connected Apps: API (Enable OAuth Settings): Select the OAuth Scopes to Apply to the Connected App',
  appliesTo: ['connected-app'],
  recommended: 'Grant the scopes the client needs, never Full, and Web only where the client opens pages of the org.',
  cvss: band('high', 'ours'),
  remedy: {
    code: 'declare the app (platform: Platform.CONNECTED_APP): list the scopes that the client uses',
    setup: 'Setup > App Manager > (app) > Edit > API (Enable OAuth Settings) > Selected OAuth Scopes',
  },
  source:
    'Salesforce Help, Security Health Review: API: Select the OAuth Scopes to Apply to the Connected App (range not published there)',
  exemptable: true,
});
