import type { FieldValue } from '../metadata/component';
import { everyApp, liveText } from '../metadata/live-app';
import { presentComponent } from '../metadata/observe';
import type { ObservedApp, ObservedOrg } from '../metadata/observed';
import { settingIn } from '../metadata/setting-in';
import { placeOf, type SettingName, SETTINGS } from '../options/settings';
import type { OrgIdentity } from '../org/org';
import type { OwnUser } from '../org/own-login';
import { LOGIN_RULES, type LoginCase, type LoginProblem } from './login-rules';

/**
 * Everything that stands against a login of this connection through the app. The one judgment of it: what a plan would
 * change is judged by it before and after, and `doctor` tells it of the app as it is.
 */
export function loginProblems(
  app: ObservedApp,
  { identity, user, today }: { identity: Pick<OrgIdentity, 'login'>; user: OwnUser | undefined; today: string },
): readonly LoginProblem[] {
  const value = (name: SettingName): FieldValue | undefined => settingOf(app, name);
  const texts = (name: SettingName): readonly string[] => {
    const found = value(name);
    return Array.isArray(found) ? (found as readonly string[]) : [];
  };
  const given: LoginCase = { app, value, texts, login: identity.login, user, today };
  return LOGIN_RULES.flatMap((rule) => rule(given));
}

/** A setting in the words of External Client Apps, or Salesforce's default; undefined: none, or not read. */
export function settingOf(app: ObservedApp, name: SettingName): FieldValue | undefined {
  const record = presentComponent(app, placeOf(SETTINGS[name], app.platform)?.type ?? '');
  return record && settingIn(record, name);
}

/** True for the app that this very connection came through. */
export const isOwnApp = (app: ObservedApp | undefined, { clientId }: Pick<OrgIdentity, 'clientId'>): boolean =>
  clientId !== undefined && liveText(app, 'consumerKey') === clientId;

/** The app of this login, where the org shows it. Of two with one key the External Client App answers to it. */
export const ownApp = (observed: ObservedOrg, identity: Pick<OrgIdentity, 'clientId'>): ObservedApp | undefined =>
  everyApp(observed).find((app) => isOwnApp(app, identity));

/** The login in words: `JWT bearer as ci@acme.example`. */
export function loginWords({ login }: Pick<OrgIdentity, 'login'>): string {
  if (!login) return 'a login by a method that the environment does not show';
  const way = login.way === 'jwt-bearer' ? 'JWT bearer' : 'client credentials';
  return login.username === undefined ? way : `${way} as ${login.username}`;
}
