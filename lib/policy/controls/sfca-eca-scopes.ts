import { appControl } from '../define';
import { band } from '../severity';
import { scopes } from '../themes/scopes';

export const control = appControl({
  ...scopes,
  id: 'SFCA-ECA-SCOPES',
  title: 'No scope that grants everything',
  finding: 'The app has a scope that grants everything',
  salesforceControl:
    'External Client Apps: Configure the External Client App OAuth Settings: OAuth Scope Least Privilege',
  appliesTo: ['external-client-app'],
  recommended: 'Grant the scopes the client needs, never Full, and Web only where the client opens pages of the org.',
  cvss: band('critical', 'salesforce'),
  remedy: {
    code: 'replace Scope.FULL by the scopes that the client uses',
    setup: 'Setup > External Client App Manager > (app) > Settings > OAuth Settings > OAuth Scopes',
  },
  source:
    'Salesforce Help, Security Health Review: Configure the External Client App OAuth Settings: OAuth Scope Least Privilege',
  exemptable: true,
});
