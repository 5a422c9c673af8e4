import { appControl, BOTH_PLATFORMS, fail, lowers, lowRisk, notApplicable, pass, raises, WITH_USERS } from '../define';
import { known, valueOf } from '../reading';
import { band } from '../severity';
import { IDLE_DAYS, lifetimeDays, LONGEST_REFRESH_DAYS as LONGEST_DAYS } from '../themes/refresh-tokens';

export const control = appControl({
  id: 'SFCA-APP-REFRESH-LIFETIME',
  title: 'Refresh tokens end',
  finding: 'Refresh tokens live too long',
  appliesTo: BOTH_PLATFORMS,
  kinds: WITH_USERS,
  recommended:
    'Let a refresh token end after 30 days without use, or after 90 days at the latest. From Metadata API 67 on an app can ' +
    'have both: a lifetime as its policy, and the idle limit.',
  risk: 'Unused access stays valid for a year, or forever.',
  threat: 'An old laptop is sold with a token that still opens the org.',
  cvss: band('high', 'ours'),
  conditions: [
    raises('the refresh token never expires', ({ app }) =>
      known(app.fields.refreshTokenPolicy, (policy) => policy?.type === 'Infinite'),
    ),
    lowers('the org ends every refresh token after 30 days without use', ({ app }) =>
      known(app.fields.idleRefreshTokenLimit, (limited) => limited === true),
    ),
  ],
  remedy: {
    code: 'remove the option refreshTokens: RefreshTokenPolicy.expiresIfUnusedFor(Duration.days(30)) is the default',
    setup: {
      'external-client-app':
        'Setup > External Client App Manager > (app) > Policies > OAuth Policies > Refresh Token Policy',
      'connected-app': 'Setup > Manage Connected Apps > (app) > Edit Policies > OAuth Policies > Refresh Token Policy',
    },
  },
  source: 'RFC 9700 section 4.14; Salesforce DX Developer Guide: Create an External Client App in Your Org',
  considerations: {
    risk: 'It is worst for tokens that never expire: stolen ones were used for months in attacks on Salesforce customers.',
    business:
      'Users have to log in again when the lifetime is over; for integrations that store a token, someone has to do it. Tokens issued earlier follow the new policy.',
  },
  exemptable: true,
  reads: ['refreshTokenPolicy', 'scopes', 'idleRefreshTokenLimit'],
  optional: ['scopes', 'idleRefreshTokenLimit'],
  judge: ({ refreshTokenPolicy: policy = { type: 'SpecificLifetime' }, idleRefreshTokenLimit }, { app }) => {
    const scopes = valueOf(app.fields.scopes);
    if (scopes && !scopes.includes('RefreshToken')) {
      return notApplicable('Without the scope RefreshToken, the app gets no refresh tokens.');
    }
    if (policy.type === 'Zero') return pass('Refresh tokens are invalid as soon as they are issued.');
    const length = lifetimeDays(policy);
    const rounded = `${Math.ceil(length)} days`;
    if (policy.type === 'SpecificInactivity' && length <= IDLE_DAYS)
      return pass(`Refresh tokens expire after ${rounded} without use; a client that keeps using its token keeps it.`);
    if (policy.type === 'SpecificLifetime' && length <= LONGEST_DAYS)
      return pass(
        idleRefreshTokenLimit === true
          ? `Refresh tokens expire after ${rounded}, and after ${IDLE_DAYS} days without use.`
          : `Refresh tokens expire after ${rounded}.`,
      );
    if (idleRefreshTokenLimit === true) {
      return lowRisk('The policy is long, but the idle limit expires refresh tokens after 30 days without use.');
    }
    if (policy.type === 'SpecificInactivity' && length <= LONGEST_DAYS) {
      return lowRisk(`Refresh tokens expire after ${rounded} without use; ${IDLE_DAYS} are enough for most clients.`);
    }
    return fail(
      policy.type === 'Infinite'
        ? 'Refresh tokens are valid until they are revoked.'
        : policy.type.startsWith('Specific')
          ? `Refresh tokens are valid for ${rounded}${policy.type === 'SpecificInactivity' ? ' after each use' : ''}.`
          : `The refresh token policy ${policy.type} is not known to expire tokens.`,
    );
  },
});
