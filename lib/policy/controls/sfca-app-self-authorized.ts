import type { AppSubject } from '../control';
import { ALL_KINDS, appControl, BOTH_PLATFORMS, fail, lowers, lowRisk, pass, raises } from '../define';
import { known } from '../reading';
import { dataScopes } from './scopes';

/** Whether access goes on without the user: a refresh token is issued and outlives the session. */
function refreshes({ app: { fields } }: AppSubject): boolean | undefined {
  const asked = known(fields.scopes, (scopes = []) => scopes.includes('RefreshToken'));
  const kept = known(fields.refreshTokenPolicy, (policy) => policy?.type !== 'Zero');
  return asked === false || kept === false ? false : asked === undefined || kept === undefined ? undefined : true;
}

export const control = appControl({
  id: 'SFCA-APP-SELF-AUTHORIZED',
  title: 'Admins approve apps that reach data',
  finding: 'Every user can approve an app that reaches data',
  appliesTo: BOTH_PLATFORMS,
  kinds: ALL_KINDS,
  recommended:
    'Admit only users whom an admin gave a permission set or profile of the app. Let users approve an app for ' +
    'themselves only where its tokens reveal who they are and nothing else.',
  risk: 'One careless click lends a stranger everything that the user can read and change.',
  threat:
    'A caller who claims to be from the help desk gets a user to approve a look-alike of Data Loader that copies the org.',
  cvss: { from: 6, to: 8.9, by: 'ours' },
  contradiction:
    'The benchmark makes no exception for apps on devices, and its rating is Critical. A phone app is approved by its ' +
    'user as easily as a fake one, so this control makes no exception either; the rating is lower because the user has to ' +
    'be deceived first.',
  conditions: [
    raises('the app gets a refresh token, so access continues without the user', refreshes),
    lowers('the app gets no refresh token, so access ends with the session', (subject) => {
      const lasts = refreshes(subject);
      return lasts === undefined ? undefined : !lasts;
    }),
  ],
  remedy: {
    code:
      'set permittedUsers: PermittedUsers.preAuthorized({ permissionSets: […] }) and assign the permission sets first; ' +
      'if users have to approve the app for themselves, record why: org.exempt(app, ' +
      "'SFCA-APP-SELF-AUTHORIZED', { reason, approvedBy, expires })",
    setup: {
      'external-client-app':
        'Setup > External Client App Manager > (app) > Policies > OAuth Policies > Permitted Users: Admin approved users are pre-authorized',
      'connected-app':
        'Setup > Manage Connected Apps > (app) > Edit Policies > OAuth Policies > Permitted Users: Admin approved users are pre-authorized',
    },
  },
  source:
    'Security Benchmark for Salesforce, SBS-OAUTH-002; Salesforce Help: OAuth Tokens and Scopes, Preauthorize User App Access',
  considerations: {
    risk: 'It is worst with a refresh token, because access continues without the user. Attackers have called users and tricked them into approving a renamed Data Loader.',
    business:
      'Users without the permission set are refused immediately. Check the OAuth usage page to see who uses the app, and assign the set first.',
  },
  exemptable: true,
  reads: ['permittedUsers', 'scopes'],
  judge: ({ permittedUsers = 'AllSelfAuthorized', scopes = [] }) => {
    if (permittedUsers === 'AdminApprovedPreAuthorized') return pass('Only users chosen by an admin can use the app.');
    const data = dataScopes(scopes);
    if (data.length === 0) {
      return lowRisk(
        'Every user of the org can approve the app for themselves; its scopes reveal who the user is and open no data.',
      );
    }
    return fail(
      `Every user of the org can approve the app for themselves, and ${data.join(', ')} ${data.length === 1 ? 'opens' : 'open'} ` +
        'whatever that user can reach.',
      { offenders: data },
    );
  },
});
