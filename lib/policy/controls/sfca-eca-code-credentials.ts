import { appControl, fail, lowRisk, notEvaluated, pass, WITH_USERS } from '../define';
import { unreadReasons } from '../reading';
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
  risk: 'An app that logs users in through its own pages falls back on older flows that do not bind a code to a client.',
  threat: 'A code that was intercepted on its way to the app is redeemed by someone else.',
  cvss: band('high', 'salesforce'),
  conditions: externalConditions,
  contradiction:
    'The article requires the flow on every app. The flow takes user names and passwords and is made for headless logins ' +
    'to Experience Cloud sites; most apps have no use for it. The article itself rates the risk lower where PKCE is ' +
    'required, which has its own control. So on passes. Off is a violation where the app is set up for headless logins and the org allows ' +
    'the older username-password flow, and low risk elsewhere; SFCA-ECA-PKCE checks whether codes are bound to their ' +
    'client, and machine clients, which have no users, are not checked.',
  remedy: {
    code: 'add codeAndCredentials: {} if the client logs users in headlessly; otherwise keep PKCE required',
    setup:
      'Setup > External Client App Manager > (app) > Settings > OAuth Settings > Flow Enablement > ' +
      'Enable Authorization Code and Credentials Flow: on',
  },
  source:
    'Salesforce Help, Security Health Review: OAuth Flow Enablement: Enable Authorization Code and Credentials Flow',
  considerations: {
    risk: 'It is worst where strangers can reach the client, such as a public web or mobile app, and small where PKCE is required.',
    business:
      'The developers of the client have to change how it logs users in: it sends user name and password itself and redeems ' +
      'the code it receives. The org has to allow the flow first, and an Experience Cloud site has to offer it.',
    guidance:
      'Available in Professional, Performance, Unlimited and Developer Edition; the admin needs "Create, edit, and delete ' +
      'External Client Apps". Try it in a sandbox, keep PKCE required, and accept passwords only in the POST body.',
  },
  exemptable: true,
  reads: ['codeAndCredentials', 'guestCodeAndCredentials', 'scopes'],
  optional: ['guestCodeAndCredentials', 'scopes'],
  judge: ({ codeAndCredentials, guestCodeAndCredentials, scopes = [] }, { app, org }) => {
    if (codeAndCredentials === true) return pass('The Authorization Code and Credentials Flow is on.');
    const signs = [
      ...scopes.filter((scope) => HEADLESS.includes(scope)).map((scope) => `the scope ${scope}`),
      ...(guestCodeAndCredentials === true ? ["the admin's half of the guest flow"] : []),
    ];
    if (signs.length === 0) {
      const unread = unreadReasons([app.fields.scopes, app.fields.guestCodeAndCredentials]);
      return unread.length > 0 ? notEvaluated(unread.join('; ')) : lowRisk(OFF);
    }
    const meant = `The app is set up for headless logins (${signs.join(', ')}), and the flow for them is off`;
    const blocked = org?.fields.blocksUsernamePasswordFlow;
    if (blocked?.state !== 'value') {
      return notEvaluated(
        `${meant}; it was not read whether the org blocks the username-password flow, the older alternative.`,
      );
    }
    return blocked.value
      ? lowRisk(`${meant}; the org blocks the username-password flow, so nothing weaker takes its place.`)
      : fail(
          `${meant}; the only flow left for user names and passwords is the username-password flow, which the org allows.`,
        );
  },
});

/** Scopes of the headless identity APIs. */
const HEADLESS: readonly string[] = ['ForgotPassword', 'PwdlessLogin', 'UserRegistration'];

const OFF =
  'The Authorization Code and Credentials Flow, which only headless logins need, is off; SFCA-ECA-PKCE checks whether ' +
  'codes are bound to their client.';
