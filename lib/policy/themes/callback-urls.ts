/** True for a redirect that never leaves the machine. */
export const isLoopback = (url: string): boolean => /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/?]|$)/i.test(url);

/** The URL as it may be shown: without user name and password, without a query, which may hold a key. */
export const withoutCredentials = (url: string): string =>
  url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1…@').replace(/[?#].*$/s, '?…');
