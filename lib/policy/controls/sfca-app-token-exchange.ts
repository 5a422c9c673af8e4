import { ALL_KINDS, appControl, BOTH_PLATFORMS, fail, lowers, lowRisk, notEvaluated, pass, raises } from '../define';
import { known, unreadReasons } from '../reading';
import { band } from '../severity';

export const control = appControl({
  id: 'SFCA-APP-TOKEN-EXCHANGE',
  title: 'The token exchange flow is off',
  finding: 'The token exchange flow is on',
  appliesTo: BOTH_PLATFORMS,
  kinds: ALL_KINDS,
  recommended: "Keep the token exchange flow off unless another issuer's tokens must open this org.",
  risk: 'The org is then only as safe as the other issuer and the handler that maps its users.',
  threat: 'A mistake in the Apex handler turns anyone with a token of the other issuer into an administrator.',
  cvss: band('high', 'ours'),
  conditions: [
    raises('no secret is required in the flow', ({ app }) =>
      known(app.fields.secretInTokenExchange, (required) => required !== true),
    ),
    lowers('the secret is required in the flow', ({ app }) =>
      known(app.fields.secretInTokenExchange, (required) => required === true),
    ),
  ],
  remedy: {
    code: 'remove the option tokenExchange: the flow is off by default',
    setup: {
      'external-client-app':
        'Setup > External Client App Manager > (app) > Settings > OAuth Settings > Flow Enablement > Enable Token Exchange Flow: off',
      'connected-app':
        'Setup > App Manager > (app) > Edit > API (Enable OAuth Settings) > Enable Token Exchange Flow: off',
    },
  },
  source: 'RFC 8693 section 5',
  considerations: {
    risk: 'It is as large as the trust in the other issuer, and worst where the exchange requires no secret.',
    business: 'Clients that exchange tokens can no longer log in; they need another flow, such as JWT bearer.',
  },
  exemptable: true,
  reads: ['tokenExchange', 'tokenExchangePolicy'],
  optional: ['tokenExchange', 'tokenExchangePolicy'],
  judge: ({ tokenExchange, tokenExchangePolicy }, { app }) => {
    const halves = [tokenExchange, tokenExchangePolicy];
    if (halves.includes(false)) {
      const own = app.thirdParty ? tokenExchangePolicy === true : halves.includes(true);
      return own
        ? lowRisk('The token exchange flow is off, but one half of its switch is on.')
        : pass('The token exchange flow is off.');
    }
    const unread = unreadReasons([app.fields.tokenExchange, app.fields.tokenExchangePolicy]);
    if (unread.length > 0) return notEvaluated(unread.join('; '));
    return fail("The token exchange flow is on: another issuer's tokens open this org.");
  },
});
