import { appControl } from '../define';
import { sessionTimeout } from '../themes/session-timeout';

export const control = appControl({
  ...sessionTimeout,
  id: 'SFCA-ECA-SESSION-TIMEOUT',
  title: 'Access tokens live for an hour at most',
  finding: 'Access tokens live longer than an hour',
  appliesTo: ['external-client-app'],
  recommended: 'Let access tokens end after one hour or less.',
  cvss: { from: 4, to: 8.9, by: 'ours' },
  remedy: {
    code: 'remove the option accessTokens: AccessTokens.opaque(Duration.minutes(60)) is the default',
    setup:
      'Setup > External Client App Manager > (app) > Policies > OAuth Policies > App Authorization > Session Timeout: 1 hour',
  },
  source: 'Salesforce Help: Manage OAuth Access Policies; the control is published for Connected Apps only',
  exemptable: true,
});
