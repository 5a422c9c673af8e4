import { fail, lowers, orgControl, pass, raises, unknowable } from '../define';
import { band } from '../severity';
import { rehearsalWords } from '../usage-facts';

export const control = orgControl({
  id: 'SFCA-ORG-API-ACCESS',
  title: 'API Access Control is on',
  finding: 'Users reach the API through Connected Apps that no admin approved',
  salesforceControl: 'API Access Control',
  recommended: 'Limit API access to Connected Apps that an admin installed and approved.',
  risk: 'A user can be talked into approving a Connected App that no one in the company knows, with all that the user may read.',
  threat:
    'A caller who says that he is from IT has a user approve an app that looks like Data Loader, and copies every record that the user sees.',
  cvss: band('high', 'ours'),
  conditions: [
    raises('users with access to much data can be reached by phone or mail', unknowable),
    lowers('the org blocks apps that are not installed, as Salesforce does since September 2025', unknowable),
  ],
  remedy: {
    code: 'declare oauthSettings({ adminApprovedAppsOnly: true }), once Salesforce Support has made API Access Control available',
    setup: 'Setup > API Access Control > For admin-approved users, limit API access to only allowlisted connected apps',
  },
  considerations: {
    risk: 'Salesforce blocks Connected Apps that are not installed since September 2025, with exceptions by permission; API Access Control blocks them for every user but the holders of Use Any API Client.',
    business:
      'Every Connected App that anyone uses has to be installed and approved first, the Salesforce CLI and sandbox logins among them; the others stop at once. External Client Apps need no such approval.',
    guidance:
      'Ask Salesforce Support for the feature, list the apps in Setup > Connected Apps OAuth Usage, install those that are needed, and switch it on in a sandbox first.',
  },
  source: 'Salesforce Help, Security Health Review: API Access Control (no range published)',
  exemptable: true,
  reads: ['adminApprovedAppsOnly'],
  judge: ({ adminApprovedAppsOnly }, { facts: { usage } }) => {
    if (adminApprovedAppsOnly === true) return pass('API access is limited to Connected Apps that an admin approved.');
    const open = 'API access is not limited to Connected Apps that an admin approved.';
    if (usage === undefined) return fail(open);
    const { rehearsal } = usage;
    return rehearsal.state === 'value'
      ? fail(`${open} ${rehearsalWords(rehearsal.value)}`)
      : fail(
          `${open} What would stop is not evaluated: ${rehearsal.state === 'absent' ? 'it was not read' : rehearsal.reason}.`,
        );
  },
});
