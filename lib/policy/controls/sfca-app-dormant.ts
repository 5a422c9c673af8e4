import { plural } from '../../values/plural';
import { ALL_KINDS, appControl, BOTH_PLATFORMS, fail, notEvaluated, pass } from '../define';
import { band } from '../severity';
import { CUT, judgeTokens } from '../themes/usage';
import { DORMANT_DAYS } from '../usage-facts';

export const control = appControl({
  id: 'SFCA-APP-DORMANT',
  title: 'An app that has tokens is used',
  finding: 'An app that is no longer used still has tokens',
  appliesTo: BOTH_PLATFORMS,
  kinds: ALL_KINDS,
  recommended: `Revoke the tokens of an app that has not been used for ${DORMANT_DAYS} days, and stop it.`,
  risk: 'Its tokens still open the org, and their use by someone else would go unnoticed.',
  threat: 'The credentials of a pilot that ended last year are found at the vendor and used.',
  cvss: band('medium', 'ours'),
  remedy: {
    code: 'client-apps revoke APP, then client-apps stop APP; remove it from the program once you are sure that no one needs it',
    setup: {
      'external-client-app': 'Setup > External Client App Manager > (app) > Policies > App Status: off',
      'connected-app': 'Setup > Connected Apps OAuth Usage > (app) > Block',
    },
  },
  considerations: {
    risk: 'It is as large as what the policies of the app still allow: refresh tokens that never expire are worst.',
    business: 'Clients that run once a quarter or a year look the same: ask the owner first.',
  },
  source: 'Object Reference: OauthToken, LastUsedDate; LoginHistory',
  exemptable: true,
  needsUsage: true,
  reads: [],
  judge: (_, subject) =>
    judgeTokens(subject, ({ count, users, unused, undated, lastUsed, lastLogin, atLeast }) => {
      if (unused + undated < count) return pass(`A token was used in the last ${DORMANT_DAYS} days.`);
      if (lastLogin !== undefined) return pass(`It logged in within the last ${DORMANT_DAYS} days.`);
      if (undated > 0) return notEvaluated(`The org does not report when ${plural(undated, 'token')} were used.`);
      if (atLeast) return notEvaluated(CUT);
      const last = lastUsed === undefined ? 'no use is recorded' : `the last use was on ${lastUsed.slice(0, 10)}`;
      return fail(`${plural(count, 'token')} of ${plural(users, 'user')}, and ${last}.`);
    }),
});
