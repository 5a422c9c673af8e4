import { keepsSecret, lowers, lowRisk, pass, raises, secretUnsettled, theme, WITH_SECRET } from '../define';
import { known, valueOf } from '../reading';
import { aboutCodes } from './codes-unused';

const contradiction =
  'One article demands the secret of every app, another one tells readers not to require it. It depends on the client: ' +
  'a server can keep a secret and has to show it; an app on a device cannot, so none is demanded and PKCE protects it. ' +
  'This control therefore judges private and machine clients, and SFCA-APP-PUBLIC-SECRET the public ones.';

/** The secret when a code is redeemed. */
export const secretInWebServerFlow = theme({
  kinds: WITH_SECRET,
  reads: ['secretInWebServerFlow'],
  contradiction,
  risk: 'The token endpoint hands out tokens for a code without asking who brings it.',
  threat: 'An authorization code is read from a log or a referrer and redeemed from another machine, no secret needed.',
  conditions: [
    raises('PKCE is not required either', ({ app }) => known(app.fields.pkceRequired, (required) => required !== true)),
    lowers('PKCE is required', ({ app }) => known(app.fields.pkceRequired, (required) => required === true)),
  ],
  considerations: {
    risk: 'It is worst where PKCE is not required either: then a code from a log is a login.',
    business:
      'Clients that send no secret are refused from the moment it is required, those on devices among them: move those to an app of their own first.',
  },
  judge: ({ secretInWebServerFlow: required }, subject) =>
    required === true
      ? pass('Redeeming a code takes the client secret.')
      : keepsSecret(subject) === undefined
        ? secretUnsettled()
        : aboutCodes(subject, 'A code can be redeemed without the client secret, although this client can keep one.'),
});

/** The secret when a token is refreshed. */
export const secretInRefreshFlow = theme({
  kinds: WITH_SECRET,
  reads: ['secretInRefreshFlow'],
  contradiction,
  risk: 'A refresh token alone is as good as a login.',
  threat:
    'Refresh tokens are copied from the database of the integration and used from elsewhere until somebody revokes them.',
  conditions: [
    raises('refresh tokens are not rotated either', ({ app }) =>
      known(app.fields.refreshTokenRotation, (rotates) => rotates !== true),
    ),
    lowers('refresh tokens are rotated', ({ app }) =>
      known(app.fields.refreshTokenRotation, (rotates) => rotates === true),
    ),
  ],
  considerations: {
    risk: 'It is worst where tokens are not rotated: a stolen one works until it ends. Rotation makes a copy show, and the secret makes it useless.',
    business:
      'Clients that refresh without the secret, the hybrid refresh flow included, are refused from the moment it is required.',
  },
  judge: ({ secretInRefreshFlow: required }, subject) => {
    if (required === true) return pass('Refreshing a token takes the client secret.');
    const granted = valueOf(subject.app.fields.scopes);
    if (granted && !granted.includes('RefreshToken')) {
      return lowRisk('A refresh token alone would be enough, but without the scope RefreshToken none is issued.');
    }
    return keepsSecret(subject) === undefined
      ? secretUnsettled()
      : aboutCodes(subject, 'A refresh token is enough to get access tokens, although this client can keep a secret.');
  },
});
