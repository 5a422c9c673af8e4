import { ALL_KINDS, lowers, lowRisk, pass, raises, theme } from '../define';
import { known, valueOf } from '../reading';
import { aboutCodes } from './codes-unused';

/** PKCE on one app; the org-wide switch does the same for every app. */
export const pkce = theme({
  kinds: ALL_KINDS,
  reads: ['pkceRequired'],
  risk: 'Whoever gets hold of an authorization code can redeem it, because nothing ties the code to the client that asked.',
  threat:
    'A second app on the phone registers the same URL scheme, or a proxy logs the redirect; the code found there is redeemed ' +
    'before the real client does it.',
  conditions: [
    raises('the client is public or shows no secret: nothing but PKCE proves who redeems the code', ({ kind, app }) =>
      kind === 'public' ? true : known(app.fields.secretInWebServerFlow, (required) => required !== true),
    ),
    lowers('a confidential client must show its secret as well', ({ kind, app }) =>
      kind === 'public' ? false : known(app.fields.secretInWebServerFlow, (required) => required === true),
    ),
  ],
  considerations: {
    risk: 'It is worst for clients that show no secret, because a code is then all it takes. A server that shows its secret is safe from plain theft of codes, not from codes that are slipped to it.',
    business:
      'Clients that send no code_challenge are refused at once; most libraries send one after a setting or an update.',
  },
  judge: ({ pkceRequired }, subject) => {
    const { org } = subject;
    if (pkceRequired === true) return pass('Code flows of this app fail without PKCE.');
    if (org && valueOf(org.fields.pkceRequired) === true) {
      return lowRisk('The app does not require PKCE, but the org requires it of every app.');
    }
    return aboutCodes(subject, 'Code flows of this app work without PKCE.');
  },
});
