import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { MachineApp, Username } from '../../constructs';
import { synthManifests } from '../../constructs/testing';
import type { Emulator } from '../../lib/emulator';
import type { Manifest } from '../../lib/metadata/manifest';
import { auditOrg } from '../../lib/operations/audit';
import { planOrg } from '../../lib/operations/plan-org';
import { NO_CONSENTS } from '../../lib/plan/plan';
import type { ControlResult } from '../../lib/policy/report';
import { justification, machineProps, orgIn, program } from '../constructs/support';
import { installFiles } from '../metadata/install-files';
import { cleanUp, open, startOrg, temporaryFolder, tokenOf } from '../org/support';

afterEach(cleanUp);

const RANGES =
  '<loginIpRanges><endAddress>203.0.113.9</endAddress><startAddress>203.0.113.1</startAddress></loginIpRanges>';
const API_ONLY = 'Minimum Access - API Only Integrations';

const permission = (name: string): string =>
  `<userPermissions><enabled>true</enabled><name>${name}</name></userPermissions>`;
const profile = (content: string): string =>
  `<Profile xmlns="http://soap.sforce.com/2006/04/metadata">${content}</Profile>`;
const permissionSet = (content: string): string =>
  `<PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata"><label>Feed</label>${content}</PermissionSet>`;

/** A program with one machine, whose client credentials flow runs as a user. */
function feed(): Manifest {
  const app = program();
  const prod = orgIn(app);
  const { label, scopes, permittedUsers, certificate } = machineProps;
  const clientCredentials = { runAs: Username.of('feed@acme.example'), justification };
  new MachineApp(prod, 'Feed', { label, scopes, permittedUsers, certificate, clientCredentials });
  const [manifest] = synthManifests(app);
  if (!manifest) throw new Error('the program declares one org');
  return manifest;
}

/** An org with that user, and with the app unless `apps` is empty. */
async function orgWith(
  user: object,
  files: Readonly<Record<string, string>> = {},
  apps: readonly Manifest[] = [feed()],
): Promise<Emulator> {
  const seedDir = temporaryFolder();
  const seed = { users: [{ username: 'feed@acme.example', ...user }], permissionSets: [{ name: 'Feed_Access' }] };
  const all = [
    ...apps.flatMap((manifest) => [...installFiles(manifest)]),
    ...Object.entries(files),
    ['org.json', JSON.stringify(seed)] as const,
  ];
  for (const [path, text] of all) {
    mkdirSync(dirname(join(seedDir, path)), { recursive: true });
    writeFileSync(join(seedDir, path), text);
  }
  return startOrg({ seedDir });
}

async function judged(emulator: Emulator): Promise<ReadonlyMap<string, ControlResult>> {
  const audit = await auditOrg(await open(tokenOf(emulator)), { source: 'prod', today: '2026-07-01', apiVersion: 66 });
  const report = audit.reports.find(({ subject }) => subject.type === 'app');
  return new Map((report?.results ?? []).map((result) => [result.control, result]));
}

const RUN_AS = 'SFCA-ECA-RUN-AS-USER';
const FLOW = 'SFCA-ECA-CLIENT-CREDENTIALS';

describe('what an org tells about run-as users', () => {
  it('an API-only user with login IP ranges passes, and lowers the risk of the flow', async () => {
    const emulator = await orgWith({ profile: API_ONLY }, { [`profiles/${API_ONLY}.profile`]: profile(RANGES) });
    const results = await judged(emulator);
    expect(results.get(RUN_AS)?.outcome).toBe('pass');
    expect(results.get(FLOW)).toMatchObject({
      outcome: 'low-risk',
      because: expect.stringContaining('few IP addresses'),
    });
  });

  it.each([
    ['the whole internet', ['0.0.0.0', '255.255.255.255']],
    ['two halves of it', ['0.0.0.0', '127.255.255.255', '128.0.0.0', '255.255.255.255']],
    ['a /15', ['203.0.0.0', '203.1.255.255']],
    ['every IPv6 address', ['::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff']],
  ])('ranges of %s restrict nothing', async (_, ends) => {
    const ranges = ends.flatMap((start, index) =>
      index % 2 === 1
        ? []
        : `<loginIpRanges><endAddress>${ends[index + 1] ?? ''}</endAddress><startAddress>${start}</startAddress></loginIpRanges>`,
    );
    const emulator = await orgWith(
      { profile: API_ONLY },
      { [`profiles/${API_ONLY}.profile`]: profile(ranges.join('')) },
    );
    const flow = (await judged(emulator)).get(FLOW);
    expect(flow).toMatchObject({ outcome: 'fail', because: expect.stringContaining('restrict nothing') });
    expect(flow?.conditions.find(({ effect }) => effect === 'lowers')?.holds).toBe('no');
  });

  it.each([
    ['View All Data', permission('ViewAllData')],
    [
      'Modify All Records of Account',
      '<objectPermissions><allowCreate>true</allowCreate><allowDelete>true</allowDelete><allowEdit>true</allowEdit><allowRead>true</allowRead><modifyAllRecords>true</modifyAllRecords><object>Account</object><viewAllRecords>true</viewAllRecords></objectPermissions>',
    ],
  ])('one who holds %s by a permission set reaches what was not shared', async (right, granted) => {
    const emulator = await orgWith(
      { profile: API_ONLY, permissionSets: ['Feed_Access'] },
      {
        [`profiles/${API_ONLY}.profile`]: profile(RANGES),
        'permissionsets/Feed_Access.permissionset': permissionSet(granted),
      },
    );
    const results = await judged(emulator);
    expect(results.get(RUN_AS)).toMatchObject({ outcome: 'fail', because: expect.stringContaining(right) });
    expect(results.get(FLOW)?.outcome).toBe('fail');
  });

  it.each(['AuthorApex', 'ManageProfilesPermissionsets'])('one who has %s is an administrator', async (name) => {
    const emulator = await orgWith(
      { profile: API_ONLY, permissionSets: ['Feed_Access'] },
      { 'permissionsets/Feed_Access.permissionset': permissionSet(permission(name)) },
    );
    expect((await judged(emulator)).get(RUN_AS)?.because).toContain('administrator');
  });

  it('without ranges the flow is a violation, and the condition is known not to hold', async () => {
    const results = await judged(await orgWith({ profile: API_ONLY }));
    expect(results.get(FLOW)?.outcome).toBe('fail');
    expect(results.get(FLOW)?.conditions.map(({ holds }) => holds)).toEqual(['no', 'no']);
  });

  it('an administrator by profile makes it worse, ranges or not', async () => {
    const emulator = await orgWith({ profile: 'System Administrator' }, { 'profiles/Admin.profile': profile(RANGES) });
    const results = await judged(emulator);
    expect(results.get(RUN_AS)).toMatchObject({ outcome: 'fail', because: expect.stringContaining('administrator') });
    expect(results.get(FLOW)).toMatchObject({ outcome: 'fail' });
    expect(results.get(FLOW)?.conditions.find(({ effect }) => effect === 'raises')?.holds).toBe('yes');
  });

  it('one who may modify all data by a permission set is an administrator as well', async () => {
    const emulator = await orgWith(
      { profile: API_ONLY, permissionSets: ['Feed_Access'] },
      { 'permissionsets/Feed_Access.permissionset': permissionSet(permission('ModifyAllData')) },
    );
    expect((await judged(emulator)).get(RUN_AS)).toMatchObject({ outcome: 'fail' });
  });

  it('a user who may log in to the user interface is not made for it', async () => {
    const results = await judged(await orgWith({ profile: 'Standard User' }));
    expect(results.get(RUN_AS)?.because).toContain('user interface');
  });

  it('what the org refuses to return is not evaluated, and taken for nothing', async () => {
    const emulator = await orgWith({ profile: 'A profile that the connected user may not see' });
    const org = await open(tokenOf(emulator));
    const audit = await auditOrg(org, { source: 'prod', today: '2026-07-01', apiVersion: 66 });
    const results = new Map(audit.reports.flatMap((report) => report.results.map((each) => [each.control, each])));
    expect(results.get(RUN_AS)?.outcome).toBe('not-evaluated');
    expect(results.get(FLOW)?.conditions.map(({ holds }) => holds)).toEqual(['unknown', 'unknown']);
    expect(audit.unread.map(({ reason }) => reason).join()).toContain('cannot be found');
  });

  it('a permission set alone does not tell that the user is no administrator', async () => {
    const emulator = await orgWith(
      { profile: 'A profile that the connected user may not see', permissionSets: ['Feed_Access'] },
      { 'permissionsets/Feed_Access.permissionset': permissionSet(permission('ApiEnabled')) },
    );
    expect((await judged(emulator)).get(RUN_AS)?.outcome).toBe('not-evaluated');
  });

  it("the org's own session timeout counts where the app states none", async () => {
    const session = '<sessionSettings><sessionTimeout>ThirtyMinutes</sessionTimeout></sessionSettings>';
    const security = `<SecuritySettings xmlns="http://soap.sforce.com/2006/04/metadata">${session}</SecuritySettings>`;
    const emulator = await orgWith({ profile: API_ONLY }, { 'settings/Security.settings': security });
    const { orgSessionTimeoutMinutes } = await (await open(tokenOf(emulator))).runAsUsers([]);
    expect(orgSessionTimeoutMinutes).toBe(30);
  });
});

describe('a plan', () => {
  it('judges what it would create by the same facts', async () => {
    const org = await open(tokenOf(await orgWith({ profile: 'System Administrator' }, {}, [])));
    const plan = await planOrg({ org, manifest: feed(), consents: NO_CONSENTS, today: '2026-07-01' });
    const found = plan.apps[0]?.controls?.find(({ control }) => control === RUN_AS);
    expect(found).toMatchObject({ after: 'fail', because: expect.stringContaining('administrator') });
  });
});
