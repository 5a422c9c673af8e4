import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Emulator } from '../../lib/emulator';
import { KEY, ME, type Pair, seedFolder, twoKeys } from '../operations/own-login-support';
import { type Child, describeBuilt, MAIN, start } from './built';
import { fastOrg, login, type Project, project, threeDeploys } from './support';

const STATE = 'org-state.json';
const YES = '--accept-unproved --auto-approve --open-secret-access';

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
  salesforce = await fastOrg({ seedDir, stateFile: here.path(STATE), switches: { unfinishedPolls: 1 } });
  here.synth(threeDeploys);
});
afterEach(async () => {
  await salesforce.close();
  here.remove();
  for (const folder of [seedDir, vault]) rmSync(folder, { recursive: true, force: true });
});

const keyLines = (): readonly string[] => own.key.split('\n').filter((line) => /^[\w+/=]{40,}$/.test(line));

/** The key of the login, and all that the org has made so far: secrets of consumers, tokens. */
function canaries(): readonly string[] {
  const found = [salesforce.accessToken, ...keyLines()];
  JSON.parse(here.read(STATE), (key, value: unknown) => {
    if (/^(?:accessToken|refreshToken|secret)$/.test(key) && typeof value === 'string' && value.length > 8)
      found.push(value);
    return value;
  });
  return found;
}

function expectHidden(...texts: readonly string[]): void {
  const files = readdirSync(here.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== STATE)
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1'));
  const seen = [...texts, ...files].join('\n');
  expect(canaries().filter((canary) => seen.includes(canary))).toEqual([]);
}

/** The program as a process of its own, which gets the signal as soon as it says that. */
async function ended(line: string, signal: NodeJS.Signals, says: string): Promise<Child & { readonly code: unknown }> {
  const words = ['-c', 'cd "$0" && exec "$@"', here.folder, process.execPath, MAIN, ...line.split(' ')];
  const child = start('sh', words, {
    ...{ SF_CLIENT_ID: KEY, SF_LOGIN_URL: salesforce.url, SF_USERNAME: ME, SF_JWT_KEY: own.key },
  });
  let sent = false;
  child.process.stderr?.on('data', () => {
    if (sent || !child.stderr().includes(says)) return;
    sent = true;
    child.process.kill(signal);
  });
  const code = await child.ended;
  expect([sent, child.stderr()]).toEqual([true, expect.any(String)]);
  return { ...child, code };
}

const run = (line: string) => here.run(line, { environment: login(salesforce) });

describeBuilt('a process that is told to end in the middle', () => {
  it.each(['SIGTERM', 'SIGHUP'] as const)(
    'of an apply (%s): what was done is said and kept, and no secret is in output or files',
    async (signal) => {
      const { code, stdout, stderr } = await ended('apply --auto-approve --debug', signal, 'prod: Client apps');
      expect([code, stderr()]).toEqual([1, expect.any(String)]);
      expect(stdout()).toContain('stopped on request before: Org settings that tighten');
      expect(here.read('.client-apps/receipts/identity__prod.json')).toContain('"created"');
      expectHidden(stdout(), stderr());
      expect(await run('apply --auto-approve')).toMatchObject({ code: 0 });
    },
    120_000,
  );

  it.each(['SIGTERM', 'SIGHUP'] as const)(
    'of a rotation (%s): the access to secrets is closed, both ways are told, and no secret is in output or files',
    async (signal) => {
      expect(await run('apply --auto-approve')).toMatchObject({ code: 0 });
      const line = `rotate Portal --to-file ${vault}/portal.json ${YES}`;
      const { code, stdout, stderr } = await ended(`${line} --debug`, signal, 'Switching');
      expect([code, stderr()]).toEqual([expect.any(Number), expect.stringMatching(/stopped on request|in use/i)]);
      expect(here.read(STATE)).not.toMatch(/"enableClientSecretInRestApiAccess": ?true/);
      expectHidden(stdout(), stderr());
      const plan = await run('plan');
      const isCutOff = plan.stdout.includes('rotation-cut-off');
      if (code !== 0)
        expect(await run(isCutOff ? line.replace('Portal', 'Portal --resume') : line)).toMatchObject({ code: 0 });
      expectHidden(plan.stdout);
    },
    120_000,
  );
});

it('a private key in a file that takes the new secret stays as it is, and is not printed', async () => {
  expect(await run('apply --auto-approve')).toMatchObject({ code: 0 });
  const file = join(vault, '.env');
  const before = `SF_USERNAME=${ME}\nSF_JWT_KEY="${own.key.trim()}"\n`;
  writeFileSync(file, before, { mode: 0o600 });
  const { code, stdout, stderr } = await run(`rotate Portal --to-env-file ${file} ${YES} --debug`);
  expect([code, stderr]).toEqual([0, expect.any(String)]);
  expect(readFileSync(file, 'utf8').startsWith(before)).toBe(true);
  expectHidden(stdout, stderr);
});

describeBuilt('a private key in place of a certificate', () => {
  it('is refused, and in no message, manifest or file', async () => {
    const [file, root] = [join(vault, 'client.key'), join(__dirname, '../..')];
    writeFileSync(file, own.key);
    const quoted = (...parts: readonly string[]): string => JSON.stringify(join(root, ...parts));
    here.write(
      'main.js',
      [
        `const { App, TerraformStack } = require(${quoted('node_modules/cdktf')});`,
        `const { Certificate, MachineApp, PermittedUsers, SalesforceOrg, Scope } = require(${quoted('dist/constructs')});`,
        `const app = new App({ outdir: 'cdktf.out' });`,
        `const stack = new TerraformStack(app, 'identity');`,
        `const org = new SalesforceOrg(stack, 'prod', { contactEmail: 'iam@acme.example' });`,
        `const permittedUsers = PermittedUsers.preAuthorized({ permissionSets: ['Feeds'] });`,
        `const certificate = Certificate.fromFile(${JSON.stringify(file)});`,
        `new MachineApp(org, 'Feed', { label: 'Feed', scopes: [Scope.API], permittedUsers, certificate });`,
        `app.synth();`,
      ].join('\n'),
    );
    here.write('cdktf.json', JSON.stringify({ app: 'node main.js' }));
    const { code, stdout, stderr } = await run('plan --out plan.json --debug');
    expect([code, stdout + stderr]).toEqual([1, expect.stringContaining('private-key-given')]);
    expectHidden(stdout, stderr);
  });
});
