import { appControl } from '../define';
import { sessionTimeout } from '../themes/session-timeout';

export const control = appControl({
  ...sessionTimeout,
  id: 'SFCA-CA-SESSION-TIMEOUT',
  title: 'Access tokens live for an hour at most',
  finding: 'Access tokens live longer than an hour',
  salesforceControl: 'Connected Apps: Manage Session Policies for a Connected App: Session Timeout',
  appliesTo: ['connected-app'],
  recommended: 'Select a timeout of one hour.',
  cvss: { from: 4, to: 8.9, by: 'ours' },
  remedy: {
    code: 'declare the app (platform: Platform.CONNECTED_APP): AccessTokens.opaque(Duration.minutes(60)) is the default',
    setup: 'Setup > Manage Connected Apps > (app) > Edit Policies > Session Policies > Timeout Value: 1 hour',
  },
  source: 'Salesforce Help, Security Health Review: Manage Session Policies for a Connected App: Session Timeout',
  exemptable: true,
});
