import { ALL_KINDS, fail, lowers, lowRisk, pass, raises, theme, twins } from '../define';
import { known, valueOf } from '../reading';
import { band, TWO_RATINGS, WHY_TWO_RATINGS } from '../severity';

/** Refresh token rotation. */
const rotation = theme({
  kinds: ALL_KINDS,
  reads: ['refreshTokenRotation', 'scopes'],
  optional: ['scopes'],
  risk: 'A refresh token that never changes can be used by someone else alongside its owner for as long as it lives, and no one notices.',
  threat: 'A copy of the token store leaks from a backup; months later the tokens in it still open the org.',
  conditions: [
    raises('the refresh token never expires', ({ app }) =>
      known(app.fields.refreshTokenPolicy, (policy) => policy?.type === 'Infinite'),
    ),
    lowers('refreshing requires the client secret as well', ({ kind, app }) =>
      kind === 'public' ? false : known(app.fields.secretInRefreshFlow, (required) => required === true),
    ),
  ],
  considerations: {
    risk: 'It is worst where tokens never expire and no secret is required; a rotated token that is used twice reveals that there is a copy.',
    business:
      'A client that does not store the new token it receives has to log in again; test this first, especially if several processes share one token.',
  },
  judge: ({ refreshTokenRotation }, { app, kind }) => {
    if (refreshTokenRotation === true) return pass('Each refresh replaces the refresh token.');
    if (kind === 'machine') {
      return lowRisk('Refresh tokens are not rotated, but the flows of a machine issue none.');
    }
    const scopes = valueOf(app.fields.scopes);
    if (scopes && !scopes.includes('RefreshToken')) {
      return lowRisk('Refresh tokens are not rotated, but without the scope RefreshToken none is issued.');
    }
    return fail('A refresh token stays the same no matter how often it is used.');
  },
});

export const controls = twins(
  rotation,
  {
    title: 'Refresh tokens are rotated',
    finding: 'Refresh tokens are not rotated',
    recommended: 'Replace the refresh token each time it is used.',
    exemptable: true,
  },
  {
    'external-client-app': {
      id: 'SFCA-ECA-ROTATION',
      salesforceControl: 'External Client Apps: Security: Enable Refresh Token Rotation',
      cvss: band('high', 'salesforce'),
      remedy: {
        code: 'remove the option refreshTokenRotation: rotation is on by default',
        setup:
          'Setup > External Client App Manager > (app) > Settings > OAuth Settings > Security > Enable Refresh Token Rotation: on',
      },
      source: 'Salesforce Help, Security Health Review: Security: Enable Refresh Token Rotation',
    },
    'connected-app': {
      id: 'SFCA-CA-ROTATION',
      salesforceControl: 'Connected Apps: API (Enable OAuth Settings): Enable Refresh Token Rotation',
      cvss: TWO_RATINGS,
      contradiction: WHY_TWO_RATINGS,
      remedy: {
        code: 'declare the app (platform: Platform.CONNECTED_APP): rotation is on by default',
        setup: 'Setup > App Manager > (app) > Edit > API (Enable OAuth Settings) > Enable Refresh Token Rotation: on',
      },
      source: 'Salesforce Help, Security Health Review: API: Enable Refresh Token Rotation',
    },
  },
);
