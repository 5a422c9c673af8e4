import { ALL_KINDS, appControl, lowers, lowRisk, pass, raises } from '../define';
import { known } from '../reading';
import { band } from '../severity';
import { selfAuthorized } from '../themes/permitted-users';

/** More than a handful is seldom the least that is needed; the number is ours. */
const FEW = 3;

export const control = appControl({
  id: 'SFCA-CA-PROFILES',
  title: 'Few profiles may use the app',
  salesforceControl: 'Connected Apps: Manage Other Access Settings for a Connected App: Manage Profiles',
  appliesTo: ['connected-app'],
  kinds: ALL_KINDS,
  recommended: 'Let admins decide who may use the app, and assign as few profiles as possible.',
  risk: 'A profile lets in everybody who has it, and its members change without a look at the app.',
  threat: 'An account of a user who never needed the app is taken over and used to authorise it.',
  cvss: band('high', 'salesforce'),
  conditions: [
    raises('every user may approve the app for themselves', ({ app }) =>
      known(app.fields.permittedUsers, (policy) => policy === 'AllSelfAuthorized'),
    ),
    lowers('only users chosen by an admin may use the app', ({ app }) =>
      known(app.fields.permittedUsers, (policy) => policy === 'AdminApprovedPreAuthorized'),
    ),
  ],
  remedy: {
    code: 'declare the app (platform: Platform.CONNECTED_APP) with PermittedUsers.preAuthorized({ permissionSets: […] })',
    setup: 'Setup > Manage Connected Apps > (app) > Edit Policies > Permitted Users; then Manage Profiles',
  },
  source: 'Salesforce Help, Security Health Review: Manage Other Access Settings: Manage Profiles',
  exemptable: true,
  reads: ['permittedUsers', 'profiles'],
  judge: ({ permittedUsers, profiles = [] }, { kind }) => {
    if (permittedUsers !== 'AdminApprovedPreAuthorized') return selfAuthorized(kind);
    const count = `${profiles.length} ${profiles.length === 1 ? 'profile' : 'profiles'}`;
    return profiles.length > FEW
      ? lowRisk(`Only users chosen by an admin may use the app, but ${count} are many; permission sets are narrower.`)
      : pass(`Only users chosen by an admin may use the app, ${count} among them.`);
  },
});
