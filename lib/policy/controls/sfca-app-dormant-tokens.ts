import { plural } from '../../values/plural';
import { ALL_KINDS, appControl, BOTH_PLATFORMS, fail, notApplicable, notEvaluated, pass } from '../define';
import { band } from '../severity';
import { CUT, judgeTokens } from '../themes/usage';
import { DORMANT_DAYS } from '../usage-facts';

export const control = appControl({
  id: 'SFCA-APP-DORMANT-TOKENS',
  title: 'Tokens of an app are used',
  finding: 'Some tokens of the app have not been used for a long time',
  appliesTo: BOTH_PLATFORMS,
  kinds: ALL_KINDS,
  recommended: `Revoke tokens that have not been used for ${DORMANT_DAYS} days, and let unused refresh tokens expire automatically.`,
  risk: 'They remain on unattended devices and servers, and still open the org.',
  threat: 'A laptop is sold with a forgotten token on it.',
  cvss: band('low', 'ours'),
  remedy: {
    code: `client-apps revoke APP --unused-for ${DORMANT_DAYS}d; RefreshTokenPolicy.expiresIfUnusedFor(Duration.days(30))`,
    setup: 'Setup > Connected Apps OAuth Usage > (app) > (user) > Revoke',
  },
  considerations: {
    risk: 'Each token opens what its user can see; the longer refresh tokens live, the more of them there are.',
    business: 'The affected users authorize again when they come back.',
  },
  source: 'Object Reference: OauthToken, LastUsedDate',
  exemptable: true,
  needsUsage: true,
  reads: [],
  judge: (_, subject) =>
    judgeTokens(subject, ({ count, unused, undated, atLeast }) => {
      if (unused === count) return notApplicable('None of its tokens is used at all: SFCA-APP-DORMANT checks that.');
      if (unused > 0)
        return fail(`${plural(unused, 'token')} of ${count} have not been used for ${DORMANT_DAYS} days.`);
      if (undated > 0) return notEvaluated(`The org does not report when ${plural(undated, 'token')} were used.`);
      return atLeast ? notEvaluated(CUT) : pass(`Each token was used in the last ${DORMANT_DAYS} days.`);
    }),
});
