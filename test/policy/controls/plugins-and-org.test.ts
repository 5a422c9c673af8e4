import { orgPosture } from '../../../lib/policy/posture/org';
import { unreadable, valued } from '../../../lib/policy/reading';
import { brokenConnectedApp, connectedApp, machine, oauthConfig, org, privateApp, publicApp } from '../support';
import { describeControl, describeOrgControl } from './describe-control';

const attribute = (formula: string) => ({ oauth: { customAttributes: [{ key: 'a', formula }] } });

describeControl('SFCA-ECA-CUSTOM-ATTRIBUTES', {
  fails: {
    'one carries the session': privateApp(attribute('$Api.Session_ID')),
    'one in the policies does': publicApp({
      policies: { customAttributes: [{ key: 'b', formula: 'GETSESSIONID()' }] },
    }),
  },
  passes: { 'none carries the session': privateApp(attribute('Organization.Country')) },
  notApplicable: { 'there is none': machine() },
  notEvaluated: { 'the OAuth settings cannot be read': privateApp({ unreadable: ['oauth'] }) },
});

const noPlugin = { 'the app lacks the plugin': publicApp() };
const plugin = (name: string, settings?: Readonly<Record<string, string>>) => ({
  plugins: [`${name}:FieldApp`],
  ...(settings && { pluginSettings: { [name]: settings } }),
});
const lock = (isScreenLockEnabled: string, screenLockTimeout: string) =>
  publicApp({
    plugins: ['ExtlClntAppMobileSettings:FieldApp', 'ExtlClntAppMobileConfigurablePolicies:FieldApp'],
    pluginSettings: {
      ExtlClntAppMobileSettings: { isScreenLockEnabled },
      ExtlClntAppMobileConfigurablePolicies: { screenLockTimeout },
    },
  });

describeControl('SFCA-ECA-MOBILE', {
  fails: { 'no screen lock is required': lock('false', 'Ten'), 'the screen never locks': lock('true', 'Never') },
  lowRisk: { 'it locks after an hour': lock('true', 'Sixty') },
  passes: { 'it locks after ten minutes': lock('true', 'Ten') },
  notApplicable: noPlugin,
  notEvaluated: {
    'the plugin is there and was not read': publicApp(plugin('ExtlClntAppMobileSettings')),
    'the policies are missing': publicApp(plugin('ExtlClntAppMobileSettings', { isScreenLockEnabled: 'true' })),
  },
});

const PUSH = 'ExtlClntAppPushConfigurablePolicies';

describeControl('SFCA-ECA-PUSH', {
  fails: { 'notifications carry records': publicApp(plugin(PUSH, { isFullContent: 'true' })) },
  passes: { 'they carry none': publicApp(plugin(PUSH, { isFullContent: 'false' })) },
  notApplicable: noPlugin,
  notEvaluated: {
    'the policies were not read': publicApp(plugin(PUSH)),
    'only the settings are there': publicApp(plugin('ExtlClntAppPushSettings')),
  },
});

const SAML = 'ExtlClntAppSamlConfigurablePolicies';
const SIGNED = { signingAlgorithmType: 'SHA256' };

describeControl('SFCA-ECA-SAML', {
  fails: { 'SHA-1 signs': publicApp(plugin(SAML, { signingAlgorithmType: 'SHA1' })) },
  lowRisk: { 'nothing encrypts': publicApp(plugin(SAML, SIGNED)) },
  passes: {
    'SHA-256 signs and a certificate encrypts': publicApp(plugin(SAML, { ...SIGNED, encryptionCertificate: 'Enc' })),
  },
  notApplicable: noPlugin,
  notEvaluated: {
    'the plugin is there and was not read': publicApp(plugin(SAML)),
    'the algorithm is not stated': publicApp(plugin(SAML, {})),
  },
});

const unreadableFile = { 'the file cannot be read': { ...brokenConnectedApp, kind: 'private' as const } };

describeControl('SFCA-CA-OAUTH-SETTINGS', {
  lowRisk: { 'there is neither OAuth nor SAML nor a page': connectedApp('', 'private') },
  passes: { 'OAuth is on': connectedApp(oauthConfig(), 'private') },
  notApplicable: {
    'the app serves SAML logins': connectedApp(
      '<samlConfig><acsUrl>https://a.example</acsUrl></samlConfig>',
      'private',
    ),
    'the app is an entry of the App Launcher': connectedApp(
      '<startUrl>/sf_devops/DevOpsCenter.app</startUrl>',
      'private',
    ),
    'the app is a canvas': connectedApp(
      '<canvasConfig><canvasUrl>https://a.example</canvasUrl></canvasConfig>',
      'private',
    ),
  },
  notEvaluated: unreadableFile,
});

const saml = (content: string): string => `<samlConfig>${content}</samlConfig>`;
const SHA256 = '<samlSigningAlgoType>SHA256</samlSigningAlgoType>';
const ENCRYPTED = '<encryptionCertificate>Enc</encryptionCertificate>';

describeControl('SFCA-CA-SAML', {
  fails: {
    'SHA-1 signs': connectedApp(saml('<samlSigningAlgoType>SHA1</samlSigningAlgoType>'), 'private'),
    'Triple DES encrypts': connectedApp(
      saml(`${SHA256}${ENCRYPTED}<encryptionType>Triple_Des</encryptionType>`),
      'private',
    ),
  },
  lowRisk: { 'nothing encrypts': connectedApp(saml(SHA256), 'private') },
  passes: {
    'SHA-256 signs and AES encrypts': connectedApp(
      saml(`${SHA256}${ENCRYPTED}<encryptionType>AES_256</encryptionType>`),
      'private',
    ),
  },
  notApplicable: { 'there is no SAML': connectedApp(oauthConfig(), 'private') },
  notEvaluated: { 'the algorithm is not stated': connectedApp(saml(ENCRYPTED), 'private'), ...unreadableFile },
});

const HARDENED = { blockOAuthUnPwFlow: true, blockOAuthUsrAgtFlow: true, isPkceRequired: true };
const unreadableSettings = { 'the settings cannot be read': org({}, true) };

describeOrgControl('SFCA-ORG-OAUTH-FLOWS', {
  fails: {
    'nothing was ever set': org(),
    'the username-password flow is open': org({ ...HARDENED, blockOAuthUnPwFlow: false }),
    'the user-agent flow is open': org({ ...HARDENED, blockOAuthUsrAgtFlow: false }),
    'PKCE is left to the apps': org({ ...HARDENED, isPkceRequired: false }),
  },
  passes: { 'weak flows are blocked and PKCE is required': org(HARDENED) },
  notEvaluated: unreadableSettings,
});

describeOrgControl('SFCA-ORG-METADATA-SECRETS', {
  fails: { 'secrets can be retrieved': org({}, false, { enableConsumerSecretApiAccess: true }) },
  passes: { 'they cannot': org({}, false, { enableConsumerSecretApiAccess: false }), 'nothing was ever set': org() },
  notEvaluated: unreadableSettings,
});

describeOrgControl('SFCA-ORG-REST-SECRETS', {
  fails: { 'secrets can be read': org({}, false, { enableClientSecretInRestApiAccess: true }) },
  passes: { 'they cannot': org() },
  notEvaluated: unreadableSettings,
});

const CONNECTED_APP_SETTINGS = 'ConnectedAppSettings';
const access = (fields: Readonly<Record<string, boolean>>, holders?: readonly string[]) =>
  orgPosture(
    {
      [CONNECTED_APP_SETTINGS]: {
        state: 'present',
        component: { type: CONNECTED_APP_SETTINGS, fullName: CONNECTED_APP_SETTINGS, fields },
      },
    },
    {
      origin: 'read',
      anyApiClientHolders: holders ? valued(holders) : unreadable('the org does not show the permission'),
    },
  );

describeOrgControl('SFCA-ORG-API-ACCESS', {
  fails: {
    'nothing was ever set': access({}),
    'it was switched off': access({ enableAdminApprovedAppsOnly: false }),
    'only customers and partners are limited': access({ enableAdminApprovedAppsOnlyForExternalUser: true }),
  },
  passes: { 'it is on': access({ enableAdminApprovedAppsOnly: true }) },
  notEvaluated: unreadableSettings,
});

describeOrgControl('SFCA-ORG-ANY-API-CLIENT', {
  fails: { 'a profile and a permission set grant it': access({}, ['permission set Tools', 'profile Sales']) },
  passes: { 'none grants it': access({}, []) },
  notEvaluated: { 'the org does not tell': access({}), ...unreadableSettings },
});
