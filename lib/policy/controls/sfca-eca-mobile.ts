import { ALL_KINDS, appControl } from '../define';
import { band } from '../severity';
import { pluginVerdict } from '../themes/plugins';

export const control = appControl({
  id: 'SFCA-ECA-MOBILE',
  title: 'The mobile app locks its screen',
  finding: 'The mobile app does not lock its screen',
  appliesTo: ['external-client-app'],
  kinds: ALL_KINDS,
  recommended: 'Require a screen lock with a short timeout.',
  risk: 'A device left unlocked shows what its owner may see.',
  threat: 'A phone left in a taxi opens the app for whoever finds it.',
  cvss: band('medium', 'ours'),
  remedy: {
    code: 'nothing in code yet: this library does not change the plugin',
    setup: 'Setup > External Client App Manager > (app) > Policies > Mobile',
  },
  source: 'Salesforce Help, Security Health Review: Review External Client Apps (no range published)',
  exemptable: true,
  concern: 'plugin',
  reads: [],
  judge: (_, { app }) => pluginVerdict(app, ['ExtlClntAppMobileSettings', 'ExtlClntAppMobileConfigurablePolicies']),
});
