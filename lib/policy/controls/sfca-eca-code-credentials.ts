import { appControl, lowRisk, pass, WITH_USERS } from '../define';
import { band } from '../severity';
import { externalConditions } from '../themes/code-and-credentials';

export const control = appControl({
  id: 'SFCA-ECA-CODE-CREDENTIALS',
  title: 'Headless logins use the Authorization Code and Credentials Flow',
  finding: 'The Authorization Code and Credentials Flow is off',
  salesforceControl: 'External Client Apps: OAuth Flow Enablement Enable Authorization Code and Credentials Flow',
  appliesTo: ['external-client-app'],
  kinds: WITH_USERS,
  recommended: 'Enable the Authorization Code and Credentials Flow.',
  risk: 'An app that logs users in through pages of its own falls back on older flows that bind a code to no client.',
  threat: 'A code that was intercepted on its way to the app is redeemed by somebody else.',
  cvss: band('high', 'salesforce'),
  conditions: externalConditions,
  contradiction:
    'The article asks for the flow on every app. The flow takes user names and passwords and is made for headless logins ' +
    'to Experience Cloud sites; most apps have no use for it. The article itself calls the risk lower where PKCE is ' +
    'required, and that has a control of its own. So: on passes, off is low risk, SFCA-ECA-PKCE judges whether codes are ' +
    'bound to their client, and machines, which have no users, are not judged.',
  remedy: {
    code: 'add codeAndCredentials: {} if the client logs users in headlessly; otherwise keep PKCE required',
    setup:
      'Setup > External Client App Manager > (app) > Settings > OAuth Settings > Flow Enablement > ' +
      'Enable Authorization Code and Credentials Flow: on',
  },
  source:
    'Salesforce Help, Security Health Review: OAuth Flow Enablement: Enable Authorization Code and Credentials Flow',
  considerations: {
    risk: 'It is worst where strangers reach the client, such as a public web or mobile app, and small where PKCE is required.',
    business:
      'The developers of the client have to change how it logs users in: it sends user name and password itself and redeems ' +
      'the code it receives. The org has to allow the flow first, and an Experience Cloud site has to offer it.',
    guidance:
      'Available in Professional, Performance, Unlimited and Developer Edition; the admin needs "Create, edit, and delete ' +
      'External Client Apps". Try it in a sandbox, keep PKCE required, and take passwords in the POST body only.',
  },
  exemptable: true,
  reads: ['codeAndCredentials'],
  judge: ({ codeAndCredentials }) =>
    codeAndCredentials === true
      ? pass('The Authorization Code and Credentials Flow is on.')
      : lowRisk(
          'The Authorization Code and Credentials Flow is off, which only headless logins need; SFCA-ECA-PKCE judges whether ' +
            'codes are bound to their client.',
        ),
});
