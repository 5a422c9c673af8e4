import { appControl } from '../define';
import { band } from '../severity';
import { saml } from '../themes/saml';

export const control = appControl({
  ...saml,
  id: 'SFCA-CA-SAML',
  title: 'SAML is signed with SHA-256 and encrypted',
  finding: 'SAML is signed or encrypted with a weak algorithm',
  salesforceControl: 'Connected Apps: Web App Settings: After Enabling SAML, Configure the Required Policies',
  appliesTo: ['connected-app'],
  recommended: 'Sign with SHA-256, encrypt assertions with AES, and keep them short-lived.',
  cvss: band('high', 'salesforce'),
  remedy: {
    code: 'nothing in code: this library does not declare SAML',
    setup: 'Setup > App Manager > (app) > Edit > Web App Settings',
  },
  source:
    'Salesforce Help, Security Health Review: Web App Settings: After enabling SAML, configure the required policies',
  exemptable: true,
});
