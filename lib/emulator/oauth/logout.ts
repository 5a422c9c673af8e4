import type { HttpRequest, OrgContext } from '../context';
import { isFields, textOf } from '../fields';
import { randomText } from '../ids';
import { CONNECTED_APP, OAUTH, OAUTH_POLICY } from '../schema/types';
import { componentOf, type OrgState, partsOf } from '../state';
import { sameApp } from '../usage/grants';
import type { GrantedApp } from '../usage/state';
import type { OauthClient } from './client';
import { logoutPage } from './pages';

const NAME = 'sid';
/** Clients that are their own browser keep no cookie, and leave one behind at each login. */
const MOST = 1000;
/** Never sent to Salesforce or by a page of another place. */
const KEPT_HOW = 'Path=/; HttpOnly; SameSite=Lax';

/** What the browser of a person keeps from now on, who logged in there to the app. */
export function cookieOfLogin(context: OrgContext, request: HttpRequest, { app }: OauthClient): string {
  const { browsers } = context;
  const known = browserOf(request) ?? '';
  const before = browsers.get(known);
  const browser = before === undefined ? `EMULATOR${randomText(24)}` : known;
  const others = (before ?? []).filter((one) => !sameApp(one, app));
  browsers.set(browser, [...others, app]);
  const [oldest] = browsers.keys();
  if (browsers.size > MOST && oldest !== undefined) browsers.delete(oldest);
  return `${NAME}=${browser}; ${KEPT_HOW}`;
}

/**
 * Logs out the person at the browser: a page that makes the browser call the single logout URL of each app that was logged
 * in to from there. Tokens stay as they are.
 */
export function logout(context: OrgContext, request: HttpRequest): { readonly page: string; readonly cookie: string } {
  const browser = browserOf(request) ?? '';
  const urls = (context.browsers.get(browser) ?? []).flatMap((app) => logoutUrl(context.state(), app) ?? []);
  context.browsers.delete(browser);
  return { page: logoutPage([...new Set(urls)]), cookie: `${NAME}=; Max-Age=0; ${KEPT_HOW}` };
}

const browserOf = ({ headers }: HttpRequest): string | undefined =>
  /(?:^|;\s*)sid=([^;]+)/.exec(headers['cookie'] ?? '')?.[1];

/** The administrator's goes before the developer's. */
function logoutUrl(state: OrgState, { kind, name }: GrantedApp): string | undefined {
  const stated =
    kind === 'connected-app'
      ? ['oauthPolicy', 'oauthConfig'].map((part) => componentOf(state, CONNECTED_APP, name)?.fields[part])
      : [OAUTH_POLICY, OAUTH].map((type) => partsOf(state, type, name)[0]?.fields);
  return stated.flatMap((fields) => (isFields(fields) ? (textOf(fields, 'singleLogoutUrl') ?? []) : []))[0];
}
