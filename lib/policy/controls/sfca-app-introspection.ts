import { ALL_KINDS, appControl, BOTH_PLATFORMS, fail, pass } from '../define';
import { band } from '../severity';

export const control = appControl({
  id: 'SFCA-APP-INTROSPECTION',
  title: 'The app introspects only its own tokens',
  finding: 'The app can introspect the tokens of other apps',
  appliesTo: BOTH_PLATFORMS,
  kinds: ALL_KINDS,
  recommended: 'Keep introspection of all tokens off.',
  risk: "The client learns who uses which other app, and which of the org's tokens are alive.",
  threat: 'Anyone who finds a string in a log can ask whether it is a token and whose it is.',
  cvss: band('medium', 'ours'),
  remedy: {
    code: 'remove the option introspectAllTokens',
    setup: {
      'external-client-app':
        'Setup > External Client App Manager > (app) > Settings > OAuth Settings > Introspect All Tokens: off',
      'connected-app': 'Setup > App Manager > (app) > Edit > API (Enable OAuth Settings) > Introspect All Tokens: off',
    },
  },
  source: 'RFC 7662 section 4',
  considerations: {
    risk: 'It is small while the client keeps its secret; anyone who has the secret can see which tokens are alive.',
    business: 'A gateway that checks the tokens of other apps needs it; nothing else is affected.',
  },
  exemptable: true,
  reads: ['introspectAllTokens'],
  judge: ({ introspectAllTokens }) =>
    introspectAllTokens === true
      ? fail('The app can introspect tokens that were issued to other apps.')
      : pass('The app can introspect only its own tokens.'),
});
