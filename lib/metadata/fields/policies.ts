import { APP_POLICIES, OAUTH_POLICIES } from '../../values/metadata-types';
import {
  apexClass,
  appReference,
  choice,
  type ComponentType,
  type Field,
  flag,
  integer,
  records,
  set,
  text,
} from './field';
import { ATTRIBUTES, LOGOUT } from './oauth-settings';

/** An emergency stop: only the author's explicit word switches one back on (D12). */
const plugin = (name: string, title: string, since: number): Field =>
  flag(name, title, {
    since,
    default: true,
    direction: 'true-widens',
    impact: { whenFalse: { level: 'breaks', who: 'all clients that use this part of the app' } },
  });

/** Whether the app and each of its plugins is on, and where it starts. */
export const configurablePolicies: ComponentType = {
  name: APP_POLICIES,
  directory: 'extlClntAppPolicies',
  suffix: 'ecaPlcy',
  since: 60,
  title: 'App policies',
  fields: [
    { ...appReference, since: 60 },
    plugin('isAttestPluginEnabled', 'Attestation plugin enabled', 68),
    plugin('isCanvasPluginEnabled', 'Canvas plugin enabled', 65),
    plugin('isEnabled', 'App enabled', 60),
    plugin('isMobilePluginEnabled', 'Mobile plugin enabled', 62),
    plugin('isNotificationPluginEnabled', 'Notification plugin enabled', 61),
    plugin('isOauthPluginEnabled', 'OAuth plugin enabled', 60),
    plugin('isPushPluginEnabled', 'Push plugin enabled', 62),
    plugin('isSamlPluginEnabled', 'SAML plugin enabled', 63),
    text('label', 'Label', { since: 60 }),
    choice('startPage', 'Start page', ['None', 'Custom', 'OAuth', 'SAML'], { since: 62, default: 'None' }),
    text('startUrl', 'Start URL', { since: 62 }),
  ],
};

const JWT_TYPES = ['UserSession', 'Custom'];
export const LEVEL_IMPACT = {
  onChange: { level: 'breaks', who: 'users and unattended clients below the session level' },
} as const;
const LIFETIME_IMPACT = {
  onChange: { level: 'reauthorize', who: 'clients whose refresh tokens end earlier than before' },
} as const;

/** What the admins of this org allow: who, from where, for how long. */
export const oauthConfigurablePolicies: ComponentType = {
  name: OAUTH_POLICIES,
  directory: 'extlClntAppOauthPolicies',
  suffix: 'ecaOauthPlcy',
  since: 59,
  title: 'OAuth policies',
  fields: [
    appReference,
    apexClass('apexHandler', 'Apex plugin class', {
      since: 61,
      direction: 'apex-gate',
      impact: {
        onChange: { level: 'unknown', who: 'users whom the class does not admit, and clients that read what it adds' },
      },
    }),
    text('clientCredentialsFlowUser', 'Client credentials: run as', {
      since: 60,
      direction: 'change-widens',
      impact: { onChange: { level: 'breaks', who: "clients that rely on the previous run-as user's access" } },
    }),
    set('commaSeparatedCustomScopes', 'Custom OAuth scopes', {
      since: 61,
      impact: { onChange: { level: 'breaks', who: 'clients that use a scope no longer listed' } },
    }),
    set('commaSeparatedPermissionSet', 'Permission sets', {
      direction: 'preauthorized',
      impact: { onChange: { level: 'breaks', who: 'users whose only grant was a permission set no longer listed' } },
    }),
    set('commaSeparatedProfile', 'Profiles', {
      since: 62,
      direction: 'preauthorized',
      impact: { onChange: { level: 'breaks', who: 'users whose only grant was a profile no longer listed' } },
    }),
    records(
      'customAttributes',
      'Custom attributes',
      [text('key', 'Key'), text('formula', 'Formula', { direction: 'change-widens' })],
      { direction: 'growing-widens', impact: ATTRIBUTES },
    ),
    text('executeHandlerAs', 'Apex plugin runs as', { since: 61, direction: 'change-widens' }),
    choice('guestJwtSessionTimeoutType', 'Guest JWT: timeout kind', JWT_TYPES, {
      since: 65,
      direction: 'jwt-lifetime',
    }),
    integer('guestJwtTimeout', 'Guest JWT: timeout (minutes)', { since: 61, direction: 'jwt-lifetime' }),
    choice('ipRelaxationPolicyType', 'IP relaxation', ['Enforce', 'Enforce_RelaxRefresh', 'Bypass_2factor', 'Bypass'], {
      default: 'Enforce',
      direction: ['Bypass', 'Bypass_2factor', 'Enforce_RelaxRefresh', 'Enforce'],
      impact: { onChange: { level: 'breaks', who: "clients outside the users' login IP ranges" } },
    }),
    flag('isClientCredentialsFlowEnabled', 'Enable Client Credentials Flow', {
      since: 60,
      direction: 'true-widens',
      impact: { whenFalse: { level: 'breaks', who: 'clients that use the client credentials flow' } },
    }),
    flag('isGuestCodeCredFlowEnabled', 'Enable the guest Authorization Code and Credentials Flow', {
      since: 61,
      direction: 'true-widens',
      impact: { whenFalse: { level: 'breaks', who: 'clients that act for guests' } },
    }),
    // Belongs to the global settings; here between 61 and 63 only, and never authored.
    flag('isNamedUserJwtEnabled', 'Issue JWT-based access tokens', { since: 61, until: 63, role: 'server' }),
    flag('isTokenExchangeFlowEnabled', 'Enable Token Exchange Flow', {
      since: 60,
      direction: 'true-widens',
      impact: { whenFalse: { level: 'breaks', who: 'clients that use the token exchange flow' } },
    }),
    text('label', 'Label'),
    choice('namedUserJwtSessionTimeoutType', 'JWT access token: timeout kind', JWT_TYPES, {
      since: 65,
      direction: 'jwt-lifetime',
    }),
    integer('namedUserJwtTimeout', 'JWT access token: timeout (minutes)', { since: 61, direction: 'jwt-lifetime' }),
    choice('permittedUsersPolicyType', 'Permitted users', ['AllSelfAuthorized', 'AdminApprovedPreAuthorized'], {
      default: 'AllSelfAuthorized',
      direction: ['AllSelfAuthorized', 'AdminApprovedPreAuthorized'],
      impact: { onChange: { level: 'breaks', who: 'users without one of the listed permission sets or profiles' } },
    }),
    choice('policyAction', 'If the session level is too low', ['Block', 'RaiseSessionLevel', 'StepUpMFA'], {
      literalsSince: { StepUpMFA: 67 },
      direction: 'session-level-action',
      impact: LEVEL_IMPACT,
    }),
    choice(
      'refreshTokenPolicyType',
      'Refresh token policy',
      ['Infinite', 'Zero', 'SpecificLifetime', 'SpecificInactivity'],
      {
        default: 'SpecificLifetime',
        direction: 'refresh-token-lifetime',
        impact: LIFETIME_IMPACT,
      },
    ),
    integer('refreshTokenValidityPeriod', 'Refresh token validity', {
      direction: 'refresh-token-lifetime',
      impact: LIFETIME_IMPACT,
    }),
    choice('refreshTokenValidityUnit', 'Refresh token validity unit', ['Hours', 'Days', 'Months'], {
      direction: 'refresh-token-lifetime',
      impact: LIFETIME_IMPACT,
    }),
    choice('requiredSessionLevel', 'Required session level', ['LOW', 'STANDARD', 'HIGH_ASSURANCE'], {
      default: 'STANDARD',
      direction: ['LOW', 'STANDARD', 'HIGH_ASSURANCE'],
      impact: LEVEL_IMPACT,
    }),
    integer('sessionTimeoutInMinutes', 'Session timeout (minutes)', { direction: 'session-timeout' }),
    text('singleLogoutUrl', 'Single logout URL', LOGOUT),
    text('startUrl', 'Start URL'),
  ],
};
