import { ALL_KINDS, appControl, lowers, pass, raises } from '../define';
import { known } from '../reading';
import { band } from '../severity';
import { selfAuthorized } from '../themes/permitted-users';

export const control = appControl({
  id: 'SFCA-ECA-PERMITTED-USERS',
  title: 'Admins decide who may use the app',
  appliesTo: ['external-client-app'],
  kinds: ALL_KINDS,
  recommended: 'Let in only users to whom an admin gave a permission set or profile of the app.',
  risk: 'Any user can give the app access to everything they may see, and nobody else knows.',
  threat: 'A user is sent a link, presses Allow, and the app of a stranger reads in their name.',
  cvss: band('medium', 'ours'),
  conditions: [
    raises('the app may use the data APIs', ({ app }) =>
      known(app.fields.scopes, (scopes = []) => scopes.some((scope) => scope === 'Api' || scope === 'Full')),
    ),
    lowers('the app may not use the data APIs', ({ app }) =>
      known(app.fields.scopes, (scopes = []) => !scopes.some((scope) => scope === 'Api' || scope === 'Full')),
    ),
  ],
  remedy: {
    code: 'set permittedUsers: PermittedUsers.preAuthorized({ permissionSets: […] }), and assign the permission sets first',
    setup:
      'Setup > External Client App Manager > (app) > Policies > OAuth Policies > Permitted Users: ' +
      'Admin approved users are pre-authorized',
  },
  source: 'Security Benchmark for Salesforce, OAuth security; Salesforce Help: Preauthorize User App Access',
  exemptable: true,
  reads: ['permittedUsers'],
  judge: ({ permittedUsers = 'AllSelfAuthorized' }, { kind }) =>
    permittedUsers === 'AdminApprovedPreAuthorized'
      ? pass('Only users chosen by an admin may use the app.')
      : selfAuthorized(kind),
});
