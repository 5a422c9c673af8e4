import { declaredText } from '../../metadata/declared-setting';
import type { SettingName } from '../../options/settings';
import type { UserFacts } from '../../org/org';
import { diagnose, type Place } from '../../values/diagnose';
import type { Diagnostic } from '../../values/diagnostic';
import type { AppGuard, AppGuardInput } from './guard';

/** Users that the app names must exist and be active; the one that client credentials act as must be let into the API. */
export const guardUsers: AppGuard = (input) => [
  ...lookUp(input, 'runAsUser', 'clientCredentials.runAs', 'run-as', api),
  ...lookUp(input, 'apexHandlerUser', 'apexHandler.executeAs', 'execute-as', () => []),
];

function lookUp(
  { app, situation }: AppGuardInput,
  setting: SettingName,
  field: string,
  title: 'run-as' | 'execute-as',
  more: (user: UserFacts, at: Place) => readonly Diagnostic[],
): readonly Diagnostic[] {
  const username = declaredText(app, setting);
  if (username === undefined) return [];
  const { users } = situation.facts;
  const at = { path: app.path, field, value: username };
  if (!users) return [diagnose(`${title}-unread`, at)];
  const user = [...users].find(([name]) => name.toLowerCase() === username.toLowerCase())?.[1];
  const allowed = 'the username (not the e-mail address, not the id) of an active, API-enabled user of this org';
  if (user?.isActive) return more(user, { ...at, allowed });
  return [diagnose(`${title}-${user ? 'inactive' : 'missing'}`, { ...at, allowed })];
}

function api({ isApiEnabled }: UserFacts, at: Place): readonly Diagnostic[] {
  if (isApiEnabled === false) return [diagnose('run-as-not-api-enabled', at)];
  return isApiEnabled === undefined ? [diagnose('run-as-access-unread', at)] : [];
}
