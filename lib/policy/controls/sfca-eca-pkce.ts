import { appControl } from '../define';
import { band } from '../severity';
import { pkce } from '../themes/pkce';

export const control = appControl({
  ...pkce,
  id: 'SFCA-ECA-PKCE',
  title: 'PKCE is required',
  finding: 'PKCE is not required',
  salesforceControl: 'External Client Apps: Security: Require Proof Key for Code Exchange (PKCE)',
  appliesTo: ['external-client-app'],
  recommended: 'Require Proof Key for Code Exchange for every flow that supports it.',
  cvss: band('high', 'salesforce'),
  remedy: {
    code: 'remove the option pkce: every kind of client requires PKCE unless a private one is excused',
    setup:
      'Setup > External Client App Manager > (app) > Settings > OAuth Settings > Security > Require Proof Key for Code Exchange (PKCE): on',
  },
  source: 'Salesforce Help, Security Health Review: Security: Require Proof Key for Code Exchange (PKCE)',
  exemptable: true,
});
