import { ALL_KINDS, appControl } from '../define';
import { band } from '../severity';
import { pluginVerdict } from '../themes/plugins';

export const control = appControl({
  id: 'SFCA-ECA-SAML',
  title: 'SAML is signed with SHA-256 and encrypted',
  finding: 'SAML is signed or encrypted with a weak algorithm',
  appliesTo: ['external-client-app'],
  kinds: ALL_KINDS,
  recommended: 'Sign with SHA-256, encrypt assertions, and configure single logout.',
  risk: 'An assertion that can be forged or read is a login for somebody else.',
  threat: 'A forged assertion logs an attacker in as any user of the service.',
  cvss: band('medium', 'ours'),
  remedy: {
    code: 'nothing in code yet: this library does not change the plugin',
    setup: 'Setup > External Client App Manager > (app) > Policies > SAML',
  },
  source: 'Salesforce Help, Security Health Review: Review External Client Apps (no range published)',
  exemptable: true,
  concern: 'plugin',
  reads: [],
  judge: (_, { app }) => pluginVerdict(app, ['ExtlClntAppSamlConfigurablePolicies']),
});
