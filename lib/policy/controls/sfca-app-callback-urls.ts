import type { ClientKind } from '../../declaration/client-app';
import { callbackUrlProblem } from '../../values/callback-url';
import type { Verdict } from '../control';
import { ALL_KINDS, appControl, BOTH_PLATFORMS, fail, lowRisk, notApplicable, pass, raises } from '../define';
import { known, valueOf } from '../reading';
import { band } from '../severity';
import { isBareAddress, isLoopback, ownScheme, sharedHost, withoutCredentials } from '../themes/callback-urls';

export const control = appControl({
  id: 'SFCA-APP-CALLBACK-URLS',
  title: 'Codes are delivered over https, or inside the device',
  finding: 'A callback URL delivers codes where others can read them',
  appliesTo: BOTH_PLATFORMS,
  kinds: ALL_KINDS,
  recommended:
    'For servers, use https on their own host; for apps on devices, use https, a loopback address, or a scheme that is your domain in reverse (com.example.app:/oauth).',
  risk: 'An authorization code sent in clear text, or to a scheme anyone can register, can be read in transit.',
  threat: 'Someone on the same network reads the code from an http redirect and redeems it first.',
  cvss: band('high', 'ours'),
  conditions: [
    raises('PKCE is not required, so a code is enough', ({ app }) =>
      known(app.fields.pkceRequired, (required) => required !== true),
    ),
  ],
  remedy: {
    code: 'correct callbackUrls; developer tools and tunnels belong in an app in a sandbox',
    setup: {
      'external-client-app': 'Setup > External Client App Manager > (app) > Settings > OAuth Settings > Callback URL',
      'connected-app': 'Setup > App Manager > (app) > Edit > API (Enable OAuth Settings) > Callback URL',
    },
  },
  source: 'RFC 9700 section 2.6; RFC 8252 section 7; RFC 6749 section 3.1.2',
  considerations: {
    risk: 'It is worst without PKCE, and where the address can pass to someone else: tunnels, host names that lapse, schemes that any app can register.',
    business:
      'Logins through the old URL stop when it is removed. Add the new one first, move the clients, then remove the old one.',
  },
  exemptable: true,
  reads: ['callbackUrls'],
  judge: ({ callbackUrls = [] }, subject) => {
    const { kind } = subject;
    if (callbackUrls.length === 0) return notApplicable('The app has no callback URL.');
    const pkce = valueOf(subject.app.fields.pkceRequired) === true;
    const found = callbackUrls.flatMap((url) => {
      const objections = problemOf(url, kind);
      const sentence = objections.length > 0 ? objections : doubtAbout(url, kind, pkce);
      return sentence.map((verdict) => ({ ...verdict, offender: withoutCredentials(url) }));
    });
    const serious = found.filter(({ outcome }) => outcome === 'fail');
    const words = (serious.length > 0 ? serious : found).map(({ because }) => because).join(' ');
    if (serious.length > 0) return fail(words, { offenders: serious.map(({ offender }) => offender) });
    if (found.length > 0) return lowRisk(words);
    return pass(callbackUrls.length === 1 ? 'The callback URL is safe.' : 'The callback URLs are safe.');
  },
});

function problemOf(url: string, kind: ClientKind): readonly Verdict[] {
  const found = callbackUrlProblem(url, kind === 'public' ? 'device' : 'server');
  return found ? [fail(`${withoutCredentials(url)}: ${found.problem}.`)] : [];
}

/** What is no mistake in the URL itself: who receives the code. PKCE makes a code worthless to whoever only reads it. */
function doubtAbout(url: string, kind: ClientKind, pkce: boolean): readonly Verdict[] {
  const shown = withoutCredentials(url);
  const unlessPkce = pkce ? lowRisk : fail;
  const scheme = ownScheme(url);
  if (scheme !== undefined) {
    return scheme.includes('.')
      ? []
      : [
          unlessPkce(
            `${shown}: any other app on the device can register the scheme ${scheme}; use your domain in reverse, as RFC 8252 section 7.1 requires.`,
          ),
        ];
  }
  if (isLoopback(url)) {
    return kind === 'public' && url.startsWith('http:')
      ? []
      : [lowRisk(`${shown} delivers codes to any program running on the user's own machine.`)];
  }
  switch (sharedHost(url)) {
    case 'tunnel':
      // Whoever holds the address is the recipient, and starts the login with a code_challenge of their own.
      return [
        fail(`${shown}: the address is a tunnel or a request inspector; anyone who controls it receives the codes.`),
      ];
    case 'tool':
      return [
        unlessPkce(`${shown}: the address belongs to a developer tool that many people share, not to this client.`),
      ];
    default:
      return isBareAddress(url)
        ? [lowRisk(`${shown}: the address is an IP address; the next machine that is assigned it receives the codes.`)]
        : [];
  }
}
