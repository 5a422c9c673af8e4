import { appControl, BOTH_PLATFORMS, fail, lowers, lowRisk, notApplicable, pass, WITH_USERS } from '../define';
import { known, valueOf } from '../reading';
import { band } from '../severity';

const SHORT_MINUTES = 60;

export const control = appControl({
  id: 'SFCA-APP-SINGLE-LOGOUT',
  title: 'Logging out ends the session in the app too',
  finding: 'Single logout is not configured',
  salesforceControl: 'Single Logout',
  appliesTo: BOTH_PLATFORMS,
  kinds: WITH_USERS,
  recommended: 'Configure single logout for every app that logs users in through this org.',
  risk: 'The user logs out of the org and stays logged in elsewhere.',
  threat: 'The next person at a shared computer goes on in an app that the user believed to be closed.',
  cvss: band('critical', 'salesforce'),
  conditions: [
    lowers('the session ends by itself within an hour', ({ app }) =>
      known(app.fields.sessionTimeoutMinutes, (minutes) => minutes !== undefined && minutes <= SHORT_MINUTES),
    ),
  ],
  contradiction:
    'The article says to configure it where applicable, org by org. This control takes it as applicable to apps with the ' +
    'scope OpenID, which is how a client logs users in; that a short session lowers the risk is our own judgement.',
  remedy: {
    code: "set singleLogoutUrl: 'https://…'",
    setup: {
      'external-client-app':
        'Setup > External Client App Manager > (app) > Policies > OAuth Policies > Single Logout URL',
      'connected-app':
        'Setup > Manage Connected Apps > (app) > Edit Policies > OAuth Policies > Enable Single Logout, and its Single Logout URL',
    },
  },
  source: 'Salesforce Help, Security Health Review: Single Logout; OAuth Access Policies - Enable Single Logout',
  exemptable: true,
  reads: ['scopes', 'singleLogoutUrl', 'sessionTimeoutMinutes'],
  optional: ['sessionTimeoutMinutes'],
  judge: ({ scopes = [], singleLogoutUrl }, { app }) => {
    if (!scopes.includes('OpenID')) return notApplicable('Without the scope OpenID the app logs nobody in.');
    if (singleLogoutUrl !== undefined) return pass('Single logout is configured.');
    const minutes = valueOf(app.fields.sessionTimeoutMinutes);
    return minutes !== undefined && minutes <= SHORT_MINUTES
      ? lowRisk(`Single logout is not configured; sessions end by themselves after ${minutes} minutes.`)
      : fail('Single logout is not configured.');
  },
});
