import { appControl, BOTH_PLATFORMS, fail, notApplicable, pass, WITH_USERS } from '../define';
import { band } from '../severity';

export const control = appControl({
  id: 'SFCA-APP-CODE-CREDENTIALS-POST-BODY',
  title: 'Passwords are sent only in the POST body',
  finding: 'Passwords are accepted outside the POST body',
  appliesTo: BOTH_PLATFORMS,
  kinds: WITH_USERS,
  recommended: 'Require user credentials in the POST body wherever the Authorization Code and Credentials Flow is on.',
  risk: 'Passwords in query strings and headers are written to access logs.',
  threat: 'The log of a proxy is read by someone who is allowed to see logs but not passwords.',
  cvss: band('high', 'ours'),
  remedy: {
    code: 'remove codeAndCredentials.postBodyOnly: the POST body is the default',
    setup: {
      'external-client-app':
        'Setup > External Client App Manager > (app) > Settings > OAuth Settings > Flow Enablement > ' +
        'Require user credentials in the POST body for Authorization Code and Credentials Flow: on',
      'connected-app':
        'Setup > App Manager > (app) > Edit > API (Enable OAuth Settings) > Require user credentials in the POST body for Authorization Code and Credentials Flow: on',
    },
  },
  source: 'Salesforce Help: Configure a Code and Credentials Flow',
  considerations: {
    risk: 'It is worst where a proxy or a load balancer logs query strings, which is the usual configuration.',
    business:
      'Clients that send user names and passwords in the query or in a header are refused until they send them in the body.',
  },
  exemptable: true,
  reads: ['codeAndCredentials', 'codeAndCredentialsPostOnly'],
  judge: ({ codeAndCredentials, codeAndCredentialsPostOnly }) => {
    if (codeAndCredentials !== true) return notApplicable('The app does not use the flow.');
    return codeAndCredentialsPostOnly === true
      ? pass('User credentials are accepted only in the POST body.')
      : fail('User credentials are also accepted in query strings and headers.');
  },
});
