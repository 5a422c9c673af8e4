import { ALL_KINDS, appControl } from '../define';
import { band } from '../severity';
import { pluginVerdict } from '../themes/plugins';

export const control = appControl({
  id: 'SFCA-ECA-PUSH',
  title: 'Push notifications give nothing away',
  finding: 'Push notifications give content away',
  appliesTo: ['external-client-app'],
  kinds: ALL_KINDS,
  recommended: 'Keep the content of records out of push notifications, and the push keys out of source control.',
  risk: 'Notifications are shown on locked screens and pass through other companies.',
  threat: 'A deal is read from a locked phone on a meeting table.',
  cvss: band('medium', 'ours'),
  remedy: {
    code: 'nothing in code yet: this library does not change the plugin',
    setup: 'Setup > External Client App Manager > (app) > Policies > Push Notifications',
  },
  source: 'Salesforce Help, Security Health Review: Review External Client Apps (no range published)',
  exemptable: true,
  concern: 'plugin',
  reads: [],
  judge: (_, { app }) => pluginVerdict(app, ['ExtlClntAppPushSettings', 'ExtlClntAppPushConfigurablePolicies']),
});
