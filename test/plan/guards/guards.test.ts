import { guardAccess } from '../../../lib/plan/guards/access';
import { guardCodeAndCredentials } from '../../../lib/plan/guards/code-and-credentials';
import { guardExistence } from '../../../lib/plan/guards/existence';
import { remarks } from '../../../lib/plan/guards/remarks';
import { guardSelfLockout } from '../../../lib/plan/guards/self-lockout';
import { guardStartPage } from '../../../lib/plan/guards/start-page';
import { guardTokens } from '../../../lib/plan/guards/tokens';
import { guardUsers } from '../../../lib/plan/guards/users';
import { type Case, describeGuard, judged } from './describe-guard';

describeGuard('existence', guardExistence, {
  'lets a new app be created': [{ live: 'none' }, []],
  'lets its own app be written': [{}, []],
  'refuses to create an app again that was deleted': [{ live: 'none', applied: ['Portal'] }, ['deleted-in-org']],
  'creates it again where that was asked for by name': [
    { live: 'none', applied: ['Portal'], consents: { allow_recreate: ['Portal'] } },
    [],
  ],
  'refuses what could not be read': [{ live: { condition: 'unreadable', reason: 'no access' } }, ['app-unreadable']],
  'refuses what is broken': [{ live: { condition: 'broken' } }, ['app-broken']],
  'refuses the app of another owner': [
    { has: { ExternalClientApplication: { managedBy: 'other/prod' } } },
    ['owned-by-another-manifest'],
  ],
  'refuses an app made by hand': [{ has: { ExternalClientApplication: {} } }, ['adoption-needed']],
  'says so where it is adopted': [
    { app: { adopt: true }, has: { ExternalClientApplication: {} } },
    ['note adopts-app'],
  ],
  'leaves an app of the other platform to another guard': [{ live: { platform: 'connected-app' } }, []],
});

describeGuard('remarks', remarks, {
  'have nothing to say of an app that is as declared': [{}, []],
  'say that an app is stopped': [{ stopped: true }, ['warning app-stopped']],
  'say each field that Salesforce forces': [
    { serverWins: ['isPkceRequired', 'x'] },
    ['warning server-wins', 'warning server-wins'],
  ],
});

const RUNS_AS = { ExtlClntAppOauthConfigurablePolicies: { clientCredentialsFlowUser: 'ERP@acme.test' } };
const users = (facts: { isActive: boolean; isApiEnabled?: boolean }): Pick<Case, 'declares' | 'facts'> => ({
  declares: RUNS_AS,
  facts: { users: new Map([['erp@acme.test', facts]]) },
});

describeGuard('users', guardUsers, {
  'asks for none where the app names none': [{}, []],
  'takes an active user with API access, in any case': [users({ isActive: true, isApiEnabled: true }), []],
  'refuses one that does not exist': [{ declares: RUNS_AS, facts: { users: new Map() } }, ['run-as-missing']],
  'refuses one that is not active': [users({ isActive: false, isApiEnabled: true }), ['run-as-inactive']],
  'refuses one without API access': [users({ isActive: true, isApiEnabled: false }), ['run-as-not-api-enabled']],
  'says that API access was not read': [users({ isActive: true }), ['warning run-as-access-unread']],
  'says that no user was read': [{ declares: RUNS_AS }, ['warning run-as-unread']],
});

const POLICY = {
  ExtlClntAppOauthConfigurablePolicies: {
    permittedUsersPolicyType: 'AdminApprovedPreAuthorized',
    commaSeparatedPermissionSet: ['Sync'],
  },
};
const holders = (count: number) => ({ permissionSets: new Map([['sync', count]]) });

describeGuard('access', guardAccess, {
  'asks for nothing where users authorize themselves': [{}, []],
  'takes a permission set that someone holds, in any case': [{ declares: POLICY, facts: holders(1) }, []],
  'refuses one that does not exist': [
    { declares: POLICY, facts: { permissionSets: new Map() } },
    ['permission-set-missing'],
  ],
  'says that none was read': [{ declares: POLICY }, ['warning permission-sets-unread']],
  'warns of a new app that no one may use': [
    { live: 'none', declares: POLICY, facts: holders(0) },
    ['warning no-permitted-user'],
  ],
  'refuses a change that locks everyone out': [
    { declares: POLICY, facts: holders(0), changes: { permittedUsersPolicyType: 'breaks' } },
    ['locks-everyone-out'],
  ],
  'lets another change of such an app be': [{ declares: POLICY, facts: holders(0), changes: { label: 'none' } }, []],
});

const OWN_KEY = { ExtlClntAppGlobalOauthSettings: { consumerKey: 'KEY' } };

it('of a permission set that the org does not have, the plan says which one was meant where one is near', () => {
  const remedyWhereThereIs = (name: string): string | undefined =>
    judged(guardAccess, { declares: POLICY, facts: { permissionSets: new Map([[name, 1]]) } }).found[0]?.remedy;
  expect(remedyWhereThereIs('Synk')).toMatch(/^did you mean Synk\? Otherwise, create the permission set/);
  expect(remedyWhereThereIs('Accounting')).toMatch(/^create the permission set/);
});

describeGuard('the login of this connection', guardSelfLockout, {
  'refuses a change that can cut it off': [
    { has: OWN_KEY, identity: { clientId: 'KEY' }, changes: { isPkceRequired: 'breaks' } },
    ['self-lockout'],
  ],
  'lets a change be that no client feels': [
    { has: OWN_KEY, identity: { clientId: 'KEY' }, changes: { label: 'none' } },
    [],
  ],
  'lets another app be': [{ has: OWN_KEY, identity: { clientId: 'OTHER' }, changes: { isPkceRequired: 'breaks' } }, []],
});

const FLOW = { ExtlClntAppGlobalOauthSettings: { isCodeCredFlowEnabled: true } };
const site = (isLive: boolean) => ({
  name: 'Help',
  isLive,
  allowsForgotPassword: true,
  allowsPasswordlessLogin: false,
  allowsFirstPartyApps: false,
});

describeGuard('headless login', guardCodeAndCredentials, {
  'asks for nothing without the flow': [{}, []],
  'refuses it where the org blocks it': [
    { declares: FLOW, orgSettings: { oAuthCdCrdtFlowEnable: false }, facts: { sites: [site(true)] } },
    ['org-switch-off'],
  ],
  'says that the switch was not read': [
    { declares: FLOW, facts: { sites: [site(true)] } },
    ['warning org-switch-unreadable'],
  ],
  'warns where no site is active': [
    { declares: FLOW, orgSettings: { oAuthCdCrdtFlowEnable: true }, facts: { sites: [site(false)] } },
    ['warning no-live-site'],
  ],
  'warns of a variant that no site allows': [
    {
      declares: { ...FLOW, ExtlClntAppOauthSettings: { commaSeparatedOauthScopes: ['PwdlessLogin'] } },
      orgSettings: { oAuthCdCrdtFlowEnable: true },
      facts: { sites: [site(true)] },
    },
    ['warning site-does-not-allow'],
  ],
});

describeGuard('tokens', guardTokens, {
  'warns where the org requires PKCE and the app does not': [
    {
      declares: { ExtlClntAppGlobalOauthSettings: { isPkceRequired: false } },
      orgSettings: { isPkceRequired: true },
    },
    ['warning pkce-required-by-org'],
  ],
  'says once that SOAP refuses JWTs, when they begin': [
    {
      declares: { ExtlClntAppGlobalOauthSettings: { isNamedUserJwtEnabled: true } },
      changes: { isNamedUserJwtEnabled: 'breaks' },
    },
    ['warning jwt-tokens-refused-by-soap'],
  ],
  'refuses a scope that needs JWTs with opaque tokens': [
    { live: 'none', declares: { ExtlClntAppOauthSettings: { commaSeparatedOauthScopes: ['MCP', 'Api'] } } },
    ['scope-needs-jwt'],
  ],
});

const SAML = { ExtlClntAppConfigurablePolicies: { startPage: 'SAML' } };

describeGuard('the start page', guardStartPage, {
  'warns of one of SAML without SAML': [{ declares: SAML }, ['warning start-page-without-saml']],
  'lets it be where the plugin is': [
    { declares: SAML, live: { otherComponents: ['ExtlClntAppSamlConfigurablePolicies:Portal_saml'] } },
    [],
  ],
});
