import { ALL_KINDS, fail, lowRisk, pass, theme, twins } from '../define';
import { band } from '../severity';
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
const scopes = theme({
  kinds: ALL_KINDS,
  reads: ['scopes'],
  risk: 'A token is worth whatever its scopes allow, and Full allows everything its user can do.',
  threat:
    'A token meant for reading one report is stolen and used to export the whole org and to change its configuration.',
  conditions: WHO_APPROVES,
  considerations: {
    risk: 'It is worst where every user can approve the app: one administrator who agrees is enough. Scopes never grant more than the user has.',
    business:
      'Clients that use more than they declared get errors for those calls, and users have to authorize again when scopes are added back.',
  },
  judge: ({ scopes: granted = [] }) => {
    if (granted.includes('Full')) return fail('The scope Full lets a token do everything its user can do.');
    if (granted.includes('Web')) {
      return lowRisk(
        'The scope Web lets a token open pages of the org in a browser; remove it if the client does not.',
      );
    }
    return pass(granted.length === 0 ? 'The app lists no scope.' : `The app requests ${granted.join(', ')}.`);
  },
});

export const controls = twins(
  scopes,
  {
    title: 'No scope that grants everything',
    finding: 'The app has a scope that grants everything',
    recommended: 'Grant the scopes the client needs, never Full, and Web only where the client opens pages of the org.',
    exemptable: true,
  },
  {
    'external-client-app': {
      id: 'SFCA-ECA-SCOPES',
      salesforceControl:
        'External Client Apps: Configure the External Client App OAuth Settings: OAuth Scope Least Privilege',
      cvss: band('critical', 'salesforce'),
      remedy: {
        code: 'replace Scope.FULL with the scopes that the client uses',
        setup: 'Setup > External Client App Manager > (app) > Settings > OAuth Settings > OAuth Scopes',
      },
      source:
        'Salesforce Help, Security Health Review: Configure the External Client App OAuth Settings: OAuth Scope Least Privilege',
    },
    'connected-app': {
      id: 'SFCA-CA-SCOPES',
      salesforceControl:
        'Connected Apps: API (Enable OAuth Settings): Select the OAuth Scopes to Apply to the Connected App',
      cvss: band('high', 'ours'),
      remedy: {
        code: 'declare the app (platform: Platform.CONNECTED_APP): list the scopes that the client uses',
        setup: 'Setup > App Manager > (app) > Edit > API (Enable OAuth Settings) > Selected OAuth Scopes',
      },
      source:
        'Salesforce Help, Security Health Review: API: Select the OAuth Scopes to Apply to the Connected App (range not published there)',
    },
  },
);
