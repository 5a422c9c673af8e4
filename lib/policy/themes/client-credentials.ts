import type { AppSubject, RunAsUserFacts } from '../control';
import { ALL_KINDS, fail, lowers, lowRisk, notEvaluated, pass, raises, theme } from '../define';
import { valueOf } from '../reading';

/** What was read about the user that the flow runs as; undefined where nothing was. */
export function runAsFacts({ app, facts }: AppSubject): RunAsUserFacts | undefined {
  const user = valueOf(app.fields.runAsUser);
  return user === undefined ? undefined : facts.runAsUsers?.get(user.toLowerCase());
}

/** Both halves of the switch. */
export const clientCredentials = theme({
  kinds: ALL_KINDS,
  reads: ['clientCredentials', 'clientCredentialsPolicy', 'runAsUser'],
  // One half that is off is an answer, whatever the other one is.
  optional: ['clientCredentials', 'clientCredentialsPolicy', 'runAsUser'],
  risk: 'Key and secret together are a permanent login as the run-as user, without a second factor and without a person.',
  threat:
    'The secret is found in a configuration file or a build log; from then on somebody else reads what the integration reads.',
  contradiction:
    'The articles call the risk lower where access is limited to IP addresses and certificates replace the secret. Of the ' +
    'settings that exist, only the login IP ranges of the run-as user hold for this flow: the trusted IP ranges of an app ' +
    'concern the web server flow, and a certificate on the app opens the JWT bearer flow beside this one without ' +
    'replacing the secret here. So only those ranges, read from the org, lower the risk.',
  conditions: [
    raises(
      'the run-as user is an administrator or may modify all data',
      (subject) => runAsFacts(subject)?.administrator,
    ),
    lowers(
      'the run-as user may only log in from its own login IP ranges',
      (subject) => runAsFacts(subject)?.loginIpRanges,
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
        `The client credentials flow is off, but ${half} half of its switch is on: one more click opens it.`,
      );
    }
    if (halves.includes(undefined)) {
      const unread = [app.fields.clientCredentials, app.fields.clientCredentialsPolicy];
      return notEvaluated(unread.flatMap((each) => (each.state === 'unreadable' ? [each.reason] : [])).join('; '));
    }
    const user = values.runAsUser === undefined ? 'nobody yet' : `the user ${values.runAsUser}`;
    const facts = runAsFacts(subject);
    if (facts?.loginIpRanges === true && facts.administrator !== true) {
      return lowRisk(
        `The client credentials flow is on and runs as ${user}, who may log in from its own IP ranges only.`,
      );
    }
    return fail(`The client credentials flow is on and runs as ${user}.`);
  },
});
