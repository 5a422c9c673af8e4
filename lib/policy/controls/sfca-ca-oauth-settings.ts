import { ALL_KINDS, appControl, fail, notApplicable, notEvaluated, pass } from '../define';
import { band } from '../severity';

export const control = appControl({
  id: 'SFCA-CA-OAUTH-SETTINGS',
  title: 'The app uses OAuth',
  finding: 'The app does not use OAuth',
  salesforceControl: 'Connected Apps: API (Enable OAuth Settings): Enable OAuth Settings',
  appliesTo: ['connected-app'],
  kinds: ALL_KINDS,
  recommended: 'Enable OAuth settings, so that the app works with tokens and scopes.',
  risk: 'An app without tokens needs passwords or sessions of users instead.',
  threat: "An integration keeps a user's password, which opens everything and is never changed.",
  cvss: band('critical', 'salesforce'),
  remedy: {
    code: 'declare the app (platform: Platform.CONNECTED_APP), once OAuth is enabled for it in Setup',
    setup: 'Setup > App Manager > (app) > Edit > API (Enable OAuth Settings)',
  },
  source: 'Salesforce Help, Security Health Review: API: Enable OAuth Settings',
  exemptable: true,
  concern: 'app',
  reads: ['callbackUrls', 'saml'],
  optional: ['callbackUrls', 'saml'],
  judge: ({ saml }, { app }) => {
    if (app.oauth === 'unreadable') return notEvaluated('The file of the app could not be read.');
    if (app.oauth === 'present') return pass('OAuth settings are enabled.');
    return saml === undefined
      ? fail('The app has neither OAuth nor SAML settings.')
      : notApplicable('The app serves SAML logins only, which need no OAuth.');
  },
});
