import { knownAtSynth } from '../declaration/known-at-synth';
import type { Reading } from '../declaration/reading';
import { callbackUrlListProblem, callbackUrlProblem } from '../values/callback-url';
import { perOrg } from './expression';
import { option, WITH_USERS } from './option';
import { byDefault, ifStated } from './owned';
import { someTexts } from './recall';
import { SETTINGS } from './settings';
import { texts } from './shape';

/**
 * A machine never receives an authorization code, but Setup wants a callback URL for every OAuth app. This one can
 * deliver a code to no one: RFC 6761 reserves `.invalid`, so the host never resolves.
 */
export const MACHINE_CALLBACK_URL = 'https://no-callback.invalid/';

export const callbackUrls = option({
  name: 'callbackUrls',
  kinds: WITH_USERS,
  shape: texts,
  why: {
    machine: {
      because: 'a machine never receives an authorization code',
      remedy: 'remove it; the app gets a callback URL that delivers codes to no one',
    },
  },
  unknownAtSynth: ['self'],
  read: (given, reading): { readonly callbackUrls: readonly string[] } => ({
    callbackUrls: reading.perOrg(given, 'callbackUrls', (one) => readUrls(one, reading)) ?? [],
  }),
  fields: [
    {
      ...SETTINGS.callbackUrls,
      value: (app) => (app.kind === 'machine' ? byDefault([MACHINE_CALLBACK_URL]) : ifStated(app.callbackUrls)),
    },
  ],
  recall: (live) => {
    const urls = someTexts(live.value(SETTINGS.callbackUrls));
    return urls && perOrg(urls);
  },
});

/** Each checked, then the list as a whole. */
function readUrls(value: unknown, reading: Reading): readonly string[] {
  const allowed = 'callback URLs, at least one';
  if (value === undefined) {
    reading.missing('callbackUrls', allowed);
    return [];
  }
  if (!Array.isArray(value) || value.length === 0) {
    reading.wrongType('callbackUrls', value, `a list of ${allowed}`);
    return [];
  }
  const urls: string[] = [];
  const audience = reading.kind === 'public' ? 'device' : 'server';
  // Spread, so that a hole in the list is an element like any other.
  [...(value as readonly unknown[])].forEach((url, index) => {
    const field = `callbackUrls[${index}]`;
    if (typeof url !== 'string') {
      reading.wrongType(field, url, 'a URL');
      return;
    }
    const knowledge = knownAtSynth(url, field, reading);
    if (knowledge === 'late') urls.push(url);
    if (knowledge !== 'known') return;
    const problem = callbackUrlProblem(url, audience);
    const withheld = url.includes('@') ? '(withheld: may hold credentials)' : url;
    if (problem)
      reading.report('invalid-callback-url', field, problem, { given: withheld, source: 'RFC 8252; RFC 9700' });
    if (!urls.includes(url)) urls.push(url);
  });
  const tooLong = callbackUrlListProblem(urls);
  if (tooLong) reading.report('callback-urls-too-long', 'callbackUrls', tooLong);
  return urls;
}
