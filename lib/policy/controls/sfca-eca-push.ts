import { ALL_KINDS, appControl, fail, notApplicable, notEvaluated, pass } from '../define';
import { band } from '../severity';
import { hasPlugin } from '../themes/plugins';

export const control = appControl({
  id: 'SFCA-ECA-PUSH',
  title: 'Push notifications give nothing away',
  finding: 'Push notifications give content away',
  appliesTo: ['external-client-app'],
  kinds: ALL_KINDS,
  recommended: 'Keep the content of records out of push notifications.',
  risk: 'Notifications are shown on locked screens and pass through other companies.',
  threat: 'A deal is read from a locked phone on a meeting table.',
  cvss: band('medium', 'ours'),
  remedy: {
    code: 'nothing in code yet: this library does not change the plugin',
    setup: 'Setup > External Client App Manager > (app) > Policies > Push Notifications',
  },
  source: 'Salesforce Help, Security Health Review: Review External Client Apps (no range published)',
  considerations: {
    risk: 'It depends on what records hold; the text passes through the push service of Apple or Google.',
    business: 'Users see that something happened, and open the app to see what.',
  },
  exemptable: true,
  concern: 'plugin',
  reads: ['pushShowsContent'],
  judge: ({ pushShowsContent }, { app }) => {
    if (!hasPlugin(app, 'ExtlClntAppPushSettings', 'ExtlClntAppPushConfigurablePolicies')) {
      return notApplicable('The app does not have this plugin.');
    }
    if (pushShowsContent === undefined) return notEvaluated('The policies of push notifications were not read.');
    return pushShowsContent
      ? fail('Push notifications carry the content of records.')
      : pass('Push notifications carry no content of records.');
  },
});
