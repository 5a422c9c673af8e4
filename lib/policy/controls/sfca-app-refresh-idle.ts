import { appControl, BOTH_PLATFORMS, fail, notApplicable, pass, WITH_USERS } from '../define';
import { valueOf } from '../reading';
import { band } from '../severity';
import { IDLE_DAYS, lifetimeDays, LONGEST_REFRESH_DAYS } from '../themes/refresh-tokens';

export const control = appControl({
  id: 'SFCA-APP-REFRESH-IDLE',
  title: 'Unused refresh tokens end',
  finding: 'Unused refresh tokens stay valid',
  appliesTo: BOTH_PLATFORMS,
  kinds: WITH_USERS,
  recommended:
    'End refresh tokens that were not used for 30 days: by their policy, or by the idle limit beside a lifetime.',
  risk: 'A token that its owner has forgotten goes unnoticed, and works until its lifetime is over.',
  threat:
    'A token of a project that ended weeks ago is found on its build server and refreshed for the first time since.',
  cvss: band('medium', 'ours'),
  remedy: {
    code: 'set limitIdleRefreshTokens: true beside RefreshTokenPolicy.expiresAfter(…), or use RefreshTokenPolicy.expiresIfUnusedFor(Duration.days(30))',
    setup: {
      'external-client-app':
        'Setup > External Client App Manager > (app) > Policies > OAuth Policies > Refresh Token Policy: expire if not used for 30 days',
      'connected-app':
        'Setup > Manage Connected Apps > (app) > Edit Policies > OAuth Policies > Refresh Token Policy: expire if not used for 30 days',
    },
  },
  source:
    'RFC 9700 section 4.14.2; Metadata API Developer Guide: ExtlClntAppGlobalOauthSettings, isEnforceRefreshTokenTTL',
  considerations: {
    risk: 'It is small where tokens are rotated and the lifetime is short, and worst for tokens in backups and on retired machines.',
    business: 'Clients that run more rarely than every 30 days have to log in again each time.',
  },
  exemptable: true,
  reads: ['refreshTokenPolicy', 'scopes', 'idleRefreshTokenLimit'],
  optional: ['idleRefreshTokenLimit'],
  judge: ({ refreshTokenPolicy: policy = { type: 'SpecificLifetime' }, scopes = [] }, { app }) => {
    if (!scopes.includes('RefreshToken'))
      return notApplicable('Without the scope RefreshToken, the app gets no refresh tokens.');
    if (policy.type === 'Zero') return notApplicable('Refresh tokens are invalid as soon as they are issued.');
    const days = lifetimeDays(policy);
    if (days <= IDLE_DAYS) return pass(`Refresh tokens expire after ${Math.ceil(days)} days, by their policy.`);
    const { idleRefreshTokenLimit: limit } = app.fields;
    if (valueOf(limit) === true) return pass(`Refresh tokens expire after ${IDLE_DAYS} days without use.`);
    if (days > LONGEST_REFRESH_DAYS) {
      return notApplicable('The lifetime itself is too long; SFCA-APP-REFRESH-LIFETIME judges that.');
    }
    if (limit.state === 'unreadable') return { outcome: 'not-evaluated', because: limit.reason };
    return fail(`Unused refresh tokens stay valid for ${Math.ceil(days)} days.`);
  },
});
