import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { packageXml } from '../../lib/metadata/package/package-xml';
import { cleanUp, open, startOrg, temporaryFolder, tokenOf } from './support';

afterEach(cleanUp);

const USERS = ['without@acme.example', 'machine@acme.example', 'hidden@acme.example'];

async function orgWithUsers() {
  const seedDir = temporaryFolder();
  const [without, machine, hidden] = USERS;
  const users = [
    { username: without, apiEnabled: false, permissionSets: ['Portal'] },
    { username: machine, profile: 'Minimum Access - API Only Integrations' },
    { username: hidden, profile: 'A profile that the connected user may not see' },
  ];
  writeFileSync(join(seedDir, 'org.json'), JSON.stringify({ users, permissionSets: [{ name: 'Portal' }] }));
  return open(tokenOf(await startOrg({ seedDir })));
}

describe('what a user may do', () => {
  test('follows from the profile, and is unknown where the org does not tell', async () => {
    const org = await orgWithUsers();
    expect([...((await org.facts(USERS)).users ?? []).values()]).toEqual([
      { isActive: true, isApiEnabled: false },
      { isActive: true, isApiEnabled: true },
      { isActive: true },
    ]);
  });

  test('follows from a permission set as well', async () => {
    const org = await orgWithUsers();
    const grant = '<userPermissions><enabled>true</enabled><name>ApiEnabled</name></userPermissions>';
    const set = `<PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata"><label>Portal</label>${grant}</PermissionSet>`;
    const files = new Map([
      ['package.xml', packageXml(new Map([['PermissionSet', ['Portal']]]), 66)],
      ['permissionsets/Portal.permissionset', set],
    ]);
    expect((await org.deploy({ files, apiVersion: 66, checkOnly: false })).status).toBe('succeeded');
    expect((await org.facts(USERS)).users?.get('without@acme.example')).toMatchObject({ isApiEnabled: true });
  });
});
