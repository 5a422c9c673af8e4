import { ALL_KINDS, appControl, lowRisk, notApplicable, notEvaluated, pass } from '../define';
import { band } from '../severity';

export const control = appControl({
  id: 'SFCA-CA-OAUTH-SETTINGS',
  title: 'The app uses OAuth',
  finding: 'Nothing uses the app',
  salesforceControl: 'Connected Apps: API (Enable OAuth Settings): Enable OAuth Settings',
  appliesTo: ['connected-app'],
  kinds: ALL_KINDS,
  recommended: 'Enable OAuth settings so that the app works with tokens and scopes.',
  risk: 'An app without tokens needs passwords or sessions of users instead.',
  threat: "An integration keeps a user's password, which opens everything and is never changed.",
  cvss: band('critical', 'salesforce'),
  remedy: {
    code: 'delete the app, or declare it (platform: Platform.CONNECTED_APP) once OAuth is enabled for it in Setup',
    setup:
      'Setup > App Manager > (app) > Edit > Delete; where a client needs it: API (Enable OAuth Settings) on the same page',
  },
  source: 'Salesforce Help, Security Health Review: API: Enable OAuth Settings',
  considerations: {
    risk: 'An app that nothing uses is a small risk, but still one more entry that someone could turn on.',
    business: 'Deleting the app removes its tile from the App Launcher; nothing else can depend on it.',
  },
  exemptable: true,
  concern: 'app',
  contradiction:
    'The article requires OAuth in every app. An entry of the App Launcher, a SAML login or a canvas has no client that could ' +
    'use a token, and turning OAuth on for it would open a door, so those are not checked.',
  reads: ['callbackUrls', 'saml', 'startUrl'],
  optional: ['callbackUrls', 'saml', 'startUrl'],
  judge: ({ saml, startUrl }, { app }) => {
    if (app.oauth === 'unreadable') return notEvaluated('The file of the app could not be read.');
    if (app.oauth === 'present') return pass('OAuth settings are enabled.');
    if (saml !== undefined) return notApplicable('The app serves SAML logins only, which need no OAuth.');
    return startUrl !== undefined || app.plugins.length > 0
      ? notApplicable('The app opens a page; no client gets tokens through it, so it needs no OAuth.')
      : lowRisk('The app has neither OAuth nor SAML settings nor a start page: nothing uses it. Delete it.');
  },
});
