import { appControl } from '../define';
import { band } from '../severity';
import { permittedUsers } from '../themes/permitted-users';

export const control = appControl({
  ...permittedUsers,
  id: 'SFCA-CA-PROFILES',
  title: 'Few profiles may use the app',
  finding: 'Many profiles may use the app',
  salesforceControl: 'Connected Apps: Manage Other Access Settings for a Connected App: Manage Profiles',
  appliesTo: ['connected-app'],
  recommended: 'Let admins decide who may use the app, and assign as few profiles as possible.',
  cvss: band('high', 'salesforce'),
  remedy: {
    code: 'declare the app (platform: Platform.CONNECTED_APP) with PermittedUsers.preAuthorized({ permissionSets: […] })',
    setup: 'Setup > Manage Connected Apps > (app) > Edit Policies > Permitted Users; then Manage Profiles',
  },
  source: 'Salesforce Help, Security Health Review: Manage Other Access Settings: Manage Profiles',
  exemptable: true,
});
