import type { OrgSettings } from '../../lib/declaration/org-settings';
import { OLDEST_API_VERSION } from '../../lib/metadata/api-version';
import { fieldOf, SETTINGS_TYPES } from '../../lib/metadata/fields';
import { observe } from '../../lib/metadata/observe';
import { toSettingsComponents } from '../../lib/metadata/settings-components';

const EVERY: Required<OrgSettings> = {
  allowCodeAndCredentialsFlow: true,
  requirePkce: true,
  blockUsernamePasswordFlow: true,
  blockUserAgentFlow: true,
  allowSecretsViaMetadataApi: false,
  allowSecretsViaRestApi: false,
  allowPackagingFromDeveloperOrg: false,
  adminApprovedAppsOnly: true,
  adminApprovedAppsOnlyForExternalUsers: true,
  skipUserProvisioningWelcomePage: true,
};

describe('the org settings of a program', () => {
  it('become switches that every supported API version knows, none of them left out', () => {
    const components = toSettingsComponents(EVERY);
    expect(components.map(({ fullName }) => fullName)).toEqual(['OauthOidc', 'ExternalClientApp', 'ConnectedApp']);
    const fields = components.flatMap(({ type, fields: own }) => Object.keys(own).map((name) => fieldOf(type, name)));
    expect(fields).toHaveLength(Object.keys(EVERY).length);
    for (const { kind, since } of fields) {
      expect(kind.kind).toBe('boolean');
      expect(since).toBeLessThanOrEqual(OLDEST_API_VERSION);
    }
  });

  it('keep their position: allowing one flow is the opposite of blocking the others', () => {
    const [oidc] = toSettingsComponents({ allowCodeAndCredentialsFlow: true, blockUserAgentFlow: false });
    expect(oidc?.fields).toEqual({
      oAuthCdCrdtFlowEnable: { value: true, ownership: 'stated' },
      blockOAuthUsrAgtFlow: { value: false, ownership: 'stated' },
    });
  });

  it('name only the records of which something is stated', () => {
    expect(toSettingsComponents({ adminApprovedAppsOnly: false }).map(({ type }) => type)).toEqual([
      'ConnectedAppSettings',
    ]);
    expect(toSettingsComponents({})).toEqual([]);
  });
});

describe('the settings of an org', () => {
  const xml = (type: string) => `<${type} xmlns="http://soap.sforce.com/2006/04/metadata"/>`;

  it('that lacks a record are unreadable where it lacks it, and read elsewhere', () => {
    const { settings, unplaced } = observe({
      files: new Map([['settings/ExternalClientApp.settings', xml('ExternalClientAppSettings')]]),
      problems: [
        { fileName: 'package.xml', problem: "Entity of type 'Settings' named 'ConnectedApp' cannot be found" },
      ],
      types: new Set(['Settings']),
    });
    expect(Object.keys(settings).sort()).toEqual(SETTINGS_TYPES.map(({ name }) => name).sort());
    expect(settings['ConnectedAppSettings']).toMatchObject({ state: 'unreadable' });
    expect(settings['ExternalClientAppSettings']).toMatchObject({ state: 'present', component: { fields: {} } });
    expect(unplaced).toEqual([]);
  });
});
