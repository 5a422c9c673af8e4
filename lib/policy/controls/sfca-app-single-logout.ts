import { appControl, BOTH_PLATFORMS, fail, lowers, lowRisk, notApplicable, notEvaluated, pass } from '../define';
import { known, valueOf } from '../reading';
import { band } from '../severity';
import { isWebServer, leadsNowhere } from '../themes/callback-urls';

const SHORT_MINUTES = 60;

const isOwnServer = (url: string): boolean => isWebServer(url) && !leadsNowhere(url);

export const control = appControl({
  id: 'SFCA-APP-SINGLE-LOGOUT',
  title: 'Logging out also ends the session in the app',
  finding: 'Single logout is not configured',
  salesforceControl: 'Single Logout',
  appliesTo: BOTH_PLATFORMS,
  kinds: ['private'],
  recommended: 'Configure single logout for every app that logs users in through this org.',
  risk: 'The user logs out of the org and stays logged in elsewhere.',
  threat: 'The next person at a shared computer continues in an app that the user believed to be closed.',
  cvss: band('medium', 'ours'),
  conditions: [
    lowers('the session ends on its own within an hour', ({ app }) =>
      known(app.fields.sessionTimeoutMinutes, (minutes) => minutes !== undefined && minutes <= SHORT_MINUTES),
    ),
  ],
  contradiction:
    'The article says to configure it where applicable, and rates it Critical. It applies where a web server keeps a ' +
    'login session of its own that started in the org: a private client with the scope OpenID and a callback URL on a server. What ' +
    'is left open is a session in one client, on a computer that someone else uses, so the range here is ours.',
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
  considerations: {
    risk: 'It matters on shared computers, and little where sessions end within an hour.',
    business: 'The service has to offer a URL that ends its own session, and accept calls to it.',
  },
  exemptable: true,
  reads: ['scopes', 'singleLogoutUrl', 'sessionTimeoutMinutes', 'callbackUrls'],
  optional: ['sessionTimeoutMinutes', 'callbackUrls'],
  judge: ({ scopes = [], singleLogoutUrl, callbackUrls }, { app }) => {
    if (!scopes.includes('OpenID')) return notApplicable('Without the scope OpenID, the app does not log anyone in.');
    if (singleLogoutUrl !== undefined) return pass('Single logout is configured.');
    if (app.fields.callbackUrls.state === 'unreadable') return notEvaluated(app.fields.callbackUrls.reason);
    if (!(callbackUrls ?? []).some(isOwnServer)) {
      return notApplicable(
        'No callback URL leads to a web server of the app, and only a web server keeps a login session.',
      );
    }
    const minutes = valueOf(app.fields.sessionTimeoutMinutes);
    return minutes !== undefined && minutes <= SHORT_MINUTES
      ? lowRisk(`Single logout is not configured; sessions end automatically after ${minutes} minutes.`)
      : fail('Single logout is not configured.');
  },
});
