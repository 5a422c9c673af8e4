import { observedConnectedApp } from '../../lib/metadata/connected-app/observe';
import { declaredList, declaredSetting, declaredText, switchesOn } from '../../lib/metadata/declared-setting';
import { liveValue, whereIs } from '../../lib/metadata/live-app';

const fields = {
  'oauthConfig.isAdminApproved': true,
  'oauthConfig.scopes': ['SFAP'],
  'oauthConfig.assetTokenConfig': { assetSigningCertId: '0P1000000000001' },
  plugin: '',
};
const component = { type: 'ConnectedApp', fullName: 'Old', fields };
const declared = {
  platform: 'connected-app' as const,
  components: [
    {
      type: 'ConnectedApp',
      name: 'Old',
      fields: Object.fromEntries(
        Object.entries(fields).map(([name, value]) => [name, { value, ownership: 'stated' as const }]),
      ),
      preserved: [],
    },
  ],
};

describe('a setting of a Connected App, asked for by name', () => {
  it('comes in the words of External Client Apps, with its owner', () => {
    expect(declaredSetting(declared, 'permittedUsers')).toEqual({
      value: 'AdminApprovedPreAuthorized',
      ownership: 'stated',
    });
    expect(declaredList(declared, 'scopes')).toEqual(['SFApiPlatform']);
    expect(declaredText(declared, 'assetTokenCertificate')).toBe('0P1000000000001');
  });

  it('is not there where the org decides, where it is empty, and where the platform does not have it', () => {
    expect(declaredSetting(declared, 'pkceRequired')).toBeUndefined();
    expect(declaredText(declared, 'apexHandler')).toBeUndefined();
    expect(switchesOn(declared, 'firstPartyApp')).toBe(false);
  });

  it('stands where Salesforce keeps it', () => {
    const live = observedConnectedApp('Old', { state: 'present', component });
    expect(liveValue(live, 'scopes')).toEqual(['SFAP']);
    expect(whereIs('connected-app', 'profiles')).toEqual({ type: 'ConnectedApp', field: 'profileName' });
    expect(() => whereIs('connected-app', 'firstPartyApp')).toThrow('Connected Apps have no firstPartyApp');
  });
});
