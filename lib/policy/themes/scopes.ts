import { ALL_KINDS, fail, lowRisk, pass, theme } from '../define';
import { WHO_APPROVES } from './permitted-users';

/**
 * Scopes whose tokens tell who the user is, log in, or refresh other tokens, and open no data of the org. Every other
 * scope does, also one that is newer than this list.
 */
const WITHOUT_DATA: ReadonlySet<string> = new Set([
  'Basic',
  'CustomPermissions',
  'DataCloudUserClaims',
  'ForgotPassword',
  'OpenID',
  'PwdlessLogin',
  'RefreshToken',
  'UserRegistration',
]);

/** The scopes that open data or metadata of the org, as far as the user's own permissions go. */
export const dataScopes = (granted: readonly string[]): readonly string[] =>
  granted.filter((scope) => !WITHOUT_DATA.has(scope));

/** No scope that grants everything. */
export const scopes = theme({
  kinds: ALL_KINDS,
  reads: ['scopes'],
  risk: 'A token is worth whatever its scopes allow, and Full allows everything its user can do.',
  threat:
    'A token meant for reading one report is stolen and used to export the whole org and to change its configuration.',
  conditions: WHO_APPROVES,
  considerations: {
    risk: 'It is worst where every user may approve the app: one administrator who agrees is enough. Scopes never give more than the user has.',
    business:
      'Clients that use more than they said get errors for those calls, and users have to authorize again when scopes are added back.',
  },
  judge: ({ scopes: granted = [] }) => {
    if (granted.includes('Full')) return fail('The scope Full lets a token do everything its user can do.');
    if (granted.includes('Web')) {
      return lowRisk(
        'The scope Web lets a token open pages of the org in a browser; remove it if the client does not.',
      );
    }
    return pass(granted.length === 0 ? 'The app lists no scope.' : `The app asks for ${granted.join(', ')}.`);
  },
});
