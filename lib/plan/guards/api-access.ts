import type { Diagnostic } from '../../values/diagnostic';
import type { LoginProblem } from '../login-rules';
import { loginProblems, ownApp, settingOf } from '../own-login';
import type { FieldChange } from '../plan';
import type { Situation } from '../situation';
import { judged } from './self-lockout';

export const API_ACCESS_CONTROL = 'enableAdminApprovedAppsOnly';

/** True where the org is to take only apps that an administrator approved for the user. */
const closesTheApi = (changes: readonly FieldChange[]): boolean =>
  changes.some(({ field, after }) => field === API_ACCESS_CONTROL && after.state === 'value' && after.value === true);

/** API Access Control keeps out whoever comes through an app that no administrator approved: this login must not be one. */
export function guardApiAccess(
  changes: readonly FieldChange[],
  situation: Situation,
  path: string,
): readonly Diagnostic[] {
  const { identity, facts, today } = situation;
  if (!closesTheApi(changes) || identity.clientId === undefined) return [];
  const app = ownApp(situation.observed, identity);
  const name = app?.apiName ?? identity.clientId;
  return judged(problemsOf(), { name, path, code: 'self-lockout-by-settings' }, situation);

  function problemsOf(): readonly LoginProblem[] {
    const problem = (state: LoginProblem['state'], why: string): readonly LoginProblem[] => [
      { state, setting: 'permittedUsers', why, fix: '' },
    ];
    const user = facts.ownUser;
    if (!user) return problem('not-evaluated', 'whether API Access Control admits the user of this login was not read');
    if (user.usesAnyApiClient === true) return [];
    if (!app)
      return problem('may', 'API Access Control admits only approved apps, and no app with this consumer key was read');
    if (settingOf(app, 'permittedUsers') !== 'AdminApprovedPreAuthorized') {
      return problem(
        'may',
        'API Access Control admits only apps that an administrator has approved for the user, and users approve this one themselves',
      );
    }
    // Whether the user is approved is asked of a login of any way.
    const asked = loginProblems(app, { identity: {}, user, today });
    return asked.filter(({ setting }) => setting === 'permissionSets');
  }
}
