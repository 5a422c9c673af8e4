import { plural } from '../../values/plural';
import { ALL_KINDS, appControl, BOTH_PLATFORMS, fail, notApplicable, notEvaluated, pass } from '../define';
import { band } from '../severity';
import { CUT, judgeTokens } from '../themes/usage';
import { DORMANT_DAYS } from '../usage-facts';

export const control = appControl({
  id: 'SFCA-APP-DORMANT-TOKENS',
  title: 'Tokens of an app are used',
  finding: 'Some tokens of the app were not used for long',
  appliesTo: BOTH_PLATFORMS,
  kinds: ALL_KINDS,
  recommended: `Revoke tokens that were not used for ${DORMANT_DAYS} days, and let unused refresh tokens end by themselves.`,
  risk: 'They remain on unattended devices and servers, and still open the org.',
  threat: 'A laptop is sold with a token on it that its owner forgot.',
  cvss: band('low', 'ours'),
  remedy: {
    code: `client-apps revoke APP --unused-for ${DORMANT_DAYS}d; RefreshTokenPolicy.expiresIfUnusedFor(Duration.days(30))`,
    setup: 'Setup > Connected Apps OAuth Usage > (app) > (user) > Revoke',
  },
  considerations: {
    risk: 'Each opens what its user may see; there are more of them the longer refresh tokens live.',
    business: 'The users concerned authorize again when they come back.',
  },
  source: 'Object Reference: OauthToken, LastUsedDate',
  exemptable: true,
  needsUsage: true,
  reads: [],
  judge: (_, subject) =>
    judgeTokens(subject, ({ count, unused, undated, atLeast }) => {
      if (unused === count) return notApplicable('No token of it is used at all: SFCA-APP-DORMANT judges that.');
      if (unused > 0) return fail(`${plural(unused, 'token')} of ${count} were not used for ${DORMANT_DAYS} days.`);
      if (undated > 0) return notEvaluated(`The org does not say when ${plural(undated, 'token')} were used.`);
      return atLeast ? notEvaluated(CUT) : pass(`Each token was used in the last ${DORMANT_DAYS} days.`);
    }),
});
