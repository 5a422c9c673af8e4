import { declaredText } from '../../metadata/declared-setting';
import type { SettingName } from '../../options/settings';
import type { OrgFacts, UserFacts } from '../../org/org';
import { diagnose, type Place } from '../../values/diagnose';
import type { Diagnostic } from '../../values/diagnostic';
import { visible } from '../../values/visible';
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
  const allowed = 'the username (not the email address or the ID) of an active, API-enabled user of this org';
  if (user?.isActive) return more(user, { ...at, allowed });
  if (user) return [diagnose(`${title}-inactive`, { ...at, allowed })];
  return [noSuchUser(`${title}-missing`, { ...at, allowed }, situation.facts)];
}

/** A user that the org does not have, and the one of it that was perhaps meant. */
export function noSuchUser(
  code: 'run-as-missing' | 'execute-as-missing',
  at: Place & { readonly value: string },
  { similarUsers }: Pick<OrgFacts, 'similarUsers'>,
): Diagnostic {
  const found = diagnose(code, at);
  const meant = similarUsers?.get(at.value);
  return meant === undefined
    ? found
    : { ...found, remedy: `did you mean ${visible(meant)}? Otherwise, ${found.remedy}` };
}

function api({ isApiEnabled }: UserFacts, at: Place): readonly Diagnostic[] {
  if (isApiEnabled === false) return [diagnose('run-as-not-api-enabled', at)];
  return isApiEnabled === undefined ? [diagnose('run-as-access-unread', at)] : [];
}
