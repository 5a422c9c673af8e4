import { readdirSync, rmSync } from 'node:fs';

import { Certificate, MachineApp, PermittedUsers, Scope, Username } from '../../constructs';
import type { Emulator } from '../../lib/emulator';
import { KEY, ME, type Pair, REFRESH, SECRET, seedFolder, twoKeys, type Way } from '../operations/own-login-support';
import { deploys, type Ended, fastOrg, org, type Project, project } from './support';

let own: Pair;
beforeAll(async () => {
  [own] = await twoKeys();
});

let here: Project;
let seedDir: string;
let salesforce: Emulator;
beforeEach(async () => {
  here = project();
  seedDir = seedFolder(own, {});
  salesforce = await fastOrg({ seedDir });
});
afterEach(async () => {
  await salesforce.close();
  rmSync(seedDir, { recursive: true });
  here.remove();
});

/** What the environment holds for a login through the app CI. */
async function environment(way: Way): Promise<Record<string, string>> {
  const { url } = salesforce;
  const app = { SF_CLIENT_ID: KEY, SF_LOGIN_URL: url };
  if (way === 'jwt-bearer') return { ...app, SF_USERNAME: ME, SF_JWT_KEY: own.key };
  if (way === 'client-credentials') return { ...app, SF_CLIENT_SECRET: SECRET };
  const form = { grant_type: 'refresh_token', client_id: KEY, client_secret: SECRET, refresh_token: REFRESH };
  const answer = await fetch(`${url}/services/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) });
  const { access_token: token } = (await answer.json()) as { readonly access_token: string };
  return { SF_ACCESS_TOKEN: token, SF_INSTANCE_URL: url, SF_CLIENT_ID: KEY };
}

const client = async (way: Way, commandLine: string): Promise<Ended> =>
  here.run(commandLine, { environment: await environment(way) });

const LOCKS_OUT = /this connection logged in through CI .* and the change cuts that login off: .*\[self-lockout\]/;

describe('a command that would cut its own login off', () => {
  it('stops the app of the login only where that is accepted by name, and the receipt says so', async () => {
    for (const option of ['', ' --dry-run', ' --revoke', ' --accept-lockout Other', ' --accept-lockout eu/CI']) {
      const { code, stderr } = await client('jwt-bearer', `stop CI${option}`);
      expect([option, code]).toEqual([option, 1]);
      expect(stderr).toMatch(LOCKS_OUT);
      expect(stderr).toContain('pass --accept-lockout CI if another way in is ready');
    }
    expect(deploys(salesforce)).toBe(0);
    expect((await client('jwt-bearer', 'stop CI --accept-lockout CI')).code).toBe(0);
    const [receipt = ''] = readdirSync(here.path('.client-apps', 'stops'));
    expect(JSON.parse(here.read('.client-apps', 'stops', receipt))).toMatchObject({
      app: 'CI',
      state: 'stopped',
      accepted_lockout: true,
    });
    const next = await client('jwt-bearer', 'stop CI');
    expect([next.code, next.stderr]).toEqual([5, expect.stringContaining('the external client app is blocked')]);
  });

  it('ends the refresh token that the login may live on only where that is accepted', async () => {
    const login = { environment: await environment('refresh-token') };
    const refused = await here.run('revoke CI --auto-approve', login);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(LOCKS_OUT)]);
    expect(refused.stderr).toContain('tokens of ci@acme.example are among those that end');
    // The session ends with its token, and nothing is left to look again with.
    const accepted = await here.run('revoke CI --auto-approve --accept-lockout CI', login);
    expect([accepted.code, accepted.stderr]).toEqual([5, expect.not.stringContaining('self-lockout')]);
  });

  it('ends the tokens of a login that gets others at any time', async () => {
    for (const way of ['jwt-bearer', 'client-credentials'] as const) {
      const { stdout, stderr } = await client(way, 'revoke CI --auto-approve');
      // The one that is left is of the login that looks again.
      expect(stdout).toContain('Revoked 1 of 1 token.\nThe org still lists 1 token.');
      expect(stderr).not.toContain('logged in through');
    }
  });

  it('takes nothing from an incident but what would end the login', async () => {
    const { stdout } = await client('client-credentials', 'incident CI --auto-approve');
    expect(stdout).toMatch(/Stop the app: by hand; this connection logged in through CI \(client credentials\)/);
    expect(stdout).toMatch(/Rotate its secret: by hand; this connection logged in through CI \(client credentials\)/);
    expect(stdout).toContain('1 of 1 token revoked');
    expect((await client('client-credentials', 'revoke CI --dry-run')).code).toBe(0);
    const accepted = await client('client-credentials', 'incident CI --auto-approve --accept-lockout CI');
    expect(accepted.stdout).toContain('Stop the app: done');
    expect((await client('client-credentials', 'revoke CI --dry-run')).code).toBe(5);
  });

  it('deletes the app of the login only where that is accepted, and the receipt says so', async () => {
    here.synth((stack) => {
      const justification = { reason: 'r', approvedBy: 'a@acme.example', expires: '2027-01-01' };
      new MachineApp(org(stack), 'CI', {
        label: 'CI',
        scopes: [Scope.API, Scope.REFRESH_TOKEN],
        permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['CI'] }),
        certificate: Certificate.fromPem(own.cert),
        clientCredentials: { runAs: Username.perOrg({ prod: ME }), justification },
      });
    });
    const applied = await client('jwt-bearer', 'apply --auto-approve --adopt CI --fail-on none --allow widens');
    expect([applied.code, applied.stderr]).toEqual([0, expect.not.stringContaining('lockout')]);
    const refused = await client('jwt-bearer', 'destroy --auto-approve --all');
    expect([refused.code, refused.stderr + refused.stdout]).toEqual([1, expect.stringMatching(LOCKS_OUT)]);
    const done = await client('jwt-bearer', 'destroy --auto-approve --all --accept-lockout CI --json');
    // The session ends with the app, so that nobody can ask how the deploy ended.
    expect([done.code, done.stdout]).toEqual([6, expect.stringContaining('"code": "self-lockout-accepted"')]);
    expect((await client('jwt-bearer', 'plan')).code).toBe(5);
  });
});
