import { keepsSecret, lowers, lowRisk, pass, raises, secretUnsettled, theme, twins, WITH_SECRET } from '../define';
import { known, valueOf } from '../reading';
import { band, TWO_RATINGS, WHY_TWO_RATINGS } from '../severity';
import { aboutCodes } from '../themes/codes-unused';

const contradiction =
  'One article requires the secret for every app, another tells readers not to require it. It depends on the client: ' +
  'a server can keep a secret and has to present it; an app on a device cannot, so none is required and PKCE protects it. ' +
  'This control therefore checks private and machine clients, and SFCA-APP-PUBLIC-SECRET checks public ones.';

/** The secret when a code is redeemed. */
const secretInWebServerFlow = theme({
  kinds: WITH_SECRET,
  reads: ['secretInWebServerFlow'],
  contradiction,
  risk: 'The token endpoint issues tokens for a code without checking who redeems it.',
  threat:
    'An authorization code is read from a log or a referrer and redeemed from another machine; no secret is needed.',
  conditions: [
    raises('PKCE is not required either', ({ app }) => known(app.fields.pkceRequired, (required) => required !== true)),
    lowers('PKCE is required', ({ app }) => known(app.fields.pkceRequired, (required) => required === true)),
  ],
  considerations: {
    risk: 'It is worst where PKCE is not required either: a code from a log is then enough to log in.',
    business:
      'Clients that send no secret are refused from the moment it is required, including those on devices: move those to their own app first.',
  },
  judge: ({ secretInWebServerFlow: required }, subject) =>
    required === true
      ? pass('Redeeming a code requires the client secret.')
      : keepsSecret(subject) === undefined
        ? secretUnsettled()
        : aboutCodes(subject, 'A code can be redeemed without the client secret, although this client can keep one.'),
});

/** The secret when a token is refreshed. */
const secretInRefreshFlow = theme({
  kinds: WITH_SECRET,
  reads: ['secretInRefreshFlow'],
  contradiction,
  risk: 'A refresh token alone is enough to log in.',
  threat:
    'Refresh tokens are copied from the database of the integration and used from elsewhere until someone revokes them.',
  conditions: [
    raises('refresh tokens are not rotated either', ({ app }) =>
      known(app.fields.refreshTokenRotation, (rotates) => rotates !== true),
    ),
    lowers('refresh tokens are rotated', ({ app }) =>
      known(app.fields.refreshTokenRotation, (rotates) => rotates === true),
    ),
  ],
  considerations: {
    risk: 'It is worst where tokens are not rotated: a stolen one works until it expires. Rotation reveals a copy, and the secret makes it useless.',
    business:
      'Clients that refresh without the secret, the hybrid refresh flow included, are refused from the moment it is required.',
  },
  judge: ({ secretInRefreshFlow: required }, subject) => {
    if (required === true) return pass('Refreshing a token requires the client secret.');
    const granted = valueOf(subject.app.fields.scopes);
    if (granted && !granted.includes('RefreshToken')) {
      return lowRisk('A refresh token alone would be enough, but without the scope RefreshToken none is issued.');
    }
    return keepsSecret(subject) === undefined
      ? secretUnsettled()
      : aboutCodes(subject, 'A refresh token is enough to get access tokens, although this client can keep a secret.');
  },
});

export const controls = [
  ...twins(
    secretInWebServerFlow,
    {
      title: 'The web server flow requires the secret',
      finding: 'The web server flow requires no secret',
      recommended: 'Require the consumer secret when a server redeems an authorization code.',
      exemptable: true,
    },
    {
      'external-client-app': {
        id: 'SFCA-ECA-SECRET-WEB-SERVER',
        salesforceControl: 'External Client Apps: Security: Require Secret for Web Server Flow',
        cvss: band('high', 'salesforce'),
        remedy: {
          code: 'declare the client with its real kind: PrivateClientApp and MachineApp require the secret',
          setup:
            'Setup > External Client App Manager > (app) > Settings > OAuth Settings > Security > Require secret for Web Server Flow: on',
        },
        source: 'Salesforce Help, Security Health Review: Security: Require Secret for Web Server Flow',
      },
      'connected-app': {
        id: 'SFCA-CA-SECRET-WEB-SERVER',
        salesforceControl: 'Connected Apps: API (Enable OAuth Settings): Require Secret for Web Server Flow',
        cvss: TWO_RATINGS,
        contradiction: `${secretInWebServerFlow.contradiction ?? ''} ${WHY_TWO_RATINGS}`,
        remedy: {
          code: 'declare the app (platform: Platform.CONNECTED_APP): PrivateClientApp and MachineApp require the secret',
          setup:
            'Setup > App Manager > (app) > Edit > API (Enable OAuth Settings) > Require Secret for Web Server Flow: on',
        },
        source: 'Salesforce Help, Security Health Review: API: Require Secret for Web Server Flow',
      },
    },
  ),
  ...twins(
    secretInRefreshFlow,
    {
      title: 'The refresh token flow requires the secret',
      finding: 'The refresh token flow requires no secret',
      recommended: 'Require the consumer secret when a server refreshes a token.',
      exemptable: true,
    },
    {
      'external-client-app': {
        id: 'SFCA-ECA-SECRET-REFRESH',
        salesforceControl: 'External Client Apps: Security: Require secret for Refresh Token Flow',
        cvss: band('high', 'salesforce'),
        remedy: {
          code: 'declare the client with its real kind: PrivateClientApp and MachineApp require the secret',
          setup:
            'Setup > External Client App Manager > (app) > Settings > OAuth Settings > Security > Require secret for Refresh Token Flow: on',
        },
        source: 'Salesforce Help, Security Health Review: Security: Require Secret for Refresh Token Flow',
      },
      'connected-app': {
        id: 'SFCA-CA-SECRET-REFRESH',
        salesforceControl: 'Connected App: API (Enable OAuth Settings): Require Secret for Refresh Token Flow',
        cvss: TWO_RATINGS,
        contradiction: `${secretInRefreshFlow.contradiction ?? ''} ${WHY_TWO_RATINGS}`,
        remedy: {
          code: 'declare the app (platform: Platform.CONNECTED_APP): PrivateClientApp and MachineApp require the secret',
          setup:
            'Setup > App Manager > (app) > Edit > API (Enable OAuth Settings) > Require Secret for Refresh Token Flow: on',
        },
        source: 'Salesforce Help, Security Health Review: API: Require Secret for Refresh Token Flow',
      },
    },
  ),
];
