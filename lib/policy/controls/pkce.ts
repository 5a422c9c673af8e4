import { ALL_KINDS, lowers, lowRisk, pass, raises, theme, twins } from '../define';
import { known, valueOf } from '../reading';
import { band, TWO_RATINGS, WHY_TWO_RATINGS } from '../severity';
import { aboutCodes } from '../themes/codes-unused';

/** PKCE on one app; the org-wide switch does the same for every app. */
const pkce = theme({
  kinds: ALL_KINDS,
  reads: ['pkceRequired'],
  risk: 'Anyone who obtains an authorization code can redeem it, because nothing ties the code to the client that requested it.',
  threat:
    'A second app on the phone registers the same URL scheme, or a proxy logs the redirect; the code found this way is redeemed ' +
    'before the real client does it.',
  conditions: [
    raises('the client is public or presents no secret: only PKCE proves who redeems the code', ({ kind, app }) =>
      kind === 'public' ? true : known(app.fields.secretInWebServerFlow, (required) => required !== true),
    ),
    lowers('a confidential client must present its secret as well', ({ kind, app }) =>
      kind === 'public' ? false : known(app.fields.secretInWebServerFlow, (required) => required === true),
    ),
  ],
  considerations: {
    risk: 'It is worst for clients that present no secret, because a code is then all it takes. A server that presents its secret is safe from plain theft of codes, but not from codes that are injected into it.',
    business:
      'Clients that send no code_challenge are refused immediately; most libraries send one after a configuration change or an update.',
  },
  judge: ({ pkceRequired }, subject) => {
    const { org } = subject;
    if (pkceRequired === true) return pass('Code flows of this app fail without PKCE.');
    if (org && valueOf(org.fields.pkceRequired) === true) {
      return lowRisk('The app does not require PKCE, but the org requires it for every app.');
    }
    return aboutCodes(subject, 'Code flows of this app work without PKCE.');
  },
});

export const controls = twins(
  pkce,
  {
    title: 'PKCE is required',
    finding: 'PKCE is not required',
    exemptable: true,
  },
  {
    'external-client-app': {
      id: 'SFCA-ECA-PKCE',
      salesforceControl: 'External Client Apps: Security: Require Proof Key for Code Exchange (PKCE)',
      recommended: 'Require Proof Key for Code Exchange for every flow that supports it.',
      cvss: band('high', 'salesforce'),
      remedy: {
        code: 'remove the option pkce: every kind of client requires PKCE unless a private one is exempted',
        setup:
          'Setup > External Client App Manager > (app) > Settings > OAuth Settings > Security > Require Proof Key for Code Exchange (PKCE): on',
      },
      source: 'Salesforce Help, Security Health Review: Security: Require Proof Key for Code Exchange (PKCE)',
    },
    'connected-app': {
      id: 'SFCA-CA-PKCE',
      salesforceControl: 'Connected Apps: API (Enable OAuth Settings): Require Proof Key for Code Exchange (PKCE)',
      recommended:
        'Require Proof Key for Code Exchange for every flow that supports it. Connected Apps do not by default.',
      cvss: TWO_RATINGS,
      contradiction: WHY_TWO_RATINGS,
      remedy: {
        code: 'declare the app (platform: Platform.CONNECTED_APP): every kind of client requires PKCE',
        setup:
          'Setup > App Manager > (app) > Edit > API (Enable OAuth Settings) > Require Proof Key for Code Exchange (PKCE): on',
      },
      source: 'Salesforce Help, Security Health Review: API: Require Proof Key for Code Exchange (PKCE)',
    },
  },
);
