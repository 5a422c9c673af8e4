import { ALL_KINDS, appControl, BOTH_PLATFORMS, fail, notApplicable, notEvaluated, pass } from '../define';
import { band } from '../severity';

export const control = appControl({
  id: 'SFCA-APP-RUN-AS-SHARED',
  title: 'A run-as user belongs to one app and not to a person',
  finding: 'The run-as user is shared, or a person works as it',
  appliesTo: BOTH_PLATFORMS,
  kinds: ALL_KINDS,
  recommended: 'Give every client credentials flow its own user that no one logs in as.',
  risk: 'What one app does cannot be distinguished from what another app or a person does, and none can be stopped without the others.',
  threat: 'After a secret leaks, the user cannot be frozen, because three other integrations run as it.',
  cvss: band('medium', 'ours'),
  remedy: {
    code: 'name a dedicated user in clientCredentials: { runAs: Username.of(…) }',
    setup: {
      'external-client-app':
        'Setup > External Client App Manager > (app) > Policies > OAuth Policies > Client Credentials Flow > Run As',
      'connected-app': 'Setup > Manage Connected Apps > (app) > Edit Policies > Client Credentials Flow > Run As',
    },
  },
  considerations: {
    risk: 'The rights of a shared user are the sum of what every app needs, and each app has all of them.',
    business: 'The new user needs a license and the permissions that this app uses: try it in a sandbox first.',
  },
  source: 'Object Reference: LoginHistory, LoginType; Salesforce Help: Configure the Client Credentials Flow',
  exemptable: true,
  needsUsage: true,
  reads: ['clientCredentialsPolicy', 'runAsUser'],
  judge: ({ clientCredentialsPolicy, runAsUser }, { app, facts: { usage } }) => {
    if (clientCredentialsPolicy !== true || runAsUser === undefined) {
      return notApplicable('No client credentials flow runs as a user.');
    }
    if (usage === undefined) return notEvaluated('Logins were not read.');
    const key = runAsUser.toLowerCase();
    const others = usage.runAsApps.get(key)?.filter((name) => name !== app.apiName) ?? [];
    if (others.length > 0)
      return fail(`${runAsUser} is also the run-as user of ${others.join(', ')}.`, { offenders: [runAsUser] });
    const { interactive } = usage;
    if (interactive.state === 'unreadable') return notEvaluated(interactive.reason);
    const last = interactive.state === 'value' ? interactive.value.get(key) : undefined;
    return last === undefined
      ? pass(`No other app runs as ${runAsUser}, and it did not log in to the user interface.`)
      : fail(`Someone logged in to the user interface as ${runAsUser}, last on ${last.slice(0, 10)}.`, {
          offenders: [runAsUser],
        });
  },
});
