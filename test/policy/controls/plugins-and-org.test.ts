import { brokenConnectedApp, connectedApp, machine, oauthConfig, org, privateApp, publicApp } from '../support';
import { describeControl, describeOrgControl } from './describe-control';

describeControl('SFCA-ECA-USAGE', {
  notApplicable: { 'the app has no OAuth': privateApp({ absent: ['global', 'oauth', 'policies'] }) },
  notEvaluated: { 'metadata holds nothing about it': privateApp() },
});

describeControl('SFCA-ECA-CUSTOM-SCOPES', {
  notApplicable: { 'there is none': privateApp() },
  notEvaluated: {
    'only the org knows what they stand for': privateApp({ oauth: { commaSeparatedCustomScopes: ['Orders'] } }),
    'the OAuth settings cannot be read': privateApp({ unreadable: ['oauth'] }),
  },
});

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

for (const [id, plugin] of [
  ['SFCA-ECA-SAML', 'ExtlClntAppSamlConfigurablePolicies'],
  ['SFCA-ECA-MOBILE', 'ExtlClntAppMobileSettings'],
  ['SFCA-ECA-PUSH', 'ExtlClntAppPushSettings'],
  ['SFCA-ECA-NOTIFICATIONS', 'ExtlClntAppNotificationSettings'],
] as const) {
  describeControl(id, {
    notApplicable: { 'the app lacks the plugin': publicApp() },
    notEvaluated: { 'the plugin is there and is not read': publicApp({ plugins: [`${plugin}:FieldApp`] }) },
  });
}

const unreadableFile = { 'the file cannot be read': { ...brokenConnectedApp, kind: 'private' as const } };

describeControl('SFCA-CA-OAUTH-SETTINGS', {
  fails: { 'there is neither OAuth nor SAML': connectedApp('', 'private') },
  passes: { 'OAuth is on': connectedApp(oauthConfig(), 'private') },
  notApplicable: { 'the app serves SAML logins': connectedApp('<samlConfig/>', 'private') },
  notEvaluated: unreadableFile,
});

const saml = (content: string): string => `<samlConfig>${content}</samlConfig>`;
const SHA256 = '<samlSigningAlgoType>SHA256</samlSigningAlgoType>';
const ENCRYPTED = '<encryptionCertificate>Enc</encryptionCertificate>';

describeControl('SFCA-CA-SAML', {
  fails: {
    'SHA-1 signs': connectedApp(saml('<samlSigningAlgoType>SHA1</samlSigningAlgoType>'), 'private'),
    'nothing is stated': connectedApp(saml(''), 'private'),
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
  notEvaluated: unreadableFile,
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

describeOrgControl('SFCA-ORG-CONNECTED-APP-CREATION', {
  notEvaluated: { 'no metadata field holds the switch': org() },
});
