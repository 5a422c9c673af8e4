import { ALL_KINDS, appControl, fail, lowers, notApplicable, notEvaluated, pass, raises } from '../define';
import { band } from '../severity';
import { beyondItsJob, runAsFacts } from './client-credentials';

export const control = appControl({
  id: 'SFCA-ECA-RUN-AS-USER',
  title: 'The client credentials flow runs as a dedicated user',
  finding: 'The client credentials flow runs as the wrong user',
  salesforceControl: 'External Client Apps: Configure OAuth Policies: Configure Client Credential Flow Policies',
  appliesTo: ['external-client-app'],
  kinds: ALL_KINDS,
  recommended:
    'Where the flow has to be on, run it as a dedicated user with API access only and the fewest permissions.',
  risk: 'Anyone who has the secret can do whatever the run-as user can do, and logs attribute it to that user.',
  threat: 'A leaked secret acts as an administrator, because the integration was given the first account that worked.',
  cvss: band('high', 'salesforce'),
  conditions: [
    raises('the run-as user is an administrator, or reaches records that were not shared with it', beyondItsJob),
    lowers('the run-as user can log in from only a few IP addresses', (subject) => runAsFacts(subject)?.loginIpRanges),
  ],
  remedy: {
    code: 'name a user with API access only in clientCredentials: { runAs: Username.of(…) }',
    setup: 'Setup > External Client App Manager > (app) > Policies > OAuth Policies > Client Credentials Flow > Run As',
  },
  source:
    'Salesforce Help, Security Health Review: Configure OAuth Policies: Configure Client Credential Flow Policies',
  considerations: {
    risk: "It is as large as what the user can see and do, and everything is logged under that user's name.",
    business: 'The integration fails wherever it relied on rights that the new user lacks: try it in a sandbox first.',
  },
  exemptable: true,
  reads: ['clientCredentialsPolicy', 'runAsUser'],
  judge: ({ clientCredentialsPolicy, runAsUser }, subject) => {
    if (clientCredentialsPolicy !== true) return notApplicable('The client credentials flow is off.');
    if (runAsUser === undefined) return fail('The client credentials flow is on and no run-as user is chosen.');
    const facts = runAsFacts(subject);
    // Another user who is no better is another finding.
    const offenders = [runAsUser];
    if (facts?.administrator === true) {
      return fail(
        `The run-as user ${runAsUser} is an administrator: it can change all data, users, permissions or code.`,
        { offenders },
      );
    }
    const rights = facts?.beyondSharing ?? [];
    if (rights.length > 0) {
      return fail(`The run-as user ${runAsUser} reaches records that were not shared with it: ${rights.join(', ')}.`, {
        offenders,
      });
    }
    if (facts?.apiOnly === false) {
      return fail(`The run-as user ${runAsUser} can also log in to the user interface.`, { offenders });
    }
    if (beyondItsJob(subject) === undefined || facts?.apiOnly === undefined) {
      return notEvaluated(`The rights of the run-as user ${runAsUser} were not read.`);
    }
    return pass(`The run-as user ${runAsUser} has API access only and reaches only what was shared with it.`);
  },
});
