import type { AppSubject, RunAsUserFacts } from '../control';
import { ALL_KINDS, fail, lowers, lowRisk, notEvaluated, pass, raises, theme, twins } from '../define';
import { known, unreadReasons, valueOf } from '../reading';
import { band, TWO_RATINGS, WHY_TWO_RATINGS } from '../severity';

/** What was read about the user that the flow runs as; undefined where nothing was. */
export function runAsFacts({ app, facts }: AppSubject): RunAsUserFacts | undefined {
  const user = valueOf(app.fields.runAsUser);
  return user === undefined ? undefined : facts.runAsUsers?.get(user.toLowerCase());
}

/** Whether the run-as user may do more than one job needs; undefined where that was not read. */
export function beyondItsJob(subject: AppSubject): boolean | undefined {
  const facts = runAsFacts(subject);
  if (facts?.administrator === true || (facts?.beyondSharing ?? []).length > 0) return true;
  return facts?.administrator === false && facts.beyondSharing !== undefined ? false : undefined;
}

/** Both of what the articles ask for: strict IP filtering, and a certificate. */
function guardedLogin(subject: AppSubject): boolean | undefined {
  const few = runAsFacts(subject)?.loginIpRanges;
  const certificate = known(subject.app.fields.certificate, (value) => value !== undefined);
  return few === false || certificate === false
    ? false
    : few === undefined || certificate === undefined
      ? undefined
      : true;
}

/** Both halves of the switch. */
const clientCredentials = theme({
  kinds: ALL_KINDS,
  reads: ['clientCredentials', 'clientCredentialsPolicy', 'runAsUser'],
  // One half that is off is an answer, whatever the other one is.
  optional: ['clientCredentials', 'clientCredentialsPolicy', 'runAsUser'],
  risk: 'Key and secret together are a permanent login as the run-as user, with no second factor and no person involved.',
  threat:
    'The secret is found in a configuration file or a build log; from then on someone else reads what the integration reads.',
  contradiction:
    'The articles rate the risk lower where access is strictly limited to IP addresses and certificates are used. Of the ' +
    'settings that exist, only the login IP ranges of the run-as user apply to this flow: the trusted IP ranges of an app ' +
    'apply to the web server flow, and a certificate opens the JWT bearer flow beside this one without replacing the ' +
    'secret here. So the risk is low only with both: few addresses, as read from the org, and a certificate.',
  considerations: {
    risk:
      'Access continues after the password of the run-as user changes and after people who know the secret have left. It is ' +
      'worst where that user is an administrator, and smaller where it can log in from only a few addresses.',
    business: 'Back-end integrations that use the flow stop working as soon as it is turned off: move them first.',
    guidance: 'Give the integration a certificate and have it use the JWT bearer flow, then turn this flow off.',
  },
  conditions: [
    raises('the run-as user is an administrator, or reaches records that were not shared with it', beyondItsJob),
    lowers(
      'the run-as user can log in from only a few IP addresses, and the app has a certificate to sign in with instead',
      guardedLogin,
    ),
  ],
  judge: (values, subject) => {
    const { app } = subject;
    const halves = [values.clientCredentials, values.clientCredentialsPolicy];
    if (halves.includes(false)) {
      const half = values.clientCredentialsPolicy === true ? "the admin's" : "the developer's";
      if (!halves.includes(true)) return pass('The client credentials flow is off.');
      if (app.thirdParty && values.clientCredentialsPolicy === false) {
        return pass('The vendor offers the client credentials flow, and this org does not allow it.');
      }
      return lowRisk(
        `The client credentials flow is off, but ${half} half of its switch is on: one more click turns the flow on.`,
      );
    }
    if (halves.includes(undefined)) {
      const unread = unreadReasons([app.fields.clientCredentials, app.fields.clientCredentialsPolicy]);
      return notEvaluated(unread.join('; '));
    }
    const user = values.runAsUser === undefined ? 'no one yet' : `the user ${values.runAsUser}`;
    if (guardedLogin(subject) === true && beyondItsJob(subject) === false) {
      return lowRisk(
        `The client credentials flow is on and runs as ${user}, who can log in from only a few IP addresses and reaches only what was shared; the certificate makes the flow unnecessary.`,
      );
    }
    if (runAsFacts(subject)?.wideLoginIpRanges === true) {
      return fail(
        `The client credentials flow is on and runs as ${user}, whose login IP ranges contain so many addresses that they restrict nothing.`,
      );
    }
    return fail(`The client credentials flow is on and runs as ${user}.`);
  },
});

export const controls = twins(
  clientCredentials,
  {
    title: 'The client credentials flow is off',
    finding: 'The client credentials flow is on',
    exemptable: true,
  },
  {
    'external-client-app': {
      id: 'SFCA-ECA-CLIENT-CREDENTIALS',
      salesforceControl: 'External Client Apps: OAuth Flow Enablement: Disable Client Credentials Flow',
      recommended: 'Disable the client credentials flow, in the settings and in the policies.',
      cvss: band('high', 'salesforce'),
      remedy: {
        code: 'replace clientCredentials on the MachineApp with certificate: Certificate.fromFile(…); until that is possible, its justification is the exception',
        setup:
          'Setup > External Client App Manager > (app) > Settings > OAuth Settings > Flow Enablement > Enable Client Credentials Flow: off; the same in Setup > External Client App Manager > (app) > Policies > OAuth Policies',
      },
      source: 'Salesforce Help, Security Health Review: OAuth Flow Enablement: Disable Client Credentials Flow',
    },
    'connected-app': {
      id: 'SFCA-CA-CLIENT-CREDENTIALS',
      salesforceControl: 'Connected Apps: API (Enable OAuth Settings): Disable Client Credentials Flow',
      recommended: 'Disable the client credentials flow.',
      cvss: TWO_RATINGS,
      contradiction: `${clientCredentials.contradiction ?? ''} ${WHY_TWO_RATINGS}`,
      remedy: {
        code: 'declare the app (platform: Platform.CONNECTED_APP): MachineApp with certificate: Certificate.fromFile(…)',
        setup: 'Setup > App Manager > (app) > Edit > API (Enable OAuth Settings) > Enable Client Credentials Flow: off',
      },
      source: 'Salesforce Help, Security Health Review: API: Disable Client Credentials Flow',
    },
  },
);
