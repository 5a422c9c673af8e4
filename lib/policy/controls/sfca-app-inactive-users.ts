import { plural } from '../../values/plural';
import { ALL_KINDS, appControl, BOTH_PLATFORMS, fail, notEvaluated, pass } from '../define';
import { band } from '../severity';
import { CUT, judgeTokens } from '../themes/usage';

export const control = appControl({
  id: 'SFCA-APP-INACTIVE-USERS',
  title: 'Users who are no longer active have no token',
  finding: 'Users who are no longer active still have tokens',
  appliesTo: BOTH_PLATFORMS,
  kinds: ALL_KINDS,
  recommended: 'Revoke the tokens of users when they are deactivated.',
  risk: 'The token works again as soon as the user is activated, and its holder need not log in.',
  threat: 'An employee who left keeps the token on a private device, and the user is activated again for a report.',
  cvss: band('low', 'ours'),
  remedy: {
    code: 'client-apps revoke APP --inactive-users',
    setup: 'Setup > Users > (user) > OAuth Apps > Revoke',
  },
  considerations: {
    risk: 'While the user is inactive the token opens nothing; what it opens afterward is what the user may do then.',
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
        return notEvaluated(`Of ${plural(unknownUsers, 'token')} the org does not say whether the user is active.`);
      return atLeast ? notEvaluated(CUT) : pass('Every user who has a token is active.');
    }),
});
