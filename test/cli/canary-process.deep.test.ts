import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Emulator } from '../../lib/emulator';
import { KEY, ME, type Pair, SECRET, seedFolder, twoKeys } from '../operations/own-login-support';
import { type Child, describeBuilt, MAIN, start, until } from './built';
import { fastOrg, type Project, project, twoApps } from './support';

/** SALESFORCE_CLI names its bin/run.js, SALESFORCE_CLI_NODE a Node that is new enough for it. */
const { SALESFORCE_CLI: CLI = '', SALESFORCE_CLI_NODE: NODE = process.execPath } = process.env;
const STATE = 'org-state.json';

let own: Pair;
let seedDir: string;
/** Where secrets may be. */
let vault: string;
let here: Project;
let salesforce: Emulator;
beforeAll(async () => {
  [own] = await twoKeys();
});
beforeEach(async () => {
  here = project();
  vault = mkdtempSync(join(tmpdir(), 'client-apps-vault-'));
  seedDir = seedFolder(own, {});
  salesforce = await fastOrg({ seedDir, stateFile: here.path(STATE) });
  here.synth(twoApps);
});
afterEach(async () => {
  await salesforce.close();
  here.remove();
  for (const folder of [seedDir, vault]) rmSync(folder, { recursive: true, force: true });
});

/** One secret in every variable that can hold one, and none of them alike. */
const PLANTED = {
  SF_CLIENT_SECRET: SECRET,
  SF_REFRESH_TOKEN: 'CANARY-refresh-token',
  SF_PASSWORD: 'CANARY-password',
  SF_SECURITY_TOKEN: 'CANARY-security-token',
  SF_EU_ACCESS_TOKEN: '00Dxx0000001gPL!CANARY.access.token.of.another.org',
  SF_EU_CLIENT_SECRET: 'CANARY-secret-of-another-org',
  SFDX_AUTH_URL: 'force://key:CANARY-secret:CANARY-refresh@eu.my.salesforce.com',
  CLIENT_APPS_WEBHOOK_URL: 'http://127.0.0.1:9/hooks/CANARY-webhook',
  TF_VAR_key: 'CANARY-terraform-variable',
};

const keyLines = (): readonly string[] => own.key.split('\n').filter((line) => /^[\w+/=]{40,}$/.test(line));
const canaries = (): readonly string[] => [
  ...Object.values(PLANTED),
  'CANARY',
  salesforce.accessToken,
  ...keyLines(),
  ...secretsInOrg(),
];

/** What the org has made: secrets of consumers, tokens. */
function secretsInOrg(): readonly string[] {
  const found: string[] = [];
  JSON.parse(here.read(STATE), (key, value: unknown) => {
    if (/^(?:accessToken|refreshToken|secret)$/.test(key) && typeof value === 'string' && value.length > 8)
      found.push(value);
    return value;
  });
  return found;
}

const leaked = (texts: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(texts).flatMap(([place, text]) => {
    const found = canaries().find((canary) => text.includes(canary));
    return found === undefined ? [] : [`${place}: ${found.slice(0, 24)}`];
  });

const filesBelow = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== STATE)
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [path, readFileSync(path, 'latin1')]),
  );

/** Every process's arguments, and the environment that a child was given. */
const SPY = `{ env; for p in /proc/[0-9]*; do tr '\\0' ' ' < $p/cmdline; echo; done; } 2>/dev/null >> '`;

function spying(): void {
  here.write('app.sh', `${SPY}${vault}/seen'; rm -rf cdktf.out; cp -r synthesized cdktf.out`);
  here.write('spy.sh', `${SPY}${vault}/seen'; cat > /dev/null`);
  here.write('synthesized/.keep', '');
  for (const [path, text] of Object.entries(filesBelow(here.path('cdktf.out'))))
    here.write(path.replace(here.path('cdktf.out'), 'synthesized'), text);
  here.write('cdktf.json', JSON.stringify({ app: 'sh app.sh' }));
}

/** The program as a process of its own, in the project; the shell is replaced by it. */
const client = (line: string, environment: NodeJS.ProcessEnv, node: readonly string[] = []): Child =>
  start(
    'sh',
    [
      '-c',
      'cd "$0" && exec "$@"',
      here.folder,
      process.execPath,
      ...node,
      MAIN,
      ...(line.match(/"[^"]*"|\S+/g) ?? []),
    ].map((word) => word.replace(/^"(.*)"$/, '$1')),
    environment,
  );

/** A key that is kept in a file, which is the one place that may hold it. */
function keyFile(): NodeJS.ProcessEnv {
  writeFileSync(join(vault, 'server.key'), own.key, { mode: 0o600 });
  return {
    SF_CLIENT_ID: KEY,
    SF_LOGIN_URL: salesforce.url,
    SF_USERNAME: ME,
    SF_JWT_KEY_FILE: join(vault, 'server.key'),
  };
}

describeBuilt('the program as a process, with a secret in every variable', () => {
  it('shows none, keeps none, and starts no process that could see one', async () => {
    spying();
    const environment = { ...PLANTED, ...keyFile() };
    for (const line of [
      'plan --out plan.json --debug',
      'apply --auto-approve --debug',
      'drift --webhook json --debug',
      'rotate Portal --to-command "sh spy.sh" --accept-unproved --auto-approve --open-secret-access --debug',
      'doctor --json --debug',
    ]) {
      const child = client(line, environment);
      const code = await child.ended;
      expect([line, [0, 3].includes(Number(code)) ? '' : child.stderr()]).toEqual([line, '']);
      expect(leaked({ [`${line}: stdout`]: child.stdout(), [`${line}: stderr`]: child.stderr() })).toEqual([]);
    }
    expect(leaked(filesBelow(here.folder))).toEqual([]);
    const seen = readFileSync(join(vault, 'seen'), 'latin1');
    for (const child of ['sh app.sh', 'sh spy.sh', 'lib/cli/main.js']) expect(seen).toContain(child);
    expect(leaked({ seen })).toEqual([]);
  }, 300_000);

  it('leaves none in the report that Node writes of a crash', async () => {
    here.write('crash.js', `setTimeout(() => { throw new Error('a defect of someone else'); }, 1500);`);
    salesforce.faults.failNext({ operation: '*' }, { kind: 'slow', ms: 20_000 }, 100);
    const reporting = ['--report-uncaught-exception', `--report-directory=${here.path('reports')}`];
    here.write('reports/.keep', '');
    const child = client('plan --debug', { ...PLANTED, ...keyFile(), SF_JWT_KEY: own.key }, [
      ...reporting,
      '--require',
      here.path('crash.js'),
    ]);
    expect(await child.ended).not.toBe(0);
    expect(child.stderr()).toContain('a defect of someone else');
    const reports = filesBelow(here.path('reports'));
    expect(Object.values(reports).join()).toContain('environmentVariables');
    expect(leaked({ ...reports, stdout: child.stdout(), stderr: child.stderr() })).toEqual([]);
  }, 120_000);
});

describeBuilt('the provider as Terraform starts it', () => {
  it('keeps none where a report of Node, or what it starts, would see it', async () => {
    here.write('reports/.keep', '');
    const provider = join(__dirname, '../../dist/provider/terraform-provider-salesforce');
    const reporting = ['--report-on-signal', '--report-signal=SIGUSR2', `--report-directory=${here.path('reports')}`];
    const child = start(process.execPath, [...reporting, provider], {
      ...{ ...PLANTED, ...keyFile(), SF_JWT_KEY: own.key, SF_ACCESS_TOKEN: salesforce.accessToken },
      TF_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2',
      PLUGIN_PROTOCOL_VERSIONS: '6',
    });
    await child.says(/^1\|6\|/m);
    child.process.kill('SIGUSR2');
    expect(
      await until(() =>
        /"environmentVariables"[\s\S]*\}\s*$/.test(Object.values(filesBelow(here.path('reports'))).join('')),
      ),
    ).toBe(true);
    child.process.kill('SIGKILL');
    await child.ended;
    const reports = filesBelow(here.path('reports'));
    expect(Object.values(reports).join()).toContain('PLUGIN_PROTOCOL_VERSIONS');
    expect(leaked({ ...reports, stdout: child.stdout(), stderr: child.stderr() })).toEqual([]);
  }, 120_000);
});

describe('what holds a secret by mistake', () => {
  it.each([[{ webhook: PLANTED.CLIENT_APPS_WEBHOOK_URL }], [{ access_token: PLANTED.SF_EU_ACCESS_TOKEN }]])(
    'a configuration file (%#): refused without repeating what stands there',
    async (content) => {
      here.write('client-apps.config.json', JSON.stringify({ format_version: '1.3', ...content }));
      const environment = { SF_INSTANCE_URL: salesforce.url, SF_ACCESS_TOKEN: salesforce.accessToken };
      const { code, stdout, stderr } = await here.run('plan --debug', { environment });
      expect(code).toBe(1);
      expect(leaked({ stdout, stderr })).toEqual([]);
    },
  );

  it('the address of a proxy: a failure names its host, never its password', async () => {
    const environment = {
      SF_INSTANCE_URL: 'https://acme.my.salesforce.com',
      SF_ACCESS_TOKEN: salesforce.accessToken,
      HTTPS_PROXY: 'http://robot:CANARY-proxy@127.0.0.1:9',
    };
    for (const line of ['plan', 'doctor --json', 'drift']) {
      const { code, stdout, stderr } = await here.run(`${line} --debug`, { environment });
      expect([line, code]).toEqual([line, 5]);
      expect(leaked({ stdout, stderr })).toEqual([]);
    }
  }, 60_000);
});

(existsSync(CLI) ? describeBuilt : describe.skip)('the session that the Salesforce CLI keeps', () => {
  it('is used, and seen nowhere; the CLI is told no other secret', async () => {
    spying();
    here.write('bin/sf', `#!/bin/sh\n${SPY}${vault}/seen'\nexec '${NODE}' --no-deprecation '${CLI}' "$@"\n`);
    chmodSync(here.path('bin/sf'), 0o755);
    const home = mkdtempSync(join(tmpdir(), 'client-apps-home-'));
    const machine = {
      HOME: home,
      PATH: `${here.path('bin')}:${process.env['PATH'] ?? ''}`,
      SF_DISABLE_TELEMETRY: 'true',
      SF_SKIP_NEW_VERSION_CHECK: 'true',
      SF_DISABLE_LOG_FILE: 'true',
      SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
    };
    const login = `org login access-token --instance-url ${salesforce.url} --no-prompt --alias emu`;
    const cli = start(NODE, ['--no-deprecation', CLI, ...login.split(' ')], {
      ...machine,
      SF_ACCESS_TOKEN: salesforce.accessToken,
    });
    expect([await cli.ended, cli.stderr()]).toEqual([0, expect.any(String)]);
    // Encrypted files, and the key to them beside.
    const files = filesBelow(home);
    const kept = Object.values(files).flatMap((text) => text.match(/[0-9a-f]{32,}/g) ?? []);
    expect(kept.length).toBeGreaterThan(0);
    const { SF_CLIENT_SECRET: _, ...others } = PLANTED;
    for (const line of ['plan --debug', 'apply --auto-approve --debug']) {
      const child = client(line, { ...others, ...machine, SF_TARGET_ORG: 'emu' });
      const code = await child.ended;
      expect([line, code === 0 ? '' : child.stderr()]).toEqual([line, '']);
      const texts = { stdout: child.stdout(), stderr: child.stderr(), ...filesBelow(here.folder) };
      expect(leaked(texts)).toEqual([]);
      for (const text of Object.values(texts)) expect(kept.filter((each) => text.includes(each))).toEqual([]);
    }
    const seen = readFileSync(join(vault, 'seen'), 'latin1');
    expect(seen).toContain('org display --target-org emu');
    expect(leaked({ seen })).toEqual([]);
    rmSync(home, { recursive: true });
  }, 300_000);
});
