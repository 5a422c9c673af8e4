import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

import type { Emulator } from '../../lib/emulator';
import { messySeed } from '../../lib/emulator/seeds/messy-org';
import { CANARY, writeSeed } from './messy-support';
import { type Ended, fastOrg, login, type Project, project, type RunOptions, TODAY } from './support';

let here: Project;
let salesforce: Emulator;
beforeEach(() => {
  here = project();
});
afterEach(async () => {
  await salesforce.close();
  here.remove();
});

const token = (n: number, app: string, user: string, lastUsed: string) => ({
  app,
  user: `${user}@acme.example`,
  created: '2026-01-01T00:00:00Z',
  lastUsed,
  uses: n,
  refreshToken: `EMULATORREFRESH${n}`,
  accessToken: `EMULATORACCESS${n}`,
  deleteToken: `EMULATORDELETE${n}`,
});
const recent = '2026-11-20T00:00:00Z';
const long = '2026-02-01T00:00:00Z';

/** Two tokens of an unknown app, two of an External Client App, one of a Connected App, and one that took its label. */
const files = (deployUser: object = {}): ReadonlyMap<string, string> =>
  new Map([
    ...[...messySeed(new Date(`${TODAY}T00:00:00Z`))].filter(([path]) => /Order_Feed|Legacy_Portal/.test(path)),
    [
      'org.json',
      JSON.stringify({
        deployUser,
        users: [
          { username: 'ann@acme.example' },
          { username: 'bob@acme.example', active: false },
          { username: 'cem@acme.example' },
        ],
        usage: {
          uninstalledApps: [{ label: 'Ticket', consumerKey: '3MVG9TICKET' }],
          tokens: [
            token(1, 'Ticket', 'ann', recent),
            token(2, 'Ticket', 'bob', recent),
            token(3, 'Ticket', 'cem', long),
            token(4, 'Order_Feed', 'ann', recent),
            token(5, 'Order_Feed', 'cem', long),
            token(6, 'Legacy_Portal', 'ann', recent),
          ],
        },
      }),
    ],
  ]);
const start = async (deployUser: object = {}, switches: object = {}): Promise<void> => {
  salesforce = await fastOrg({ seedDir: writeSeed(here, files(deployUser)), switches });
};
async function revoke(line: string, options: RunOptions = {}): Promise<Ended> {
  const ended = await here.run(`revoke ${line}`, { ...options, environment: login(salesforce) });
  expect(ended.stdout + ended.stderr).not.toMatch(CANARY);
  return ended;
}
const works = async (n: number): Promise<boolean> => {
  const headers = { authorization: `Bearer EMULATORACCESS${n}` };
  return (await fetch(`${salesforce.url}/services/oauth2/userinfo`, { headers })).status === 200;
};
/** Of the six, those whose access token is accepted; bob is inactive, so that his never is. */
const working = async (): Promise<readonly number[]> => {
  const all = await Promise.all([1, 2, 3, 4, 5, 6].map(async (n) => ((await works(n)) ? [n] : [])));
  return all.flat();
};
async function listed(): Promise<readonly number[]> {
  const soql = encodeURIComponent('SELECT UseCount FROM OauthToken ORDER BY UseCount');
  const headers = { authorization: `Bearer ${salesforce.accessToken}` };
  const answer = await fetch(`${salesforce.url}/services/data/v66.0/query?q=${soql}`, { headers });
  const { records } = (await answer.json()) as { records: readonly { UseCount: number }[] };
  return records.map(({ UseCount: uses }) => uses);
}
const refreshTicket = async (): Promise<number> => {
  const form = { grant_type: 'refresh_token', client_id: '3MVG9TICKET', refresh_token: 'EMULATORREFRESH1' };
  return (await fetch(`${salesforce.url}/services/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) }))
    .status;
};
function receipts(): readonly Record<string, unknown>[] {
  const folder = here.path('.client-apps', 'revocations');
  return readdirSync(folder).map((name) => {
    const text = readFileSync(`${folder}/${name}`, 'utf8');
    expect(text).not.toMatch(CANARY);
    return JSON.parse(text) as Record<string, unknown>;
  });
}

describe('revoke', () => {
  it('ends access and refresh tokens of an uninstalled app, and those of no other', async () => {
    await start();
    expect(await working()).toEqual([1, 3, 4, 5, 6]);
    expect(await refreshTicket()).toBe(200);
    const { code, stdout } = await revoke('Ticket --auto-approve');
    expect([code, stdout]).toEqual([0, expect.stringContaining('Revoked 3 of 3 tokens.')]);
    expect(stdout).toContain('The org no longer lists any of them.');
    expect(await working()).toEqual([4, 5, 6]);
    expect(await refreshTicket()).toBe(400);
    expect(receipts()).toMatchObject([{ app: 'Ticket', tokens: 3, revoked: 3, left: 0, failed: [] }]);
  });

  it.each([
    ['Order_Feed', [1, 3, 6]],
    ['Legacy_Portal', [1, 3, 4, 5]],
    ['Order_Feed --user ann@acme.example', [1, 3, 5, 6]],
    ['Order_Feed --unused-for 90d', [1, 3, 4, 6]],
    ['Ticket --unused-for 90d', [1, 4, 5, 6]],
    ['Order_Feed --granted-before 2020-01-01', [1, 3, 4, 5, 6]],
  ] as const)('ends what was asked for alone: %s', async (line, left) => {
    await start();
    expect(await revoke(`${line} --auto-approve`)).toMatchObject({ code: 0 });
    expect(await working()).toEqual(left);
  });

  it('of inactive users takes theirs alone', async () => {
    await start();
    expect(await revoke('Ticket --inactive-users --auto-approve')).toMatchObject({ code: 0 });
    expect(await listed()).toEqual([1, 3, 4, 5, 6]);
  });

  it('as a dry run shows what would end, writes no receipt, and sends nothing that could change the org', async () => {
    const stateFile = here.path('org-state.json');
    salesforce = await fastOrg({ seedDir: writeSeed(here, files()), stateFile });
    const before = readFileSync(stateFile);
    const { code, stdout } = await revoke('Ticket --dry-run');
    expect([code, stdout]).toEqual([0, expect.stringContaining('3 tokens of 3 users will end')]);
    expect(stdout).toContain('Dry run: nothing was revoked.');
    expect(readFileSync(stateFile).equals(before)).toBe(true);
    expect(readdirSync(here.folder)).not.toContain('.client-apps');
    expect(salesforce.calls().filter(({ operation }) => /^(revoke|delete)/.test(operation))).toEqual([]);
  });

  it.each([
    ['no', 1],
    ['yes', 0],
  ])('asks, and takes only yes for one: %s', async (answer, code) => {
    await start();
    expect(await revoke('Ticket', { answer })).toMatchObject({ code });
    expect((await listed()).length).toBe(answer === 'yes' ? 3 : 6);
  });

  it('wants --auto-approve where there is nobody to ask', async () => {
    await start();
    expect(await revoke('Ticket')).toMatchObject({ code: 1, stderr: expect.stringContaining('--auto-approve') });
    expect(await listed()).toHaveLength(6);
  });

  it('of one token that cannot be ended tells it, ends the others, and finishes when run again', async () => {
    await start();
    salesforce.faults.failNext({ operation: 'revoke' }, { kind: 'api-error', code: 'UNKNOWN_EXCEPTION', message: 'x' });
    const first = await revoke('Ticket --auto-approve');
    expect(first.code).toBe(1);
    expect(first.stdout).toContain('Revoked 2 of 3 tokens.');
    expect(first.stdout).toMatch(/not revoked, of \w+@acme\.example: .*UNKNOWN_EXCEPTION/);
    expect(first.stdout).toContain('The org still lists 1 token.');
    expect(await revoke('Ticket --auto-approve')).toMatchObject({ code: 0 });
    expect(await listed()).toEqual([4, 5, 6]);
    expect(receipts().map(({ revoked, left }) => [revoked, left])).toEqual([
      [2, 1],
      [1, 0],
    ]);
  });

  it('that breaks off says what is done and what is not, and the next run finishes it', async () => {
    await start();
    salesforce.faults.failNext({ operation: 'revoke' }, { kind: 'drop' }, 1);
    const first = await revoke('Ticket --auto-approve');
    expect(first.code).toBe(5);
    expect(first.stdout).toContain('Stopped early:');
    expect(first.stdout).toContain('The remaining tokens were not read.');
    const { code, stderr } = await revoke('Ticket --auto-approve');
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/of Ticket that began 20\S+ was interrupted: the org lists 3/),
    ]);
    expect(await listed()).toEqual([4, 5, 6]);
    expect(receipts().map(({ left }) => left)).toEqual([0, 0]);
  });

  it('is announced before the first token ends; the next run says that one did not come to its end, and finishes it', async () => {
    await start();
    const folder = here.path('.client-apps', 'revocations');
    let announced: [file: string, text: string] | undefined;
    const onStderr = (said: string): void => {
      if (announced !== undefined || !said.includes('revoked 1 of 2')) return;
      const [file = ''] = readdirSync(folder);
      announced = [`${folder}/${file}`, readFileSync(`${folder}/${file}`, 'utf8')];
    };
    expect(await revoke('Order_Feed --auto-approve', { onStderr })).toMatchObject({ code: 0 });
    const [file, text] = announced ?? ['', '{}'];
    expect(JSON.parse(text)).toMatchObject({ state: 'announced', tokens: 2, api_name: 'Order_Feed' });
    expect(text).not.toMatch(CANARY);
    // As if the process had died there, with another token left.
    writeFileSync(
      file,
      text.replace('"Order_Feed"', '"Legacy_Portal"').replace('external-client-app', 'connected-app'),
    );
    const again = await revoke('Legacy_Portal --auto-approve');
    expect([again.code, again.stderr]).toEqual([
      0,
      expect.stringContaining('was interrupted: the org lists 1 token of it now'),
    ]);
    expect(await listed()).toEqual([1, 2, 3]);
    expect(receipts().map(({ state, left }) => [state, left])).toEqual([
      ['ended', 0],
      ['ended', 0],
    ]);
  });

  it('that cannot be announced does not begin', async () => {
    await start();
    here.write('.client-apps/revocations', 'a file where a folder has to be');
    const { code, stderr } = await revoke('Ticket --auto-approve');
    expect([code, stderr]).toEqual([1, expect.stringContaining('[file-unusable]')]);
    expect(await listed()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('without the permission to see the tokens revokes nothing and names it', async () => {
    await start({ permissions: { PermissionsCustomizeApplication: false } });
    const { code, stderr } = await revoke('Ticket --auto-approve');
    expect(code).toBe(1);
    expect(stderr).toContain('Customize Application');
    expect(await working()).toEqual([1, 3, 4, 5, 6]);
  });

  it('of an app that is not there names those that are', async () => {
    await start();
    const { code, stderr } = await revoke('Tickets --auto-approve');
    expect(code).toBe(1);
    expect(stderr).toContain('Legacy Portal, Order Feed, Ticket');
  });

  it.each(['Order_Feed', 'Legacy_Portal', 'Order Feed'])(
    'of an app of the org that has no token (any more) is done already: %s',
    async (app) => {
      await start();
      for (const name of ['Order_Feed', 'Legacy_Portal']) await revoke(`${name} --auto-approve`);
      const kept = receipts().length;
      for (const line of ['--auto-approve', '--dry-run']) {
        const { code, stdout } = await revoke(`"${app}" ${line}`);
        expect([code, stdout]).toEqual([
          0,
          `The org lists no token of ${app} in org (${salesforce.orgId}); nothing was revoked.\n`,
        ]);
      }
      expect(receipts()).toHaveLength(kept);
    },
  );

  it('of an app that nobody installed is done already where its tokens were revoked from here, in this org', async () => {
    await start();
    expect(await revoke('Ticket --auto-approve')).toMatchObject({ code: 0 });
    for (const line of ['revoke Ticket --auto-approve', 'revoke Ticket --unknown --auto-approve']) {
      const again = await here.run(line, { environment: login(salesforce) });
      expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('no token of Ticket in org')]);
    }
    const stop = await here.run('stop Ticket --revoke', { environment: login(salesforce) });
    expect([stop.code, stop.stdout]).toEqual([2, expect.stringContaining('The org lists no token of it.')]);
    expect(stop.stdout).toContain('Ticket has no record in this org and can be approved again');
    // Another org, and a name that was never heard of.
    await salesforce.close();
    await start();
    await revoke('Order_Feed --auto-approve');
    salesforce.revoke();
    expect(await revoke('Ticket --auto-approve')).toMatchObject({ code: 1 });
    expect(await revoke('Order_feed --auto-approve')).toMatchObject({ code: 1 });
  });

  it('does the same where only the usage resources list tokens of External Client Apps', async () => {
    await start({}, { externalClientAppTokensListed: false });
    expect(await revoke('Order_Feed --auto-approve')).toMatchObject({ code: 0 });
    expect(await working()).toEqual([1, 3, 6]);
  });
});
