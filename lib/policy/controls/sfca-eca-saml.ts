import { appControl } from '../define';
import { band } from '../severity';
import { saml } from '../themes/saml';

export const control = appControl({
  ...saml,
  id: 'SFCA-ECA-SAML',
  title: 'SAML is signed with SHA-256 and encrypted',
  finding: 'SAML is signed or encrypted with a weak algorithm',
  appliesTo: ['external-client-app'],
  recommended: 'Sign with SHA-256, encrypt assertions, and configure single logout.',
  cvss: band('medium', 'ours'),
  remedy: {
    code: 'nothing in code yet: this library does not change the plugin',
    setup: 'Setup > External Client App Manager > (app) > Policies > SAML',
  },
  source: 'Salesforce Help, Security Health Review: Review External Client Apps (no range published)',
  exemptable: true,
});
