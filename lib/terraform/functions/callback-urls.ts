import {
  type CallbackAudience,
  callbackUrlListProblem,
  callbackUrlProblem,
  isLoopback,
} from '../../values/callback-url';
import { nearest } from '../../values/nearest';
import type { Problem } from '../../values/problem';
import { ok } from '../../values/result';
import { text } from '../wire/value';
import { type ProviderFunction, texts, wrong } from './function';

/** Who receives the redirect, by the type of the client. A machine that has a login page is a server. */
const AUDIENCES: Readonly<Record<string, CallbackAudience>> = {
  private: 'server',
  machine: 'server',
  public: 'device',
};

/** `callback_urls(urls, client_type)`: the list as it was given, or why an app of that type cannot have it. */
export const callbackUrls: ProviderFunction = {
  summary: 'Checks callback URLs against the rules of a client type',
  description:
    'Returns the URLs as they are, without duplicates. Fails if one is not absolute, has a scheme, a host or a part that an ' +
    'OAuth redirect must not have (http beyond loopback, wildcards, fragments, credentials, schemes that run content), or ' +
    'if they have more than 2,000 characters in total. Only a public client can have a custom scheme (com.example.app:/oauth).',
  parameters: [
    { name: 'urls', type: ['list', 'string'], description: 'The callback URLs of one app, in any order.' },
    { name: 'client_type', type: 'string', description: 'Which rules apply: `private`, `public` or `machine`.' },
  ],
  returns: ['list', 'string'],
  call: ([given, type]) => {
    const clientType = text(type) ?? '';
    const audience = Object.hasOwn(AUDIENCES, clientType) ? AUDIENCES[clientType] : undefined;
    if (!audience) {
      const types = Object.keys(AUDIENCES);
      const guess = nearest(clientType, types);
      const meant = guess === undefined ? '' : ` Did you mean ${guess}?`;
      return wrong(1, `There is no client type ${JSON.stringify(clientType)}.${meant} Allowed: ${types.join(', ')}.`);
    }
    const urls = [...new Set(texts(given))];
    const problems = urls.flatMap((url) => {
      const problem = callbackUrlProblem(url, audience);
      return problem ? [`${JSON.stringify(url)}: ${sentence(problem)}`] : [];
    });
    const all = callbackUrlListProblem(urls);
    if (all) problems.push(sentence(all));
    return problems.length > 0 ? wrong(0, problems.join('\n')) : ok(urls);
  },
};

const sentence = ({ problem, allowed, remedy }: Problem): string => `${problem}; ${remedy}. Allowed: ${allowed}.`;

/** `parse_callback_url(url)`: its parts, for rules of your own. */
export const parseCallbackUrl: ProviderFunction = {
  summary: 'Reads a callback URL',
  description:
    'Returns the parts of a callback URL that an app can have: the scheme without its colon, the host in lower case (null for ' +
    'the scheme of an app on a device), the port as written (null if it is the default of the scheme), the path, and ' +
    'whether the host is the local machine (localhost, 127.0.0.1, [::1]). Fails for a URL that no app can have.',
  parameters: [{ name: 'url', type: 'string', description: 'A callback URL of the app.' }],
  returns: ['object', { scheme: 'string', host: 'string', port: 'number', path: 'string', is_loopback: 'bool' }],
  call: ([url]) => {
    const given = text(url) ?? '';
    const problem = callbackUrlProblem(given, 'device');
    if (problem) return wrong(0, sentence(problem));
    const { protocol, hostname, port, pathname } = new URL(given);
    return ok({
      scheme: protocol.slice(0, -1),
      host: hostname === '' ? null : hostname,
      port: port === '' ? null : Number(port),
      path: pathname,
      is_loopback: isLoopback(hostname),
    });
  },
};
