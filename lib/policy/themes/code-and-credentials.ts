import type { AppSubject, Condition } from '../control';
import { lowers, raises } from '../define';
import { known, valueOf } from '../reading';
import { ownScheme } from './callback-urls';

/** True where a callback URL belongs to an app on a device. */
export const hasOwnScheme = (urls: readonly string[] | undefined): boolean =>
  (urls ?? []).some((url) => ownScheme(url) !== undefined);

/** Sites of Salesforce's are on the internet; names that no public server has, and the user's own machine, are not. */
const ON_THE_INTERNET = /^https:\/\/[^/]+\.(my\.site\.com|force\.com|salesforce-sites\.com)([:/]|$)/i;
const INTERNAL =
  /^https?:\/\/(localhost|127\.|10\.|192\.168\.|[^./]+([:/]|$)|[^/]+\.(local|internal|lan|corp|invalid)([:/]|$))/i;

/** Whether people outside reach the client; of the server of a private one its callback URL seldom tells. */
function facesThePublic({ kind, app }: AppSubject): boolean | undefined {
  if (kind === 'public') return true;
  const urls = valueOf(app.fields.callbackUrls);
  if (app.fields.callbackUrls.state === 'unreadable') return undefined;
  if (hasOwnScheme(urls) || urls?.some((url) => ON_THE_INTERNET.test(url)) === true) return true;
  return urls === undefined || urls.every((url) => INTERNAL.test(url)) ? false : undefined;
}

/** Whether codes are bound to their client, by the app or by the org. */
function pkceRequired({ app, org }: AppSubject): boolean | undefined {
  if (org && valueOf(org.fields.pkceRequired) === true) return true;
  return known(app.fields.pkceRequired, (required) => required === true);
}

/** What the article on External Client Apps names. */
export const externalConditions: readonly Condition<AppSubject>[] = [
  raises('the app faces the public: a web application on the internet, or an app on a device', facesThePublic),
  lowers('PKCE is required', pkceRequired),
];

/** Scopes with which a token can do much of what its user can. */
const STRONG: readonly string[] = ['Full', 'Api', 'SFApiPlatform'];

const both = (a: boolean | undefined, b: boolean | undefined): boolean | undefined =>
  a === false || b === false ? false : a === undefined || b === undefined ? undefined : true;

function secretsDemanded({ app }: AppSubject): readonly (boolean | undefined)[] {
  const { secretInWebServerFlow, secretInRefreshFlow } = app.fields;
  return [secretInWebServerFlow, secretInRefreshFlow].map((each) => known(each, (required) => required === true));
}

/** What the article on Connected Apps names, which is not the same. */
export const connectedConditions: readonly Condition<AppSubject>[] = [
  raises('the app has high privileges and does not require PKCE', (subject) => {
    const strong = known(subject.app.fields.scopes, (scopes = []) => scopes.some((scope) => STRONG.includes(scope)));
    const bound = pkceRequired(subject);
    return both(strong, bound === undefined ? undefined : !bound);
  }),
  raises('a secret is required of a public client, so it is in the code of the client', (subject) => {
    if (subject.kind !== 'public') return false;
    const demands = secretsDemanded(subject);
    return demands.includes(true) ? true : demands.includes(undefined) ? undefined : false;
  }),
  lowers('a private client presents its secret in both flows, or a public one uses PKCE', (subject) => {
    if (subject.kind === 'public') return pkceRequired(subject);
    const [web, refresh] = secretsDemanded(subject);
    return both(web, refresh);
  }),
];
