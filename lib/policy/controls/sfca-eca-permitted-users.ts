import { appControl } from '../define';
import { band } from '../severity';
import { permittedUsers } from '../themes/permitted-users';

export const control = appControl({
  ...permittedUsers,
  id: 'SFCA-ECA-PERMITTED-USERS',
  title: 'Few profiles may use the app',
  finding: 'Many profiles may use the app',
  appliesTo: ['external-client-app'],
  recommended: 'Let in the holders of permission sets made for the app, and as few profiles as possible.',
  cvss: band('medium', 'ours'),
  remedy: {
    code: 'name permission sets instead of profiles: PermittedUsers.preAuthorized({ permissionSets: […] })',
    setup:
      'Setup > External Client App Manager > (app) > Policies > App Policies: Select Profiles, Select Permission Sets',
  },
  source: 'Security Benchmark for Salesforce, OAuth security; Salesforce Help: Preauthorize User App Access',
  exemptable: true,
});
