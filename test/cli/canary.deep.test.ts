import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Emulator, EmulatorFault } from '../../lib/emulator';
import { sampled } from '../deep';
import { KEY, ME, type Pair, REFRESH, SECRET, seedFolder, twoKeys } from '../operations/own-login-support';
import { fastOrg, type Project, project, twoApps } from './support';

const STATE = 'org-state.json';
const TOKEN = /^(?:accessToken|refreshToken|deleteToken|secret)$/;

let own: Pair;
let seedDir: string;
/** Where secrets are meant to go: nothing of it is searched. */
let vault: string;
let here: Project;
let salesforce: Emulator;
/** Everything that no one may see. */
const canaries = new Set<string>();

beforeAll(async () => {
  [own] = await twoKeys();
});
beforeEach(async () => {
  canaries.clear();
  here = project();
  vault = mkdtempSync(join(tmpdir(), 'client-apps-vault-'));
  seedDir = seedFolder(own, {});
  salesforce = await fastOrg({ seedDir, stateFile: here.path(STATE) });
  for (const line of own.key.split('\n').filter((each) => /^[\w+/=]{40,}$/.test(each))) canaries.add(line);
  for (const secret of [SECRET, REFRESH, salesforce.accessToken]) canaries.add(secret);
  // Tokens that were given out, and assertions that were signed, are seen on the wire alone.
  salesforce.watch({
    after: ({ request, answer }) => {
      const texts = [request.body.toString(), JSON.stringify(answer)];
      for (const text of texts)
        for (const [, found = ''] of text.matchAll(/(?:access_token\W+|assertion=)([\w.!-]{20,})/g))
          canaries.add(found);
    },
  });
  here.synth(twoApps);
});
afterEach(async () => {
  await salesforce.close();
  here.remove();
  for (const folder of [seedDir, vault]) rmSync(folder, { recursive: true, force: true });
});

/** Also what the org has made meanwhile: secrets of consumers, tokens. */
function ofOrg(): void {
  JSON.parse(here.read(STATE), (key, value: unknown) => {
    if (TOKEN.test(key) && typeof value === 'string' && value.length > 8) canaries.add(value);
    return value;
  });
}

function expectHidden(where: string, texts: readonly string[]): void {
  ofOrg();
  const files = readdirSync(here.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== STATE)
    .map(({ parentPath, name }) => join(parentPath, name));
  const found = [...texts.map((text) => ['output', text]), ...files.map((path) => [path, readFileSync(path, 'latin1')])]
    .filter(([, text = '']) => [...canaries].some((canary) => text.includes(canary)))
    .map(([place, text = '']) => {
      const canary = [...canaries].find((each) => text.includes(each)) ?? '';
      return `${where}: ${place ?? ''}: ${canary.slice(0, 12)}…`;
    });
  expect(found).toEqual([]);
}

const app = { SF_CLIENT_ID: KEY };
const LOGINS = {
  'a key as text': () => ({ ...app, SF_LOGIN_URL: salesforce.url, SF_USERNAME: ME, SF_JWT_KEY: own.key }),
  'a key in a file': () => {
    writeFileSync(join(vault, 'server.key'), own.key, { mode: 0o600 });
    return { ...app, SF_LOGIN_URL: salesforce.url, SF_USERNAME: ME, SF_JWT_KEY_FILE: join(vault, 'server.key') };
  },
  'a consumer secret': () => ({ ...app, SF_LOGIN_URL: salesforce.url, SF_CLIENT_SECRET: SECRET }),
  'an access token': () => ({ SF_INSTANCE_URL: salesforce.url, SF_ACCESS_TOKEN: salesforce.accessToken }),
} as const;

/** Writes down what the child sees: its own environment, and the arguments of all who started it. */
const SPY = `env; for p in $$ $PPID; do tr '\\0' ' ' < /proc/$p/cmdline; done`;

const COMMANDS = (): readonly string[] => [
  'plan --out plan.json --markdown plan.md --json',
  'show plan.json --format html --out plan.html',
  'apply plan.json --json',
  'drift --json',
  'status --format json',
  'outputs --json',
  'audit --format json --out audit.json',
  'audit --format sarif --out audit.sarif',
  'audit --format html --out audit.html',
  'audit --format markdown',
  'import prod --out imported --json',
  'usage --format json',
  'usage --format html --out usage.html',
  'doctor --json',
  'heal prod --dry-run --json',
  'migrate Nothing',
  'stop Portal',
  'start Portal --auto-approve',
  `rotate Portal --to-command "sh spy.sh" --accept-unproved --auto-approve --open-secret-access --overlap 0`,
  `rotate Portal --first --to-file ${vault}/first.json --accept-unproved --auto-approve --open-secret-access`,
  'stop Mobile --revoke',
  'revoke CI --user other@acme.example --auto-approve',
  'incident Mobile --auto-approve --out case',
  'prove Portal',
  'ci github',
  'init fresh',
];

describe('a secret of an environment, an org or an answer', () => {
  it.each(Object.keys(LOGINS) as readonly (keyof typeof LOGINS)[])(
    'is shown and kept by no command, and given to no child of one: login by %s',
    async (way) => {
      here.write('spy.sh', `{ ${SPY}; } >> '${vault}/seen'; cat > /dev/null; echo said; echo said >&2`);
      here.write('app.sh', `{ ${SPY}; } >> '${vault}/seen'; rm -rf cdktf.out; cp -r synthesized cdktf.out`);
      cpSync(here.path('cdktf.out'), here.path('synthesized'), { recursive: true });
      here.write('cdktf.json', JSON.stringify({ app: 'sh app.sh' }));
      const ran: number[] = [];
      for (const line of COMMANDS()) {
        const { code, stdout, stderr } = await here.run(`${line} --debug`, { environment: LOGINS[way]() });
        ran.push(code);
        expectHidden(line, [stdout, stderr]);
      }
      // They do what they are for; an audit finds something.
      expect(ran.filter((code) => [0, 3].includes(code)).length).toBeGreaterThan(15);
      expect(existsSync(`${vault}/seen`)).toBe(true);
      const seen = readFileSync(`${vault}/seen`, 'latin1');
      for (const child of ['sh app.sh', 'sh spy.sh']) expect(seen).toContain(child);
      expect([...canaries].filter((canary) => seen.includes(canary))).toEqual([]);
    },
    600_000,
  );

  it('is not repeated where the org says it in an error', async () => {
    await here.run('apply --auto-approve', { environment: LOGINS['an access token']() });
    const faultsWith = (all: string): readonly EmulatorFault[] => [
      { kind: 'api-error', code: 'INVALID_THING', message: `not ${all}`, status: 400 },
      { kind: 'http', status: 500, body: `<html>${all}</html>`, contentType: 'text/html' },
      {
        ...({ kind: 'http', status: 400, contentType: 'application/json' } as const),
        body: JSON.stringify({ error: 'invalid_client', error_description: all }),
      },
    ];
    // What the process has of its own: of other secrets it cannot know.
    const echoed = { 'a key as text': own.key, 'a consumer secret': SECRET, 'an access token': salesforce.accessToken };
    const tries = COMMANDS().flatMap((line) =>
      Object.entries(echoed).flatMap(([way, secret]) =>
        [0, 2, 5, 9].flatMap((at) =>
          faultsWith(secret).map((fault) => ({ line, at, fault, way: way as keyof typeof LOGINS })),
        ),
      ),
    );
    for (const { line, at, fault, way } of sampled(tries, 30)) {
      if (at > 0) salesforce.faults.failNext({ operation: '*' }, { kind: 'slow', ms: 0 }, at);
      salesforce.faults.failNext({ operation: '*' }, fault, 4);
      const { stdout, stderr } = await here.run(`${line} --debug`, { environment: LOGINS[way]() });
      salesforce.faults.clear();
      expectHidden(`${line}, login by ${way}, ${JSON.stringify(fault).slice(0, 60)} at ${at}`, [stdout, stderr]);
    }
  }, 600_000);
});
