import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { join } from 'node:path';

import { buildSync } from 'esbuild';

const root = join(__dirname, '../..');

/** The real terraform's first line of `version`, or undefined where there is none. */
export const terraformVersion: string | undefined = (() => {
  const { status, stdout } = spawnSync('terraform', ['version'], { encoding: 'utf8', env: terraformEnvironment() });
  return status === 0 ? stdout.split('\n')[0] : undefined;
})();

/** Suites that need the real terraform: they run where it is found, and say so where it is not. */
export const describeTerraform: jest.Describe = terraformVersion === undefined ? describe.skip : describe;
if (terraformVersion === undefined) process.stderr.write('terraform was not found on PATH: its suites do not run\n');

export function terraformEnvironment(more: Readonly<Record<string, string | undefined>> = {}): NodeJS.ProcessEnv {
  // A configuration of the machine's own could name other places for providers.
  return { ...process.env, TF_CLI_CONFIG_FILE: undefined, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', ...more };
}

/** Puts a provider where terraform looks for it by itself: one bundled, executable file. */
export function installProvider(folder: string, address: string, version: string, entry: string): void {
  const [host = '', namespace = '', type = ''] = address.split('/');
  const goArch = arch() === 'x64' ? 'amd64' : arch();
  const target = join(folder, 'terraform.d/plugins', host, namespace, type, version, `${platform()}_${goArch}`);
  mkdirSync(target, { recursive: true });
  const outfile = join(target, `terraform-provider-${type}_v${version}`);
  rmSync(outfile, { force: true });
  buildSync({
    entryPoints: [join(root, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    banner: { js: '#!/usr/bin/env node' },
    logLevel: 'error',
  });
  chmodSync(outfile, 0o755);
}

export interface Ran {
  readonly status: number | null;
  readonly output: string;
}

/** Runs the real terraform in a folder, without blocking this process: it may be the one that answers. */
export function terraform(
  folder: string,
  given: readonly string[],
  more: Readonly<Record<string, string | undefined>> = {},
): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn('terraform', [...given, '-no-color'], { cwd: folder, env: terraformEnvironment(more) });
    let output = '';
    child.stdout.on('data', (data: Buffer) => (output += data.toString()));
    child.stderr.on('data', (data: Buffer) => (output += data.toString()));
    child.on('close', (status) => resolve({ status, output }));
  });
}
