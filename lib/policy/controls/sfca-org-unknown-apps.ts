import { plural } from '../../values/plural';
import { fail, notEvaluated, orgControl, pass, raises } from '../define';

export const control = orgControl({
  id: 'SFCA-ORG-UNKNOWN-APPS',
  title: 'Every app that uses the org is declared, installed or known',
  finding: 'Uninstalled apps without an owner use the org',
  recommended: 'Revoke the tokens of apps without an owner, and record an owner for the others.',
  risk: 'Such an app has no record in the org: no policy, scope or list of users limits it, and no admin has looked at it.',
  threat:
    'Users are tricked into authorizing an app that calls itself Data Loader; its tokens copy every record they can see, for months.',
  // A look-alike, or one whose users may see everything, is what an incident looks like.
  cvss: { from: 7, to: 9.3, by: 'ours' },
  conditions: [
    raises('one of them passes itself off as another app', ({ facts: { usage } }) =>
      usage?.unknownApps.some(({ lookAlikeOf }) => lookAlikeOf !== undefined),
    ),
    raises('users of one of them can view or modify all data', ({ facts: { usage } }) => {
      const reach = usage?.unknownApps.map((app) => app.reach) ?? [];
      if (reach.some((text) => text.startsWith('every record'))) return true;
      return reach.some((text) => text.startsWith('not evaluated')) ? undefined : false;
    }),
  ],
  remedy: {
    code: "org.knows({ app, owner, purpose, review }) for each app that can stay; revoke the others with client-apps revoke 'APP'",
    setup: 'Setup > Connected Apps OAuth Usage > (app) > Install, or Block',
  },
  considerations: {
    risk: 'The label is all that the org reveals about such an app, and an app chooses its own label: the same label as before does not mean the same app.',
    business:
      'Users of such an app lose access when its tokens are revoked, and cannot get it back where the org blocks apps that are not installed.',
    guidance:
      'Ask the users that client-apps usage lists; turn on API Access Control once every needed app is installed and approved.',
  },
  source: 'Object Reference: OauthToken; Salesforce Help 005228838, Connected App usage restrictions',
  exemptable: true,
  needsUsage: true,
  reads: [],
  judge: (_, { facts: { usage } }) => {
    if (usage === undefined) return notEvaluated('Tokens were not read.');
    const { unknownApps: apps, overdue, unseen } = usage;
    const problems = [
      ...apps.map(({ label, tokens, lookAlikeOf: like }) => {
        const looks = like === undefined ? '' : `, looks like ${like}`;
        const used = tokens
          ? `${plural(tokens.count, 'token')} of ${plural(tokens.users, 'user')}`
          : 'it logged in; its tokens were not read';
        return `${label} (${used}${looks})`;
      }),
      ...overdue.map((label) => `${label} (its review is overdue)`),
    ];
    if (problems.length > 0) {
      const more = unseen === undefined ? '' : ` There may be more: ${unseen}.`;
      return fail(`${problems.join(', ')}.${more}`, { offenders: [...apps.map(({ label }) => label), ...overdue] });
    }
    return unseen === undefined
      ? pass('Every app that has a token is declared, has a record in the org, or is in the allowlist.')
      : notEvaluated(`No unknown app was found, but not everything could be read: ${unseen}.`);
  },
});
