import { entryOf } from '../../lib/metadata/package/layout';

describe('what a file of a package is', () => {
  it.each([
    ['externalClientApps/A.eca', 'ExternalClientApplication', 'A'],
    ['force-app/main/default/externalClientApps/A.eca-meta.xml', 'ExternalClientApplication', 'A'],
    ['extlClntAppGlobalOauthSets/ns__A_glbloauth.ecaGlblOauth', 'ExtlClntAppGlobalOauthSettings', 'ns__A_glbloauth'],
    ['extlClntAppOauthPolicies/My%20App_plcy.ecaOauthPlcy', 'ExtlClntAppOauthConfigurablePolicies', 'My App_plcy'],
    ['settings/OauthOidc.settings', 'OauthOidcSettings', 'OauthOidc'],
  ])('%s is %s %s', (path, type, fullName) => {
    expect(entryOf(path)).toMatchObject({ kind: 'modeled', type: { name: type }, fullName });
  });

  it('parts of other plugins and Connected Apps are known by name', () => {
    expect(entryOf('extlClntAppCanvasSettings/A.ecaCanvas')).toEqual({
      kind: 'plugin',
      type: 'ExtlClntAppCanvasSettings',
      fullName: 'A',
    });
    expect(entryOf('connectedApps/B.connectedApp')).toEqual({ kind: 'connected-app', fullName: 'B' });
  });

  it.each([
    'package.xml',
    'settings/Account.settings',
    'externalClientApps/.eca',
    'classes/A.cls',
    'externalClientApps/A',
  ])('%s is something else', (path) => {
    expect(entryOf(path)).toEqual({ kind: 'other' });
  });
});
