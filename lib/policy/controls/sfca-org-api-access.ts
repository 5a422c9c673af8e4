import { fail, lowers, orgControl, pass, raises, unknowable } from '../define';
import { band } from '../severity';
import { rehearsalWords } from '../usage-facts';

export const control = orgControl({
  id: 'SFCA-ORG-API-ACCESS',
  title: 'API Access Control is on',
  finding: 'Users reach the API through Connected Apps that no admin approved',
  salesforceControl: 'API Access Control',
  recommended: 'Limit API access to Connected Apps that an admin installed and approved.',
  risk: 'A user can be tricked into approving a Connected App that no one in the company knows, with access to everything the user can read.',
  threat:
    'A caller who claims to be from IT has a user approve an app that looks like Data Loader and copies every record the user can see.',
  cvss: band('high', 'ours'),
  conditions: [
    raises('users with access to a lot of data can be reached by phone or email', unknowable),
    lowers('the org blocks apps that are not installed, as Salesforce has done since September 2025', unknowable),
  ],
  remedy: {
    code: 'declare oauthSettings({ adminApprovedAppsOnly: true }), once Salesforce Support has made API Access Control available',
    setup: 'Setup > API Access Control > For admin-approved users, limit API access to only allowlisted connected apps',
  },
  considerations: {
    risk: 'Since September 2025, Salesforce blocks Connected Apps that are not installed, with exceptions by permission; API Access Control blocks them for every user except holders of Use Any API Client.',
    business:
      'Every Connected App that anyone uses has to be installed and approved first, including the Salesforce CLI and sandbox logins; all others stop immediately. External Client Apps need no such approval.',
    guidance:
      'Ask Salesforce Support for the feature, list the apps in Setup > Connected Apps OAuth Usage, install those that are needed, and turn it on in a sandbox first.',
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
