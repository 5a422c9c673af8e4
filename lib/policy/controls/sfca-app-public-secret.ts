import { appControl, BOTH_PLATFORMS, fail, keepsSecret, notEvaluated, pass, secretUnsettled } from '../define';
import { unreadReasons } from '../reading';
import { band } from '../severity';

export const control = appControl({
  id: 'SFCA-APP-PUBLIC-SECRET',
  title: 'No secret is required of a public client',
  finding: 'A secret is required of a public client',
  appliesTo: BOTH_PLATFORMS,
  kinds: ['public'],
  recommended: 'Do not require a secret or a private key of a client that runs on devices; require PKCE instead.',
  risk: 'A secret that is shipped to devices is public. Requiring it only ensures that it is shipped.',
  threat: 'The secret is read out of the published app in minutes and used to act as the app.',
  cvss: band('critical', 'ours'),
  contradiction:
    'One article requires the secret for every app; this control resolves that for public clients, as the article on the ' +
    'Authorization Code and Credentials Flow of Connected Apps does.',
  remedy: {
    code: 'declare the client as PublicClientApp; a part that runs on a server belongs in its own app',
    setup: {
      'external-client-app':
        'Setup > External Client App Manager > (app) > Settings > OAuth Settings: switch off both secret requirements and ' +
        'the client credentials flow, require PKCE, and rotate the secret that was shipped',
      'connected-app':
        'Setup > App Manager > (app) > Edit > API (Enable OAuth Settings): switch off both secret requirements and the client credentials flow, require PKCE, and rotate the secret that was shipped',
    },
  },
  source: 'RFC 8252 section 8.5; RFC 6749 section 2.1',
  considerations: {
    risk: 'Everyone who has the app has the secret. It is worst where the client credentials flow accepts it, because it is then enough to log in.',
    business:
      'Clients keep working when the secret is no longer required. A server that shares the app needs its own app first.',
  },
  exemptable: false,
  reads: [
    'secretInWebServerFlow',
    'secretInRefreshFlow',
    'tokenExchange',
    'secretInTokenExchange',
    'clientCredentials',
    'clientCredentialsPolicy',
  ],
  // One demand is enough for a verdict; only an all-clear needs every field.
  optional: [
    'secretInWebServerFlow',
    'secretInRefreshFlow',
    'tokenExchange',
    'secretInTokenExchange',
    'clientCredentials',
    'clientCredentialsPolicy',
  ],
  judge: (values, subject) => {
    const { app } = subject;
    const demands = [
      ...(values.secretInWebServerFlow === true ? ['the web server flow'] : []),
      ...(values.secretInRefreshFlow === true ? ['the refresh token flow'] : []),
      ...(values.tokenExchange === true && values.secretInTokenExchange === true ? ['the token exchange flow'] : []),
      ...(values.clientCredentials === true && values.clientCredentialsPolicy === true
        ? ['the client credentials flow']
        : []),
    ];
    if (demands.length > 0 && keepsSecret(subject) === undefined) return secretUnsettled();
    if (demands.length > 0)
      return fail(`A secret, which this public client cannot keep, is required by ${demands.join(', ')}.`, {
        offenders: demands,
      });
    // A flow of which one half is off demands nothing, whatever the other half is.
    const off = (...halves: readonly (boolean | undefined)[]): boolean => halves.includes(false);
    const { fields } = app;
    const unread = unreadReasons([
      fields.secretInWebServerFlow,
      fields.secretInRefreshFlow,
      ...(off(values.tokenExchange, values.secretInTokenExchange)
        ? []
        : [fields.tokenExchange, fields.secretInTokenExchange]),
      ...(off(values.clientCredentials, values.clientCredentialsPolicy)
        ? []
        : [fields.clientCredentials, fields.clientCredentialsPolicy]),
    ]);
    return unread.length > 0 ? notEvaluated(unread.join('; ')) : pass('No flow requires a secret of this client.');
  },
});
