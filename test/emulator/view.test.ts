import { makeCertificate } from './certificate';
import { appOf, type Components, type Org, startOrg, stopOrgs, without } from './support';

afterEach(stopOrgs);

const GLOBAL = 'ExtlClntAppGlobalOauthSettings';
const POLICY = 'ExtlClntAppOauthConfigurablePolicies';

/** The element names and texts of the one component of a type. */
async function read(org: Org, type: string, version = '66.0'): Promise<Record<string, string>> {
  const { files } = await org.retrieve({ [type]: ['*'] }, version);
  const text = [...files].find(([path]) => path !== 'package.xml')?.[1] ?? '';
  return Object.fromEntries(
    [...text.matchAll(/^ {4}<(\w+)>([^<]*)</gm)].map(([, name = '', value = '']) => [name, value]),
  );
}

describe('what comes back', () => {
  it('has every boolean of the reading version in the global settings, most of them false', async () => {
    const org = await startOrg();
    await org.deploy(appOf('Portal'));
    const flags = async (version: string): Promise<readonly string[]> =>
      Object.entries(await read(org, GLOBAL, version)).flatMap(([name, value]) =>
        /^(true|false)$/.test(value) ? [name] : [],
      );
    expect(await flags('60.0')).toHaveLength(11);
    expect(await flags('60.0')).not.toContain('isNamedUserJwtEnabled');
    expect(await flags('66.0')).toHaveLength(14);
    expect(await flags('67.0')).toContain('isEnforceRefreshTokenTTL');
    expect(await flags('67.0')).not.toContain('isDPopEnabled');
    expect(await flags('68.0')).toEqual(expect.arrayContaining(['isDPopEnabled', 'isMtlsEnabled']));
    expect(await read(org, GLOBAL)).toMatchObject({
      isPkceRequired: 'true',
      isSecretRequiredForRefreshToken: 'true',
      isConsumerSecretOptional: 'false',
      shouldRotateConsumerKey: 'false',
    });
  });

  it('is in alphabetical order', async () => {
    const org = await startOrg();
    await org.deploy(appOf('Portal'));
    const names = Object.keys(await read(org, GLOBAL));
    expect(names).toEqual([...names].sort());
  });

  it('has the full name for a label that was not stated', async () => {
    const org = await startOrg();
    await org.deploy(appOf('Portal'));
    expect(await read(org, GLOBAL)).toMatchObject({ label: 'Portal_glbloauth' });
  });

  it('is the platform’s loose policy where the platform made it', async () => {
    const org = await startOrg();
    await org.deploy(without(appOf('Portal'), POLICY));
    expect(await read(org, POLICY)).toEqual({
      externalClientApplication: 'Portal',
      ipRelaxationPolicyType: 'Enforce',
      isClientCredentialsFlowEnabled: 'false',
      isGuestCodeCredFlowEnabled: 'false',
      isTokenExchangeFlowEnabled: 'false',
      label: 'Portal_oauth_defaultPolicy',
      permittedUsersPolicyType: 'AllSelfAuthorized',
      refreshTokenPolicyType: 'SpecificLifetime',
      refreshTokenValidityPeriod: '365',
      refreshTokenValidityUnit: 'Days',
      requiredSessionLevel: 'STANDARD',
    });
    expect(await read(org, POLICY, '62.0')).toMatchObject({ isNamedUserJwtEnabled: 'false' });
  });

  it('has general policies with three fields until others are stated', async () => {
    const org = await startOrg();
    await org.deploy(appOf('Portal'));
    expect(await read(org, 'ExtlClntAppConfigurablePolicies')).toEqual({
      externalClientApplication: 'Portal',
      isEnabled: 'true',
      isOauthPluginEnabled: 'true',
      label: 'Portal_plcy',
      startPage: 'None',
    });
    expect(await read(org, 'ExtlClntAppConfigurablePolicies', '61.0')).not.toHaveProperty('startPage');
  });

  it('has scopes in the platform’s order and permission sets sorted', async () => {
    const org = await startOrg({ switches: { permissionSetsCountInSameDeploy: true } });
    await org.deploy([
      ['PermissionSet', 'B', { label: 'B' }],
      ['PermissionSet', 'A', { label: 'A' }],
      ...appOf('Portal', {
        oauth: { commaSeparatedOauthScopes: 'RefreshToken,OpenID , Api,Basic' },
        policy: { commaSeparatedPermissionSet: 'B,A', permittedUsersPolicyType: 'AdminApprovedPreAuthorized' },
      }),
    ]);
    expect(await read(org, 'ExtlClntAppOauthSettings')).toMatchObject({
      commaSeparatedOauthScopes: 'Basic, Api, RefreshToken, OpenID',
      isFirstPartyAppEnabled: 'false',
    });
    expect(await read(org, POLICY)).toMatchObject({ commaSeparatedPermissionSet: 'A, B' });
  });

  it('trims text', async () => {
    const org = await startOrg();
    await org.deploy(appOf('Portal', { header: { description: '  two words ' } }));
    expect(await read(org, 'ExternalClientApplication')).toMatchObject({
      description: 'two words',
      isProtected: 'false',
    });
  });

  it('is an empty root for external client app settings nobody touched, and four flags for OAuth settings', async () => {
    const org = await startOrg();
    const { files } = await org.retrieve({ Settings: ['ExternalClientApp', 'OauthOidc'] });
    expect(files.get('settings/ExternalClientApp.settings')).toContain(
      '<ExternalClientAppSettings xmlns="http://soap.sforce.com/2006/04/metadata"/>',
    );
    expect(files.get('settings/OauthOidc.settings')?.match(/>false</g)).toHaveLength(4);
  });

  it('names all four settings for a wildcard', async () => {
    const org = await startOrg();
    const { files } = await org.retrieve({ Settings: ['*'] });
    expect([...files.keys()].sort()).toEqual([
      'package.xml',
      'settings/ConnectedApp.settings',
      'settings/ExternalClientApp.settings',
      'settings/OauthOidc.settings',
      'settings/Security.settings',
    ]);
  });

  it('keeps nested settings', async () => {
    const org = await startOrg();
    const security: Components = [
      ['SecuritySettings', 'Security', { sessionSettings: { sessionTimeout: 'TwoHours', lockSessionsToIp: true } }],
    ];
    expect((await org.deploy(security)).status).toBe('Succeeded');
    const { files } = await org.retrieve({ Settings: ['Security'] });
    expect(files.get('settings/Security.settings')).toMatch(
      /<sessionSettings>\s*<lockSessionsToIp>true<\/lockSessionsToIp>\s*<sessionTimeout>TwoHours<\/sessionTimeout>/,
    );
  });
});

describe('a written record', () => {
  it('is whole: what is left out falls back to its default', async () => {
    const org = await startOrg();
    await org.deploy(appOf('Portal', { global: { isPkceRequired: false, isDeviceFlowEnabled: true } }));
    expect(await read(org, GLOBAL)).toMatchObject({ isPkceRequired: 'false', isDeviceFlowEnabled: 'true' });
    await org.deploy(appOf('Portal'));
    expect(await read(org, GLOBAL)).toMatchObject({ isPkceRequired: 'true', isDeviceFlowEnabled: 'false' });
  });

  it('keeps the fields its version does not know', async () => {
    const org = await startOrg();
    await org.deploy(appOf('Portal', { global: { isEnforceRefreshTokenTTL: true } }), {}, '67.0');
    await org.deploy(appOf('Portal'), {}, '66.0');
    expect(await read(org, GLOBAL, '67.0')).toMatchObject({ isEnforceRefreshTokenTTL: 'true' });
  });

  it('loses its certificate when it comes without', async () => {
    const { cert } = await makeCertificate();
    const org = await startOrg({ switches: { certificateReadable: true } });
    await org.deploy(appOf('Portal', { global: { certificate: cert } }));
    expect((await read(org, GLOBAL))['certificate']).toMatch(/^MII[\w+/=]+$/);
    await org.deploy(appOf('Portal'));
    expect(await read(org, GLOBAL)).not.toHaveProperty('certificate');
  });
});

describe('secrets', () => {
  it('of external client apps come back only while the org exposes them', async () => {
    const org = await startOrg();
    await org.deploy(appOf('Portal'));
    expect(await read(org, GLOBAL)).not.toHaveProperty('consumerSecret');
    await org.deploy([['ExternalClientAppSettings', 'ExternalClientApp', { enableConsumerSecretApiAccess: true }]]);
    expect((await read(org, GLOBAL))['consumerSecret']).toMatch(/^EMULATOR\w{40,}$/);
    const records = await org.soap('readMetadata', `<type>${GLOBAL}</type><fullNames>Portal_glbloauth</fullNames>`);
    expect(records.text).toContain('<consumerSecret>EMULATOR');
  });

  it('of Connected Apps never come back; key and certificate do', async () => {
    const { cert } = await makeCertificate();
    const org = await startOrg({ switches: { connectedAppCreation: true } });
    await org.deploy([
      ['ExternalClientAppSettings', 'ExternalClientApp', { enableConsumerSecretApiAccess: true }],
      [
        'ConnectedApp',
        'Legacy',
        {
          contactEmail: 'a@acme.example',
          label: 'Legacy',
          oauthConfig: {
            callbackUrl: 'https://acme.example/cb',
            certificate: cert,
            consumerSecret: 'planted0secret1value',
            scopes: ['OfflineAccess', 'Api', 'RefreshToken', 'Email'],
          },
        },
      ],
    ]);
    const { files } = await org.retrieve({ ConnectedApp: ['*'] });
    const text = files.get('connectedApps/Legacy.connectedApp') ?? '';
    expect(text).not.toMatch(/consumerSecret|planted0secret1value/);
    expect(text).toMatch(/<consumerKey>3MVG9EMULATOR/);
    expect(text).toMatch(/<certificate>MII[\w+/=]+<\/certificate>/);
    expect([...text.matchAll(/<scopes>(\w+)/g)].map(([, scope]) => scope)).toEqual(['RefreshToken', 'Api', 'Basic']);
    expect(text).toContain('<isPkceRequired>false</isPkceRequired>');
    expect(text).toContain('<refreshTokenPolicy>infinite</refreshTokenPolicy>');
  });
});

describe('retrieve', () => {
  it('says what cannot be found, and succeeds', async () => {
    const org = await startOrg();
    const { files, messages } = await org.retrieve({ ExternalClientApplication: ['Nobody'], ApexClass: ['*'] });
    expect([...files.keys()]).toEqual(['package.xml']);
    expect(messages).toEqual([
      "Entity of type 'ExternalClientApplication' named 'Nobody' cannot be found",
      "Entity type: 'ApexClass' is unknown",
    ]);
  });

  it('hands the zip out once', async () => {
    const org = await startOrg();
    const request =
      '<retrieveRequest><apiVersion>66.0</apiVersion><singlePackage>false</singlePackage><unpackaged><types><members>OauthOidc</members><name>Settings</name></types><version>66.0</version></unpackaged></retrieveRequest>';
    const id = /<id>(\w+)</.exec((await org.soap('retrieve', request)).text)?.[1] ?? '';
    const check = (more = '') => org.soap('checkRetrieveStatus', `<asyncProcessId>${id}</asyncProcessId>${more}`);
    expect(id).toMatch(/^09S/);
    expect((await check('<includeZip>false</includeZip>')).text).not.toContain('<zipFile>');
    const { text } = await check();
    expect(text).toContain('<zipFile>UEsDB');
    expect(text).toContain('<fileName>unpackaged/settings/OauthOidc.settings</fileName>');
    expect((await check()).text).toContain('sf:INVALID_ID_FIELD');
  });

  it('refuses what it does not offer, and jobs it does not know', async () => {
    const org = await startOrg();
    const specific = '<request><apiVersion>66.0</apiVersion><specificFiles>a.eca</specificFiles></request>';
    expect((await org.soap('retrieve', specific)).text).toContain('specificFiles');
    expect((await org.soap('checkRetrieveStatus', '<asyncProcessId>09S000000000000AAA</asyncProcessId>')).status).toBe(
      500,
    );
  });
});
