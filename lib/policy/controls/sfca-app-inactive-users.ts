import { plural } from '../../values/plural';
import { ALL_KINDS, appControl, BOTH_PLATFORMS, fail, notEvaluated, pass } from '../define';
import { band } from '../severity';
import { CUT, judgeTokens } from '../themes/usage';

export const control = appControl({
  id: 'SFCA-APP-INACTIVE-USERS',
  title: 'Users who are no longer active have no tokens',
  finding: 'Users who are no longer active still have tokens',
  appliesTo: BOTH_PLATFORMS,
  kinds: ALL_KINDS,
  recommended: 'Revoke the tokens of users when they are deactivated.',
  risk: 'The token works again as soon as the user is reactivated, and its holder does not need to log in.',
  threat: 'An employee who left keeps the token on a private device, and the user is reactivated for a report.',
  cvss: band('low', 'ours'),
  remedy: {
    code: 'client-apps revoke APP --inactive-users',
    setup: 'Setup > Users > (user) > OAuth Apps > Revoke',
  },
  considerations: {
    risk: 'While the user is inactive, the token opens nothing; after that, it opens whatever the user can access then.',
    business: 'None: no one works as these users.',
  },
  source: 'Object Reference: OauthToken, User.IsActive',
  exemptable: true,
  needsUsage: true,
  reads: [],
  judge: (_, subject) =>
    judgeTokens(subject, ({ inactiveUsers: users, unknownUsers, atLeast }) => {
      if (users.length > 0) return fail(`${plural(users.length, 'user')}: ${users.join(', ')}.`, { offenders: users });
      if (unknownUsers > 0)
        return notEvaluated(
          `The org does not report whether the users of ${plural(unknownUsers, 'token')} are active.`,
        );
      return atLeast ? notEvaluated(CUT) : pass('Every user who has a token is active.');
    }),
});
