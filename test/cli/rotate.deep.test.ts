import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Emulator, EmulatorOptions } from '../../lib/emulator';
import {
  type Credentials,
  credentialsIn,
  filesIn,
  opens as opensApp,
  rotating,
  SEED,
  showsSecrets,
  STATE,
} from './rotation-support';
import { type Ended, fastOrg, login, type Project, project, type RunOptions } from './support';

let here: Project;
let vault: string;
let salesforce: Emulator;
/** Every secret that the org ever had; none may be found anywhere but where it was sent. */
const secrets = new Set<string>();

beforeEach(() => {
  here = project();
  vault = mkdtempSync(join(tmpdir(), 'client-apps-vault-'));
  secrets.clear();
});
afterEach(async () => {
  await salesforce.close();
  here.remove();
  rmSync(vault, { recursive: true });
});

const stored = (app?: string): Credentials => credentialsIn(here, secrets, app);
const isOpen = (): boolean => showsSecrets(here);

async function start(switches: EmulatorOptions['switches'] = {}): Promise<void> {
  salesforce = await fastOrg({ seedDir: SEED, stateFile: here.path(STATE), switches });
  here.synth(rotating);
  expect(await here.run('apply --auto-approve', { environment: login(salesforce) })).toMatchObject({ code: 0 });
  stored();
}

/** Every run is searched for every secret: in what it printed, and in every file of the project. */
async function run(line: string, options: RunOptions = {}): Promise<Ended> {
  const ended = await here.run(line, { ...options, environment: { ...login(salesforce), ...options.environment } });
  stored();
  stored('Mobile');
  expect(secrets.size).toBeGreaterThanOrEqual(2);
  for (const text of [ended.stdout, ended.stderr, filesIn(here)]) {
    for (const secret of secrets) expect(text).not.toContain(secret);
  }
  return ended;
}

const opens = (credentials: Credentials): Promise<boolean> => opensApp(salesforce, credentials);

const YES = '--auto-approve --open-secret-access';
const file = (): string => join(vault, 'sync.json');
const handed = (): { consumer_key: string; consumer_secret: string } =>
  JSON.parse(readFileSync(file(), 'utf8')) as never;

describe('client-apps rotate', () => {
  it('stages, proves, hands over and takes in use; the former credentials stay', async () => {
    await start();
    const before = stored();
    const ended = await run(`rotate Sync --to-file ${file()} ${YES}`);
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.stdout).toContain('proved by a login with client credentials');
    const after = stored();
    expect(handed()).toEqual({ consumer_key: after.key, consumer_secret: after.secret });
    expect(after.secret).not.toBe(before.secret);
    expect(after.staged).toMatchObject({ state: 'Rotated', key: before.key });
    expect(await opens(after)).toBe(true);
    expect(await opens(before)).toBe(true);
    if (process.platform !== 'win32') expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(isOpen()).toBe(false);
    expect(ended.stderr).toContain('Switching enableClientSecretInRestApiAccess on for the whole org');
    expect(await run('plan --detailed-exitcode')).toMatchObject({ code: 0 });
  });

  it.each([true, false])('understands the answer to staging, one set or a list (%s)', async (stagingAnswersOne) => {
    await start({ stagingAnswersOne });
    expect(await run(`rotate Sync --to-file ${file()} ${YES}`)).toMatchObject({ code: 0 });
    expect(handed().consumer_secret).toBe(stored().secret);
  });

  it('keeps the former ones for the overlap, then ends them', async () => {
    await start();
    const before = stored();
    await run(`rotate Sync --to-file ${file()} --overlap 7d ${YES}`);
    const early = await run(`rotate Sync --end-former ${YES}`);
    expect(early.code).toBe(1);
    expect(early.stderr).toContain('its former credentials are to stay valid until');
    expect(await opens(before)).toBe(true);
    expect(await run(`rotate Sync --end-former --now ${YES}`)).toMatchObject({ code: 0 });
    expect(await opens(before)).toBe(false);
    expect(await opens(stored())).toBe(true);
    expect(isOpen()).toBe(false);
  });

  it('with --overlap 0 they end at once', async () => {
    await start();
    const before = stored();
    expect(await run(`rotate Sync --to-file ${file()} --overlap 0 ${YES}`)).toMatchObject({ code: 0 });
    expect(await opens(before)).toBe(false);
  });

  it('a second rotation waits for the end of the first', async () => {
    await start();
    await run(`rotate Sync --to-file ${file()} ${YES}`);
    const before = stored();
    const again = await run(`rotate Sync --to-file ${file()} ${YES}`);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('its former credentials are still valid beside the current ones');
    expect(again.stderr).toContain('--end-former');
    expect(stored()).toEqual(before);
    expect(isOpen()).toBe(false);
  });

  it('a command gets them on standard input, in neither arguments nor environment', async () => {
    await start();
    const script = join(vault, 'store.js');
    writeFileSync(
      script,
      `const fs = require('fs'); fs.writeFileSync(process.argv[2], fs.readFileSync(0));
       fs.writeFileSync(process.argv[2] + '.seen', JSON.stringify([process.argv, process.execArgv, process.env]));`,
    );
    const ended = await run(`rotate Sync --to-command "node ${script} ${file()}" ${YES}`, {
      environment: { PATH: process.env['PATH'] ?? '', SF_CLIENT_SECRET: 'another-secret' },
    });
    expect(ended).toMatchObject({ code: 0 });
    expect(handed().consumer_secret).toBe(stored().secret);
    const seen = readFileSync(`${file()}.seen`, 'utf8');
    for (const secret of [...secrets, 'another-secret', salesforce.accessToken]) expect(seen).not.toContain(secret);
  });

  it('a command that fails rolls the stage back, and what it says is shown without the secret', async () => {
    await start();
    const before = stored();
    const script = join(vault, 'fail.js');
    writeFileSync(
      script,
      `process.stderr.write('no room for ' + require('fs').readFileSync(0)); process.exitCode = 3;`,
    );
    const ended = await run(`rotate Sync --to-command "node ${script}" ${YES}`, {
      environment: { PATH: process.env['PATH'] ?? '' },
    });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('exit code 3: no room for');
    expect(ended.stderr).toContain('were deleted again');
    expect(stored()).toEqual(before);
    expect(isOpen()).toBe(false);
  });

  it('an env file for a program, and the outputs of a GitHub step, masked', async () => {
    await start();
    expect(await run(`rotate Sync --to-env-file ${file()} --overlap 0 ${YES}`)).toMatchObject({ code: 0 });
    const { key, secret } = stored();
    expect(readFileSync(file(), 'utf8')).toBe(`SF_CLIENT_ID=${key}\nSF_CLIENT_SECRET=${secret}\n`);
    const output = join(vault, 'output');
    const environment = { ...login(salesforce), GITHUB_ACTIONS: 'true', GITHUB_OUTPUT: output };
    const ended = await here.run(`rotate Sync --to-github-output --overlap 0 ${YES}`, { environment });
    const after = stored();
    expect(readFileSync(output, 'utf8')).toBe(`consumer_key=${after.key}\nconsumer_secret=${after.secret}\n`);
    // The runner takes this line away, and the value out of all others: it is the first that names it, and the only one.
    expect(ended.stdout.split('\n').filter((line) => line.includes(after.secret))).toEqual([
      `::add-mask::${after.secret}`,
    ]);
    expect(ended.stderr).not.toContain(after.secret);
  });

  it('an env file keeps what else it holds, and is its owner’s alone from then on', async () => {
    await start();
    const others = '# of the feed\nexport OTHER="one\ntwo"\n';
    writeFileSync(file(), `${others}export SF_CLIENT_ID=old\nSF_CLIENT_SECRET='old one'\nLAST=1`, { mode: 0o644 });
    expect(await run(`rotate Sync --to-env-file ${file()} ${YES}`)).toMatchObject({ code: 0 });
    const { key, secret } = stored();
    expect(readFileSync(file(), 'utf8')).toBe(`${others}LAST=1\nSF_CLIENT_ID=${key}\nSF_CLIENT_SECRET=${secret}\n`);
    if (process.platform !== 'win32') expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('a link to a file in a git work tree is replaced, and what it leads to is not written', async () => {
    await start();
    const tree = join(vault, 'tree');
    execFileSync('git', ['init', '-q', tree]);
    writeFileSync(join(tree, 'committed'), 'as it was');
    symlinkSync(join(tree, 'committed'), file());
    expect(await run(`rotate Sync --to-file ${file()} ${YES}`)).toMatchObject({ code: 0 });
    expect([readFileSync(join(tree, 'committed'), 'utf8'), handed().consumer_secret]).toEqual([
      'as it was',
      stored().secret,
    ]);
    // A folder that leads there is one.
    symlinkSync(tree, join(vault, 'elsewhere'));
    const refused = await run(`rotate Sync --to-file ${join(vault, 'elsewhere', 'x')} ${YES}`);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('is a Git work tree')]);
  });

  it('a command that takes no input, or none of it, decides by its exit code alone', async () => {
    await start();
    const before = stored();
    const environment = { PATH: process.env['PATH'] ?? '' };
    const killed = await run(`rotate Sync --to-command "kill -9 $$" ${YES}`, { environment });
    expect([killed.code, killed.stderr, stored()]).toEqual([1, expect.stringMatching(/SIGKILL|exit code/), before]);
    const missing = await run(`rotate Sync --to-command no-such-command-here ${YES}`, { environment });
    expect([missing.code, stored(), isOpen()]).toEqual([1, before, false]);
    expect(await run(`rotate Sync --to-command true ${YES}`, { environment })).toMatchObject({ code: 0 });
  });

  it('refuses a file in a git work tree, and outputs outside of GitHub, before anything is written', async () => {
    await start();
    execFileSync('git', ['init', '-q', vault]);
    mkdirSync(join(vault, 'deep'));
    const inGit = await run(`rotate Sync --to-file ${join(vault, 'deep', 'x')} ${YES}`);
    expect(inGit.code).toBe(1);
    expect(inGit.stderr).toContain('is a Git work tree');
    expect(existsSync(join(vault, 'deep', 'x'))).toBe(false);
    expect((await run(`rotate Sync --to-github-output ${YES}`)).stderr).toContain('not a step of a GitHub workflow');
    expect((await run(`rotate Sync ${YES}`)).stderr).toContain('specify exactly one target for the secret');
    expect(stored().staged).toBeUndefined();
  });

  it('the switch of the whole org takes a consent of its own', async () => {
    await start();
    const ended = await run(`rotate Sync --to-file ${file()} --auto-approve`);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('pass --open-secret-access');
    expect(stored().staged).toBeUndefined();
    const questions: string[] = [];
    await run(`rotate Sync --to-file ${file()}`, { answer: 'no', onQuestion: (each) => void questions.push(each) });
    expect(questions.join()).toContain('This switches enableClientSecretInRestApiAccess on for the whole org');
    expect(stored().staged).toBeUndefined();
    expect(isOpen()).toBe(false);
  });

  it('a proof that is refused rolls the stage back, and nothing was handed over', async () => {
    await start();
    const before = stored();
    const body = '{"error":"invalid_client","error_description":"invalid client credentials"}';
    salesforce.faults.failNext(
      { operation: 'token' },
      { kind: 'http', status: 400, contentType: 'application/json', body },
      60,
    );
    const ended = await run(`rotate Sync --to-file ${file()} ${YES}`);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('a login with them was refused');
    expect(readdirSync(vault)).toEqual([]);
    expect(stored()).toEqual(before);
    expect(isOpen()).toBe(false);
  });

  it('new credentials that Salesforce does not know yet are waited for', async () => {
    await start();
    const body = '{"error":"invalid_client_id","error_description":"client identifier invalid"}';
    salesforce.faults.failNext(
      { operation: 'token' },
      { kind: 'http', status: 400, contentType: 'application/json', body },
      3,
    );
    const ended = await run(`rotate Sync --to-file ${file()} ${YES}`);
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.stderr).toContain('waiting for Salesforce to recognize the new credentials');
  });

  it('where no login can prove them, that is said and takes consent', async () => {
    await start();
    const before = stored('Mobile');
    const refused = await run(`rotate Mobile --to-file ${file()} ${YES}`);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('they are not proved');
    expect(stored('Mobile')).toEqual(before);
    const accepted = await run(`rotate Mobile --to-file ${file()} --accept-unproved ${YES}`);
    expect(accepted.code).toBe(0);
    expect(accepted.stdout).toContain('not proved: the app does not allow the client credentials flow');
    expect(stored('Mobile').key).not.toBe(before.key);
  });

  it('the first hand-over changes nothing in the app', async () => {
    await start();
    const before = stored();
    expect(await run(`rotate Sync --first --to-file ${file()} ${YES}`)).toMatchObject({ code: 0 });
    expect(handed().consumer_secret).toBe(before.secret);
    expect(stored()).toEqual(before);
    expect(isOpen()).toBe(false);
  });

  it('refuses the app that this very login came through', async () => {
    await start();
    const ended = await run(`rotate Sync --to-file ${file()} ${YES}`, { environment: { SF_CLIENT_ID: stored().key } });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('this login came through it');
    expect(stored().staged).toBeUndefined();
    expect(isOpen()).toBe(false);
  });

  it.each([
    ['stage', 'lost after it was done'],
    ['rotate', 'lost after it was done'],
  ])('the answer to %s is %s: it is looked up, and the rotation ends well', async (at) => {
    await start();
    salesforce.faults.failNext({ operation: at }, { kind: 'drop-after' });
    expect(await run(`rotate Sync --to-file ${file()} ${YES}`)).toMatchObject({ code: 0 });
    expect(handed().consumer_secret).toBe(stored().secret);
    expect(stored().staged?.state).toBe('Rotated');
    expect(isOpen()).toBe(false);
  });

  it('a promotion that fails leaves both valid, and --promote finishes it', async () => {
    await start();
    const before = stored();
    const fault = { kind: 'api-error', code: 'UNKNOWN_EXCEPTION', message: 'try later' } as const;
    salesforce.faults.failNext({ operation: 'rotate' }, fault);
    const ended = await run(`rotate Sync --to-file ${file()} ${YES}`);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('rotate prod/Sync --resume');
    expect(isOpen()).toBe(false);
    expect(await opens(before)).toBe(true);
    expect(await opens({ key: handed().consumer_key, secret: handed().consumer_secret })).toBe(true);
    expect(await run(`rotate Sync --promote ${YES}`)).toMatchObject({ code: 0 });
    expect(stored().secret).toBe(handed().consumer_secret);
  });

  it('a promotion whose end cannot be read ends with 6, as nobody knows what came of it', async () => {
    await start();
    const fault = { kind: 'api-error', code: 'INSUFFICIENT_ACCESS', message: 'not now', status: 403 } as const;
    salesforce.faults.failNext({ operation: 'rotate' }, { kind: 'drop-after' });
    salesforce.faults.failNext({ operation: 'credentials' }, { kind: 'slow', ms: 0 });
    salesforce.faults.failNext({ operation: 'credentials' }, fault, 3);
    const ended = await run(`rotate Sync --to-file ${file()} ${YES}`);
    expect([ended.code, ended.stderr]).toEqual([
      6,
      expect.stringContaining('whether they are in use could not be read'),
    ]);
    expect(ended.stderr).toContain('rotate prod/Sync --resume');
    expect(isOpen()).toBe(false);
  });

  it('staging whose end cannot be read ends with 6 and names the way back', async () => {
    await start();
    const before = stored();
    const fault = { kind: 'api-error', code: 'INSUFFICIENT_ACCESS', message: 'not now', status: 403 } as const;
    salesforce.faults.failNext({ operation: 'stage' }, { kind: 'drop-after' });
    salesforce.faults.failNext({ operation: 'staged' }, { kind: 'slow', ms: 0 });
    salesforce.faults.failNext({ operation: 'staged' }, fault);
    const ended = await run(`rotate Sync --to-file ${file()} ${YES}`);
    expect([ended.code, ended.stderr]).toEqual([6, expect.stringContaining('client-apps rotate prod/Sync --discard')]);
    expect(stored().staged?.state).toBe('Active');
    const newKey = stored().staged?.key;
    expect(await run(`rotate Sync --discard ${YES}`)).toMatchObject({ code: 0 });
    expect(stored()).toEqual(before);
    const folder = here.path('.client-apps/rotations');
    const record: unknown = JSON.parse(readFileSync(join(folder, readdirSync(folder).join()), 'utf8'));
    expect(record).toMatchObject({ state: 'rolled back', former_key: before.key, new_key: newKey });
  });

  it('goes on where its record can no longer be kept, says so, and ends with 1', async () => {
    await start();
    const script = join(vault, 'in-the-way.js');
    writeFileSync(
      script,
      `const fs = require('fs'); const dir = '.client-apps/rotations/';
       const record = fs.readdirSync(dir).find((name) => name.includes('__Sync'));
       fs.rmSync(dir + record); fs.mkdirSync(dir + record); fs.writeFileSync(process.argv[2], fs.readFileSync(0));`,
    );
    const ended = await run(`rotate Sync --to-command "node ${script} ${file()}" ${YES}`, {
      environment: { PATH: process.env['PATH'] ?? '' },
    });
    expect([ended.code, ended.stderr]).toEqual([1, expect.stringContaining('[rotation-not-recorded]')]);
    expect(ended.stdout).toContain(`Sync has the new consumer key ${stored().key}`);
    expect(handed().consumer_secret).toBe(stored().secret);
    expect(isOpen()).toBe(false);
  });

  it('says where it cannot know that the app is not the one of its own login', async () => {
    await start();
    const words = '[rotate-own-login-unknown]';
    expect((await run(`rotate Sync --to-file ${file()} ${YES}`)).stderr).toContain(words);
    const environment = { SF_CLIENT_ID: stored('Mobile').key };
    expect((await run(`rotate Sync --end-former --now ${YES}`, { environment })).stderr).not.toContain(words);
  });

  it('shows no part of a secret at which a talkative command was cut off', async () => {
    await start();
    const script = join(vault, 'talk.js');
    writeFileSync(
      script,
      `const { consumer_secret: secret } = JSON.parse(require('fs').readFileSync(0));
       process.stderr.write('x'.repeat(16384 - 12) + secret + 'the end'); process.exitCode = 3;`,
    );
    const ended = await run(`rotate Sync --to-command "node ${script}" ${YES}`, {
      environment: { PATH: process.env['PATH'] ?? '' },
    });
    expect(ended.stderr).toContain('the end');
    for (const secret of secrets) expect(ended.stderr).not.toContain(secret.slice(0, 12));
  });

  it('Ctrl-C during the hand-over rolls back and closes the switch', async () => {
    await start();
    const before = stored();
    const ended = await run(`rotate Sync --to-file ${file()} ${YES}`, {
      onStderr: (text, interrupt) => {
        if (text.includes('Switching') && !text.includes('Stopping')) interrupt();
      },
    });
    expect(ended.code).not.toBe(0);
    expect(ended.stderr).toContain('stopped on request');
    expect(stored()).toEqual(before);
    expect(existsSync(file())).toBe(false);
    expect(isOpen()).toBe(false);
  });

  it('says so, and ends with 1, where the switch cannot be closed again', async () => {
    await start();
    const ended = await run(`rotate Mobile --to-file ${file()}`, {
      answer: 'yes',
      onQuestion: (question) => {
        // By then the switch is open: every deploy from here on fails.
        const fault = { kind: 'deploy-fails', fullName: 'ExternalClientApp' } as const;
        if (question.includes('Not proved')) salesforce.faults.failNext({ operation: 'deploy' }, fault, 10);
      },
    });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('could not be turned off again');
    expect(ended.stderr).toContain('turn it off now');
    expect(isOpen()).toBe(true);
  });

  it('an app that is not there is named, and nothing is opened', async () => {
    await start();
    const ended = await run(`rotate Nobody --to-file ${file()} ${YES}`);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('Nobody');
    expect(isOpen()).toBe(false);
  });
});
