import { appControl, fail, lowRisk, pass, WITH_USERS } from '../define';
import { band } from '../severity';
import { connectedConditions } from '../themes/code-and-credentials';

export const control = appControl({
  id: 'SFCA-CA-CODE-CREDENTIALS',
  title: 'The Authorization Code and Credentials Flow requires a secret only of clients that can keep one',
  finding: 'The Authorization Code and Credentials Flow does not fit the client',
  salesforceControl: 'Connected Apps: API (Enable OAuth Settings): Authorization Code and Credentials Flow Settings',
  appliesTo: ['connected-app'],
  kinds: WITH_USERS,
  recommended:
    'Enable the Authorization Code and Credentials Flow; require the secret of private clients in the web server and ' +
    'refresh flows; require no secret of public clients, which use PKCE instead.',
  risk:
    'A secret required of a public client ends up in the program on its devices; a secret not required of a private client ' +
    'lets anyone redeem its codes.',
  threat: 'The secret is read out of a mobile app, or an intercepted code of a server is redeemed without one.',
  cvss: band('critical', 'salesforce'),
  conditions: connectedConditions,
  contradiction:
    'The recommendation of the article says not to require the two secrets; its own explanation makes that depend on the ' +
    'client. This control follows the explanation: private clients present the secret in both flows, public clients in ' +
    'neither and use PKCE. Where the flow, which only headless logins need, is off, it is low risk: SFCA-CA-PKCE and the controls about ' +
    'secrets check the same settings for every other flow.',
  remedy: {
    code: 'declare the app (platform: Platform.CONNECTED_APP): PrivateClientApp requires the secret in both flows, PublicClientApp in neither, and both require PKCE',
    setup:
      'Setup > App Manager > (app) > Edit > API (Enable OAuth Settings) > Enable Authorization Code and Credentials Flow, ' +
      'Require Proof Key for Code Exchange (PKCE): on; Require Secret for Web Server Flow and for Refresh Token Flow: on for a private client, off for a public one',
  },
  source: 'Salesforce Help, Security Health Review: API: Authorization Code and Credentials Flow Settings',
  considerations: {
    risk:
      'It is worst for an integration with high privileges that does not require PKCE, and where the secret is in the ' +
      'code of a client; it is small where servers present their secret and apps on devices use PKCE.',
    business:
      'A client that sends no secret, or no code_challenge, is refused from the moment the setting changes, so its developers ' +
      'must change it first. A secret that was ever shipped has to be replaced.',
    guidance:
      'Decide which kind of client the app is. One that is both a server and an app on devices is better two apps.',
  },
  exemptable: true,
  reads: ['codeAndCredentials', 'pkceRequired', 'secretInWebServerFlow', 'secretInRefreshFlow'],
  judge: ({ codeAndCredentials, pkceRequired, secretInWebServerFlow, secretInRefreshFlow }, { kind }) => {
    if (codeAndCredentials !== true) {
      return lowRisk(
        'The Authorization Code and Credentials Flow, which only headless logins need, is off; SFCA-CA-PKCE checks whether codes ' +
          'are bound to their client.',
      );
    }
    const secrets = [secretInWebServerFlow, secretInRefreshFlow];
    if (kind === 'private') {
      return secrets.includes(false)
        ? fail('The flow is on, but this private client does not have to present its secret in both flows.')
        : pass('The flow is on and requires the secret in both flows.');
    }
    if (secrets.includes(true))
      return fail('The flow is on and requires a secret, which this public client cannot keep.');
    return pkceRequired === true
      ? pass('The flow is on, requires no secret of this public client, and requires PKCE.')
      : fail('The flow is on, requires no secret of this public client, and does not require PKCE either.');
  },
});
