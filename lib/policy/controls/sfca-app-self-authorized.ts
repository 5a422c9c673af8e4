import { ALL_KINDS, appControl, BOTH_PLATFORMS, fail, lowers, pass } from '../define';
import { known } from '../reading';
import { band } from '../severity';

/** What makes a token as good as the user: everything at once, or the APIs together with the user interface. */
function power(scopes: readonly string[]): string | undefined {
  if (scopes.includes('Full')) return 'Full';
  return scopes.includes('Api') && scopes.includes('Web') ? 'Api together with Web' : undefined;
}

export const control = appControl({
  id: 'SFCA-APP-SELF-AUTHORIZED',
  title: 'Powerful apps are approved by admins',
  appliesTo: BOTH_PLATFORMS,
  kinds: ALL_KINDS,
  recommended: 'Let users approve an app for themselves only where its tokens cannot do everything the user can do.',
  risk: 'One careless click hands over an account.',
  threat: 'A caller who claims to be the help desk talks a user into approving an app that copies the org.',
  cvss: band('high', 'ours'),
  conditions: [
    lowers('the user is asked for a second factor first', ({ app }) =>
      known(app.fields.requiredSessionLevel, (level) => level === 'HIGH_ASSURANCE'),
    ),
  ],
  remedy: {
    code: 'set permittedUsers: PermittedUsers.preAuthorized({ permissionSets: […] }), or remove the scope',
    setup: 'Setup > External Client App Manager > (app) > Policies > OAuth Policies > Permitted Users',
  },
  source: 'Security Benchmark for Salesforce, OAuth security; Salesforce Help: OAuth Tokens and Scopes',
  exemptable: true,
  reads: ['permittedUsers', 'scopes'],
  judge: ({ permittedUsers = 'AllSelfAuthorized', scopes = [] }) => {
    const strong = power(scopes);
    if (strong === undefined) return pass('No token of this app can do everything its user can do.');
    return permittedUsers === 'AdminApprovedPreAuthorized'
      ? pass(`The app has ${strong}, and only users chosen by an admin may use it.`)
      : fail(`The app has ${strong}, and every user of the org may approve it for themselves.`);
  },
});
