import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { auditOrg } from '../../lib/operations/audit';
import type { ControlResult } from '../../lib/policy/report';
import { cleanUp, open, startOrg, temporaryFolder, tokenOf } from '../org/support';

afterEach(cleanUp);

const GRANT = '<userPermissions><enabled>true</enabled><name>UseAnyApiClient</name></userPermissions>';

/** What an audit of an org says about the door for API clients, and how many calls it took. */
async function judged(available: boolean, grants: boolean): Promise<readonly [ControlResult, ControlResult, number]> {
  const seedDir = temporaryFolder();
  const xmlns = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
  for (const folder of ['permissionsets', 'profiles', 'settings']) mkdirSync(join(seedDir, folder));
  const grant = grants ? GRANT : '';
  writeFileSync(
    join(seedDir, 'permissionsets/Tools.permissionset'),
    `<PermissionSet ${xmlns}><label>Tools</label>${grant}</PermissionSet>`,
  );
  writeFileSync(join(seedDir, 'profiles/Standard.profile'), `<Profile ${xmlns}>${grant}</Profile>`);
  writeFileSync(
    join(seedDir, 'settings/ConnectedApp.settings'),
    `<ConnectedAppSettings ${xmlns}><enableAdminApprovedAppsOnly>${available}</enableAdminApprovedAppsOnly></ConnectedAppSettings>`,
  );
  const emulator = await startOrg({ seedDir, switches: { apiAccessControlAvailable: available } });
  const org = await open(tokenOf(emulator));
  const audit = await auditOrg(org, { source: 'prod', today: '2026-07-01', apiVersion: 66 });
  expect(audit.unread).toEqual([]);
  const results = audit.reports.find(({ subject }) => subject.type === 'org')?.results ?? [];
  const of = (id: string): ControlResult => {
    const found = results.find(({ control }) => control === id);
    if (!found) throw new Error(`${id} judged nothing`);
    return found;
  };
  return [of('SFCA-ORG-API-ACCESS'), of('SFCA-ORG-ANY-API-CLIENT'), org.calls];
}

describe('an audit of an org', () => {
  it('names every profile and permission set that grants Use Any API Client, and weighs it by API Access Control', async () => {
    const [access, client] = await judged(true, true);
    expect(access.outcome).toBe('pass');
    expect(client).toMatchObject({
      outcome: 'fail',
      because: 'Use Any API Client is granted by permission set Tools, profile Standard User.',
    });
    expect(client.conditions).toContainEqual(expect.objectContaining({ effect: 'raises', holds: 'yes' }));
  });

  it('passes where none grants it', async () => {
    const [, client] = await judged(true, false);
    expect(client.outcome).toBe('pass');
  });

  it('does not say "none" where the org does not show the permission, and fails the open door', async () => {
    const [access, client, calls] = await judged(false, true);
    expect(access.outcome).toBe('fail');
    expect(client).toMatchObject({
      outcome: 'not-evaluated',
      because: expect.stringContaining('(UseAnyApiClient) is not known: the org does not show the permission'),
    });
    expect(calls).toBeLessThanOrEqual(8);
  });
});
