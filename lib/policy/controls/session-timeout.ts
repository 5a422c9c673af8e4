import type { AppSubject } from '../control';
import { ALL_KINDS, fail, lowers, lowRisk, notEvaluated, pass, raises, theme, twins } from '../define';
import { known, valueOf } from '../reading';

/** What the published control asks for. */
const RECOMMENDED_MINUTES = 60;

/** The circumstances that the published control names: a second factor, and a network that the session cannot leave. */
function guarded({ app }: AppSubject): boolean | undefined {
  const level = known(app.fields.requiredSessionLevel, (value) => value === 'HIGH_ASSURANCE');
  const network = known(app.fields.ipRelaxation, (value) => value === undefined || value === 'Enforce');
  return level === false || network === false ? false : level === undefined || network === undefined ? undefined : true;
}

/** A working day: a token that outlives it is there when no one looks. */
const LONG_MINUTES = 480;

/** Minutes until an access token ends: the app's, or the org's where it states none; undefined where neither was read. */
const minutesOf = ({ app, facts }: AppSubject): number | undefined =>
  valueOf(app.fields.jwtAccessTokens) === true
    ? valueOf(app.fields.jwtTimeoutMinutes)
    : (valueOf(app.fields.sessionTimeoutMinutes) ?? facts.orgSessionTimeoutMinutes);

/** How long an access token lives. */
const sessionTimeout = theme({
  kinds: ALL_KINDS,
  reads: ['sessionTimeoutMinutes', 'jwtAccessTokens', 'jwtTimeoutMinutes', 'jwtTimeoutType'],
  optional: ['jwtAccessTokens', 'jwtTimeoutMinutes', 'jwtTimeoutType'],
  contradiction:
    'The article rates the Connected App control Critical, whatever the timeout. A timeout of two hours is what Salesforce ' +
    'gives every org, and a token that expires with the session is not as bad as one that never does, so the range here is ours. ' +
    'If an app sets no timeout, the timeout of the org counts; if that was not read either, the control is not evaluated.',
  risk: 'An access token works for as long as its session lives, wherever it has ended up by then.',
  threat: 'A tablet is left behind, or a token is copied from a log, and is still good hours later.',
  conditions: [
    raises('the client is public, so its tokens live on unmanaged devices', ({ kind }) => kind === 'public'),
    raises('tokens live for more than eight hours', (subject) => {
      const minutes = minutesOf(subject);
      return minutes === undefined ? undefined : minutes > LONG_MINUTES;
    }),
    lowers('a second factor is required and the login IP ranges apply', guarded),
  ],
  considerations: {
    risk: 'It is worst on devices that others use, and where tokens live longer than a working day.',
    business:
      'Clients refresh more often; those without a refresh token have to log in again, so their users notice the change.',
  },
  judge: (values, subject) => {
    const { jwtAccessTokens } = subject.app.fields;
    if (jwtAccessTokens.state === 'unreadable') return notEvaluated(jwtAccessTokens.reason);
    if (values.jwtAccessTokens === true) return jwt(subject);
    const minutes = values.sessionTimeoutMinutes;
    if (minutes !== undefined && minutes < 1) {
      return notEvaluated(`The app sets a session timeout of ${minutes} minutes, which Salesforce does not offer.`);
    }
    if (minutes !== undefined && minutes <= RECOMMENDED_MINUTES) {
      return pass(`Access tokens expire after ${minutes} idle minutes.`);
    }
    const org = subject.facts.orgSessionTimeoutMinutes;
    if (minutes === undefined && org !== undefined && org <= RECOMMENDED_MINUTES) {
      return lowRisk(
        `The app sets no session timeout; the org's ${org} minutes apply unless a profile says otherwise.`,
      );
    }
    if (minutes === undefined && org === undefined) {
      return notEvaluated(
        'The app sets no session timeout, so that of the profile or the org applies, and neither was read.',
      );
    }
    const sentence =
      minutes === undefined
        ? `The app sets no session timeout, and the org's is ${org} minutes unless a profile says otherwise.`
        : `Access tokens expire after ${minutes} idle minutes, later than ${RECOMMENDED_MINUTES}.`;
    return guarded(subject) === true
      ? lowRisk(`${sentence} A second factor is required and IP ranges apply.`)
      : fail(sentence);
  },
});

function jwt({ app }: AppSubject) {
  const { jwtTimeoutMinutes, jwtTimeoutType } = app.fields;
  if (jwtTimeoutMinutes.state === 'unreadable') return notEvaluated(jwtTimeoutMinutes.reason);
  const minutes = valueOf(jwtTimeoutMinutes);
  if (minutes === undefined || valueOf(jwtTimeoutType) === 'UserSession') {
    return fail("JWT-based access tokens have no lifetime of their own; they last as long as the user's session.");
  }
  return minutes <= RECOMMENDED_MINUTES
    ? pass(`JWT-based access tokens live for ${minutes} minutes.`)
    : fail(`JWT-based access tokens live for ${minutes} minutes, longer than ${RECOMMENDED_MINUTES}.`);
}

export const controls = twins(
  sessionTimeout,
  {
    title: 'Access tokens live for an hour at most',
    finding: 'Access tokens live longer than an hour',
    cvss: { from: 4, to: 8.9, by: 'ours' },
    exemptable: true,
  },
  {
    'external-client-app': {
      id: 'SFCA-ECA-SESSION-TIMEOUT',
      recommended: 'Let access tokens expire after one hour or less.',
      remedy: {
        code: 'remove the option accessTokens: AccessTokens.opaque(Duration.minutes(60)) is the default',
        setup:
          'Setup > External Client App Manager > (app) > Policies > OAuth Policies > App Authorization > Session Timeout: 1 hour',
      },
      source: 'Salesforce Help: Manage OAuth Access Policies; the control is published for Connected Apps only',
    },
    'connected-app': {
      id: 'SFCA-CA-SESSION-TIMEOUT',
      salesforceControl: 'Connected Apps: Manage Session Policies for a Connected App: Session Timeout',
      recommended: 'Select a timeout of one hour.',
      remedy: {
        code: 'declare the app (platform: Platform.CONNECTED_APP): AccessTokens.opaque(Duration.minutes(60)) is the default',
        setup: 'Setup > Manage Connected Apps > (app) > Edit Policies > Session Policies > Timeout Value: 1 hour',
      },
      source: 'Salesforce Help, Security Health Review: Manage Session Policies for a Connected App: Session Timeout',
    },
  },
);
