import type { AppSubject, Condition, Verdict } from '../control';
import { ALL_KINDS, lowers, lowRisk, notApplicable, notEvaluated, pass, raises, theme, twins } from '../define';
import { known } from '../reading';
import { band } from '../severity';

/** More than a handful is seldom the least that is needed; the number is ours. */
const FEW = 3;

/** How far an app that lets someone in by a trick or a scope reaches: to every user, or to those an admin chose. */
export const WHO_APPROVES: readonly Condition<AppSubject>[] = [
  raises('every user can approve the app for themselves', ({ app }) =>
    known(app.fields.permittedUsers, (policy) => policy === 'AllSelfAuthorized'),
  ),
  lowers('only users chosen by an admin can use the app', ({ app }) =>
    known(app.fields.permittedUsers, (policy) => policy === 'AdminApprovedPreAuthorized'),
  ),
];

/** Who is let into an app that admins assign; an app that users approve for themselves is judged as a whole elsewhere. */
const permittedUsers = theme({
  kinds: ALL_KINDS,
  reads: ['permittedUsers', 'profiles'],
  // Profiles are no part of the metadata before version 62, and of an app that everyone may approve they say nothing.
  optional: ['profiles'],
  risk: 'A profile lets in everyone who has it, and its members change without anyone reviewing the app.',
  threat: 'The account of a user who never needed the app is taken over and used to authorize it.',
  conditions: [
    lowers('only users chosen by an admin can use the app', ({ app }) =>
      known(app.fields.permittedUsers, (policy) => policy === 'AdminApprovedPreAuthorized'),
    ),
  ],
  considerations: {
    risk: 'It grows with the number of profiles, and is small where permission sets with few members are used instead.',
    business:
      'Users who have access only through a profile are refused until a permission set of the app is assigned to them.',
  },
  judge: ({ permittedUsers: policy, profiles }, { app }): Verdict => {
    if (policy !== 'AdminApprovedPreAuthorized') {
      return notApplicable(
        'Every user can approve the app for themselves, so no profile limits it; SFCA-APP-SELF-AUTHORIZED checks that.',
      );
    }
    if (app.fields.profiles.state === 'unreadable') return notEvaluated(app.fields.profiles.reason);
    const count = profiles?.length ?? 0;
    const words = `${count} ${count === 1 ? 'profile' : 'profiles'}`;
    return count > FEW
      ? lowRisk(`Only users chosen by an admin can use the app, but ${words} are many; permission sets are narrower.`)
      : pass(`Only users chosen by an admin can use the app, including ${words}.`);
  },
});

export const controls = twins(
  permittedUsers,
  {
    title: 'Few profiles can use the app',
    finding: 'Many profiles can use the app',
    exemptable: true,
  },
  {
    'external-client-app': {
      id: 'SFCA-ECA-PERMITTED-USERS',
      recommended: 'Admit users with permission sets made for the app, and as few profiles as possible.',
      cvss: band('medium', 'ours'),
      remedy: {
        code: 'name permission sets instead of profiles: PermittedUsers.preAuthorized({ permissionSets: […] })',
        setup:
          'Setup > External Client App Manager > (app) > Policies > App Policies: Select Profiles, Select Permission Sets',
      },
      source: 'Security Benchmark for Salesforce, OAuth security; Salesforce Help: Preauthorize User App Access',
    },
    'connected-app': {
      id: 'SFCA-CA-PROFILES',
      salesforceControl: 'Connected Apps: Manage Other Access Settings for a Connected App: Manage Profiles',
      recommended: 'Let admins decide who can use the app, and assign as few profiles as possible.',
      cvss: band('high', 'salesforce'),
      remedy: {
        code: 'declare the app (platform: Platform.CONNECTED_APP) with PermittedUsers.preAuthorized({ permissionSets: […] })',
        setup: 'Setup > Manage Connected Apps > (app) > Edit Policies > Permitted Users; then Manage Profiles',
      },
      source: 'Salesforce Help, Security Health Review: Manage Other Access Settings: Manage Profiles',
    },
  },
);
