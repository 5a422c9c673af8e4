import { isLoopback } from '../values/callback-url';

/** Salesforce's two generic login hosts. */
const GENERIC = new Set(['login.salesforce.com', 'test.salesforce.com']);

export const PRODUCTION_LOGIN_URL = 'https://login.salesforce.com';
const SANDBOX_LOGIN_URL = 'https://test.salesforce.com';

/** True for `login.salesforce.com` and `test.salesforce.com`, which belong to no org. */
export const isGenericLogin = (url: string): boolean => GENERIC.has(new URL(url).hostname);

/** `scheme://host:port` of a URL to which credentials may be sent, or what is wrong with it. */
export function originOf(text: string): { readonly origin: string } | { readonly problem: string } {
  if (!URL.canParse(text)) return { problem: 'it is not a URL; write it as https://host' };
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return { problem: 'it contains a username or password' };
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    return { problem: 'it must start with https:// (plain http only on localhost, 127.0.0.1 or [::1])' };
  }
  if (url.hostname.endsWith('.lightning.force.com')) {
    return { problem: 'it is the address of the user interface; give the My Domain (https://….my.salesforce.com)' };
  }
  return { origin: url.origin };
}

/**
 * The `aud` that the token endpoint expects: the generic login host of the org's type, or the address of an Experience
 * Cloud site. Sandboxes and scratch orgs are recognized by their My Domain.
 */
export function audienceOf(loginUrl: string): string {
  const { hostname, origin } = new URL(loginUrl);
  if (hostname === 'test.salesforce.com') return SANDBOX_LOGIN_URL;
  if (hostname.endsWith('.my.site.com')) return origin;
  const [myDomain = '', kind = ''] = hostname.split('.');
  const isSandbox = kind === 'sandbox' || kind === 'scratch' || (kind === 'my' && myDomain.includes('--'));
  return isSandbox ? SANDBOX_LOGIN_URL : PRODUCTION_LOGIN_URL;
}
