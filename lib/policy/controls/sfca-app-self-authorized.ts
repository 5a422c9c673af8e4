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
  finding: 'Every user may approve an app that reaches data',
  appliesTo: BOTH_PLATFORMS,
  kinds: ALL_KINDS,
  recommended:
    'Let in only users to whom an admin gave a permission set or profile of the app. Let users approve an app for ' +
    'themselves only where its tokens tell who they are and nothing else.',
  risk: 'One careless click lends a stranger everything that the user may read and change.',
  threat:
    'A caller who claims to be the help desk talks a user into approving a look-alike of Data Loader that copies the org.',
  cvss: { from: 6, to: 8.9, by: 'ours' },
  contradiction:
    'The benchmark makes no exception for apps on devices, and its rating is Critical. A phone app is approved by its ' +
    'user as easily as a fake one, so this control makes no exception either; the rating is lower because the user has to ' +
    'be deceived first.',
  conditions: [
    raises('the app gets a refresh token, so that access goes on without the user', refreshes),
    lowers('the app gets no refresh token, so that access ends with the session', (subject) => {
      const lasts = refreshes(subject);
      return lasts === undefined ? undefined : !lasts;
    }),
  ],
  remedy: {
    code:
      'set permittedUsers: PermittedUsers.preAuthorized({ permissionSets: […] }) and assign the permission sets first; ' +
      'where users have to approve the app for themselves, say why: org.exempt(app, ' +
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
    risk: 'It is worst with a refresh token, because access goes on without the user. Attackers have called users and talked them into approving a renamed Data Loader.',
    business:
      'Users without the permission set are refused at once. Find out from the OAuth usage page who uses the app, and assign the set first.',
  },
  exemptable: true,
  reads: ['permittedUsers', 'scopes'],
  judge: ({ permittedUsers = 'AllSelfAuthorized', scopes = [] }) => {
    if (permittedUsers === 'AdminApprovedPreAuthorized') return pass('Only users chosen by an admin may use the app.');
    const data = dataScopes(scopes);
    if (data.length === 0) {
      return lowRisk(
        'Every user of the org may approve the app for themselves; its scopes tell who the user is and open no data.',
      );
    }
    return fail(
      `Every user of the org may approve the app for themselves, and ${data.join(', ')} ${data.length === 1 ? 'opens' : 'open'} ` +
        'whatever that user may reach.',
      { offenders: data },
    );
  },
});
