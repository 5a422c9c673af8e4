import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { buildSync } from 'esbuild';

import { runPlugin } from '../../lib/terraform/wire/plugin';
import { isolatedProvider } from './provider-support';

const root = join(__dirname, '../..');
const COOKIE = { TF_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2' };

const folder = mkdtempSync(join(tmpdir(), 'client-apps-loading-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the file of the provider', () => {
  const started = (environment: Readonly<Record<string, string>>): { status: number | null; stdout: string } =>
    spawnSync(process.execPath, [isolatedProvider()], { encoding: 'utf8', env: { ...process.env, ...environment } });

  it('says what it is to a person who starts it', () => {
    const { status, stdout } = started({});
    expect(stdout).toMatch(/terraform starts it, people do not/);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(status).toBe(1);
  });

  it('says which protocol it speaks to a program that does not', () => {
    const { status, stdout } = started({ ...COOKIE, PLUGIN_PROTOCOL_VERSIONS: '4,5' });
    expect(stdout).toMatch(/plugin protocol 6.*offers 4,5.*Terraform 1\.8/);
    expect(status).toBe(1);
  });

  it('listens on no port of Windows without TLS, and says so', async () => {
    const said: string[] = [];
    const codes: number[] = [];
    await runPlugin(
      {},
      {
        environment: COOKIE,
        platform: 'win32',
        writeLine: (line) => said.push(line),
        logLine: (line) => said.push(line),
        parentId: () => process.ppid,
        now: () => Date.now(),
        exit: (code) => codes.push(code),
      },
    );
    expect(said).toEqual([expect.stringMatching(/Without TLS this provider listens on no port/)]);
    expect(codes).toEqual([1]);
  });

  it('has the same bytes whatever folder it is built in', () => {
    const built = ['a', 'deeper/b'].map((name) => {
      const copy = join(folder, name);
      mkdirSync(join(copy, 'scripts'), { recursive: true });
      for (const part of ['lib', 'package.json', 'scripts/provider-bundle.mjs']) {
        cpSync(join(root, part), join(copy, part), { recursive: true });
      }
      symlinkSync(realpathSync(join(root, 'node_modules')), join(copy, 'node_modules'));
      const { status, stderr } = spawnSync(
        process.execPath,
        [join(copy, 'scripts/provider-bundle.mjs'), join(copy, 'out'), 'provider'],
        { encoding: 'utf8', cwd: folder },
      );
      expect(stderr).toBe('');
      expect(status).toBe(0);
      return readFileSync(join(copy, 'out/provider'));
    });
    expect(built[0]?.equals(built[1] ?? Buffer.alloc(0))).toBe(true);
    expect(built[0]?.equals(readFileSync(isolatedProvider()))).toBe(true);
    expect(built[0]?.includes(tmpdir())).toBe(false);
    expect(built[0]?.includes(root)).toBe(false);
  });
});

describe('the parts of the provider', () => {
  /** Runs calls in a process of its own, and gives the packages that were loaded after each. */
  function loadedAfter(calls: readonly string[]): readonly (readonly string[])[] {
    const script = join(folder, 'loaded.cjs');
    buildSync({
      stdin: {
        contents: `
          const { lazyHandlers } = require('./lib/terraform/lazy-handlers');
          const { SYSTEM_CLOCK } = require('./lib/org/clock');
          const { writeValue } = require('./lib/terraform/wire/value');
          const environment = { SF_ACCESS_TOKEN: '00Dxx!none', SF_INSTANCE_URL: 'http://127.0.0.1:9' };
          const handlers = lazyHandlers({ environment, clock: SYSTEM_CLOCK });
          const { createRequire } = require('node:module');
          const cache = () => Object.keys(createRequire(__filename).cache);
          const packages = () => [...new Set(cache().flatMap((file) => /node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(file)?.[1] ?? []))];
          (async () => {
            const found = [];
            for (const name of JSON.parse(process.argv[2])) {
              await handlers[name]({ type_name: 'salesforce_client_apps', config: writeValue({}) });
              found.push(packages());
            }
            console.log(JSON.stringify(found));
          })();`,
        resolveDir: root,
      },
      outfile: script,
      bundle: true,
      packages: 'external',
      supported: { 'dynamic-import': false },
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      logLevel: 'error',
    });
    const { stdout, stderr } = spawnSync(process.execPath, [script, JSON.stringify(calls)], {
      encoding: 'utf8',
      env: { ...process.env, NODE_PATH: join(root, 'node_modules') },
    });
    expect(stderr).toBe('');
    return JSON.parse(stdout) as string[][];
  }

  it('that talk to Salesforce are loaded when the provider is configured, and not to tell or check a configuration', () => {
    const loaded = loadedAfter(['GetProviderSchema', 'ValidateProviderConfig', 'StopProvider', 'ConfigureProvider']);
    for (const packages of loaded.slice(0, -1)) expect(packages).not.toContain('jsforce');
    // The org is read once for all resources, so that an org out of reach is one error and not one for each.
    expect(loaded.at(-1)).toContain('jsforce');
  });
});
