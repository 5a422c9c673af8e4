import { ALL_KINDS, appControl } from '../define';
import { band } from '../severity';
import { pluginVerdict } from '../themes/plugins';

export const control = appControl({
  id: 'SFCA-ECA-NOTIFICATIONS',
  title: 'Only the notifications that are needed are sent',
  finding: 'Notifications are sent that nobody needs',
  appliesTo: ['external-client-app'],
  kinds: ALL_KINDS,
  recommended: 'Enable the notification types that the app uses, and no others.',
  risk: 'Each notification type sends data of the org to the device.',
  threat: 'Notifications that nobody needs keep sending data to a device that changed hands.',
  cvss: band('medium', 'ours'),
  remedy: {
    code: 'nothing in code yet: this library does not change the plugin',
    setup: 'Setup > External Client App Manager > (app) > Settings > Notifications',
  },
  source: 'Salesforce Help, Security Health Review: Review External Client Apps (no range published)',
  exemptable: true,
  concern: 'plugin',
  reads: [],
  judge: (_, { app }) => pluginVerdict(app, ['ExtlClntAppNotificationSettings']),
});
