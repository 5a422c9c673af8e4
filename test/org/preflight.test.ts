import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { preflight } from '../../lib/org/preflight';
import { cleanUp, open, startOrg, temporaryFolder, tokenOf } from './support';

afterEach(cleanUp);

/** The diagnostics for a deploying user from whom the given permissions are withheld. */
async function without(...names: readonly string[]) {
  const folder = temporaryFolder();
  const permissions = Object.fromEntries(names.map((name) => [`Permissions${name}`, false]));
  writeFileSync(join(folder, 'org.json'), JSON.stringify({ deployUser: { permissions } }));
  const emulator = await startOrg({ seedDir: folder });
  const org = await open(tokenOf(emulator));
  return preflight(await org.facts([]), 'identity/prod');
}

test('a user who has everything is told nothing', async () => {
  expect(await without()).toEqual([]);
});

test('either of the two permissions to deploy is enough', async () => {
  expect(await without('ModifyMetadata')).toEqual([]);
  expect(await without('ModifyAllData')).toEqual([]);
});

test('a user who has neither is told before the first write, in the words of Setup', async () => {
  const [diagnostic, ...rest] = await without('ModifyMetadata', 'ModifyAllData');
  expect(rest).toEqual([]);
  expect(diagnostic).toMatchObject({ severity: 'error', path: 'identity/prod' });
  expect(diagnostic?.problem).toContain('"Modify Metadata Through Metadata API Functions" (ModifyMetadata)');
  expect(diagnostic?.remedy).toContain('docs/bootstrap.md');
});

test('every missing permission is named at once, errors and warnings', async () => {
  const lacking = [
    'ModifyMetadata',
    'ModifyAllData',
    'ExternalClientAppDeveloper',
    'ExternalClientAppAdmin',
    'ViewSetup',
  ];
  const found = await without(...lacking);
  expect(found.map(({ severity }) => severity)).toEqual(['error', 'warning', 'warning', 'warning']);
  const text = found.map(({ problem }) => problem).join('\n');
  for (const name of lacking) expect(text).toContain(`(${name})`);
});

test('a user without API Enabled cannot even ask, and the org says why', async () => {
  await expect(without('ApiEnabled')).rejects.toThrow('API is disabled for this User');
});

test('what could not be read is one note with the reason, never an error', () => {
  expect(preflight({ unread: ['your own permissions: INVALID_TYPE: no'] }, 'identity/prod')).toEqual([
    expect.objectContaining({ severity: 'note', problem: expect.stringContaining('INVALID_TYPE: no') as string }),
  ]);
});

test('an org that does not know a permission gets a note for that one only', () => {
  const ownPermissions = new Map([
    ['ApiEnabled', true],
    ['ModifyMetadata', true],
    ['ViewSetup', true],
  ]);
  const found = preflight({ ownPermissions, unread: [] }, 'identity/prod');
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ severity: 'note' });
  expect(found[0]?.problem).toContain('ExternalClientAppDeveloper');
  expect(found[0]?.problem).not.toContain('ModifyMetadata');
});

test('a Connected App takes permissions of its own, and its permission sets take more', async () => {
  const folder = temporaryFolder();
  const lacks = ['CustomizeApplication', 'ManageRemoteAccess', 'ModifyAllData', 'ManageProfilesPermissionsets'];
  const permissions = Object.fromEntries(lacks.map((name) => [`Permissions${name}`, false]));
  writeFileSync(join(folder, 'org.json'), JSON.stringify({ deployUser: { permissions } }));
  const facts = await (await open(tokenOf(await startOrg({ seedDir: folder })))).facts([]);
  const named = (touched: Parameters<typeof preflight>[2]) =>
    preflight(facts, 'identity/prod', touched).map(({ problem }) => /\((\w+)\);/.exec(problem)?.[1]);
  expect(named({})).toEqual([]);
  expect(named({ connectedApps: true })).toEqual(['CustomizeApplication', 'ManageRemoteAccess']);
  expect(named({ connectedApps: true, assignments: true })).toEqual([
    'CustomizeApplication',
    'ManageRemoteAccess',
    'ModifyAllData',
    'ManageProfilesPermissionsets',
  ]);
});
