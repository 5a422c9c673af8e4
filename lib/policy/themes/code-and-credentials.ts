import { lowers, raises } from '../define';
import type { AppSubject, Condition } from '../control';
import { known } from '../reading';
import { ownScheme } from './callback-urls';

/** True where a callback URL belongs to an app on a device. */
export const hasOwnScheme = (urls: readonly string[] | undefined): boolean =>
  (urls ?? []).some((url) => ownScheme(url) !== undefined);

/** What Salesforce's articles name for the Authorization Code and Credentials Flow. */
export const codeAndCredentialsConditions: readonly Condition<AppSubject>[] = [
  raises('the app faces the public: a web page, or an app on a device', ({ kind, app }) =>
    kind === 'public' ? true : known(app.fields.callbackUrls, hasOwnScheme),
  ),
  lowers('PKCE is required', ({ app }) => known(app.fields.pkceRequired, (required) => required === true)),
];
