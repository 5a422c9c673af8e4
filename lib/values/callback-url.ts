import type { Problem } from './problem';

/** All callback URLs of an app share one field of this many characters, one URL a line. */
const CALLBACK_URLS_MAX_LENGTH = 2000;

/** Schemes that run or read something instead of handing a code to an app. */
const UNSAFE_SCHEMES = new Set(['javascript:', 'data:', 'vbscript:', 'file:', 'blob:', 'about:', 'filesystem:']);
/** Schemes of the network that cannot carry an OAuth redirect. */
const UNSUITABLE_SCHEMES = new Set(['ftp:', 'ws:', 'wss:', 'mailto:', 'tel:', 'urn:', 'view-source:']);
/** Hosts that never leave the machine (RFC 8252, section 7.3). */
const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

const ALLOWED: Record<CallbackAudience, string> = {
  server: 'https://…, or http:// on localhost, 127.0.0.1 or [::1]; no fragment, no wildcard, no credentials',
  device:
    "https://…, the app's own scheme (com.example.app:/oauth), or http:// on localhost, 127.0.0.1 or [::1]; " +
    'no fragment, no wildcard, no credentials',
};

/** Who receives the redirect: a web server, or an app on someone's device that may own a URL scheme. */
export type CallbackAudience = 'server' | 'device';

/** What is wrong with one callback URL, or undefined. */
export function callbackUrlProblem(url: string, audience: CallbackAudience): Problem | undefined {
  const found = problemOf(url, audience);
  return found && { ...found, allowed: ALLOWED[audience] };
}

/** True for a host that never leaves the machine, as `URL.hostname` spells it. */
export const isLoopback = (hostname: string): boolean => LOOPBACK_HOSTS.has(hostname);

/** What is wrong with the list as a whole, or undefined. */
export function callbackUrlListProblem(urls: readonly string[]): Problem | undefined {
  const length = urls.join('\n').length;
  if (length <= CALLBACK_URLS_MAX_LENGTH) return undefined;
  return {
    problem: `the callback URLs take ${length} characters together, line breaks included`,
    allowed: `at most ${CALLBACK_URLS_MAX_LENGTH} characters: Salesforce keeps them all in one field`,
    remedy: 'shorten the URLs, or declare a second app for some of them',
  };
}

type Found = Pick<Problem, 'problem' | 'remedy'>;

function problemOf(url: string, audience: CallbackAudience): Found | undefined {
  // White space would be read as the end of one URL and the beginning of another.
  if (!/^[\x21-\x7e]+$/.test(url)) {
    return {
      problem: 'the callback URL is empty or contains white space, a control character or a non-ASCII character',
      remedy: 'give one URL per list element, percent-encoded',
    };
  }
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed) return { problem: 'the callback URL is not an absolute URL', remedy: 'write the whole URL' };
  return schemeProblem(url, parsed, audience) ?? partProblem(url, parsed);
}

function schemeProblem(url: string, parsed: URL, audience: CallbackAudience): Found | undefined {
  const scheme = parsed.protocol;
  if (UNSAFE_SCHEMES.has(scheme)) {
    return { problem: `the scheme ${scheme} executes or reads content`, remedy: 'use an https URL' };
  }
  if (UNSUITABLE_SCHEMES.has(scheme)) {
    return { problem: `the scheme ${scheme} cannot receive an OAuth redirect`, remedy: 'use an https URL' };
  }
  if ((scheme === 'https:' || scheme === 'http:') && !/^https?:\/\/[^/\\]/i.test(url)) {
    return { problem: `the callback URL does not continue with // and a host`, remedy: 'write https://host/path' };
  }
  if (scheme === 'http:' && !isLoopback(parsed.hostname)) {
    return {
      problem: 'http sends the authorization code in clear text to a host that is not loopback',
      remedy: 'use https',
    };
  }
  if (scheme !== 'https:' && scheme !== 'http:' && audience === 'server') {
    return {
      problem: `the custom scheme ${scheme} belongs to an app on a device, and this client is a server`,
      remedy: 'use an https URL, or declare a PublicClientApp',
    };
  }
  return undefined;
}

function partProblem(url: string, parsed: URL): Found | undefined {
  if (url.includes('#')) {
    return {
      problem: 'the callback URL has a fragment (RFC 6749, section 3.1.2)',
      remedy: 'remove # and what follows',
    };
  }
  if (url.includes('*')) {
    return { problem: 'the callback URL has a wildcard; Salesforce compares exactly', remedy: 'list each URL in full' };
  }
  if (url.includes('\\')) return { problem: 'the callback URL contains a backslash', remedy: 'use forward slashes' };
  if (parsed.username !== '' || parsed.password !== '') {
    return { problem: 'the callback URL contains a user name or password', remedy: 'remove what stands before the @' };
  }
  return undefined;
}
