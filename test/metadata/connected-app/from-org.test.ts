import type { ClientKind } from '../../../lib/declaration/client-app';
import { decode } from '../../../lib/metadata/decode';
import { connectedApp } from '../../../lib/metadata/fields/connected-app';
import { parseXml } from '../../../lib/metadata/package/xml';
import { asDeclared, fromComponents } from '../from-components';

const LIVE =
  '<contactEmail>iam@acme.example</contactEmail><label>Portal</label><oauthConfig>' +
  '<callbackUrl>https://a.example/cb</callbackUrl><consumerKey>KEY12345</consumerKey><isAdminApproved>true</isAdminApproved>' +
  '<isConsumerSecretOptional>false</isConsumerSecretOptional><isPkceRequired>true</isPkceRequired><scopes>SFAP</scopes>' +
  '</oauthConfig><oauthPolicy><ipRelaxation>ENFORCE</ipRelaxation>' +
  '<refreshTokenPolicy>specific_lifetime:7:DAYS</refreshTokenPolicy></oauthPolicy><permissionSetName>A</permissionSetName>';

function from(content: string, kind: ClientKind = 'private') {
  const xml = parseXml(`<ConnectedApp xmlns="http://soap.sforce.com/2006/04/metadata">${content}</ConnectedApp>`);
  const component = xml.ok ? decode(connectedApp, 'Portal', xml.value) : undefined;
  if (!component?.ok) throw new Error('the test gives a Connected App');
  const context = { kind, path: 'identity/prod/Portal', apiVersion: 66, adopt: true, exceptions: [] };
  return fromComponents([asDeclared(component.value)], context);
}

const refused = (content: string, kind?: ClientKind): readonly string[] => {
  const result = from(content, kind);
  return result.ok ? [] : result.error.map(({ type, field }) => `${type}.${field}`);
};

describe('a Connected App as an org has it', () => {
  it('is declared by what it says, in the words that declarations have; what it leaves out is the secure default', () => {
    expect(from(LIVE)).toMatchObject({
      ok: true,
      value: {
        platform: 'connected-app',
        apiName: 'Portal',
        scopes: ['SFApiPlatform'],
        permittedUsers: { policy: 'pre-authorized', permissionSets: ['A'] },
        ipRelaxation: { value: 'Enforce', origin: 'stated' },
        refreshToken: { value: { type: 'SpecificLifetime', period: 7, unit: 'Days' }, origin: 'stated' },
        rotateRefreshTokens: { value: true, origin: 'default' },
      },
    });
  });

  it('is refused for what no option states, by the names it has in the org', () => {
    const mobile = `${LIVE}<mobileStartUrl>https://m.example</mobileStartUrl>`;
    expect(refused(mobile)).toEqual([]);
    expect(refused(mobile, 'machine')).toContain('ConnectedApp.mobileStartUrl');
    expect(refused(LIVE, 'machine')).not.toContain('ConnectedApp.mobileStartUrl');
    expect(refused(LIVE.replace('specific_lifetime:7:DAYS', 'for a while'))).toEqual([
      'ConnectedApp.oauthPolicy.refreshTokenPolicy',
    ]);
    expect(refused(LIVE.replace(/<callbackUrl>[^/]*\/\/[^<]*<\/callbackUrl>/, ''))).toEqual([
      'ConnectedApp.oauthConfig.callbackUrl',
    ]);
    expect(refused(LIVE.replace('<isAdminApproved>true', '<isAdminApproved>false'), 'machine')).toEqual(
      expect.arrayContaining(['ConnectedApp.oauthConfig.isAdminApproved']),
    );
  });
});
