import { fail, notEvaluated, orgControl, pass, raises } from '../define';
import { known } from '../reading';
import { band } from '../severity';

/** Names in a sentence; the report has all of them. */
const FEW = 5;

export const control = orgControl({
  id: 'SFCA-ORG-DOOR-HOLDERS',
  title: 'Only listed users hold permissions that let apps in',
  finding: 'Users who are not in the allowlist hold permissions that let apps in, or let apps reach everything',
  recommended:
    'Remove Approve Uninstalled Connected Apps, Use Any API Client, Use Any API Auth, Manage Connected Apps, Customize ' +
    'Application, View All Data and Modify All Data from users who do not need them, and list the others.',
  risk: 'Anyone who holds one of them can let in an app that no admin approved, or give an app access to every record at once.',
  threat: 'A phone call to one of fifty holders is enough to have an unknown app approved.',
  cvss: band('medium', 'ours'),
  conditions: [
    raises('API Access Control is off, so the permissions are not the only way in', ({ org }) =>
      known(org.fields.adminApprovedAppsOnly, (on) => on !== true),
    ),
  ],
  remedy: {
    code: 'none: permission sets and profiles are not declared here; list those who may hold them in door_holders in the file of --config',
    setup: 'Setup > Permission Sets or Profiles > (each that grants it) > System Permissions, and Manage Assignments',
  },
  considerations: {
    risk: 'Each holder is a way in; the risk is smaller where holders log in with phishing-resistant factors, which metadata does not show.',
    business:
      'Administrators and deploy users need some of them. Users who lose one can no longer install, approve or change apps.',
  },
  source: 'Salesforce Help 005228838; Salesforce Help, Security Health Review: Use Any API Client – Restriction',
  exemptable: true,
  needsUsage: true,
  reads: [],
  judge: (_, { facts: { usage } }) => {
    if (usage === undefined) return notEvaluated('Holders of permissions were not read.');
    const held: string[] = [];
    const offenders: string[] = [];
    const unread: string[] = [];
    for (const [permission, users] of usage.doorHolders) {
      if (users.state === 'unreadable') unread.push(`${permission}: ${users.reason}`);
      if (users.state !== 'value' || users.value.length === 0) continue;
      const { value } = users;
      const more = value.length > FEW ? ` and ${value.length - FEW} more` : '';
      held.push(`${permission}: ${value.slice(0, FEW).join(', ')}${more}`);
      offenders.push(...value.map((user) => `${user}: ${permission}`));
    }
    const gaps = unread.length === 0 ? '' : ` Not evaluated: ${unread.join('; ')}.`;
    if (held.length > 0) return fail(`Not in the allowlist: ${held.join('; ')}.${gaps}`, { offenders });
    return unread.length === 0
      ? pass('No active user outside the allowlist holds one of them.')
      : notEvaluated(unread.join('; '));
  },
});
