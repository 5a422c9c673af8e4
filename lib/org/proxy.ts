import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';

import { isLoopback } from '../values/callback-url';
import type { Environment } from './login';

/** An HTTP proxy, and the hosts reached without it. */
export interface ProxySettings {
  readonly url: string;
  /** Host names or suffixes, as in `NO_PROXY`; `*` is every host. */
  readonly except: readonly string[];
}

/**
 * The proxy of the environment, by the usual variables in either case; without a scheme it is an HTTP proxy, as for curl.
 * Undefined: none. One that cannot be used is an error when it is needed, never silently passed by.
 */
export function proxySettings(environment: Environment): ProxySettings | undefined {
  const either = (name: string): string => environment[name.toLowerCase()] ?? environment[name] ?? '';
  const url = either('HTTPS_PROXY') || either('ALL_PROXY');
  if (url === '') return undefined;
  const except = either('NO_PROXY')
    .split(/[\s,]+/)
    .filter((entry) => entry !== '');
  return { url: url.includes('://') ? url : `http://${url}`, except };
}

/**
 * The proxy's address for a target, or undefined where the target is reached directly; loopback always is.
 * @throws Error with code UNUSABLE_PROXY
 */
export function proxyFor(target: URL, settings: ProxySettings | undefined): URL | undefined {
  if (settings === undefined || target.protocol !== 'https:' || isLoopback(target.hostname)) return undefined;
  const direct = settings.except.some((entry) => {
    const suffix = entry
      .replace(/:\d+$/, '')
      .replace(/^\*?\./, '')
      .toLowerCase();
    return entry === '*' || target.hostname === suffix || target.hostname.endsWith(`.${suffix}`);
  });
  return direct ? undefined : usable(settings.url);
}

/** The address may hold a password, so that no message repeats it. */
function usable(url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed && /^https?:$/.test(parsed.protocol)) return parsed;
  const problem = parsed ? `has the scheme ${parsed.protocol.slice(0, -1)}` : 'is not a URL';
  const message = `the proxy of HTTPS_PROXY or ALL_PROXY ${problem}; http://HOST:PORT and https://HOST:PORT can be used`;
  throw Object.assign(new Error(message), { code: 'UNUSABLE_PROXY' });
}

/** Asks the proxy for a tunnel to the target; what travels through it is encrypted end to end. */
export function openTunnel(proxy: URL, target: URL, signal: AbortSignal): Promise<Socket> {
  const authority = `${target.hostname}:${target.port === '' ? '443' : target.port}`;
  const headers: Record<string, string> = { host: authority };
  if (proxy.username !== '') {
    const account = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
    headers['proxy-authorization'] = `Basic ${Buffer.from(account, 'utf8').toString('base64')}`;
  }
  const ask = proxy.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = ask({
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: proxy.port === '' ? (proxy.protocol === 'https:' ? 443 : 80) : Number(proxy.port),
      method: 'CONNECT',
      path: authority,
      headers,
      agent: false,
      signal,
    });
    request.once('connect', (response, socket) => {
      if (response.statusCode === 200) {
        resolve(socket);
      } else {
        socket.destroy();
        reject(new Error(`the proxy ${proxy.host} answered ${response.statusCode ?? 0} to CONNECT ${authority}`));
      }
    });
    request.once('error', reject);
    request.end();
  });
}
