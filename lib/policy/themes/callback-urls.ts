/** True for a redirect that never leaves the machine. */
export const isLoopback = (url: string): boolean => /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/?]|$)/i.test(url);

/** The URL as it may be shown: without user name and password, without a query, which may hold a key. */
export const withoutCredentials = (url: string): string =>
  url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1…@').replace(/[?#].*$/s, '?…');

/** The scheme an app on a device owns. Text without a scheme (`host/path`, `host:8443/path`) is no URL and has none. */
export function ownScheme(url: string): string | undefined {
  const scheme = /^([a-z][a-z0-9+.-]*):\//i.exec(url)?.[1]?.toLowerCase();
  return scheme === undefined || NETWORK_SCHEMES.has(scheme) ? undefined : scheme;
}

const NETWORK_SCHEMES: ReadonlySet<string> = new Set(['http', 'https', 'file', 'ftp', 'ws', 'wss', 'blob', 'data']);

/** True for an address of the web on a host of its own: neither loopback nor a page that belongs to no one's server. */
export const isWebServer = (url: string): boolean =>
  /^https?:\/\//i.test(url) && hostOf(url) !== undefined && !isLoopback(url) && !isLandingPage(url) && !sharedHost(url);

/**
 * Where Salesforce itself receives a code, or nothing does: people enter it for desktop and command line clients, for
 * jobs, and where they do not know what to enter. A callback of an Auth. Provider or a page below it is a server's.
 */
function isLandingPage(url: string): boolean {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/(^|\.)(salesforce|force)\.com$/i.test(parsed.hostname)) return false;
  return parsed.pathname === '/' || parsed.pathname.startsWith('/services/oauth2/');
}

/** A host name that RFC 2606 keeps from ever existing. */
export const leadsNowhere = (url: string): boolean => /^https:\/\/[^/]*\.invalid(\/|$)/i.test(url);

const hostOf = (url: string): string | undefined =>
  URL.canParse(url) && new URL(url).hostname !== '' ? new URL(url).hostname.toLowerCase() : undefined;

/** Addresses that many people use, or that pass from one to the next, and what each of them is. */
const SHARED: Readonly<Record<string, 'tool' | 'tunnel'>> = {
  'app.getpostman.com': 'tool',
  'getpostman.com': 'tool',
  'hoppscotch.io': 'tool',
  'oauth.pstmn.io': 'tool',
  'oauth.tools': 'tool',
  'oauthdebugger.com': 'tool',
  'oidcdebugger.com': 'tool',
  'beeceptor.com': 'tunnel',
  'devtunnels.ms': 'tunnel',
  'hookbin.com': 'tunnel',
  'httpbin.org': 'tunnel',
  'lhr.life': 'tunnel',
  'loca.lt': 'tunnel',
  'localhost.run': 'tunnel',
  'ngrok-free.app': 'tunnel',
  'ngrok-free.dev': 'tunnel',
  'ngrok.app': 'tunnel',
  'ngrok.dev': 'tunnel',
  'ngrok.io': 'tunnel',
  'pipedream.net': 'tunnel',
  'requestbin.com': 'tunnel',
  'requestbin.net': 'tunnel',
  'serveo.net': 'tunnel',
  'trycloudflare.com': 'tunnel',
  'webhook.site': 'tunnel',
};

/** What a shared address is: a page of a developer tool, or a tunnel or inspector that anyone may hold tomorrow. */
export function sharedHost(url: string): 'tool' | 'tunnel' | undefined {
  const host = hostOf(url);
  if (host === undefined) return undefined;
  const name = Object.keys(SHARED).find((each) => host === each || host.endsWith(`.${each}`));
  return name === undefined ? undefined : SHARED[name];
}

/** True for https on an address without a name, other than loopback. */
export const isBareAddress = (url: string): boolean =>
  /^https:/i.test(url) && !isLoopback(url) && /^(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/i.test(hostOf(url) ?? '');
