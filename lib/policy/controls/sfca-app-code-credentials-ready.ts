import { appControl, BOTH_PLATFORMS, fail, notApplicable, notEvaluated, pass, WITH_USERS } from '../define';
import { band } from '../severity';

export const control = appControl({
  id: 'SFCA-APP-CODE-CREDENTIALS-READY',
  title: 'The Authorization Code and Credentials Flow has what it needs',
  finding: 'The Authorization Code and Credentials Flow lacks what it needs',
  appliesTo: BOTH_PLATFORMS,
  kinds: WITH_USERS,
  recommended:
    'Where an app uses the flow: the org allows it, the app has a callback URL and scopes, and guests get JWT-based tokens.',
  risk: 'The app says one thing and the org does another; a half-finished configuration is completed in haste, by hand.',
  threat: 'Logins fail after the release, and someone opens an older flow to restore them.',
  cvss: band('medium', 'ours'),
  remedy: {
    code: 'declare oauthSettings({ allowCodeAndCredentialsFlow: true }) on the org, or assumes({ codeAndCredentialsFlow: true })',
    setup: 'Setup > OAuth and OpenID Connect Settings > Allow Authorization Code and Credentials Flows: on',
  },
  source: 'Salesforce Help: Configure a Code and Credentials Flow; Headless Identity APIs',
  considerations: {
    risk: 'It exposes nothing; it shows up as failed logins.',
    business: 'Nothing that works stops: add what is missing, or turn the flow off.',
  },
  exemptable: true,
  reads: ['codeAndCredentials', 'callbackUrls', 'scopes', 'guestCodeAndCredentials', 'jwtAccessTokens'],
  optional: ['guestCodeAndCredentials', 'jwtAccessTokens'],
  judge: (values, { app, org }) => {
    if (values.codeAndCredentials !== true) return notApplicable('The app does not use the flow.');
    const missing = [
      ...(values.callbackUrls === undefined ? ['the app has no callback URL'] : []),
      ...(values.scopes === undefined ? ['the app has no scope'] : []),
      ...(values.guestCodeAndCredentials === true &&
      values.jwtAccessTokens !== true &&
      app.fields.jwtAccessTokens.state !== 'unreadable'
        ? ['guests need JWT-based access tokens, and the app issues opaque ones']
        : []),
    ];
    const allowed = org?.fields.codeAndCredentialsAllowed;
    if (allowed?.state === 'value' && !allowed.value) missing.push('the org blocks the flow for every app');
    if (missing.length > 0) return fail(`The flow is on, but ${missing.join('; ')}.`, { offenders: missing });
    const { guestCodeAndCredentials: guests, jwtAccessTokens } = app.fields;
    if (guests.state === 'unreadable') return notEvaluated(guests.reason);
    if (values.guestCodeAndCredentials === true && jwtAccessTokens.state === 'unreadable') {
      return notEvaluated(jwtAccessTokens.reason);
    }
    if (allowed?.state === 'value') return pass('The app and the org have what the flow needs.');
    return notEvaluated(
      allowed?.state === 'unreadable' ? allowed.reason : 'It was not read whether the org allows the flow.',
    );
  },
});
