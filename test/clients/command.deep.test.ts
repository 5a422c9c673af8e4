import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { type Ended, type Project, project, type RunOptions } from '../cli/support';
import { declareThreeKinds } from './support';

let here: Project;
beforeEach(() => {
  here = project();
  declareThreeKinds(here);
});
afterEach(() => here.remove());

/** Runs a client that is a few lines long. */
function run(
  app: string,
  client: string,
  { options = '', ...more }: RunOptions & { options?: string } = {},
): Promise<Ended> {
  here.write('client.mjs', client);
  return here.run(`prove ${app} --no-synth${options} -- ${process.execPath} client.mjs --flag`, more);
}

it('a client is given the org of the proof, and no login to another one', async () => {
  const seen = here.path('seen.json');
  const client = `
    import { statSync, readFileSync, writeFileSync } from 'node:fs';
    const { CLIENT_APPS_KEY_FILE: key } = process.env;
    const file = { mode: statSync(key).mode & 0o777, begins: readFileSync(key, 'utf8').slice(0, 27) };
    writeFileSync(${JSON.stringify(seen)}, JSON.stringify({ environment: process.env, file, args: process.argv.slice(2) }));`;
  const environment = {
    SF_ACCESS_TOKEN: 'real',
    SF_INSTANCE_URL: 'https://acme.my.salesforce.com',
    SF_PROD_CLIENT_SECRET: 'real',
    SFDX_AUTH_URL: 'real',
    SALESFORCE_PASSWORD: 'real',
    TF_VAR_secret: 'real',
    NO_PROXY: 'intranet.example',
    MY_SETTING: 'kept',
  };
  const { code, stdout } = await run('Billing', client, { environment });
  const found = JSON.parse(here.read('seen.json')) as {
    readonly environment: Readonly<Record<string, string>>;
    readonly file: object;
    readonly args: readonly string[];
  };
  expect(Object.values(found.environment)).not.toContain('real');
  expect(found.environment).toMatchObject({
    MY_SETTING: 'kept',
    NO_PROXY: 'intranet.example,127.0.0.1,localhost',
    CLIENT_APPS_APP: 'Billing',
    CLIENT_APPS_USERNAME: 'insider@billing.example',
    SF_LOGIN_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
  });
  // A machine that signs has no secret.
  expect(found.environment).not.toHaveProperty('CLIENT_APPS_CLIENT_SECRET');
  expect(found.file).toEqual({ mode: 0o600, begins: '-----BEGIN PRIVATE KEY-----' });
  expect(found.args).toEqual(['--flag']);
  expect(existsSync(dirname(found.environment['CLIENT_APPS_KEY_FILE'] ?? ''))).toBe(false);
  // It never asked the org for anything.
  expect(stdout).toContain('Not evaluated: it made no call to the org, and ended with exit code 0.');
  expect(code).toBe(1);
});

it.each([
  [
    'fails by itself',
    'console.error("no config"); process.exit(7)',
    'it made no call to the org, and ended with exit code 7',
  ],
  [
    'is ended by a signal',
    'process.kill(process.pid, "SIGTERM"); setInterval(() => {}, 1000)',
    'was terminated by SIGTERM',
  ],
  [
    'fails although it was refused nothing',
    'await fetch(process.env.CLIENT_APPS_LOGIN_URL + "/id/keys"); process.exit(2)',
    'it ended with exit code 2: the org refused nothing',
  ],
  [
    'ends well without a token',
    'await fetch(process.env.CLIENT_APPS_LOGIN_URL + "/id/keys")',
    'it got no token, and ended with exit code 0: the org refused nothing',
  ],
])('a client that %s is not evaluated', async (_, client, said) => {
  const { code, stdout } = await run('Portal', client);
  expect(stdout).toContain('Not evaluated: ');
  expect(stdout).toContain(said);
  expect(code).toBe(1);
});

it('a client that does not end is ended, with all that it has started', async () => {
  const client = `
    import { spawn } from 'node:child_process';
    import { writeFileSync } from 'node:fs';
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
    writeFileSync(${JSON.stringify(here.path('pid'))}, String(child.pid));`;
  const { code, stdout } = await run('Portal', client, { options: ' --timeout 6' });
  expect(stdout).toContain('did not end within 6 seconds');
  expect(code).toBe(1);
  expect(isAlive(Number(here.read('pid')))).toBe(false);
});

/** A process that was ended and not yet waited for is none. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const stat = `/proc/${pid}/stat`;
  return !existsSync(stat) || !/\) Z /.test(readFileSync(stat, 'utf8'));
}

it('an interrupt ends the client and removes what was written for it', async () => {
  const client = `console.error('waiting in ' + process.env.CLIENT_APPS_STATE_DIR); setInterval(() => {}, 1000);`;
  let asked = false;
  const { code, stdout, stderr } = await run('Portal', client, {
    options: ' --verbose',
    onStderr: (text, interrupt) => {
      if (asked || !/waiting in \S+\n/.test(text)) return;
      asked = true;
      interrupt();
    },
  });
  expect([code, stdout]).toEqual([130, '']);
  const [, folder = ''] = /waiting in (\S+)/.exec(stderr) ?? [];
  expect(folder).toContain('client-apps-prove-');
  expect(existsSync(dirname(folder))).toBe(false);
});

it('what cannot be run, or is not valid, is said', async () => {
  const missing = await here.run('prove Portal --no-synth -- no-such-client-anywhere');
  expect(missing.stdout).toContain('the command could not be started');
  expect(missing.code).toBe(1);
  for (const [line, said] of [
    ['prove Portal --no-synth --timeout soon -- node', '1 to 3600'],
    ['prove Portal --no-synth --as-in prod', 'no client command was given'],
    ['prove --no-synth -- node client.mjs', 'node'],
  ] as const) {
    const { code, stderr } = await here.run(line);
    expect([code, stderr]).toEqual([1, expect.stringContaining(said)]);
  }
});

it.each([
  ['junit', /^<\?xml[^]*<error message="not evaluated; it made no call to the org/],
  ['markdown', /^## Client\n[^]*\*\*Not evaluated: it made no call to the org/],
])('is reported as %s, to a file too', async (format, expected) => {
  const { code, stdout } = await run('Portal', '', { options: ` --format ${format} --out report` });
  expect([code, stdout, here.read('report')]).toEqual([1, '', expect.stringMatching(expected)]);
});

it('what went over the wire is shown on request, with all that the org gave out marked, and in no file unasked', async () => {
  const client = `
    const { CLIENT_APPS_LOGIN_URL: org, CLIENT_APPS_CLIENT_ID: id, CLIENT_APPS_CLIENT_SECRET: secret } = process.env;
    const token = await fetch(org + '/services/oauth2/token', { method: 'POST', body: new URLSearchParams({
      grant_type: 'password', client_id: id, client_secret: secret, username: 'me@acme.example', hint: 'of the client' }) });
    const query = org + '/services/data/v66.0/query?q=' + encodeURIComponent('SELECT Id FROM User');
    await fetch(query, { headers: { authorization: 'Bearer made-up-by-the-client' } });
    process.exit(1);`;
  here.write('client.mjs', '');
  const before = readdirSync(here.folder, { recursive: true }).sort();
  const shown = await run('Portal', client, { options: ' --wire' });
  for (const text of [
    '> POST /services/oauth2/token',
    '>   client_id=<consumer key>',
    '>   client_secret=<consumer secret>',
    '>   hint=of the client',
    '< 400 {"error":"unsupported_grant_type"',
    '>   authorization: Bearer made-up-by-the-client',
    '>   q=SELECT Id FROM User',
    '< 401 ',
  ]) {
    expect(shown.stdout).toContain(text);
  }
  expect(shown.stdout).not.toMatch(/3MVG9|EMULATOR/);
  expect(readdirSync(here.folder, { recursive: true }).sort()).toEqual(before);
  expect((await run('Portal', client)).stdout).not.toContain('> POST');
  const { stdout: json } = await run('Portal', client, { options: ' --wire --format json' });
  const { clients } = JSON.parse(json) as { clients: [{ declared: { scenarios: [{ exchanges: object[] }] } }] };
  expect(clients[0].declared.scenarios[0].exchanges.length).toBe(2);
});

it('a client with a browser of its own fills in the login page, and the browser of the environment needs none', async () => {
  const client = (open: string): string => `
    import { createHash } from 'node:crypto';
    const { CLIENT_APPS_LOGIN_URL: org, CLIENT_APPS_CLIENT_ID: id, CLIENT_APPS_CALLBACK_URL: callback } = process.env;
    const verifier = 'v'.repeat(43);
    const question = new URLSearchParams({
      response_type: 'code', client_id: id, redirect_uri: callback, code_challenge_method: 'S256',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    });
    const authorize = org + '/services/oauth2/authorize';
    ${open}
    const code = new URL(location).searchParams.get('code');
    const answer = await fetch(org + '/services/oauth2/token', { method: 'POST', body: new URLSearchParams({
      grant_type: 'authorization_code', code, redirect_uri: callback, client_id: id, code_verifier: verifier,
    }) });
    process.exit(answer.ok ? 0 : 1);`;
  const form = `
    const page = await (await fetch(authorize + '?' + question)).text();
    if (!page.includes('name="password"')) process.exit(3);
    question.set('username', process.env.CLIENT_APPS_USERNAME);
    question.set('password', process.env.CLIENT_APPS_PASSWORD);
    question.set('approval', 'allow');
    const location = (await fetch(authorize, { method: 'POST', body: question, redirect: 'manual' })).headers.get('location');`;
  const { stdout } = await run('Mobile', client(form), { options: ' --login-pages' });
  expect(stdout).toContain('survives      logs in');
  const listening = `
    const { createServer } = await import('node:http');
    const { spawn } = await import('node:child_process');
    const { promise, resolve } = (() => { let resolve; const promise = new Promise((r) => (resolve = r)); return { promise, resolve }; })();
    const server = createServer((request, answer) => { answer.end(); resolve('http://127.0.0.1' + request.url); }).listen(0, '127.0.0.1');
    await new Promise((up) => server.once('listening', up));
    spawn(process.env.BROWSER, ['http://127.0.0.1:' + server.address().port + '/?code=opened']);
    const back = await promise;
    if (!back.includes('opened')) process.exit(4);
    const location = (await fetch(authorize + '?' + question, { redirect: 'manual' })).headers.get('location');`;
  expect((await run('Mobile', client(listening))).stdout).toContain('survives      logs in');
});
