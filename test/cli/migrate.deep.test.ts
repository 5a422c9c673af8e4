import { PermittedUsers, Platform, PrivateClientApp, Scope } from '../../constructs';
import { writeSeed } from './messy-support';
import { connectedApp, migrationBench, possible, SAML, successor, USER, verdict } from './migrate-support';
import { deploys, fastOrg, login, org } from './support';

const bench = migrationBench();
const { start, run, read } = bench;

const token = (lastUsed: string) => ({
  app: 'Old_Portal',
  user: USER,
  created: '2025-01-01T00:00:00Z',
  lastUsed,
  uses: 9,
});

describe('migrate: what cannot go', () => {
  it('a local OAuth app can go both ways, and what changes and what was not read is said', async () => {
    await start();
    const found = await read('migrate Old_Portal');
    expect([found.code, possible(found)]).toEqual([0, ['button', 'beside']]);
    expect(verdict(found, 'refresh token IP allowlist')).toEqual(['changes button+beside']);
    expect(verdict(found, 'consumer key')).toEqual(['changes beside']);
    expect(verdict(found, 'username-password flow')).toEqual(['not-evaluated button+beside']);
  });

  it.each(['migrate', 'migrate status', 'migrate stop', 'migrate delete'])(
    '%s of an app that is not there names the nearest',
    async (command) => {
      await start();
      const { code, stdout, stderr } = await run(`${command} OldPortal`);
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(
        /error: OldPortal: the org has no Connected App named OldPortal, and whether it ever had one is not known \[no-such-connected-app\]/,
      );
      expect(stderr).toMatch(/allowed: Old_Portal\n\s+to do: +did you mean Old_Portal\?/);
    },
  );

  it('JSON says that it is not there, too', async () => {
    await start();
    expect(await read('migrate Nothing')).toMatchObject({
      code: 1,
      state: { stage: 'not-found' },
      connected_apps: ['Old_Portal'],
    });
  });

  it.each(['migrate', 'migrate status'])('%s of an External Client App claims no migration of it', async (command) => {
    await start({ more: successor('Data_Warehouse', 'NEWKEY1234567') });
    const { code, stdout, stderr } = await run(`${command} Data_Warehouse`);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(
      'whether it ever had one is not known: the External Client App Data_Warehouse is not proof',
    );
  });

  it('no step that is impossible is printed', async () => {
    await start({ old: { name: 'acme__Old_Portal' } });
    const packaged = (await run('migrate acme__Old_Portal')).stdout;
    expect(packaged).toContain('Phase 2: neither of two options');
    expect(packaged).toContain('Phases 3 to 5: none, because neither option is possible');
    expect(packaged).not.toMatch(
      /press|declare the app|client-apps|keeps the consumer key|a new consumer key,.*is configured/,
    );
    await start({ old: { parts: SAML } });
    const button = (await run('migrate Old_Portal')).stdout;
    expect(button.replace(/\s+/g, ' ')).toContain(
      'A: press the button, then declare the app above, in place of the Connected App if the program declares that',
    );
    expect(button).not.toMatch(/B: |Old_Portal_ECA|every client has to be reconfigured/);
  });
});

describe('migrate: the two ways', () => {
  it('shows the price of each, and the new app in TypeScript with its options translated', async () => {
    await start();
    const { code, stdout } = await run('migrate Old_Portal');
    expect(code).toBe(0);
    expect(stdout).toContain('A. Migrate to External Client App in Setup');
    expect(stdout).toContain('becomes active again with the settings of that day');
    expect(stdout).toContain("new PrivateClientApp(org, 'Old_Portal', {");
    expect(stdout).toContain("new PrivateClientApp(org, 'Old_Portal_ECA', {");
    expect(stdout).toContain('refreshTokens: RefreshTokenPolicy.expiresIfUnusedFor(Duration.days(7)),');
    // What the old app weakens is named, and is not what the new one gets.
    expect(stdout.replace(/\n\s*\/\/ /g, ' ')).toContain(
      'The declared app has the secure default of refreshTokenRotation, the old one does not. To keep it, with a reason and an approver:',
    );
    expect(stdout).not.toContain('stays as it is');
    expect(stdout).not.toContain('Platform.CONNECTED_APP');
    const [beforeB = '', b = ''] = stdout.split('For B:');
    expect([beforeB.includes('adopt: true'), b.includes('adopt: true')]).toEqual([true, false]);
  });

  it('names in its next commands the new app that was asked for, and no way that is refused', async () => {
    await start();
    const { stdout } = await run('migrate Old_Portal --as New_Portal');
    expect(stdout).toContain('client-apps migrate stop Old_Portal --as New_Portal locks it out');
    expect(stdout).toContain('B: declare New_Portal and apply.');
    await start({ old: { parts: SAML } });
    const refused = (await run('migrate Old_Portal')).stdout;
    expect(refused).toContain('A: press the button');
    expect(refused).not.toMatch(/B: declare|migrate stop/);
  });

  it('takes another name and a stated kind', async () => {
    await start();
    const found = await read('migrate Old_Portal --as New_Portal --kind public');
    expect(found.ways[1]?.program).toMatchObject({ api_name: 'New_Portal', kind: 'public', confidence: 'stated' });
  });
});

describe('migrate status', () => {
  it('tells of every step what is true: not started, beside, migrated, same name, not found', async () => {
    await start();
    expect((await read('migrate status Old_Portal')).state).toMatchObject({ stage: 'not-started', stopped: false });
    await start({ more: successor('Old_Portal_ECA', 'NEWKEY1234567') });
    expect((await read('migrate status Old_Portal')).state).toMatchObject({
      stage: 'beside',
      successor: 'Old_Portal_ECA',
    });
    await start({ more: successor('Old_Portal', 'OLDKEY1234567') });
    expect((await read('migrate status Old_Portal')).state).toMatchObject({ stage: 'migrated' });
    await start({ more: successor('Old_Portal', 'NEWKEY1234567') });
    expect((await read('migrate status Old_Portal')).state).toMatchObject({ stage: 'same-name' });
    await start({ old: { name: 'Another' }, more: successor('Old_Portal_ECA', 'NEWKEY1234567') });
    expect(await read('migrate status Old_Portal')).toMatchObject({ code: 1, state: { stage: 'not-found' } });
  });

  it('the gate holds while a token was used within the window, and opens with an earlier use', async () => {
    await start({
      more: successor('Old_Portal_ECA', 'NEWKEY1234567'),
      usage: { tokens: [token('2026-11-01T00:00:00Z')] },
    });
    expect(await read('migrate status Old_Portal')).toMatchObject({ code: 2, gate: { state: 'closed' } });
    const { stdout } = await run('migrate status Old_Portal');
    expect(stdout).toContain('1 token of 1 user used or issued since 2026-08-23, the last on 2026-11-01');
    expect(await read('migrate status Old_Portal --window 10d')).toMatchObject({ code: 0, gate: { state: 'open' } });
  });

  it('the gate of an app that nothing uses is not open before a new app has taken its place', async () => {
    await start();
    const { code, stdout } = await run('migrate status Old_Portal');
    expect([code, stdout]).toEqual([2, expect.stringMatching(/Gate closed +the old app stays/)]);
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'nothing logged in, since 2026-08-23, but no new app is known to have replaced it',
    );
    await start({ more: successor('Old_Portal', 'NEWKEY1234567') });
    expect(await read('migrate status Old_Portal')).toMatchObject({ code: 2, gate: { state: 'closed' } });
  });

  it('an open gate does not speak of logins that Salesforce keeps no more', async () => {
    await start({ more: successor('Old_Portal_ECA', 'NEWKEY1234567') });
    const { gate } = await read('migrate status Old_Portal --window 400d');
    expect(gate?.because).toEqual([
      expect.stringMatching(
        /issued since 2025-10-17, and nothing logged in since 2026-05-25: Salesforce keeps no older/,
      ),
    ]);
    expect((await read('migrate status Old_Portal')).gate?.because).toEqual([expect.not.stringContaining('keeps')]);
  });

  it('the gate holds for a login, too', async () => {
    await start({ usage: { logins: [{ user: USER, application: 'Old Portal', time: '2026-11-01T00:00:00Z' }] } });
    expect(await read('migrate status Old_Portal')).toMatchObject({ code: 2, gate: { state: 'closed' } });
  });

  it('logins under a label that the new app has, too, leave the gate not evaluated', async () => {
    const more = successor('Old_Portal_ECA', 'NEWKEY1234567').map(
      ([path, text]) => [path, text.replace('<label>Portal<', '<label>Old Portal<')] as const,
    );
    const logins = [{ user: USER, application: 'Old Portal', time: '2026-11-01T00:00:00Z' }];
    await start({ more, usage: { logins } });
    expect(await read('migrate status Old_Portal')).toMatchObject({
      code: 1,
      gate: { state: 'not-evaluated', because: [expect.stringContaining('another app has its label')] },
    });
  });

  it.each([
    ['tokens', { PermissionsCustomizeApplication: false }],
    ['logins', { PermissionsManageUsers: false, PermissionsMonitorLoginHistory: false }],
  ])('where %s were not read the gate is not evaluated, and never open', async (_, permissions) => {
    await start({ permissions });
    expect(await read('migrate status Old_Portal')).toMatchObject({ code: 1, gate: { state: 'not-evaluated' } });
  });
});

it.each([
  ['migrate status Old_Portal', 'client-apps migrate ORG/NAME'],
  ['rotate Old_Portal --to-file credentials.json --auto-approve', 'client-apps rotate ORG/NAME'],
])('%s in a program with several orgs says how to name one', async (command, remedy) => {
  bench.here().synth((stack) => {
    org(stack, 'prod');
    org(stack, 'uat');
  });
  const { code, stderr } = await bench.here().run(command);
  expect([code, stderr]).toEqual([1, expect.stringContaining(remedy)]);
  expect(stderr).toContain('prod/Old_Portal, uat/Old_Portal');
  expect(stderr).not.toContain('tokens');
});

describe('migrate stop and delete', () => {
  const NEW = successor('Old_Portal_ECA', 'NEWKEY1234567');

  it('are refused while a token of the old app is in use, and where that was not read', async () => {
    await start({ more: NEW, usage: { tokens: [token('2026-11-01T00:00:00Z')] } });
    const used = await run('migrate stop Old_Portal');
    expect([used.code, used.stderr]).toEqual([1, expect.stringContaining('1 token of 1 user')]);
    await start({
      more: NEW,
      permissions: { PermissionsCustomizeApplication: false },
    });
    const unread = await run('migrate stop Old_Portal');
    expect([unread.code, unread.stderr]).toEqual([1, expect.stringContaining('migration-not-finished')]);
    expect((await read('migrate status Old_Portal')).state.stopped).toBe(false);
  });

  it('stops the app of the org that is named, also without a program', async () => {
    await start({ more: NEW });
    const other = await fastOrg({
      seedDir: writeSeed(bench.here(), new Map([['connectedApps/Old_Portal.connectedApp', connectedApp({})]]), 'other'),
    });
    const environment = { ...login(other), ...login(bench.salesforce(), 'prod') };
    expect(await bench.here().run('migrate stop prod/Old_Portal', { environment })).toMatchObject({ code: 0 });
    expect((await read('migrate status Old_Portal')).state.stopped).toBe(true);
    expect(deploys(other)).toBe(0);
    await other.close();
  });

  it('no window that has not begun opens the gate', async () => {
    await start({ more: NEW, usage: { tokens: [token('2026-11-20T00:00:00Z')] } });
    for (const window of ['2027-01-01', '2026-11-21', '0d']) {
      const { code, stderr } = await run(`migrate stop Old_Portal --window ${window}`);
      expect([window, code, stderr]).toEqual([window, 1, expect.stringContaining('window-empty')]);
    }
  });

  it('stop is refused without a new app, and of one that was migrated in Setup', async () => {
    await start();
    expect((await run('migrate stop Old_Portal')).stderr).toContain('not started: the org has no External Client App');
    await start({ more: successor('Old_Portal', 'NEWKEY1234567') });
    const why = 'the org has both apps under this name with different consumer keys, or one of the keys was not read';
    const { stderr } = await run('migrate stop Old_Portal');
    expect(stderr).toContain(why);
    expect(stderr).toContain('client-apps usage --app Old_Portal shows who uses the app');
    expect((await run('migrate delete Old_Portal')).stderr).toContain(why);
    const status = (await run('migrate status Old_Portal')).stdout.replace(/\s+/g, ' ');
    expect([status, status.includes('New app')]).toEqual([expect.stringContaining(why), false]);
    await start({ more: successor('Old_Portal', 'OLDKEY1234567') });
    expect((await run('migrate stop Old_Portal')).stderr).toContain('it was migrated in Setup and is read-only');
  });

  it('stop, then delete by name: each step shows in the status, and a stop is needed before the deletion', async () => {
    const adopted = (declare: boolean): void =>
      bench.here().synth((stack) => {
        const parent = org(stack);
        if (!declare) return;
        new PrivateClientApp(parent, 'Old_Portal', {
          label: 'Old Portal',
          platform: Platform.CONNECTED_APP,
          adopt: true,
          callbackUrls: ['https://portal.acme.example/cb'],
          scopes: [Scope.API, Scope.REFRESH_TOKEN],
          permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Access'] }),
        });
      });
    await start({ more: NEW });
    adopted(true);
    expect(await run('apply --auto-approve --allow widens')).toMatchObject({ code: 0 });
    expect((await run('migrate delete Old_Portal')).stderr).toContain('it has not been stopped');
    expect(await run('migrate stop Old_Portal')).toMatchObject({ code: 0 });
    expect((await run('migrate delete Old_Portal', 'yes')).stderr).toContain('the program still declares it');
    adopted(false);
    expect((await read('migrate status Old_Portal')).state).toMatchObject({ stage: 'beside', stopped: true });
    expect(await run('migrate delete Old_Portal', 'yes')).toMatchObject({ code: 0 });
    expect((await read('migrate status Old_Portal')).state).toMatchObject({ stage: 'done' });
  });

  it('an app without a line of this program is not deleted', async () => {
    await start({ more: successor('Old_Portal', 'OLDKEY1234567') });
    expect((await run('migrate delete Old_Portal')).stderr).toContain('delete it in Setup > App Manager');
  });
});
