import type { AppSubject, Verdict } from '../control';
import { fail } from '../define';
import { valueOf } from '../reading';
import { band } from '../severity';
import { isLoopback, isWebServer, leadsNowhere } from './callback-urls';
import { hasOwnScheme } from './code-and-credentials';

/** True of a machine whose callback URLs lead to no client of its own: codes are no part of how it signs in. */
function usesNoCodes({ kind, app }: AppSubject): boolean {
  const { callbackUrls } = app.fields;
  if (kind !== 'machine' || callbackUrls.state === 'unreadable') return false;
  const urls = valueOf(callbackUrls) ?? [];
  return !hasOwnScheme(urls) && !urls.some((url) => isWebServer(url) && !isLoopback(url) && !leadsNowhere(url));
}

/**
 * What is wrong about codes and refresh tokens. Salesforce has no switch that turns the web server flow of an app off,
 * so it is reported for a machine as well, and rated by what is left: a user has to be tricked into a login first.
 */
export const aboutCodes = (subject: AppSubject, because: string): Verdict =>
  usesNoCodes(subject)
    ? fail(
        `${because} This machine client does not use codes, and Salesforce has no setting to turn them off: a user would have ` +
          'to be tricked into a login first.',
        { cvss: band('medium', 'ours') },
      )
    : fail(because);
