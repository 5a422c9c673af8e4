import { Certificate, Duration, PermittedUsers, RefreshTokenPolicy, Scope } from '../../constructs';
import { CERTIFICATE, headless, justification, plan, portal, type Row, row, synth, types } from './flow-support';

const WITHOUT_PKCE = { pkce: { required: false, justification } };
const HEADLESS_SCOPES = { scopes: [Scope.API, Scope.FORGOT_PASSWORD, Scope.PASSWORDLESS_LOGIN] };
const LEFT_OUT = { org: { permissionSets: [{ name: 'Access', holders: 0 }] } };

/** Flows in which users log in: what each needs, and where that is checked. */
export const USER_FLOWS: readonly Row[] = [
  row(
    'web server',
    'a callback URL that is safe',
    types("'NoCallback'"),
    synth('invalid-callback-url', portal({ callbackUrls: ['http://portal.acme.example'] })),
  ),
  row(
    'web server',
    'PKCE, or somebody who answers for its absence',
    types("'PkceOff'"),
    types("'PublicWithoutPkce'"),
    plan('justification-expired', portal(WITHOUT_PKCE), {}, '2027-01-02'),
    // A clock that stands in the past would let every exception last for years.
    plan('justification-too-long', portal(WITHOUT_PKCE), {}, '2020-01-02'),
  ),
  row(
    'web server',
    'no org that demands PKCE of an app without',
    synth('contradiction', (org) => {
      org.oauthSettings({ requirePkce: true });
      portal(WITHOUT_PKCE)(org);
    }),
    plan('pkce-required-by-org', portal(WITHOUT_PKCE), { oauthOidc: '<isPkceRequired>true</isPkceRequired>' }),
  ),
  row(
    'web server',
    'permission sets that exist and that somebody holds',
    plan(
      'permission-set-missing',
      portal({ permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Nothing'] }) }),
    ),
    plan(
      'no-permitted-user',
      portal({ permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Access'] }) }),
      LEFT_OUT,
    ),
  ),
  row(
    'web server',
    'a secret of clients that keep one, of no other',
    types("'PublicWithSecret'"),
    types("'PublicDemandingSecret'"),
  ),
  row(
    'refresh',
    'the scope RefreshToken',
    synth(
      'refresh-token-never-issued',
      portal({ scopes: [Scope.API], refreshTokens: RefreshTokenPolicy.expiresAfter(Duration.days(1)) }),
    ),
  ),
  row(
    'refresh',
    'rotation and an end, or somebody who answers for their absence',
    types("'RotationOff'"),
    types('RefreshTokenPolicy.neverExpires()'),
  ),
  row(
    'code and credentials',
    'the switch of the org',
    synth('code-and-credentials-not-allowed', portal({ codeAndCredentials: {} })),
    plan('org-switch-off', (org) => {
      org.assumes({ codeAndCredentialsFlow: true });
      portal({ codeAndCredentials: {} })(org);
    }),
  ),
  row('code and credentials', 'Metadata API 61', synth('needs-newer-api-version', headless({}), 60)),
  row('code and credentials', 'passwords in the POST body only', types("'PasswordsInUrls'")),
  row('code and credentials', 'an Experience Cloud site that is live', plan('no-live-site', headless({}))),
  row(
    'code and credentials',
    'guests with JSON Web Tokens',
    types("'GuestsWithOpaqueTokens'"),
    synth('guest-needs-jwt', headless({ codeAndCredentials: { guest: {} } })),
  ),
  row(
    'code and credentials',
    'a site that allows forgot-password and passwordless login',
    plan('site-does-not-allow', headless(HEADLESS_SCOPES), { site: '<isForgotPwdAllowed>true</isForgotPwdAllowed>' }),
  ),
  row(
    'code and credentials',
    'what only the site knows is said to be unchecked',
    plan('headless-settings-unchecked', headless(HEADLESS_SCOPES), {
      site: '<isForgotPwdAllowed>true</isForgotPwdAllowed><isPwdlessLoginAllowed>true</isPwdlessLoginAllowed>',
    }),
  ),
  row(
    'code and credentials',
    'no registration',
    types("'Registering'"),
    synth('headless-registration-refused', headless({ scopes: [Scope.API, Scope.USER_REGISTRATION] })),
  ),
  row(
    'native login',
    'the certificate of the client',
    types("'NativeWithoutCertificate'"),
    plan(
      'site-does-not-allow',
      portal({ firstPartyApp: { enabled: true, clientAssertionCertificate: Certificate.fromFile(CERTIFICATE) } }),
      { site: '' },
    ),
  ),
];
