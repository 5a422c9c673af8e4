import { plural } from '../../values/plural';
import {
  ALL_KINDS,
  appControl,
  BOTH_PLATFORMS,
  fail,
  lowers,
  notApplicable,
  notEvaluated,
  pass,
  raises,
} from '../define';
import { known } from '../reading';
import { CUT, judgeTokens } from '../themes/usage';
import { dataScopes } from './scopes';

const RECORD = 'the record that says who can use the app';

export const control = appControl({
  id: 'SFCA-APP-OLD-GRANTS',
  title: 'Tokens of an app that admins assign are younger than that decision',
  finding: 'Tokens are older than the last change of the record that says who can use the app',
  appliesTo: BOTH_PLATFORMS,
  kinds: ALL_KINDS,
  recommended: 'Revoke tokens from before the app was restricted to users chosen by an admin.',
  risk: 'If that change was the restriction, no admin approved these tokens: users authorized the app themselves.',
  threat:
    'A user was tricked into approving the app while everyone could. The user is given its permission set later, and the ' +
    'token from then still works.',
  cvss: { from: 2, to: 6, by: 'ours' },
  conditions: [
    raises('the refresh token policy of the app never expires a token', ({ app: { fields } }) =>
      known(fields.refreshTokenPolicy, (policy) => policy?.type === 'Infinite'),
    ),
    lowers('its scopes open no data', ({ app: { fields } }) =>
      known(fields.scopes, (scopes = []) => dataScopes(scopes).length === 0),
    ),
  ],
  remedy: {
    code: 'client-apps revoke APP --granted-before DATE, with the date that the finding names',
    setup: 'Setup > Connected Apps OAuth Usage > (app) > (user) > Revoke',
  },
  considerations: {
    risk:
      'It is a hint, not proof: the org reports when the record was last changed, not what was changed. Any other OAuth policy of an ' +
      'External Client App moves the date as well, and anything in a Connected App. Users whom no ' +
      'admin chose are kept out, unless they hold Use Any API Client.',
    business: 'The affected users authorize the app again; for integrations that store a token, someone has to do it.',
    guidance:
      'The Setup Audit Trail shows for 180 days what was changed; if it was something else, write an exception.',
  },
  source:
    'Object Reference: OauthToken, CreatedDate; Metadata API Developer Guide: FileProperties, lastModifiedDate; ' +
    'Salesforce Help: Preauthorize User App Access',
  exemptable: true,
  needsUsage: true,
  reads: ['permittedUsers'],
  judge: ({ permittedUsers: policy }, subject) => {
    if (policy !== 'AdminApprovedPreAuthorized') {
      return notApplicable('Every user can approve the app for themselves; SFCA-APP-SELF-AUTHORIZED checks that.');
    }
    return judgeTokens(subject, ({ count, grants, atLeast }) => {
      if (!grants) return notEvaluated(`The org does not report when ${RECORD} was last changed.`);
      const { policiesChanged: date, older, olderUsers, undated } = grants;
      if (older > 0) {
        const verb = older === 1 ? 'is' : 'are';
        return fail(
          `${older.toLocaleString('en-US')} of ${plural(count, 'token')} ${verb} older than the last change of ${RECORD} (${date}).`,
          { offenders: olderUsers },
        );
      }
      if (undated > 0) return notEvaluated(`The org does not report when ${plural(undated, 'token')} were granted.`);
      if (atLeast) return notEvaluated(CUT);
      return pass(
        count === 1
          ? `Its one token was granted after the last change of ${RECORD} (${date}).`
          : `All ${plural(count, 'token')} were granted after the last change of ${RECORD} (${date}).`,
      );
    });
  },
});
