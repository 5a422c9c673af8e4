import { referencesIn, referringTo } from '../../lib/metadata/references';

const external = { platform: 'external-client-app', apiName: 'Portal', consumerKey: 'KEY1' } as const;
const connected = { platform: 'connected-app', apiName: 'Portal', consumerKey: 'KEY2' } as const;

const found = (root: string, content: string) =>
  referencesIn(new Map([[`folder/Some%20Name.suffix`, `<${root}>${content}</${root}>`]])).found;

test.each([
  ['CustomPermission', '<externalClientApplication>Portal</externalClientApplication>', true, false],
  ['CustomPermission', '<connectedApp>Portal</connectedApp>', false, true],
  ['CustomPermission', '<label>Portal</label>', false, false],
  ['UserProvisioningConfig', '<connectedApp>portal</connectedApp>', false, true],
  ['AuthProvider', '<consumerKey>KEY1</consumerKey>', true, false],
  ['AuthProvider', '<consumerKey>KEY2</consumerKey>', false, true],
  ['AuthProvider', '<friendlyName>Portal</friendlyName>', false, false],
])('a %s with %s names the External Client App: %s, the Connected App: %s', (root, content, eca, ca) => {
  const references = found(root, content);
  expect([external, connected].map((app) => referringTo(app, references).length > 0)).toEqual([eca, ca]);
});

test('a notification type names either platform, unless it says which', () => {
  const settings = (type: string): string =>
    `<notificationTypeSettings><appSettings>${type}<connectedAppName>Portal</connectedAppName></appSettings>` +
    '<notificationType>mention</notificationType></notificationTypeSettings>';
  const either = found('NotificationTypeConfig', settings(''));
  expect(referringTo(external, either)).toEqual(['notification type mention']);
  expect(referringTo(connected, either)).toEqual(['notification type mention']);
  const one = found('NotificationTypeConfig', settings('<appType>EXTERNAL_CLIENT_APP</appType>'));
  expect([external, connected].map((app) => referringTo(app, one).length)).toEqual([1, 0]);
});

test('a file that cannot be read is reported and never counts as one without a reference', () => {
  expect(referencesIn(new Map([['customPermissions/A.customPermission', '<CustomPermission>']]))).toEqual({
    found: [],
    unread: [expect.stringContaining('customPermissions/A.customPermission')],
  });
});
