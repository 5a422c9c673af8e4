import type { ClientKind } from '../../declaration/client-app';
import { callbackUrlProblem } from '../../values/callback-url';
import { ALL_KINDS, appControl, BOTH_PLATFORMS, fail, lowRisk, notApplicable, pass, raises } from '../define';
import { known } from '../reading';
import { band } from '../severity';
import { isLoopback, withoutCredentials } from '../themes/callback-urls';

export const control = appControl({
  id: 'SFCA-APP-CALLBACK-URLS',
  title: 'Codes are delivered over https, or inside the device',
  finding: 'A callback URL delivers codes where others may read them',
  appliesTo: BOTH_PLATFORMS,
  kinds: ALL_KINDS,
  recommended: "https for servers; https, the app's own scheme or a loopback address for apps on devices.",
  risk: 'An authorization code sent in clear text, or to a scheme anybody can register, is read on its way.',
  threat: 'Somebody on the same network reads the code from an http redirect and redeems it first.',
  cvss: band('high', 'ours'),
  conditions: [
    raises('PKCE is not required, so that a code is enough', ({ app }) =>
      known(app.fields.pkceRequired, (required) => required !== true),
    ),
  ],
  remedy: {
    code: 'correct callbackUrls: synth refuses the same URLs',
    setup: {
      'external-client-app': 'Setup > External Client App Manager > (app) > Settings > OAuth Settings > Callback URL',
      'connected-app': 'Setup > App Manager > (app) > Edit > API (Enable OAuth Settings) > Callback URL',
    },
  },
  source: 'RFC 9700 section 2.6; RFC 8252 section 7; RFC 6749 section 3.1.2',
  exemptable: true,
  reads: ['callbackUrls'],
  judge: ({ callbackUrls = [] }, { kind }) => {
    if (callbackUrls.length === 0) return notApplicable('The app has no callback URL.');
    const problems = callbackUrls.flatMap((url) => problemOf(url, kind));
    if (problems.length > 0) return fail(problems.join('; '));
    const loopback = callbackUrls.filter(isLoopback);
    if (loopback.length > 0 && kind !== 'public') {
      return lowRisk(`${loopback.join(', ')} delivers codes to whatever program runs on the user's own machine.`);
    }
    return pass(callbackUrls.length === 1 ? 'The callback URL is safe.' : 'The callback URLs are safe.');
  },
});

function problemOf(url: string, kind: ClientKind): readonly string[] {
  const found = callbackUrlProblem(url, kind === 'public' ? 'device' : 'server');
  return found ? [`${withoutCredentials(url)}: ${found.problem}`] : [];
}
