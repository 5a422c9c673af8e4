import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { parseXml, type XmlElement } from '../../lib/metadata/package/xml';
import { MACHINE_CALLBACK_URL } from '../../lib/options/callback-urls';
import { resolveLogin } from '../../lib/org/login';
import {
  API_ENABLED,
  CONNECTED_APP_PERMISSIONS,
  EXTERNAL_CLIENT_APP_ADMIN,
  EXTERNAL_CLIENT_APP_DEVELOPER,
  MODIFY_METADATA,
  OWN_PERMISSIONS,
  VIEW_SETUP,
} from '../../lib/org/permissions';
import { preflight } from '../../lib/org/preflight';
import { makeCertificate } from '../emulator/certificate';
import { appOf, manifest, packageOf } from '../emulator/support';
import { cleanUp, open, startOrg, temporaryFolder, tokenOf } from './support';

afterEach(cleanUp);

const ROOT = join(__dirname, '../..');
const DOCUMENT = readFileSync(join(ROOT, 'docs/bootstrap.md'), 'utf8');
/** What stands in the cells of the document's tables. */
const CELLS = new Set(
  DOCUMENT.split('\n').flatMap((line) => (line.startsWith('|') ? line.split('|').map((cell) => cell.trim()) : [])),
);

function packageAt(name: string): Map<string, string> {
  const folder = join(ROOT, 'bootstrap', name);
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

const PERMISSION_SET = packageAt('1-permission-set');
const APP = packageAt('2-app');
const CONNECTED_APPS = packageAt('3-connected-apps');

function tree(text: string): XmlElement {
  const parsed = parseXml(text);
  if (!parsed.ok) throw new Error(parsed.error.problem);
  return parsed.value;
}

const texts = (element: XmlElement, name: string): readonly string[] =>
  element.children.flatMap((child) => [...(child.name === name ? [child.text] : []), ...texts(child, name)]);

/** The app with its placeholders filled in, as the document says. */
async function filledIn(): Promise<{ files: Map<string, string>; key: string }> {
  const { cert, key } = await makeCertificate();
  const base64 = cert
    .split('\n')
    .filter((line) => !line.includes('-----'))
    .join('');
  const fill = (text: string): string =>
    text.replace('CERTIFICATE_BASE64', base64).replace('CONTACT_EMAIL', 'iam@example.com');
  return { files: new Map([...APP].map(([path, text]) => [path, fill(text)])), key };
}

const deploy = { apiVersion: 66, checkOnly: false };

test.each([
  ['1-permission-set', PERMISSION_SET],
  ['2-app', APP],
  ['3-connected-apps', CONNECTED_APPS],
])('%s lists in its manifest exactly the files it has', (_, files) => {
  const members = texts(tree(files.get('package.xml') ?? ''), 'members');
  const names = [...files.keys()]
    .filter((path) => path !== 'package.xml')
    .map((path) => /([^/]+)\.\w+$/.exec(path)?.[1]);
  expect([...members].sort()).toEqual([...names].sort());
  for (const content of files.values()) tree(content);
});

test('deployed in the order of the document, the app lets the integration user in by JWT bearer, with all it needs', async () => {
  const username = 'client-apps@example.com.integration';
  const seedDir = temporaryFolder();
  const people = { users: [{ username, permissionSets: ['Client_Apps_Deployer'] }], deployUser: { username } };
  writeFileSync(join(seedDir, 'org.json'), JSON.stringify(people));
  const emulator = await startOrg({ seedDir });
  const admin = await open(tokenOf(emulator));
  await expect(admin.deploy({ ...deploy, files: PERMISSION_SET })).resolves.toMatchObject({ status: 'succeeded' });
  const { files, key } = await filledIn();
  await expect(admin.deploy({ ...deploy, files })).resolves.toMatchObject({ status: 'succeeded', warnings: [] });

  const types = new Map([['ExtlClntAppGlobalOauthSettings', ['*']]]);
  const read = await admin.retrieve({ apiVersion: 66, types });
  const clientId = /<consumerKey>(.*)<\/consumerKey>/.exec([...read.files.values()].join())?.[1] ?? '';
  const environment = { SF_CLIENT_ID: clientId, SF_USERNAME: username, SF_JWT_KEY: key, SF_LOGIN_URL: emulator.url };
  const login = resolveLogin(environment, 'prod');
  if (login.kind === 'local') throw new Error('expected credentials');
  const ci = await open(login);
  await expect(ci.identify()).resolves.toMatchObject({ orgId: emulator.orgId, username, clientId });
  expect((await ci.retrieve({ apiVersion: 66, types })).files.size).toBe(2);
  expect(preflight(await ci.facts([]), 'prod')).toEqual([]);
});

/** The org after the bootstrap, and its integration user’s login by JWT bearer; the administrator is somebody else. */
async function bootstrapped(changed = (set: string): string => set): Promise<Awaited<ReturnType<typeof open>>> {
  const username = 'client-apps@example.com.integration';
  const users = [{ username, permissionSets: ['Client_Apps_Deployer'] }];
  const emulator = await startOrg({ org: { users, apexClasses: [] } });
  const admin = await open(tokenOf(emulator));
  const set = new Map([...PERMISSION_SET].map(([path, text]) => [path, changed(text)]));
  await expect(admin.deploy({ ...deploy, files: set })).resolves.toMatchObject({ status: 'succeeded' });
  const { files, key } = await filledIn();
  await expect(admin.deploy({ ...deploy, files })).resolves.toMatchObject({ status: 'succeeded' });
  const clientId = emulator.consumer('Client_Apps_CI')?.key ?? '';
  const login = resolveLogin(
    { SF_CLIENT_ID: clientId, SF_USERNAME: username, SF_JWT_KEY: key, SF_LOGIN_URL: emulator.url },
    'prod',
  );
  if (login.kind === 'local') throw new Error('expected credentials');
  return open(login);
}

test('the integration user deploys, changes and deletes an app with what the permission set grants, and no more', async () => {
  const ci = await bootstrapped();
  const files = packageOf(appOf('Portal'));
  await expect(ci.deploy({ ...deploy, files })).resolves.toMatchObject({ status: 'succeeded' });
  const gone = new Map([
    ['package.xml', manifest({})],
    ['destructiveChanges.xml', manifest({ ExternalClientApplication: ['Portal'] })],
  ]);
  await expect(ci.deploy({ ...deploy, files: gone })).resolves.toMatchObject({ status: 'succeeded' });
});

test.each([
  ['ExternalClientAppDeveloper', 'Portal', 'Create, edit, and delete External Client Apps'],
  ['ExternalClientAppAdmin', 'Portal_oauthPlcy', 'View all External Client Apps'],
])('without %s it is refused by the component, and the preflight says so before', async (name, component, label) => {
  const ci = await bootstrapped((set) => set.replace(`<name>${name}</name>`, '<name>ViewAllUsers</name>'));
  const answer = await ci.deploy({ ...deploy, files: packageOf(appOf('Portal')) });
  expect(answer).toMatchObject({ status: 'failed' });
  expect(JSON.stringify(answer)).toContain('INSUFFICIENT_ACCESS_OR_READONLY');
  expect(JSON.stringify(answer)).toContain(`"${component}"`);
  expect(JSON.stringify(preflight(await ci.facts([]), 'prod'))).toContain(label);
});

test('a forgotten certificate makes the deploy fail', async () => {
  const emulator = await startOrg();
  const admin = await open(tokenOf(emulator));
  await admin.deploy({ ...deploy, files: PERMISSION_SET });
  await expect(admin.deploy({ ...deploy, files: APP })).resolves.toMatchObject({ status: 'failed' });
});

test('the app without its permission set is refused', async () => {
  const emulator = await startOrg();
  const { files } = await filledIn();
  await expect((await open(tokenOf(emulator))).deploy({ ...deploy, files })).resolves.toMatchObject({
    status: 'failed',
  });
});

test('the permission set has every permission the preflight asks for, but not the one that opens all data', () => {
  const set = tree(PERMISSION_SET.get('permissionsets/Client_Apps_Deployer.permissionset') ?? '');
  const names = texts(set, 'name');
  expect(names).toEqual([...names].sort());
  expect(names).not.toContain('ModifyAllData');
  for (const name of OWN_PERMISSIONS.filter((one) => one !== 'ModifyAllData')) expect(names).toContain(name);
  for (const name of names) expect(CELLS).toContain(`\`${name}\``);
});

const SECOND_SET = 'Client_Apps_Deployer_Connected_Apps';

/** The user permissions of a set, as an org that took the package gives them back. */
async function grantedBy(files: Map<string, string>, name: string): Promise<readonly string[]> {
  const org = await open(tokenOf(await startOrg()));
  await expect(org.deploy({ ...deploy, files })).resolves.toMatchObject({ status: 'succeeded', warnings: [] });
  const read = await org.retrieve({ apiVersion: 66, types: new Map([['PermissionSet', [name]]]) });
  return texts(tree(read.files.get(`permissionsets/${name}.permissionset`) ?? ''), 'name');
}

test('the second permission set grants what changing a Connected App takes, and neither all data nor their assignments', async () => {
  const first = await grantedBy(PERMISSION_SET, 'Client_Apps_Deployer');
  const both = [...first, ...(await grantedBy(CONNECTED_APPS, SECOND_SET))];
  const lacks = (granted: readonly string[], touched: Parameters<typeof preflight>[2]): readonly string[] => {
    const known = [...OWN_PERMISSIONS, ...CONNECTED_APP_PERMISSIONS];
    const ownPermissions = new Map(known.map((name) => [name, granted.includes(name)]));
    return preflight({ ownPermissions, unread: [] }, 'prod', touched).map(({ remedy }) => remedy);
  };
  const lacking = lacks(first, { connectedApps: true });
  expect(lacking).toHaveLength(2);
  for (const remedy of lacking) expect(remedy).toContain(SECOND_SET);
  expect(lacks(both, { connectedApps: true })).toEqual([]);
  expect(lacks(first, {})).toEqual([]);
  const assigning = lacks(both, { connectedApps: true, assignments: true });
  expect(assigning).toHaveLength(2);
  for (const remedy of assigning) expect(remedy).toContain('have an administrator apply this plan');
  for (const name of ['ModifyAllData', 'ManageProfilesPermissionsets']) expect(both).not.toContain(name);
  expect(DOCUMENT).toContain(SECOND_SET);
});

test('the document uses the same labels as the preflight, and the names of the files', () => {
  for (const { label } of [
    API_ENABLED,
    MODIFY_METADATA,
    EXTERNAL_CLIENT_APP_DEVELOPER,
    EXTERNAL_CLIENT_APP_ADMIN,
    VIEW_SETUP,
  ]) {
    expect(CELLS).toContain(label);
  }
  for (const name of [
    '1-permission-set',
    '2-app',
    'Client_Apps_Deployer',
    'Client_Apps_CI',
    'CERTIFICATE_BASE64',
    'CONTACT_EMAIL',
  ]) {
    expect(DOCUMENT).toContain(name);
  }
  for (const path of DOCUMENT.match(/2-app\/\w+\/\S+\.eca\w*/g) ?? [])
    expect([...APP.keys()]).toContain(path.replace('2-app/', ''));
});

test('the callback URL is the one that machine apps get', () => {
  expect(APP.get('extlClntAppGlobalOauthSets/Client_Apps_CI_glbloauth.ecaGlblOauth')).toContain(MACHINE_CALLBACK_URL);
});
